//! Cases of the module above.

#![allow(
    clippy::needless_pass_by_value,
    reason = "literal values are easier to read than references to them"
)]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Converted, to_json_schema};
use crate::text::schema::MistakeKind;

fn convert_with(schema: &Value, named: &Value) -> Converted {
    to_json_schema(schema, &mut |name| named.get(name).cloned())
}

fn check_with(schema: Value, named: Value, expected: Value) {
    let converted = convert_with(&schema, &named);
    assert_eq!(converted.mistakes, [], "{schema}");
    assert_eq!(converted.schema, expected, "{schema}");
}

fn check(schema: Value, expected: Value) {
    check_with(schema, json!({}), expected);
}

/// Checks the one field `f` of an object, and whether it is required.
fn check_field(key: &str, schema: Value, expected: Value, is_required: bool) {
    let mut object = json!({"type": "object", "properties": {"f": expected}});
    if is_required {
        object["required"] = json!(["f"]);
    }
    object["additionalProperties"] = json!(false);
    check(json!({key: schema}), object);
}

/// Checks the mistakes, each as `kind path: message (hint)`; of message and hint a part is enough.
fn complains_with(schema: Value, named: Value, expected: &[(MistakeKind, &str, &str)]) -> Value {
    let converted = convert_with(&schema, &named);
    let found: Vec<_> = converted
        .mistakes
        .iter()
        .map(|mistake| {
            let hint = mistake.hint.clone().unwrap_or_default();
            let words = format!("{} ({hint})", mistake.message);
            (mistake.kind, mistake.path.to_string(), words)
        })
        .collect();
    assert_eq!(found.len(), expected.len(), "{schema}: {found:#?}");
    for ((kind, path, words), (expected_kind, expected_path, part)) in found.iter().zip(expected) {
        assert_eq!(
            (kind, path.as_str()),
            (expected_kind, *expected_path),
            "{schema}"
        );
        assert!(words.contains(part), "{schema}: {words}");
    }
    converted.schema
}

fn complains(schema: Value, kind: MistakeKind, path: &str, part: &str) -> Value {
    complains_with(schema, json!({}), &[(kind, path, part)])
}

use MistakeKind::{EnumDuplicate, EnumEmpty, Invalid, Suspicious, TooLarge, UnknownType};

#[test]
fn reads_scalars() {
    for name in ["string", "number", "integer", "boolean", "null"] {
        check(json!(name), json!({"type": name}));
        check_field("f", json!(name), json!({"type": name}), true);
    }
    check(json!("any"), json!({}));
    check_field("f", json!("any"), json!({}), true);
}

#[test]
fn reads_descriptions() {
    let number = json!({"type": "number", "description": "d"});
    check(json!("number, d"), number.clone());
    check(json!("number,d"), number.clone());
    check(json!("number,    d"), number);
    check(
        json!("number,d, e,f"),
        json!({"type": "number", "description": "d, e,f"}),
    );
    check(json!("number,"), json!({"type": "number"}));
    check(json!("any, d"), json!({"description": "d"}));
    check(
        json!("string, d (see (a)), ü"),
        json!({"type": "string", "description": "d (see (a)), ü"}),
    );
    check(
        json!("string, one\ntwo, three\n"),
        json!({"type": "string", "description": "one\ntwo, three"}),
    );
}

#[test]
fn closes_objects_and_leaves_an_empty_required_out() {
    check(
        json!({"a": "boolean", "b": "string"}),
        json!({"type": "object", "properties": {"a": {"type": "boolean"}, "b": {"type": "string"}},
               "required": ["a", "b"], "additionalProperties": false}),
    );
    check(
        json!({}),
        json!({"type": "object", "properties": {}, "additionalProperties": false}),
    );
    check_field(
        "f",
        json!({"g?": "string"}),
        json!({"type": "object", "properties": {"g": {"type": ["string", "null"]}},
               "additionalProperties": false}),
        true,
    );
}

#[test]
fn lets_optional_fields_be_null() {
    check_field(
        "f?",
        json!("string"),
        json!({"type": ["string", "null"]}),
        false,
    );
    check_field(
        "f?",
        json!("boolean, d"),
        json!({"type": ["boolean", "null"], "description": "d"}),
        false,
    );
    check_field("f?", json!("any, d"), json!({"description": "d"}), false);
    check_field("f?", json!("null"), json!({"type": "null"}), false);
    check_field(
        "f?",
        json!({}),
        json!({"type": ["object", "null"], "properties": {}, "additionalProperties": false}),
        false,
    );
}

