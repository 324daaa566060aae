//! Cases of the module above.

#![allow(
    clippy::needless_pass_by_value,
    reason = "literal values are easier to read than references to them"
)]

use serde_json::{Value, json};

use super::{Checked, Stop, Verdict, ViolationKind, check};

/// Checks that a value fits or not, as the booleans say.
fn fits(schema: Value, values: &[(Value, bool)]) {
    for (value, expected) in values {
        let checked = check(&schema, value);
        let expected = if *expected {
            Verdict::Valid
        } else {
            Verdict::Invalid
        };
        assert_eq!(
            checked.verdict(),
            expected,
            "{schema} {value}: {checked:#?}"
        );
    }
}

/// Checks the sentences about a value.
fn says(schema: Value, value: Value, expected: &[&str]) {
    let checked = check(&schema, &value);
    let found: Vec<_> = checked.violations.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{schema} {value}");
}

/// Checks what could not be decided, as `keyword` with its place.
fn leaves(schema: Value, value: Value, expected: &[&str]) -> Checked {
    let checked = check(&schema, &value);
    let found: Vec<_> = checked.undecided.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{schema} {value}");
    checked
}

#[test]
fn boolean_schemas() {
    fits(json!(true), &[(json!(1), true)]);
    fits(json!(false), &[(json!(1), false)]);
    says(
        json!({"properties": {"a": false}}),
        json!({"a": 1}),
        &["`a` must be left out, found the number 1"],
    );
    says(
        json!(false),
        json!("x"),
        &["the value must be left out, found the text \"x\""],
    );
}

#[test]
fn types() {
    let values = [
        ("null", json!(null)),
        ("boolean", json!(false)),
        ("integer", json!(3)),
        ("number", json!(3.5)),
        ("string", json!("3")),
        ("array", json!([])),
        ("object", json!({})),
    ];
    for (name, _) in &values {
        for (other, value) in &values {
            let is_fine = name == other || (*name == "number" && *other == "integer");
            fits(json!({"type": name}), &[(value.clone(), is_fine)]);
        }
    }
    fits(
        json!({"type": "integer"}),
        &[(json!(1.0), true), (json!(1e300), true)],
    );
    fits(
        json!({"type": ["string", "null"]}),
        &[(json!(null), true), (json!(1), false)],
    );
    says(
        json!({"type": ["string", "null"]}),
        json!(["x"]),
        &["the value must be text or null, found a list of 1 item"],
    );
    // Only the type is worth a word then.
    says(
        json!({"type": "string", "enum": ["a"], "minimum": 3}),
        json!(1),
        &["the value must be text, found the number 1"],
    );
}

#[test]
fn nullable() {
    let schema = json!({"type": "string", "nullable": true});
    fits(
        schema,
        &[(json!(null), true), (json!("a"), true), (json!(1), false)],
    );
    fits(
        json!({"type": "string", "nullable": false}),
        &[(json!(null), false)],
    );
}

#[test]
fn properties() {
    let schema = json!({
        "type": "object",
        "properties": {"items": {"type": "array", "items": {
            "type": "object", "properties": {"price": {"type": "number"}, "a b": {"type": "null"}},
            "required": ["price"], "additionalProperties": false,
        }}},
        "required": ["items", "x"],
    });
    says(
        schema,
        json!({"items": [{"price": 1}, {"pirce": 2}, {"price": "12", "a b": 1}]}),
        &[
            "`items[1].price` is missing: it must be a number",
            "`items[1].pirce` is not declared; did you mean `price`?",
            "`items[2].price` must be a number, found the text \"12\"",
            "`items[2][\"a b\"]` must be null, found the number 1",
            "`x` is missing",
        ],
    );
}

#[test]
fn additional_properties() {
    let schema = json!({"properties": {"a": {}}, "additionalProperties": {"type": "string"}});
    fits(
        schema,
        &[(json!({"a": 1, "b": "x"}), true), (json!({"b": 1}), false)],
    );
    let closed = json!({"properties": {"a": {}}, "patternProperties": {"^x-": {"type": "null"}},
                        "additionalProperties": false});
    fits(
        closed,
        &[
            (json!({"a": 1, "x-a": null}), true),
            (json!({"x-a": 1}), false),
            (json!({"b": 1}), false),
        ],
    );
    let unknown = check(
        &json!({"properties": {"colour": {}}, "additionalProperties": false}),
        &json!({"color": 1}),
    );
    assert_eq!(unknown.violations[0].kind, ViolationKind::Unknown);
    assert_eq!(unknown.violations[0].meant.as_deref(), Some("colour"));
}

