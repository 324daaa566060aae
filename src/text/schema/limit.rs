//! How large a schema may be.

use serde_json::Value;

/// The most levels of a schema.
pub(super) const DEPTH: usize = 32;

/// The most values that a schema may hold, once named schemas are filled in.
pub(super) const NODES: usize = 10_000;

/// The most levels of any value; what reads JSON and YAML stops there as well.
const VALUE_DEPTH: usize = 128;

/// Counts a value and all that is in it. `None` where it is nested too deep.
pub(super) fn size(value: &Value) -> Option<usize> {
    let mut count = 0;
    let mut left = vec![(value, 0)];
    while let Some((value, depth)) = left.pop() {
        if depth > VALUE_DEPTH {
            return None;
        }
        count += 1;
        match value {
            Value::Array(items) => left.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(members) => left.extend(members.values().map(|item| (item, depth + 1))),
            _ => {}
        }
    }
    Some(count)
}

/// Says whether a value is small enough to be a schema.
pub(super) fn is_within(value: &Value) -> bool {
    size(value).is_some_and(|nodes| nodes <= NODES)
}

/// The words for a schema that is too large.
pub(super) fn message() -> String {
    format!("the schema has more than {NODES} values or {DEPTH} levels")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{is_within, size};

    #[test]
    fn counts_values() {
        assert_eq!(size(&json!({"a": [1, 2], "b": null})), Some(5));
        assert!(!is_within(&Value::from(vec![0; 10_000])));
        let deep = (0..200).fold(json!(1), |inner, _| json!([inner]));
        assert_eq!(size(&deep), None);
    }
}