#[test]
fn reads_arrays() {
    let strings = json!({"type": "array", "items": {"type": "string", "description": "i"}});
    check_field("f(array)", json!("string, i"), strings.clone(), true);
    let mut described = strings.clone();
    described["description"] = json!("d");
    check_field("f(array, d)", json!("string, i"), described.clone(), true);
    described["type"] = json!(["array", "null"]);
    check_field("f?(array, d)", json!("string, i"), described, false);
    check_field(
        "f(array, all (of) them)",
        json!("any"),
        json!({"type": "array", "items": {}, "description": "all (of) them"}),
        true,
    );
    check_field(
        "f(array)",
        json!({"g(array)": "string, i"}),
        json!({"type": "array", "items": {"type": "object", "properties": {"g": strings},
               "required": ["g"], "additionalProperties": false}}),
        true,
    );
}

#[test]
fn reads_objects() {
    let inner = json!({"type": "object", "properties": {"g": {"type": "string"}},
                       "required": ["g"], "additionalProperties": false});
    check_field("f", json!({"g": "string"}), inner.clone(), true);
    check_field("f(object)", json!({"g": "string"}), inner.clone(), true);
    let mut described = inner;
    described["description"] = json!("d");
    check_field(
        "f(object, d)",
        json!({"g": "string"}),
        described.clone(),
        true,
    );
    described["type"] = json!(["object", "null"]);
    check_field("f?(object, d)", json!({"g": "string"}), described, false);
}

#[test]
fn reads_enums() {
    check_field("f(enum)", json!(["A", 1]), json!({"enum": ["A", 1]}), true);
    check_field(
        "f?(enum, d)",
        json!(["A", "B"]),
        json!({"enum": ["A", "B", null], "description": "d"}),
        false,
    );
    check_field(
        "f?(enum)",
        json!([null, "A"]),
        json!({"enum": [null, "A"]}),
        false,
    );
}

#[test]
fn reads_wildcards() {
    check(
        json!({"a": "string", "(*)": "any, d"}),
        json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"],
               "additionalProperties": {"description": "d"}}),
    );
    check(
        json!({"(*)": {"a?": "string"}}),
        json!({"type": "object", "properties": {}, "additionalProperties": {"type": "object",
               "properties": {"a": {"type": ["string", "null"]}}, "additionalProperties": false}}),
    );
}

#[test]
fn leaves_json_schema_as_it_is() {
    for schema in [
        json!({"type": "string"}),
        json!({"type": "object", "properties": {"a": {"type": "string"}}}),
        json!({"type": "array", "items": {"anyOf": [{"type": "null"}, true]}}),
        json!({"type": ["object", "null"], "properties": {}}),
        json!({"type": "object", "$defs": {"a": {}}, "properties": {"b": {"$ref": "#/$defs/a"}}}),
    ] {
        check(schema.clone(), schema);
    }
    check(
        json!({"properties": {"a": {"type": "string"}}}),
        json!({"properties": {"a": {"type": "string"}}, "type": "object"}),
    );
    check(json!({"type": "any", "title": "t"}), json!({"title": "t"}));
}

#[test]
fn reads_json_schema_only_at_the_top() {
    check_field(
        "f",
        json!({"type": "string"}),
        json!({"type": "object", "properties": {"type": {"type": "string"}}, "required": ["type"],
               "additionalProperties": false}),
        true,
    );
    check(
        json!({"type": "string, the kind"}),
        json!({"type": "object",
               "properties": {"type": {"type": "string", "description": "the kind"}},
               "required": ["type"], "additionalProperties": false}),
    );
}

#[test]
fn fills_named_schemas_in() {
    let named = json!({"Foo": {"type": "number", "description": "a foo"}, "Bar": {"x?": "Foo"},
                       "Baz": "Foo, a baz"});
    check_with(
        json!("Foo"),
        named.clone(),
        json!({"type": "number", "description": "a foo"}),
    );
    check_with(
        json!("Foo, mine"),
        named.clone(),
        json!({"type": "number", "description": "mine"}),
    );
    check_with(
        json!({"a": "Foo", "b?": "Foo, mine", "c(array)": "Baz", "d(object, mine)": "Bar"}),
        named,
        json!({
            "type": "object",
            "properties": {
                "a": {"type": "number", "description": "a foo"},
                "b": {"type": ["number", "null"], "description": "mine"},
                "c": {"type": "array", "items": {"type": "number", "description": "a baz"}},
                "d": {"type": "object", "properties": {
                    "x": {"type": ["number", "null"], "description": "a foo"},
                }, "additionalProperties": false, "description": "mine"},
            },
            "required": ["a", "c", "d"],
            "additionalProperties": false,
        }),
    );
}

