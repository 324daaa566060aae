//! The types of JSON Schema.

use serde_json::Value;

use super::{number, words};

/// A type that a schema can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ValueType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The names of all types.
pub(super) const NAMES: [&str; 7] = [
    "null", "boolean", "integer", "number", "string", "array", "object",
];

impl ValueType {
    /// Reads the name of a type.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// Reads the value of the keyword `type`. `None` where it is malformed.
    pub(super) fn parse_all(keyword: &Value) -> Option<Vec<Self>> {
        match keyword {
            Value::String(name) => Some(vec![Self::parse(name)?]),
            Value::Array(names) => {
                let parse = |name: &Value| Self::parse(name.as_str()?);
                names.iter().map(parse).collect()
            }
            _ => None,
        }
    }

    /// Returns the narrowest type of a value.
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number::is_whole(number) => Self::Integer,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }

    /// Says whether a value is of this type.
    pub(super) fn holds(self, value: &Value) -> bool {
        let found = Self::of(value);
        found == self || (self == Self::Number && found == Self::Integer)
    }

    /// Names several in a message: `text or null`.
    pub(super) fn words_of(types: &[Self]) -> String {
        let mut words: Vec<String> = Vec::new();
        for one in types {
            if !words.iter().any(|word| word == one.words()) {
                words.push(one.words().to_owned());
            }
        }
        let count = words.len();
        words::either(words, count)
    }

    /// Names it in a message.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "true or false",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::String => "text",
            Self::Array => "a list",
            Self::Object => "an object",
        }
    }
}

/// Finds the type that was meant by a name that is none, such as one of another language.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    let lower = name.trim().to_lowercase();
    Some(match lower.as_str() {
        "str" | "text" => "string",
        "int" => "integer",
        "float" | "double" => "number",
        "bool" => "boolean",
        "list" => "array",
        "dict" | "map" => "object",
        "none" | "nil" => "null",
        lower => words::meant(lower, NAMES)?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{NAMES, ValueType, meant};

    #[test]
    fn guesses_what_was_meant() {
        let check = |name, expected| assert_eq!(meant(name), expected, "{name}");
        check("strng", Some("string"));
        check("String", Some("string"));
        check("INT", Some("integer"));
        check("Person", None);
        check("", None);
    }

    #[test]
    fn knows_which_values_are_of_a_type() {
        let check = |value: Value, types: &[&str]| {
            let holding = NAMES
                .into_iter()
                .filter(|name| ValueType::parse(name).unwrap().holds(&value));
            assert_eq!(holding.collect::<Vec<_>>(), types, "{value}");
        };
        check(json!(null), &["null"]);
        check(json!(true), &["boolean"]);
        check(json!(1), &["integer", "number"]);
        check(json!(1.0), &["integer", "number"]);
        check(json!(1.5), &["number"]);
        check(json!("1"), &["string"]);
        check(json!([]), &["array"]);
        check(json!({}), &["object"]);
    }
}