#[test]
fn pattern_properties_that_cannot_be_decided() {
    let schema =
        json!({"patternProperties": {"[a-z]+": {"type": "null"}}, "additionalProperties": false});
    fits(schema.clone(), &[(json!({}), true), (json!([1]), true)]);
    let checked = leaves(
        schema,
        json!({"a": 1, "b": 2}),
        &[
            "`patternProperties` takes a regular expression, which is not supported",
            "`additionalProperties` takes a regular expression, which is not supported",
        ],
    );
    assert_eq!(checked.verdict(), Verdict::Unknown);
}

#[test]
fn enum_and_const() {
    let values = json!({"enum": ["red", 1, null, {"a": [1, 2]}]});
    fits(
        values,
        &[
            (json!("red"), true),
            (json!(1.0), true),
            (json!({"a": [1.0, 2]}), true),
            (json!("1"), false),
            (json!({"a": [2, 1]}), false),
        ],
    );
    fits(
        json!({"const": {"a": 1, "b": 2}}),
        &[(json!({"b": 2, "a": 1}), true)],
    );
    fits(
        json!({"const": false}),
        &[(json!(0), false), (json!(false), true)],
    );
    says(
        json!({"properties": {"c": {"enum": ["red", "green", null]}, "d": {"const": "x"}}}),
        json!({"c": "gren", "d": {}}),
        &[
            "`c` must be \"red\", \"green\" or null, found the text \"gren\"; did you mean `green`?",
            "`d` must be \"x\", found an empty object",
        ],
    );
    says(
        json!({"enum": []}),
        json!(1),
        &["the value must be left out, found the number 1"],
    );
}

#[test]
fn ranges() {
    fits(
        json!({"minimum": 3}),
        &[(json!(3.0), true), (json!(2.9), false), (json!("1"), true)],
    );
    fits(
        json!({"maximum": 3.5}),
        &[(json!(3.5), true), (json!(4), false)],
    );
    fits(
        json!({"exclusiveMinimum": 3}),
        &[(json!(3), false), (json!(3.1), true)],
    );
    fits(
        json!({"exclusiveMaximum": 3}),
        &[(json!(3), false), (json!(2), true)],
    );
    fits(
        json!({"maximum": 9_007_199_254_740_992_u64}),
        &[(json!(9_007_199_254_740_993_u64), false)],
    );
    says(
        json!({"minimum": 3}),
        json!(2),
        &["the value must be at least 3, found the number 2"],
    );
    says(
        json!({"exclusiveMaximum": 3}),
        json!(3),
        &["the value must be less than 3, found the number 3"],
    );
}

#[test]
fn multiple_of() {
    fits(
        json!({"multipleOf": 0.1}),
        &[(json!(0.3), true), (json!(0.35), false), (json!("x"), true)],
    );
    says(
        json!({"multipleOf": 5}),
        json!(7),
        &["the value must be a multiple of 5, found the number 7"],
    );
    leaves(
        json!({"multipleOf": 0}),
        json!(7),
        &["`multipleOf` cannot be read"],
    );
}

#[test]
fn sizes() {
    fits(
        json!({"minLength": 2}),
        &[(json!("äö"), true), (json!("ä"), false), (json!(1), true)],
    );
    fits(
        json!({"maxLength": 2.0}),
        &[(json!("👍👍"), true), (json!("abc"), false)],
    );
    fits(
        json!({"minItems": 1, "maxItems": 2}),
        &[
            (json!([]), false),
            (json!([1]), true),
            (json!([1, 2, 3]), false),
        ],
    );
    fits(
        json!({"minProperties": 1, "maxProperties": 1}),
        &[
            (json!({}), false),
            (json!({"a": 1}), true),
            (json!({"a": 1, "b": 2}), false),
        ],
    );
    says(
        json!({"minLength": 2}),
        json!("a"),
        &["the value must be text of at least 2 characters, found 1 character"],
    );
    says(
        json!({"maxItems": 1}),
        json!([1, 2]),
        &["the value must be a list of at most 1 item, found 2 items"],
    );
    says(
        json!({"minProperties": 1}),
        json!({}),
        &["the value must be an object of at least 1 field, found 0 fields"],
    );
}

