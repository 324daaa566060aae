//! When two values are the same: numbers by their value, the order of an object's members aside.

use serde_json::Value;

use super::number;

/// Writes a value so that equal values, and no others, are written alike.
pub(super) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

/// Says whether two values are the same.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    equal_counted(one, other, &mut 0)
}

/// Says whether two values are the same, and counts the steps that takes.
pub(super) fn equal_counted(one: &Value, other: &Value, steps: &mut usize) -> bool {
    *steps += 1;
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => number::compare(one, other).is_eq(),
        (Value::Array(one), Value::Array(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| equal_counted(one, other, steps))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(key, value): (&String, &Value)| {
                let other = other.get(key);
                other.is_some_and(|other| equal_counted(value, other, steps))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        (Value::String(one), Value::String(other)) => {
            *steps += one.len().min(other.len()) / 64;
            one == other
        }
        _ => one == other,
    }
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => text.push_str(&number::canonical(number)),
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in members {
                text.push_str(&format!("{key:?}:"));
                write(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::String(string) => text.push_str(&format!("{string:?}")),
        Value::Null | Value::Bool(_) => text.push_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{canonical, equal};

    #[test]
    fn compares_values() {
        let check = |one: Value, other: Value, expected| {
            assert_eq!(equal(&one, &other), expected, "{one} {other}");
            let alike = canonical(&one) == canonical(&other);
            assert_eq!(alike, expected, "{one} {other}");
        };
        check(json!(1), json!(1.0), true);
        check(json!({"a": 1, "b": [2]}), json!({"b": [2.0], "a": 1}), true);
        check(json!({"a": 1}), json!({"a": 1, "b": 2}), false);
        check(json!(["a", "b"]), json!(["b", "a"]), false);
        check(json!("1"), json!(1), false);
        check(json!(false), json!(0), false);
        check(json!(null), json!("null"), false);
        check(json!(["a,b"]), json!(["a", "b"]), false);
        check(json!("a\"b"), json!("a\\\"b"), false);
    }
}
