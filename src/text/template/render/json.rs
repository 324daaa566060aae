//! `{{json x}}`: JavaScript's `JSON.stringify`.

use serde_json::Value as Json;

use super::RenderError;
use super::value::Value;
use crate::text::template::number;

/// The most that JavaScript indents by.
const MAX_INDENT: usize = 10;

/// Reads what `indent=` was given as: a number of blanks, or the text itself.
pub(super) fn indent_of(value: &Value) -> Result<String, RenderError> {
    if let Some(text) = value.text() {
        return Ok(text.chars().take(MAX_INDENT).collect());
    }
    let Value::Number(number) = value else {
        return Ok(String::new());
    };
    if number.fract() != 0.0 {
        let message = format!("`indent={number}` of `json` is no whole number");
        return Err(RenderError::Failed(message));
    }
    let blanks = (1..=MAX_INDENT)
        .rev()
        .find(|blanks| u32::try_from(*blanks).is_ok_and(|blanks| f64::from(blanks) <= *number));
    Ok(" ".repeat(blanks.unwrap_or(0)))
}

/// Writes a value as JSON. It gives up soon after `limit` bytes.
///
/// # Errors
///
/// Half of a character cannot be written.
pub(super) fn stringify(value: &Value, indent: &str, limit: usize) -> Result<String, RenderError> {
    let mut writer = Writer {
        out: String::new(),
        indent,
        depth: 0,
        limit,
        unwritable: None,
    };
    writer.value(value);
    match writer.unwritable {
        Some(why) => Err(RenderError::Failed(why.to_owned())),
        None => Ok(writer.out),
    }
}

struct Writer<'i> {
    out: String,
    indent: &'i str,
    depth: usize,
    limit: usize,
    /// Why something in the value cannot be written.
    unwritable: Option<&'static str>,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value) {
        match value {
            Value::Boolean(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Number(value) if value.is_finite() => {
                self.out.push_str(&number::to_text(*value));
            }
            Value::Undefined | Value::Null | Value::Number(_) => {
                self.out.push_str("null");
            }
            Value::Half => self.unwritable = value.unwritable(),
            Value::Text(text) => self.text(text),
            Value::Made(text) => self.text(text),
            Value::Json(Json::Array(list)) => {
                let elements = list.iter().map(|element| (None, Value::from(element)));
                self.enclosed(['[', ']'], elements);
            }
            Value::Json(_) | Value::Extended(_) | Value::Safe(_) | Value::Empty => {
                let entries = value.entries().unwrap_or_default().into_iter();
                let entries = entries
                    .filter(|(_, value)| !matches!(value, Value::Undefined))
                    .map(|(key, value)| (Some(key.value().to_text()), value));
                self.enclosed(['{', '}'], entries);
            }
        }
    }

    fn enclosed<'t>(
        &mut self,
        [open, close]: [char; 2],
        entries: impl Iterator<Item = (Option<String>, Value<'t>)>,
    ) {
        self.out.push(open);
        self.depth += 1;
        let mut is_empty = true;
        for (key, value) in entries {
            if self.out.len() > self.limit {
                return;
            }
            if !is_empty {
                self.out.push(',');
            }
            is_empty = false;
            self.line();
            if let Some(key) = key {
                self.text(&key);
                self.out.push(':');
                if !self.indent.is_empty() {
                    self.out.push(' ');
                }
            }
            self.value(&value);
        }
        self.depth -= 1;
        if !is_empty {
            self.line();
        }
        self.out.push(close);
    }

    fn line(&mut self) {
        if !self.indent.is_empty() {
            self.out.push('\n');
            for _ in 0..self.depth {
                self.out.push_str(self.indent);
            }
        }
    }

    fn text(&mut self, text: &str) {
        // A text always has a JSON form.
        self.out
            .push_str(&serde_json::to_string(text).unwrap_or_default());
    }
}
