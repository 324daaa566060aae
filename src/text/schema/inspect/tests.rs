//! Cases of the module above.

#![allow(
    clippy::needless_pass_by_value,
    reason = "literal values are easier to read than references to them"
)]

use serde_json::{Value, json};

use super::{inspect, is_valid_schema};
use crate::text::schema::MistakeKind::{self, EnumDuplicate, EnumEmpty, Invalid, Suspicious};

fn accepts(schema: Value) {
    assert_eq!(inspect(&schema), [], "{schema}");
    assert!(is_valid_schema(&schema));
}

fn check(schema: Value, kind: MistakeKind, path: &str, part: &str) {
    let mistakes = inspect(&schema);
    let [mistake] = &mistakes[..] else {
        panic!("{schema}: {mistakes:#?}");
    };
    let hint = mistake.hint.clone().unwrap_or_default();
    let words = format!("{} ({hint})", mistake.message);
    assert_eq!(
        (mistake.kind, mistake.path.to_string().as_str()),
        (kind, path)
    );
    assert!(words.contains(part), "{schema}: {words}");
    assert_eq!(is_valid_schema(&schema), kind == Suspicious);
}

#[test]
fn accepts_what_is_well_formed() {
    accepts(json!(true));
    accepts(json!({}));
    accepts(json!({"type": ["string", "null"], "minLength": 0, "maxLength": 3.0, "pattern": "[a"}));
    accepts(json!({"type": "number", "multipleOf": 0.1, "minimum": -1, "exclusiveMaximum": 1e9}));
    accepts(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "x", "title": "t",
        "type": "object", "properties": {"a": {"$ref": "#/$defs/a"}, "b": false},
        "required": ["a"], "additionalProperties": {"type": "string"},
        "patternProperties": {"^x": {}}, "propertyNames": {"maxLength": 9},
        "dependentRequired": {"a": ["b"]}, "minProperties": 1,
        "$defs": {"a": {"enum": [1, "1", null]}},
    }));
    accepts(json!({"items": {}, "prefixItems": [{}], "uniqueItems": true, "contains": {}}));
    accepts(json!({"anyOf": [{}], "oneOf": [true], "allOf": [{"not": {}}], "if": {}, "then": {}}));
    accepts(json!({"const": {"type": 1}, "default": {"enum": []}, "examples": [{"type": 1}]}));
    accepts(json!({"$ref": "https://example.com/x.json"}));
    accepts(json!({"$ref": "#anchor"}));
    accepts(json!({"x-order": 1, "ui:widget": "x", "nullable": true, "format": "date"}));
    accepts(json!({"properties": {"type": {"type": "string"}, "minmum": {}}}));
}

#[test]
fn knows_what_keywords_take() {
    for (keyword, wrong, expected) in [
        (
            "minimum",
            json!("3"),
            "a number belongs here, not the text \"3\"",
        ),
        ("exclusiveMinimum", json!(true), "since draft 6"),
        ("multipleOf", json!(0), "a number above 0"),
        ("minLength", json!(-1), "a whole number from 0"),
        ("maxItems", json!(1.5), "a whole number from 0"),
        ("uniqueItems", json!("yes"), "true or false"),
        ("pattern", json!(1), "text"),
        ("title", json!(1), "text"),
        ("properties", json!([]), "a map from names to schemas"),
        ("additionalProperties", json!("no"), "a schema"),
        ("items", json!([{}]), "`prefixItems`"),
        ("anyOf", json!({}), "a list of schemas"),
        ("anyOf", json!([]), "a list of schemas"),
        ("not", json!(null), "a schema belongs here, not null"),
        ("required", json!(true), "it stands beside `properties`"),
        ("required", json!("a"), "a list of names"),
        (
            "dependentRequired",
            json!(["a"]),
            "a map from names to lists",
        ),
        ("examples", json!({}), "a list"),
        ("nullable", json!(1), "true or false"),
        ("$ref", json!(1), "text such as"),
        ("enum", json!("a"), "a list of values"),
        ("type", json!({}), "the name of a type"),
        ("type", json!([]), "the name of a type"),
        ("type", json!(null), "in quotes"),
    ] {
        check(json!({keyword: wrong}), Invalid, keyword, expected);
    }
    check(
        json!(3),
        Invalid,
        "",
        "a schema belongs here, not the number 3",
    );
    check(
        json!({"required": ["a", 1]}),
        Invalid,
        "required[1]",
        "a name",
    );
    check(json!({"anyOf": [{}, 1]}), Invalid, "anyOf[1]", "a schema");
    check(
        json!({"properties": {"a b": []}}),
        Invalid,
        "properties[\"a b\"]",
        "a schema",
    );
    check(
        json!({"dependentRequired": {"a": "b"}}),
        Invalid,
        "dependentRequired.a",
        "a list of names",
    );
}