#[test]
fn patterns() {
    fits(
        json!({"pattern": "^ab"}),
        &[
            (json!("abc"), true),
            (json!("cab"), false),
            (json!(1), true),
        ],
    );
    says(
        json!({"pattern": "x$"}),
        json!("a"),
        &["the value must be text that fits the pattern \"x$\", found the text \"a\""],
    );
    leaves(
        json!({"pattern": "^[a-z]$"}),
        json!("a"),
        &["`pattern` takes a regular expression, which is not supported"],
    );
    leaves(json!({"pattern": "^[a-z]$"}), json!(1), &[]);
}

#[test]
fn lists() {
    let schema = json!({"prefixItems": [{"type": "string"}], "items": {"type": "integer"}});
    fits(
        schema.clone(),
        &[
            (json!([]), true),
            (json!(["a"]), true),
            (json!(["a", 1]), true),
            (json!([1]), false),
            (json!({}), true),
        ],
    );
    says(
        schema,
        json!(["a", 1, "b"]),
        &["`[2]` must be a whole number, found the text \"b\""],
    );
    fits(
        json!({"items": false}),
        &[(json!([]), true), (json!([1]), false)],
    );
    leaves(
        json!({"items": [{}]}),
        json!([1]),
        &["`items` cannot be read"],
    );
}

#[test]
fn unique_items() {
    let schema = json!({"uniqueItems": true});
    fits(
        schema.clone(),
        &[
            (json!([1, "1", true, [1], {"a": 1}, null, false, 0]), true),
            (json!([1, 1.0]), false),
            (json!([{"a": 1, "b": 2}, {"b": 2, "a": 1}]), false),
        ],
    );
    says(
        schema,
        json!(["a", "b", "a"]),
        &["the value must be a list of different items, found \"a\" as items 0 and 2, from 0"],
    );
    fits(json!({"uniqueItems": false}), &[(json!([1, 1]), true)]);
}

#[test]
fn contains() {
    let schema = json!({"contains": {"type": "null"}});
    fits(
        schema.clone(),
        &[
            (json!([1, null]), true),
            (json!([1]), false),
            (json!([]), false),
            (json!(1), true),
        ],
    );
    says(
        schema,
        json!([1]),
        &[
            "the value must be a list with at least 1 item of the kind that it must contain, found 0",
        ],
    );
    let two = json!({"contains": {"type": "null"}, "minContains": 2, "maxContains": 3});
    fits(
        two,
        &[
            (json!([null]), false),
            (json!([null, null]), true),
            (json!([null, null, null, null]), false),
        ],
    );
    fits(
        json!({"contains": {"type": "null"}, "minContains": 0}),
        &[(json!([]), true)],
    );
    let unknown = json!({"contains": {"pattern": "[a]"}});
    leaves(
        unknown.clone(),
        json!(["a"]),
        &["`contains.pattern` takes a regular expression, which is not supported"],
    );
    fits(unknown, &[(json!([1]), true), (json!([]), false)]);
}

#[test]
fn names_and_dependencies() {
    says(
        json!({"propertyNames": {"maxLength": 2}}),
        json!({"ab": 1, "abc": 1}),
        &[
            "`abc` must be named otherwise (a name must be text of at most 2 characters), found 3 characters",
        ],
    );
    says(
        json!({"dependentRequired": {"card": ["address"], "x": ["y"]}}),
        json!({"card": 1}),
        &["`address` is missing: it must be given together with `card`"],
    );
    let schema = json!({"dependentSchemas": {"a": {"required": ["b"]}}});
    fits(
        schema,
        &[
            (json!({"a": 1}), false),
            (json!({}), true),
            (json!({"a": 1, "b": 1}), true),
        ],
    );
}

#[test]
fn all_of_and_not() {
    let schema = json!({"allOf": [{"minimum": 3}, {"maximum": 5}]});
    fits(
        schema,
        &[(json!(4), true), (json!(2), false), (json!(6), false)],
    );
    fits(
        json!({"not": {"type": "string"}}),
        &[(json!(1), true), (json!("a"), false)],
    );
    says(
        json!({"not": {}}),
        json!("a"),
        &[
            "the value must be something else than the schema under `not` allows, found the text \"a\"",
        ],
    );
    leaves(
        json!({"not": {"pattern": "[a]"}}),
        json!("a"),
        &["`not.pattern` takes a regular expression, which is not supported"],
    );
    fits(
        json!({"not": {"pattern": "[a]", "minLength": 9}}),
        &[(json!("a"), true)],
    );
}