#[test]
fn takes_named_schemas_without_a_type_for_json_schema() {
    check_with(
        json!("Color, mine"),
        json!({"Color": {"enum": ["red"]}}),
        json!({"enum": ["red"], "description": "mine"}),
    );
}

#[test]
fn asks_once_for_each_named_schema() {
    let mut asked = BTreeMap::new();
    let converted = to_json_schema(&json!({"a": "A", "b": "A", "c": "B"}), &mut |name| {
        *asked.entry(name.to_owned()).or_insert(0) += 1;
        Some(if name == "A" {
            json!({"x": "C"})
        } else {
            json!("string")
        })
    });
    assert_eq!(converted.mistakes, []);
    let expected = [("A", 1), ("B", 1), ("C", 1)].map(|(name, count)| (name.to_owned(), count));
    assert_eq!(asked, BTreeMap::from(expected));
}

#[test]
fn moves_references_of_named_schemas_along() {
    let tree = json!({"type": "object", "properties": {
        "children": {"type": "array", "items": {"$ref": "#"}}, "n": {"$ref": "#/$defs/n"},
    }, "$defs": {"n": {"type": "integer"}}});
    let converted = convert_with(&json!({"a/b(array)": "Tree"}), &json!({"Tree": tree}));
    let inner = &converted.schema["properties"]["a/b"]["items"]["properties"];
    let place = "#/properties/a~1b/items";
    assert_eq!(inner["children"]["items"]["$ref"], json!(place));
    assert_eq!(inner["n"]["$ref"], json!(format!("{place}/$defs/n")));
    let value = json!({"a/b": [{"n": 1, "children": [{"n": "x"}]}]});
    let checked = crate::text::schema::check(&converted.schema, &value);
    let found: Vec<_> = checked.violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        ["`[\"a/b\"][0].children[0].n` must be a whole number, found the text \"x\""]
    );
    let alone = convert_with(&json!("Tree"), &json!({"Tree": tree}));
    assert_eq!(alone.schema, tree);
}

#[test]
fn complains_about_unknown_types() {
    let schema = complains_with(
        json!({"a": "strng", "b(array)": {"c?": "int, d"}, "e": "Persn", "f": "array", "g": ",x"}),
        json!({}),
        &[
            (
                UnknownType,
                "a",
                "\"strng\" is neither a type nor the name of a schema (did you mean `string`?)",
            ),
            (
                UnknownType,
                "[\"b(array)\"][\"c?\"]",
                "did you mean `integer`?",
            ),
            (
                UnknownType,
                "e",
                "\"Persn\" is neither a type nor the name of a schema ()",
            ),
            (UnknownType, "f", "a list is written `name(array)"),
            (Invalid, "g", "a type is missing"),
        ],
    );
    assert_eq!(schema["properties"]["e"], json!({}));
    assert_eq!(schema["required"], json!(["a", "b", "e", "f", "g"]));
    complains(json!("Person"), UnknownType, "", "\"Person\"");
    complains(
        json!("string , d"),
        UnknownType,
        "",
        "did you mean `string`?",
    );
}

#[test]
fn complains_where_no_type_stands() {
    for (value, part) in [
        (
            json!(null),
            "a type is missing (the type that allows only null is `\"null\"`",
        ),
        (json!(12), "a type belongs here, not the number 12"),
        (json!(true), "a type belongs here, not true"),
        (
            json!(["a"]),
            "a type belongs here, not a list of 1 item (write `name(enum)",
        ),
    ] {
        complains(json!({"a": value}), Invalid, "a", part);
        complains(value, Invalid, "", part);
    }
    complains(json!({"(*)": null}), Invalid, "[\"(*)\"]", "missing");
    complains(
        json!({"properties": null}),
        Invalid,
        "properties",
        "missing",
    );
    complains(json!(""), Invalid, "", "a type is missing");
}

#[test]
fn complains_about_keys() {
    complains(
        json!({"a(array": "string"}),
        Invalid,
        "[\"a(array\"]",
        "does not end with `)`",
    );
    complains(
        json!({"a(arry)": "string"}),
        Invalid,
        "[\"a(arry)\"]",
        "did you mean `a(array)`?",
    );
    complains(
        json!({"a(x)": "string"}),
        Invalid,
        "[\"a(x)\"]",
        "not \"x\"",
    );
    complains(
        json!({"(array)": "string"}),
        Invalid,
        "[\"(array)\"]",
        "no name",
    );
    let schema = complains(
        json!({"a (array)": "string"}),
        Suspicious,
        "[\"a (array)\"]",
        "spaces",
    );
    assert_eq!(schema["properties"]["a"]["type"], json!("array"));
    complains(
        json!({"a": "string", "a?": "number"}),
        Invalid,
        "[\"a?\"]",
        "the field is declared twice, first as `a`",
    );
    complains(
        json!({"a?(enum)": [1], "a(array)": "number"}),
        Invalid,
        "[\"a(array)\"]",
        "first as `a?(enum)`",
    );
    complains(
        json!({"a(object)": "string"}),
        Suspicious,
        "[\"a(object)\"]",
        "`string` is none",
    );
}

