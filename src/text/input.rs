//! What a prompt asks its callers for: the top level of `input.schema`.

use serde_json::Value;

/// The inputs that a schema names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    /// The fields, in the author's order.
    pub fields: Vec<Field>,
    /// Whether fields that are not named may be given too.
    pub is_open: bool,
}

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether callers must give it, a default aside.
    pub is_required: bool,
}

impl Inputs {
    /// Reads a schema in Picoschema or JSON Schema. `None` where it names no fields: a scalar, or
    /// the name of a schema that is kept elsewhere.
    #[must_use]
    pub fn of(schema: &Value) -> Option<Self> {
        let map = schema.as_object()?;
        let is_json_schema = map.get("properties").is_some_and(Value::is_object)
            || map.get("type").and_then(Value::as_str) == Some("object");
        Some(if is_json_schema {
            Self::of_json_schema(schema)
        } else {
            let fields = map.keys().filter_map(|key| Field::of_picoschema(key));
            Self {
                fields: fields.collect(),
                is_open: map.keys().any(|key| key.starts_with("(*)")),
            }
        })
    }

    fn of_json_schema(schema: &Value) -> Self {
        let required: Vec<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = schema["properties"].as_object();
        let names = properties.into_iter().flat_map(|p| p.keys());
        Self {
            fields: names
                .map(|name| Field {
                    name: name.clone(),
                    is_required: required.contains(&name.as_str()),
                })
                .collect(),
            is_open: schema["additionalProperties"] != Value::Bool(false),
        }
    }

    /// Returns the field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    /// Reads a key such as `name`, `name?` or `items?(array, what they are)`.
    fn of_picoschema(key: &str) -> Option<Self> {
        let name = key.split('(').next().unwrap_or(key).trim();
        if name.is_empty() {
            return None;
        }
        let optional = name.strip_suffix('?');
        Some(Self {
            name: optional.unwrap_or(name).to_owned(),
            is_required: optional.is_none(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Inputs;

    fn check(schema: &serde_json::Value, fields: &[(&str, bool)], is_open: bool) {
        let inputs = Inputs::of(schema).unwrap();
        let found: Vec<_> = inputs
            .fields
            .iter()
            .map(|field| (field.name.as_str(), field.is_required))
            .collect();
        assert_eq!(found, fields);
        assert_eq!(inputs.is_open, is_open);
    }

    #[test]
    fn reads_picoschema() {
        check(
            &json!({"a": "string, what", "b?": "string", "c?(array, x)": "string", "d(enum)": ["x"]}),
            &[("a", true), ("b", false), ("c", false), ("d", true)],
            false,
        );
        check(&json!({"a": "string", "(*)": "any"}), &[("a", true)], true);
    }

    #[test]
    fn reads_json_schema() {
        check(
            &json!({"type": "object", "properties": {"a": {}, "b": {}}, "required": ["a"],
                    "additionalProperties": false}),
            &[("a", true), ("b", false)],
            false,
        );
    }

    #[test]
    fn knows_nothing_about_scalars_and_named_schemas() {
        assert_eq!(Inputs::of(&json!("Person")), None);
    }
}
