//! Gives a text from a command line the type that the schema asks for.

use std::fmt;

use serde_json::{Number, Value};

use super::fields::Declared;
use super::shape::{Shape, Shapes};
use super::value_type::ValueType;
use super::{number, words};
use crate::text::strict;

/// The types that are tried one after the other.
const NUMBERS: [ValueType; 2] = [ValueType::Integer, ValueType::Number];

/// A text that cannot be taken for a value of the type asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoerceError {
    /// The field.
    pub property: String,
    /// What it must be: `a number`.
    pub expected: String,
    /// What it is: `the text "x"`.
    pub found: String,
    /// What to do about it, where that is certain.
    pub hint: Option<String>,
}

impl fmt::Display for CoerceError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self {
            property,
            expected,
            found,
            ..
        } = self;
        write!(f, "`{property}` must be {expected}, found {found}")
    }
}

impl std::error::Error for CoerceError {}

/// Types the text of one field of an object schema.
///
/// A field of no certain type, or one that the schema does not know, gets the text. Where text is
/// allowed besides other types, numbers and `true` or `false` still become what they read as, and
/// everything else stays text. Only the type is looked at; [`check`](super::check) does the rest.
pub fn coerce(schema: &Value, property: &str, text: &str) -> Result<Value, CoerceError> {
    let shape = match Declared::find(schema, property) {
        Some(declared) => Shapes::new(schema).of(declared.schema, &declared.at),
        None => Shape::default(),
    };
    let fail = |expected: String| CoerceError {
        property: property.to_owned(),
        expected,
        found: words::found(&text.into()),
        hint: None,
    };
    if let Some(values) = &shape.values {
        return pick(values, text).ok_or_else(|| {
            let all: Vec<Value> = values.iter().take(200).copied().cloned().collect();
            let known = values.iter().filter_map(|value| value.as_str());
            let meant = words::meant(text, known).map(|meant| format!("did you mean `{meant}`?"));
            let mut error = fail(words::alternatives(&all));
            error.hint = meant;
            error
        });
    }
    let Some(types) = &shape.types else {
        return Ok(text.into());
    };
    if let Some(value) = number_or_truth(&shape, text) {
        return Ok(value);
    }
    if shape.allows(ValueType::String) {
        return Ok(text.into());
    }
    if shape.allows(ValueType::Null) && text == "null" {
        return Ok(Value::Null);
    }
    let is_nested = |one: &ValueType| matches!(one, ValueType::Array | ValueType::Object);
    if let Ok(value) = strict::parse_json(text)
        && types.iter().any(|one| is_nested(one) && one.holds(&value))
    {
        return Ok(value);
    }
    let mut error = fail(expected(types));
    if types.iter().any(is_nested) {
        error.hint = Some(format!("give it as JSON: `--var-json {property}=JSON`"));
    } else if is_plain_digits(text) && NUMBERS.iter().any(|one| shape.allows(*one)) {
        error.hint = Some("only whole numbers of up to 64 bits are exact".into());
    }
    Err(error)
}

fn number_or_truth(shape: &Shape, text: &str) -> Option<Value> {
    if shape.allows(ValueType::Boolean)
        && let Ok(truth) = text.parse::<bool>()
    {
        return Some(truth.into());
    }
    let number = read_number(text)?;
    let is_asked_for = shape.allows(ValueType::Number)
        || (shape.allows(ValueType::Integer) && number::is_whole(&number));
    if !is_asked_for {
        return None;
    }
    if shape.allows(ValueType::Number) {
        return Some(number.into());
    }
    // `1e3` for a whole number is 1000 in a template as well.
    let whole = number::canonical(&number).parse::<i64>();
    Some(whole.map_or(Value::Number(number), Value::from))
}