#[test]
fn knows_types() {
    check(
        json!({"type": "strng"}),
        Invalid,
        "type",
        "did you mean `string`?",
    );
    check(
        json!({"type": "int"}),
        Invalid,
        "type",
        "did you mean `integer`?",
    );
    check(json!({"type": "any"}), Invalid, "type", "leave `type` out");
    check(
        json!({"items": {"type": "Foo"}}),
        Invalid,
        "items.type",
        "\"Foo\" is no type",
    );
    check(
        json!({"type": ["string", "nul"]}),
        Invalid,
        "type[1]",
        "did you mean `null`?",
    );
    check(
        json!({"type": ["string", 1]}),
        Invalid,
        "type[1]",
        "the name of a type",
    );
    check(
        json!({"type": ["string", "string"]}),
        Suspicious,
        "type[1]",
        "twice",
    );
}

#[test]
fn tells_empty_and_duplicate_enums_apart() {
    check(json!({"enum": []}), EnumEmpty, "enum", "allows no value");
    check(
        json!({"items": {"enum": [1, 2, 1.0]}}),
        EnumDuplicate,
        "items.enum[2]",
        "1.0 twice",
    );
}

#[test]
fn follows_references() {
    let with = |reference: &str| {
        json!({"properties": {"a": {"$ref": reference}}, "$defs": {"person": {"type": "object"}},
               "title": "t"})
    };
    let path = "properties.a.$ref";
    accepts(with("#/$defs/person"));
    accepts(with("#"));
    check(
        with("#/$defs/persn"),
        Invalid,
        path,
        "did you mean `#/$defs/person`?",
    );
    check(with("#/definitions/x"), Invalid, path, "nothing stands at");
    check(with("#/title"), Invalid, path, "is no schema");
    check(with("#/properties/a"), Invalid, path, "back to itself");
    check(json!({"$ref": "#"}), Invalid, "$ref", "back to itself");
    let circle = json!({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}});
    assert_eq!(inspect(&circle).len(), 2);
    let tail = json!({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/c"},
                                "c": {"$ref": "#/$defs/b"}}});
    let mistakes = inspect(&tail);
    assert_eq!(mistakes.len(), 3);
    assert!(mistakes.iter().all(|mistake| mistake.kind == Invalid));
    let chain: serde_json::Map<_, _> = (0..3000)
        .map(|i| (i.to_string(), json!({"$ref": format!("#/$defs/{}", i + 1)})))
        .collect();
    assert_eq!(inspect(&json!({"$defs": chain})).len(), 100);
}

#[test]
fn suspects_what_does_nothing() {
    check(
        json!({"minmum": 1}),
        Suspicious,
        "minmum",
        "did you mean `minimum`?",
    );
    check(json!({"foo": 1}), Suspicious, "foo", "no keyword");
    check(
        json!({"minimum": 3, "maximum": 2}),
        Suspicious,
        "",
        "`minimum` is above `maximum`",
    );
    check(
        json!({"required": ["a", "a"]}),
        Suspicious,
        "required[1]",
        "listed twice",
    );
    check(
        json!({"properties": {"name": {}}, "required": ["nam"], "additionalProperties": false}),
        Suspicious,
        "required[0]",
        "did you mean `name`?",
    );
}

#[test]
fn is_bounded() {
    let deep = (0..40).fold(json!({}), |inner, _| json!({"not": inner}));
    assert_eq!(inspect(&deep)[0].kind, MistakeKind::TooLarge);
    let wide = json!({"enum": (0..10_001).collect::<Vec<_>>()});
    assert_eq!(inspect(&wide)[0].kind, MistakeKind::TooLarge);
    let wrong = json!({"anyOf": vec![1; 5000]});
    assert_eq!(inspect(&wrong).len(), 100);
}