#[test]
fn any_of() {
    let schema = json!({"anyOf": [{"type": "string"}, {"type": "integer", "minimum": 3}]});
    fits(
        schema.clone(),
        &[(json!("a"), true), (json!(3), true), (json!(null), false)],
    );
    says(
        schema.clone(),
        json!(null),
        &["the value must be text or a whole number, found null"],
    );
    // A number was meant, so its schema has the word.
    says(
        schema,
        json!(2),
        &["the value must be at least 3, found the number 2"],
    );
    // A fixed value tells which one was meant.
    let tagged = json!({"anyOf": [
        {"properties": {"kind": {"const": "a"}, "n": {"type": "integer"}}},
        {"properties": {"kind": {"const": "b"}, "n": {"type": "string"}}},
    ]});
    says(
        tagged.clone(),
        json!({"kind": "b", "n": 1}),
        &["`n` must be text, found the number 1"],
    );
    says(
        tagged,
        json!({"kind": "c"}),
        &["the value must be one of 2 alternatives, found an object of 1 field"],
    );
}

#[test]
fn one_of() {
    let schema = json!({"oneOf": [{"minimum": 3}, {"maximum": 5}]});
    fits(
        schema.clone(),
        &[(json!(2), true), (json!(6), true), (json!(4), false)],
    );
    says(
        schema,
        json!(4),
        &[
            "the value must be exactly one of 2 alternatives (it is 0 and 1, from 0), found the number 4",
        ],
    );
    says(
        json!({"oneOf": [{"type": "string"}, {"type": "null"}]}),
        json!(1),
        &["the value must be text or null, found the number 1"],
    );
}

#[test]
fn choices_that_are_half_decided() {
    let pattern = json!({"pattern": "[a]"});
    // One that fits decides for `anyOf`, but not for `oneOf`.
    fits(
        json!({"anyOf": [pattern, {"type": "string"}]}),
        &[(json!("a"), true)],
    );
    let one = json!({"oneOf": [pattern, {"type": "string"}]});
    assert_eq!(check(&one, &json!("a")).verdict(), Verdict::Unknown);
    let two = json!({"oneOf": [pattern, {"type": "string"}, true]});
    fits(two, &[(json!("a"), false)]);
    let none = json!({"anyOf": [pattern, {"type": "null"}]});
    assert_eq!(check(&none, &json!("a")).verdict(), Verdict::Unknown);
    // What fails elsewhere fails for certain.
    fits(
        json!({"pattern": "[a]", "minLength": 2}),
        &[(json!("a"), false)],
    );
}