/// Reads a number as JSON writes it. Whole numbers that would lose digits are none.
fn read_number(text: &str) -> Option<Number> {
    let is_tight = text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit());
    let number: Number = serde_json::from_str(text).ok().filter(|_| is_tight)?;
    let is_exact = number.is_i64() || number.is_u64() || text == "-0";
    (is_exact || !is_plain_digits(text)).then_some(number)
}

fn is_plain_digits(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Finds the allowed value that a text stands for: the very text before all others.
fn pick(values: &[&Value], text: &str) -> Option<Value> {
    let is_text = |value: &&&Value| value.as_str() == Some(text);
    let number = read_number(text);
    let stands_for = |value: &&&Value| match value {
        Value::Null => text == "null",
        Value::Bool(truth) => text == truth.to_string(),
        Value::Number(value) => number
            .as_ref()
            .is_some_and(|number| number::compare(number, value).is_eq()),
        _ => false,
    };
    let mut values = values.iter();
    let found = values.clone().find(is_text);
    let found = found.or_else(|| values.find(stands_for));
    found.map(|value| (*value).clone())
}

fn expected(types: &[ValueType]) -> String {
    match types {
        [ValueType::Boolean] => "`true` or `false`".into(),
        [] => "left out".into(),
        types => ValueType::words_of(types),
    }
}

#[cfg(test)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "literal values are easier to read than references to them"
)]
mod tests {
    use serde_json::{Value, json};

    use super::{CoerceError, coerce};

    fn run(schema: &Value, text: &str) -> Result<Value, CoerceError> {
        let schema = json!({"type": "object", "properties": {"a": schema},
                            "$defs": {"n": {"type": "integer"}, "loop": {"$ref": "#/$defs/loop"}}});
        coerce(&schema, "a", text)
    }

    fn check(schema: Value, text: &str, expected: Value) {
        let found = run(&schema, text).unwrap();
        // Values that are written alike: 1 is not 1.0 here.
        assert_eq!(found.to_string(), expected.to_string(), "{schema} {text}");
    }

    fn fails(schema: Value, text: &str, words: &str) {
        let error = run(&schema, text).unwrap_err();
        let words_found = format!("{error} {}", error.hint.clone().unwrap_or_default());
        assert!(
            words_found.contains(words),
            "{schema} {text}: {words_found}"
        );
    }

    #[test]
    fn keeps_text() {
        for text in ["x", "12", "true", "null", "", "[1]", " "] {
            check(json!({"type": "string"}), text, json!(text));
            check(json!({}), text, json!(text));
            check(json!(true), text, json!(text));
        }
        assert_eq!(coerce(&json!({}), "b", "1").unwrap(), json!("1"));
    }

    #[test]
    fn reads_numbers_as_json_does() {
        check(json!({"type": "integer"}), "12", json!(12));
        check(json!({"type": "integer"}), "-3", json!(-3));
        check(json!({"type": "integer"}), "1.0", json!(1));
        check(json!({"type": "integer"}), "1e3", json!(1000));
        check(json!({"type": "integer"}), "-0", json!(0));
        check(json!({"type": "number"}), "1.5", json!(1.5));
        check(json!({"type": "number"}), "12", json!(12));
        check(
            json!({"type": "integer"}),
            "18446744073709551615",
            json!(u64::MAX),
        );
        for text in [
            "", "x", "1.5", "NaN", "1e999", " 1", "1 ", "01", "+1", "0x1", "1_000", "\"1\"",
        ] {
            fails(
                json!({"type": "integer"}),
                text,
                "`a` must be a whole number, found the text",
            );
        }
        for text in ["NaN", "Infinity", "1e999", ".5", "1.", "1,5"] {
            fails(json!({"type": "number"}), text, "must be a number");
        }
        fails(
            json!({"type": "integer"}),
            "18446744073709551616",
            "64 bits",
        );
        fails(
            json!({"type": "number"}),
            "123456789012345678901234567890",
            "64 bits",
        );
    }

