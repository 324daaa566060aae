//! What a dotprompt runtime calls the metadata of a prompt: the members of its answer to rendering.
//!
//! The rules are those of google/dotprompt's `parse.ts` and `dotprompt.ts`.

use serde_json::{Map, Value};

/// The members that front matter may set, in the order in which they are written.
const MEMBERS: [&str; 10] = [
    "name",
    "variant",
    "version",
    "description",
    "model",
    "config",
    "input",
    "output",
    "tools",
    "toolDefs",
];

/// Builds the metadata of a prompt from its front matter and the options of one rendering, which
/// replace members and are merged into `config`. Schemas are left as they are written.
#[must_use]
pub fn metadata(
    front_matter: Option<&Map<String, Value>>,
    options: &Map<String, Value>,
) -> Map<String, Value> {
    let mut members = Map::new();
    let nothing = Map::new();
    let raw = front_matter.unwrap_or(&nothing);
    for name in MEMBERS {
        if let Some(value) = options.get(name).or_else(|| raw.get(name)) {
            members.insert(name.to_owned(), value.clone());
        }
    }
    let config = [raw, options]
        .into_iter()
        .filter_map(|from| from.get("config")?.as_object());
    members.insert("config".to_owned(), merged(config));
    if members.get("tools").is_some_and(Value::is_array) {
        let definitions = members.entry("toolDefs").or_insert(Value::Null);
        if definitions.is_null() {
            *definitions = Value::Array(Vec::new());
        }
    }
    members.insert("ext".to_owned(), Value::Object(extensions(raw)));
    let metadata = options.get("metadata").and_then(Value::as_object);
    members.insert("metadata".to_owned(), merged(metadata));
    if let Some(raw) = front_matter {
        members.insert("raw".to_owned(), Value::Object(raw.clone()));
    }
    members
}

fn merged<'a>(maps: impl IntoIterator<Item = &'a Map<String, Value>>) -> Value {
    let entries = maps.into_iter().flatten();
    Value::Object(
        entries
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
    )
}

/// Collects the dotted keys: `a.b.c: 1` becomes `{"a.b": {"c": 1}}`.
fn extensions(raw: &Map<String, Value>) -> Map<String, Value> {
    let mut extensions = Map::new();
    for (key, value) in raw {
        if let Some((space, field)) = key.rsplit_once('.') {
            let space = extensions
                .entry(space)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Some(space) = space.as_object_mut() {
                space.insert(field.to_owned(), value.clone());
            }
        }
    }
    extensions
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::metadata;

    fn check(raw: &Value, options: &Value, expected: &Value) {
        let nothing = Map::new();
        let options = options.as_object().unwrap_or(&nothing);
        let mut found = metadata(raw.as_object(), options);
        found.remove("raw");
        assert_eq!(&Value::Object(found), expected);
    }

    #[test]
    fn has_always_the_same_three() {
        let expected = json!({"config": {}, "ext": {}, "metadata": {}});
        check(&Value::Null, &Value::Null, &expected);
        check(
            &json!({"custom": 1, "metadata": {"a": 1}, "config": null}),
            &Value::Null,
            &expected,
        );
    }

    #[test]
    fn splits_dotted_keys_at_the_last_dot() {
        check(
            &json!({"a.b": 1, "a.b.c": 2, "a.d": 3}),
            &Value::Null,
            &json!({"config": {}, "ext": {"a": {"b": 1, "d": 3}, "a.b": {"c": 2}}, "metadata": {}}),
        );
    }

    #[test]
    fn options_replace_members_and_join_the_configuration() {
        check(
            &json!({"model": "a", "config": {"x": 1, "y": 2}, "input": {"schema": "string"}}),
            &json!({"model": "b", "config": {"y": 3}, "input": {"default": {"z": 1}}}),
            &json!({"model": "b", "config": {"x": 1, "y": 3}, "input": {"default": {"z": 1}},
                    "ext": {}, "metadata": {}}),
        );
    }

    #[test]
    fn named_tools_come_with_a_list_of_definitions() {
        check(
            &json!({"tools": ["a"]}),
            &Value::Null,
            &json!({"config": {}, "tools": ["a"], "toolDefs": [], "ext": {}, "metadata": {}}),
        );
    }
}
