//! The names in a Picoschema that are no types: schemas that are kept elsewhere.

use serde_json::Value;

use super::key::{Form, Key, WILDCARD, split_description};
use super::{SCALARS, is_json_schema, looks_like_json_schema};
use crate::text::schema::{limit, value_type, words};

/// Lists the named schemas that a schema mentions itself, each once, in the author's order. What
/// those mention is found by asking again.
#[must_use]
pub fn mentions(schema: &Value) -> Vec<String> {
    let mut names = Vec::new();
    let is_json = |map| is_json_schema(map) || looks_like_json_schema(map);
    if !schema.as_object().is_some_and(is_json) && limit::is_within(schema) {
        collect(schema, &mut names);
    }
    names
}

fn collect(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::String(text) => {
            let (name, _) = split_description(text);
            let is_known = SCALARS.contains(&name) || names.iter().any(|known| known == name);
            if !name.is_empty() && !is_known {
                names.push(name.to_owned());
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                if key == WILDCARD || Key::parse(key).form != Form::Enum {
                    collect(value, names);
                }
            }
        }
        _ => {}
    }
}

/// Says what an unknown name was meant to be.
pub(super) fn hint(name: &str) -> Option<String> {
    let meant = match value_type::meant(name) {
        Some("array") => return Some("a list is written `name(array): type of its items`".into()),
        Some("object") => {
            return Some("an object is written `name(object):` with its fields below".into());
        }
        Some(meant) => meant,
        None if name.trim() == "enum" => {
            return Some("an enum is written `name(enum): [one, two]`".into());
        }
        None => words::meant(&name.trim().to_lowercase(), SCALARS)?,
    };
    Some(format!("did you mean `{meant}`?"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{hint, mentions};

    #[test]
    fn lists_the_named_schemas() {
        let check =
            |schema: Value, names: &[&str]| assert_eq!(mentions(&schema), names, "{schema}");
        check(json!("Person, who"), &["Person"]);
        check(json!("string"), &[]);
        check(
            json!({"a": "A", "b?": "B, b", "c(array)": "C", "d(object)": {"e": "A"}, "(*)": "F",
                   "g": "integer", "h(enum)": ["H"]}),
            &["A", "B", "C", "F"],
        );
        check(
            json!({"type": "object", "properties": {"a": {"type": "A"}}}),
            &[],
        );
        check(json!({"properties": {"a": "A"}}), &[]);
        check(json!({"anyOf": [{"type": "A"}]}), &[]);
        check(json!([["A"]]), &[]);
    }

    #[test]
    fn guesses_what_was_meant() {
        let check = |name: &str, words: &str| {
            let hint = hint(name).unwrap_or_default();
            assert!(hint.contains(words), "{name}: {hint}");
            assert_eq!(hint.is_empty(), words.is_empty(), "{name}: {hint}");
        };
        check("strng", "`string`");
        check("String", "`string`");
        check("string ", "`string`");
        check("INT", "`integer`");
        check("bool", "`boolean`");
        check("array", "`name(array)");
        check("dict", "`name(object)");
        check("Person", "");
    }
}
