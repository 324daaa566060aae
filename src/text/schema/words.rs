//! How values are named in messages.

use serde_json::Value;

use crate::text::suggest;

/// The most words that a suggestion is looked for in, and the most characters of each.
const SUGGESTIONS: (usize, usize) = (200, 40);

/// The most characters of a value in a message.
pub(super) const LENGTH: usize = 40;

/// The most values of a list in a message.
const VALUES: usize = 8;

/// Puts a text in quotes, shortened, with invisible characters escaped.
pub(super) fn quoted(text: &str) -> String {
    format!("{:?}", shortened(text))
}

/// Names a value as what was found: `the text "12"`, `a list of 3 items`.
pub(super) fn found(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("the text {}", quoted(text)),
        Value::Array(items) if items.is_empty() => "an empty list".into(),
        Value::Array(items) => format!("a list of {}", counted(items.len(), "item")),
        Value::Object(members) if members.is_empty() => "an empty object".into(),
        Value::Object(members) => format!("an object of {}", counted(members.len(), "field")),
    }
}

/// Writes a value as JSON where that is short, else names it.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) if !items.is_empty() => found(value),
        Value::Object(members) if !members.is_empty() => found(value),
        other => other.to_string(),
    }
}

/// Lists values: `"a", "b" or "c"`.
pub(super) fn alternatives(values: &[Value]) -> String {
    let literals = values.iter().take(VALUES).map(literal).collect();
    either(literals, values.len())
}

/// Joins words with commas and a last "or"; `count` is how many there were before they were cut.
pub(super) fn either(mut words: Vec<String>, count: usize) -> String {
    words.truncate(VALUES);
    if count > words.len() {
        return format!("{}, ... ({count} in all)", words.join(", "));
    }
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} or {last}", words.join(", ")),
        None => String::new(),
    }
}

/// Counts: `1 item`, `3 items`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Finds the word that was meant, where the search is cheap.
pub(super) fn meant<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (count, length) = SUGGESTIONS;
    let is_short = |word: &str| word.len() <= length;
    if !is_short(typed) {
        return None;
    }
    let known = known.into_iter().take(count).filter(|word| is_short(word));
    suggest::nearest(typed, known)
}

fn shortened(text: &str) -> String {
    if text.chars().nth(LENGTH).is_none() {
        return text.to_owned();
    }
    let start: String = text.chars().take(LENGTH - 3).collect();
    format!("{start}...")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{alternatives, found};

    #[test]
    fn names_what_was_found() {
        let check = |value: Value, words: &str| assert_eq!(found(&value), words);
        check(json!("12"), "the text \"12\"");
        check(json!("a\u{202e}b\n"), "the text \"a\\u{202e}b\\n\"");
        check(json!(1.5), "the number 1.5");
        check(json!(null), "null");
        check(json!(true), "true");
        check(json!([]), "an empty list");
        check(json!([1]), "a list of 1 item");
        check(json!({"a": 1, "b": 2}), "an object of 2 fields");
        let long = found(&json!("ä".repeat(100)));
        assert_eq!(long, format!("the text \"{}...\"", "ä".repeat(37)));
    }

    #[test]
    fn lists_values() {
        let check = |values: Value, words: &str| {
            assert_eq!(alternatives(values.as_array().unwrap()), words);
        };
        check(json!(["a"]), "\"a\"");
        check(json!(["a", 1, null]), "\"a\", 1 or null");
        check(json!([[1], {}]), "a list of 1 item or {}");
        check(
            json!([0, 1, 2, 3, 4, 5, 6, 7, 8]),
            "0, 1, 2, 3, 4, 5, 6, 7, ... (9 in all)",
        );
    }
}