    #[test]
    fn reads_truth_and_null() {
        check(json!({"type": "boolean"}), "true", json!(true));
        check(json!({"type": "boolean"}), "false", json!(false));
        for text in ["yes", "1", "True", ""] {
            fails(
                json!({"type": "boolean"}),
                text,
                "must be `true` or `false`",
            );
        }
        check(json!({"type": "null"}), "null", json!(null));
        check(json!({"type": ["integer", "null"]}), "null", json!(null));
        check(
            json!({"type": "integer", "nullable": true}),
            "null",
            json!(null),
        );
        fails(json!({"type": "integer"}), "null", "a whole number");
    }

    #[test]
    fn reads_lists_and_objects() {
        check(json!({"type": "array"}), "[1, \"a\"]", json!([1, "a"]));
        check(json!({"type": "object"}), "{\"b\": 1}", json!({"b": 1}));
        fails(json!({"type": "array"}), "a, b", "--var-json a=");
        fails(json!({"type": "array"}), "{}", "must be a list");
        fails(json!({"type": "object"}), "{\"b\":1,\"b\":2}", "--var-json");
        fails(json!({"type": "array"}), "1", "--var-json");
    }

    #[test]
    fn finds_allowed_values() {
        check(json!({"enum": ["1", 1]}), "1", json!("1"));
        check(json!({"enum": [1, 2.5, true, null]}), "1.0", json!(1));
        check(json!({"enum": [1, 2.5, true, null]}), "2.5", json!(2.5));
        check(json!({"enum": [1, 2.5, true, null]}), "true", json!(true));
        check(json!({"enum": ["RED", null]}), "null", json!(null));
        check(json!({"const": 3}), "3", json!(3));
        check(json!({"type": "string", "enum": [1, "1"]}), "1", json!("1"));
        check(json!({"type": "integer", "enum": [1, "1"]}), "1", json!(1));
        fails(
            json!({"enum": ["red", "green"]}),
            "gren",
            "\"red\" or \"green\"",
        );
        fails(
            json!({"enum": ["red", "green"]}),
            "gren",
            "did you mean `green`?",
        );
        fails(json!({"enum": []}), "x", "");
    }

    #[test]
    fn prefers_text_only_to_what_is_read_as_such() {
        check(json!({"type": ["string", "null"]}), "null", json!("null"));
        check(json!({"type": ["integer", "string"]}), "12", json!(12));
        check(json!({"type": ["integer", "string"]}), "1.5", json!("1.5"));
        check(json!({"type": ["integer", "string"]}), "x", json!("x"));
        check(json!({"type": ["boolean", "string"]}), "true", json!(true));
        check(json!({"type": ["array", "string"]}), "[1]", json!("[1]"));
        check(json!({"type": ["integer", "array"]}), "[1]", json!([1]));
        check(json!({"type": ["integer", "number"]}), "1.5", json!(1.5));
    }

    #[test]
    fn follows_schemas() {
        check(json!({"$ref": "#/$defs/n"}), "1", json!(1));
        check(json!({"$ref": "#/$defs/loop"}), "1", json!("1"));
        check(json!({"$ref": "other.json"}), "1", json!("1"));
        check(
            json!({"allOf": [{"type": "number"}, {"type": "integer"}]}),
            "1",
            json!(1),
        );
        check(
            json!({"anyOf": [{"type": "integer"}, {"type": "null"}]}),
            "null",
            json!(null),
        );
        check(
            json!({"oneOf": [{"enum": ["auto"]}, {"type": "integer"}]}),
            "7",
            json!(7),
        );
        check(
            json!({"oneOf": [{"enum": ["auto"]}, {"type": "integer"}]}),
            "auto",
            json!("auto"),
        );
        check(json!({"anyOf": [{"type": "integer"}, {}]}), "7", json!("7"));
        let open = json!({"type": "object", "additionalProperties": {"type": "integer"}});
        assert_eq!(coerce(&open, "x", "7").unwrap(), json!(7));
    }
}
