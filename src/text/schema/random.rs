//! What holds for whatever is thrown at it.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{Fields, check, coerce, inspect, mentions, to_json_schema};

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("string".to_owned()),
        Just("#".to_owned()),
        Just("#/properties/a".to_owned()),
        Just("A".to_owned()),
        Just("a?(enum, b)".to_owned()),
        "[a-z(),?* ]{0,8}",
        ".{0,6}",
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-3..4_i32).prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let key = prop_oneof![Just("a".to_owned()), any_keyword(), any_text()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn any_keyword() -> impl Strategy<Value = String> {
    let names: Vec<_> = super::keyword::names().collect();
    prop::sample::select(names).prop_map(ToOwned::to_owned)
}

/// A schema that is well formed, and a value that fits it.
fn matching() -> impl Strategy<Value = (Value, Value)> {
    let leaf = prop_oneof![
        ".{0,10}".prop_map(|text| {
            let length = text.chars().count();
            (
                json!({"type": "string", "maxLength": length, "minLength": length}),
                json!(text),
            )
        }),
        any::<i64>().prop_map(|n| (
            json!({"type": "integer", "minimum": n, "maximum": n}),
            json!(n)
        )),
        (-1e9..1e9).prop_map(|n: f64| (
            json!({"type": "number", "exclusiveMinimum": n - 1.0}),
            json!(n)
        )),
        any::<bool>().prop_map(|b| (json!({"type": ["boolean", "null"]}), json!(b))),
        any_value().prop_map(|value| (json!({"const": value}), value)),
        any_value().prop_map(|value| (json!({"enum": ["zz", value]}), value)),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            (inner.clone(), 0..4_usize).prop_map(|((schema, value), count)| {
                let list = json!({"type": "array", "items": schema, "maxItems": count});
                (list, json!(vec![value; count]))
            }),
            (inner.clone(), any_value()).prop_map(|((schema, value), other)| {
                (json!({"anyOf": [{"const": other}, schema]}), value)
            }),
            inner
                .clone()
                .prop_map(|(schema, value)| (json!({"allOf": [schema, true]}), value)),
            inner
                .clone()
                .prop_map(|(schema, value)| { (json!({"not": {"not": schema}}), value) }),
            prop::collection::vec(("[a-z]{1,3}", inner, any::<bool>()), 0..4).prop_map(|fields| {
                let (mut properties, mut object) = (Map::new(), Map::new());
                let mut required = Vec::new();
                for (name, (schema, value), is_there) in fields {
                    properties.insert(name.clone(), schema);
                    object.remove(&name);
                    required.retain(|known| *known != name);
                    if is_there {
                        object.insert(name.clone(), value);
                        required.push(name);
                    }
                }
                let schema = json!({"type": "object", "properties": properties,
                                    "required": required, "additionalProperties": false});
                (schema, object.into())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_panics(schema in any_value(), value in any_value(), text in any_text()) {
        let _ = inspect(&schema);
        let _ = check(&schema, &value);
        let _ = mentions(&schema);
        let _ = coerce(&schema, "a", &text);
        let _ = Fields::of(&schema);
        let converted = to_json_schema(&schema, &mut |_| Some(value.clone()));
        let _ = check(&converted.schema, &value);
    }

    #[test]
    fn what_is_converted_without_a_mistake_is_well_formed(schema in any_value()) {
        let converted = to_json_schema(&schema, &mut |_| None);
        if converted.mistakes.is_empty() {
            prop_assert_eq!(inspect(&converted.schema), []);
        }
    }

    #[test]
    fn a_value_made_for_a_schema_fits((schema, value) in matching()) {
        let checked = check(&schema, &value);
        prop_assert!(checked.is_valid(), "{} {}: {:?}", schema, value, checked);
    }

    #[test]
    fn a_well_formed_schema_leaves_nothing_unread(schema in any_value(), value in any_value()) {
        if inspect(&schema).is_empty() {
            let checked = check(&schema, &value);
            let is_read = |one: &super::Undecided| one.reason != super::Reason::Malformed;
            prop_assert!(checked.undecided.iter().all(is_read), "{:?}", checked);
        }
    }

    #[test]
    fn text_for_a_type_becomes_of_that_type(text in any_text(), name in prop::sample::select(
        super::value_type::NAMES.to_vec(),
    )) {
        let schema = json!({"properties": {"a": {"type": name}}});
        if let Ok(value) = coerce(&schema, "a", &text) {
            let object = json!({"a": value});
            prop_assert!(check(&schema, &object).is_valid());
        }
    }
}