#[test]
fn complains_about_enums() {
    complains(
        json!({"a(enum)": "x"}),
        Invalid,
        "[\"a(enum)\"]",
        "a list of values, not the text",
    );
    complains(
        json!({"a(enum)": {"x": 1}}),
        Invalid,
        "[\"a(enum)\"]",
        "an object",
    );
    complains(
        json!({"a?(enum)": []}),
        EnumEmpty,
        "[\"a?(enum)\"]",
        "allows no value",
    );
    complains(
        json!({"a(enum)": ["x", 1, "x", "1"]}),
        EnumDuplicate,
        "[\"a(enum)\"][2]",
        "names \"x\" twice",
    );
}

/// An enumeration that is wrong twice is reported twice.
#[test]
fn complains_about_each_duplicate() {
    complains_with(
        json!({"a(enum)": [1, 1, 2, 2.0]}),
        json!({}),
        &[
            (EnumDuplicate, "[\"a(enum)\"][1]", "1 twice"),
            (EnumDuplicate, "[\"a(enum)\"][3]", "2.0 twice"),
        ],
    );
}

#[test]
fn complains_about_json_schema() {
    complains(
        json!({"type": "object", "properties": {"a": {"type": "strng"}}}),
        Invalid,
        "properties.a.type",
        "did you mean `string`?",
    );
    complains(
        json!({"properties": {"a": "string"}}),
        Invalid,
        "properties.a",
        "Picoschema cannot",
    );
    complains(
        json!({"anyOf": [{"type": "string"}]}),
        Invalid,
        "",
        "looks like JSON Schema",
    );
    complains(
        json!({"type": "string", "name": "string"}),
        Suspicious,
        "name",
        "no keyword",
    );
}

#[test]
fn complains_about_named_schemas_where_they_are_mentioned() {
    let named = json!({"A": {"x": {"y": "strng"}}, "B": {"b": "A"}, "C": {"c?": "D"},
                       "D": {"d": "C"}, "E": null});
    complains_with(
        json!({"p": {"q": "B"}, "again": "A"}),
        named.clone(),
        &[(UnknownType, "p.q", "in the schema `A`, at `x.y`: \"strng\"")],
    );
    complains_with(
        json!({"p": "C"}),
        named.clone(),
        &[(Invalid, "p", "the schema `C` contains itself: C -> D -> C")],
    );
    complains_with(
        json!({"p": "E"}),
        named,
        &[(Invalid, "p", "in the schema `E`: a type is missing")],
    );
}

#[test]
fn is_bounded() {
    let deep = (0..40).fold(json!("string"), |inner, _| json!({"a": inner}));
    let converted = convert_with(&deep, &json!({}));
    assert_eq!(converted.schema, json!(true));
    assert_eq!(converted.mistakes.len(), 1);
    assert_eq!(converted.mistakes[0].kind, TooLarge);

    let fine = (0..30).fold(json!("string"), |inner, _| json!({"a": inner}));
    assert_eq!(convert_with(&fine, &json!({})).mistakes, []);

    let wide: serde_json::Map<_, _> = (0..10_001)
        .map(|i| (format!("a{i}"), json!("any")))
        .collect();
    let mistakes = convert_with(&wide.into(), &json!({})).mistakes;
    assert_eq!(mistakes.len(), 1);
    assert_eq!(mistakes[0].kind, TooLarge);

    // Each schema mentions the next one twice.
    let converted = to_json_schema(&json!("A0"), &mut |name| {
        let next = name[1..].parse::<u32>().unwrap() + 1;
        Some(if next > 25 {
            json!("string")
        } else {
            json!({"x": format!("A{next}"), "y": format!("A{next}")})
        })
    });
    assert_eq!(converted.mistakes.len(), 1);
    assert_eq!(converted.mistakes[0].kind, TooLarge);
    let path = converted.mistakes[0].path.to_string();
    assert_eq!(path, "");

    let deep = (0..1000).fold(json!(1), |inner, _| json!([inner]));
    for schema in [
        json!({"type": "object", "default": deep}),
        json!({"a(enum)": deep}),
    ] {
        let mistakes = convert_with(&schema, &json!({})).mistakes;
        assert_eq!(mistakes.len(), 1);
        assert_eq!(mistakes[0].kind, TooLarge);
    }
}
