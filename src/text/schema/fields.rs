//! Which fields an object schema names: what a prompt asks its callers for.

use serde_json::{Map, Value};

use super::path::Segment;
use super::reference;
use super::value_type::ValueType;

/// The most schemas that are looked at.
const SCHEMAS: usize = 200;

/// The fields that a schema names at its top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// The fields, in the author's order.
    pub fields: Vec<Field>,
    /// Whether fields that are not named may be there too.
    pub is_open: bool,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub is_required: bool,
    /// What its schema says that it is.
    pub description: Option<String>,
}

/// The schema of one field, and where it stands.
pub(super) struct Declared<'a> {
    pub(super) schema: &'a Value,
    pub(super) at: Vec<Segment>,
}

/// A schema that speaks about the top level.
type Part<'a> = (&'a Map<String, Value>, Vec<Segment>);

impl Fields {
    /// Reads a JSON Schema; references to places of the same schema and `allOf` are followed.
    /// `None` where it names no fields: a scalar, say, or anything at all.
    #[must_use]
    pub fn of(schema: &Value) -> Option<Self> {
        let parts = parts(schema);
        let mut is_object = false;
        let mut fields: Vec<Field> = Vec::new();
        for (part, at) in &parts {
            is_object |= says_object(part);
            for (name, below) in map(part, "properties") {
                let at = [&at[..], &[key("properties"), key(name)]].concat();
                let description = description(schema, below, &at);
                match fields.iter_mut().find(|field| field.name == *name) {
                    Some(field) => field.description = field.description.take().or(description),
                    None => fields.push(Field {
                        description,
                        ..Field::new(name)
                    }),
                }
            }
        }
        for name in parts.iter().flat_map(|(part, _)| required(part)) {
            match fields.iter_mut().find(|field| field.name == name) {
                Some(field) => field.is_required = true,
                None => fields.push(Field {
                    is_required: true,
                    ..Field::new(name)
                }),
            }
        }
        (is_object || !fields.is_empty()).then(|| Self {
            fields,
            is_open: parts.iter().all(|(part, _)| is_open(part)),
        })
    }

    /// Returns the field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            is_required: false,
            description: None,
        }
    }
}

impl<'a> Declared<'a> {
    /// Finds the schema of a field, or the one for all that have none of their own.
    pub(super) fn find(schema: &'a Value, name: &str) -> Option<Self> {
        let parts = parts(schema);
        let named = parts.iter().find_map(|(part, at)| {
            let schema = part.get("properties")?.get(name)?;
            let at = [&at[..], &[key("properties"), key(name)]].concat();
            Some(Self { schema, at })
        });
        named.or_else(|| {
            parts.iter().find_map(|(part, at)| {
                let schema = part.get("additionalProperties")?;
                let at = [&at[..], &[key("additionalProperties")]].concat();
                schema.is_object().then_some(Self { schema, at })
            })
        })
    }
}

/// Lists all schemas that the whole value must fit, each once.
fn parts(root: &Value) -> Vec<Part<'_>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut left = vec![(root, Vec::new())];
    while let Some((schema, at)) = left.pop() {
        let Value::Object(part) = schema else {
            continue;
        };
        if parts.len() >= SCHEMAS || parts.iter().any(|(known, _)| std::ptr::eq(*known, part)) {
            continue;
        }
        // The last comes first.
        let all = part.get("allOf").and_then(Value::as_array);
        let all = all.map(Vec::as_slice).unwrap_or_default();
        for (index, below) in all.iter().enumerate().rev() {
            let at = [&at[..], &[key("allOf"), Segment::Index(index)]].concat();
            left.push((below, at));
        }
        if let Some(Value::String(text)) = part.get("$ref")
            && let Ok(found) = reference::resolve(root, &at, text)
        {
            left.push(found);
        }
        parts.push((part, at));
    }
    parts
}

fn says_object(part: &Map<String, Value>) -> bool {
    let types = part.get("type").and_then(ValueType::parse_all);
    types.is_some_and(|types| types.contains(&ValueType::Object))
}

fn is_open(part: &Map<String, Value>) -> bool {
    part.get("additionalProperties") != Some(&Value::Bool(false))
        || map(part, "patternProperties").next().is_some()
}

fn required(part: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let names = part.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str)
}

fn map<'a>(
    part: &'a Map<String, Value>,
    keyword: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    part.get(keyword)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn description(root: &Value, schema: &Value, at: &[Segment]) -> Option<String> {
    let own = |schema: &Value| Some(schema.get("description")?.as_str()?.to_owned());
    own(schema).or_else(|| {
        let text = schema.get("$ref")?.as_str()?;
        let (target, _) = reference::resolve(root, at, text).ok()?;
        own(target)
    })
}

fn key(key: &str) -> Segment {
    Segment::Key(key.to_owned())
}

#[cfg(test)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "literal values are easier to read than references to them"
)]
mod tests {
    use serde_json::{Value, json};

    use super::Fields;

    /// Fields as `name` or `name!` where required, with `...` at the end where there may be more.
    fn check(schema: Value, expected: &str) {
        let written = Fields::of(&schema).map(|fields| {
            let mut words: Vec<String> = Vec::new();
            for field in &fields.fields {
                let mark = if field.is_required { "!" } else { "" };
                words.push(format!("{}{mark}", field.name));
            }
            words.extend(fields.is_open.then(|| "...".to_owned()));
            words.join(" ")
        });
        assert_eq!(written.as_deref().unwrap_or("none"), expected, "{schema}");
    }

    #[test]
    fn lists_fields() {
        check(
            json!({"type": "object", "properties": {"b": {}, "a": {}}, "required": ["a"],
                   "additionalProperties": false}),
            "b a!",
        );
        check(json!({"properties": {"a": true}}), "a ...");
        check(json!({"type": "object"}), "...");
        check(
            json!({"type": ["object", "null"], "additionalProperties": false}),
            "",
        );
        check(json!({"required": ["x"]}), "x! ...");
        check(
            json!({"properties": {}, "additionalProperties": {"type": "string"}, "type": "object"}),
            "...",
        );
        check(
            json!({"type": "object", "additionalProperties": false,
                   "patternProperties": {"^x-": {}}}),
            "...",
        );
    }

    #[test]
    fn names_none_where_there_are_none() {
        for schema in [
            json!({"type": "string"}),
            json!({}),
            json!(true),
            json!(null),
            json!({"$ref": "x"}),
        ] {
            check(schema, "none");
        }
    }

    #[test]
    fn follows_references_and_all_of() {
        check(
            json!({"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"x": {}}, "required": ["x"],
                   "additionalProperties": false}}}),
            "x!",
        );
        check(
            json!({"type": "object", "properties": {"a": {}},
                   "allOf": [{"properties": {"b": {}, "a": {}}}, {"required": ["a"]}]}),
            "a! b ...",
        );
        check(json!({"$ref": "#", "properties": {"a": {}}}), "a ...");
        check(
            json!({"allOf": [{"$ref": "#"}, {"properties": {"a": {}}}]}),
            "a ...",
        );
    }

    #[test]
    fn tells_descriptions() {
        let fields = Fields::of(&json!({
            "properties": {"a": {"description": "one"}, "b": {"$ref": "#/$defs/b"}, "c": {}},
            "$defs": {"b": {"description": "two"}},
        }));
        let fields = fields.unwrap();
        let of = |name| fields.field(name).unwrap().description.as_deref();
        assert_eq!(of("a"), Some("one"));
        assert_eq!(of("b"), Some("two"));
        assert_eq!(of("c"), None);
    }
}