#[test]
fn references() {
    let list = json!({
        "$ref": "#/$defs/node",
        "$defs": {"node": {"type": "object", "properties": {
            "next": {"$ref": "#/$defs/node"}, "n": {"$ref": "#/definitions/n"},
        }, "required": ["n"]}},
        "definitions": {"n": {"type": "integer"}},
    });
    fits(list.clone(), &[(json!({"n": 1, "next": {"n": 2}}), true)]);
    says(
        list,
        json!({"n": 1, "next": {"n": 2, "next": {"n": "x"}}}),
        &["`next.next.n` must be a whole number, found the text \"x\""],
    );
    // The keywords beside a reference count as well.
    fits(
        json!({"$ref": "#/$defs/a", "minimum": 3, "$defs": {"a": {"maximum": 5}}}),
        &[(json!(2), false), (json!(6), false), (json!(4), true)],
    );
    leaves(
        json!({"$ref": "https://example.com/a"}),
        json!(1),
        &["`$ref` leads out of the schema"],
    );
    leaves(json!({"$ref": "#/x"}), json!(1), &["`$ref` cannot be read"]);
    leaves(
        json!({"$ref": "#"}),
        json!(1),
        &["`$ref` leads back to itself"],
    );
    leaves(
        json!({"anyOf": [{"$ref": "#"}]}),
        json!(1),
        &["`anyOf[0].$ref` leads back to itself"],
    );
    leaves(
        json!({"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"if": {}}}}),
        json!({"a": 1}),
        &["`$defs.a.if` is not supported"],
    );
}

#[test]
fn what_is_not_understood_is_said() {
    leaves(
        json!({"if": {}, "then": {}, "unevaluatedProperties": false}),
        json!(1),
        &[
            "`if` is not supported",
            "`unevaluatedProperties` is not supported",
        ],
    );
    leaves(
        json!({"minmum": 3}),
        json!(1),
        &["`minmum` is no keyword of JSON Schema"],
    );
    leaves(
        json!({"type": "strng"}),
        json!(1),
        &["`type` cannot be read"],
    );
    leaves(
        json!({"minimum": "3", "enum": 1}),
        json!(1),
        &["`minimum` cannot be read", "`enum` cannot be read"],
    );
    leaves(
        json!({"properties": {"a": 3}}),
        json!({"a": 1}),
        &["`properties.a` cannot be read"],
    );
    leaves(json!(3), json!(1), &["`[\"\"]` cannot be read"]);
    // Each once.
    leaves(
        json!({"items": {"if": {}}}),
        json!([1, 2, 3]),
        &["`items.if` is not supported"],
    );
    let notes = json!({"title": "t", "description": "d", "default": 1, "examples": [], "format": "x",
                       "$schema": "s", "$id": "i", "$comment": "c", "deprecated": true, "x-a": 1,
                       "then": {}, "contentEncoding": "base64"});
    fits(notes, &[(json!("anything"), true)]);
}

#[test]
fn lists_twenty_violations() {
    let checked = check(&json!({"items": {"type": "null"}}), &json!(vec![1; 50]));
    assert_eq!(checked.violations.len(), 20);
    assert_eq!(checked.stop, Some(Stop::ManyViolations));
    let checked = check(&json!({"items": {"type": "null"}}), &json!(vec![1; 20]));
    assert_eq!((checked.violations.len(), checked.stop), (20, None));
}

#[test]
fn gives_up_on_hostile_schemas() {
    // Every level asks twice about the next one.
    let twice = |keyword: &str| {
        let mut defs = serde_json::Map::new();
        for level in 0..40 {
            let next = json!({"$ref": format!("#/$defs/{}", level + 1)});
            defs.insert(level.to_string(), json!({keyword: [next, next]}));
        }
        defs.insert("40".into(), json!({"type": "null"}));
        json!({"$ref": "#/$defs/0", "$defs": defs})
    };
    for keyword in ["anyOf", "oneOf"] {
        let checked = check(&twice(keyword), &json!(1));
        assert_eq!(checked.stop, Some(Stop::TooComplex), "{keyword}");
        assert_eq!(checked.verdict(), Verdict::Unknown);
    }
    let checked = check(&twice("allOf"), &json!(null));
    assert_eq!(checked.stop, Some(Stop::TooComplex));

    let deep = (0..300).fold(json!(true), |inner, _| json!({"not": inner}));
    assert_eq!(check(&deep, &json!(1)).stop, Some(Stop::TooDeep));
    let endless = json!({"items": {"$ref": "#"}});
    let nested = (0..120).fold(json!(1), |inner, _| json!([inner]));
    assert!(check(&endless, &nested).is_valid());
    let nested = (0..200).fold(json!(1), |inner, _| json!([inner]));
    assert_eq!(check(&endless, &nested).stop, Some(Stop::TooDeep));
}

#[test]
fn needs_little_stack_for_what_is_deep() {
    let nested = (0..60).fold(json!(1), |inner, _| json!([{"a": inner}]));
    for schema in [
        json!({"anyOf": [{"not": {"items": {"$ref": "#"}}}, {"items": {"$ref": "#"}}],
               "additionalProperties": {"anyOf": [{"$ref": "#"}]}}),
        json!({"contains": {"allOf": [{"$ref": "#"}]}, "additionalProperties": {"$ref": "#"}}),
        json!({"dependentSchemas": {"a": {"$ref": "#/$defs/x"}}, "items": {"$ref": "#"},
               "$defs": {"x": {"additionalProperties": {"allOf": [{"$ref": "#"}]}}}}),
    ] {
        assert_eq!(
            check(&schema, &nested).stop,
            Some(Stop::TooDeep),
            "{schema}"
        );
    }
}

#[test]
fn reads_large_values() {
    let schema = json!({"items": {"type": "object", "properties": {"a": {"enum": ["x", "y"]}},
                        "required": ["a"], "additionalProperties": false}, "uniqueItems": false});
    let value = json!(vec![json!({"a": "y"}); 100_000]);
    assert!(check(&schema, &value).is_valid());
}
