//! What is wrong with a text, and where.

use std::ops::Range;

/// Something wrong at a place of a text. Which rule it breaks decides how grave it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule, as in `docs/rules.md`.
    pub rule: &'static str,
    /// A lower-case sentence.
    pub message: String,
    /// The place, in bytes.
    pub span: Range<usize>,
    /// What to do about it, where that is certain.
    pub hint: Option<String>,
    /// Another place that helps to understand it, and what stands there.
    pub related: Option<(Range<usize>, String)>,
}

impl Fault {
    /// Makes a fault without a hint.
    pub fn new(rule: &'static str, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            rule,
            message: message.into(),
            span,
            hint: None,
            related: None,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Moves the place along, for a text that is a part of another.
    #[must_use]
    pub fn moved(mut self, by: usize) -> Self {
        let move_span = |span: Range<usize>| span.start + by..span.end + by;
        self.span = move_span(self.span);
        self.related = self.related.map(|(span, what)| (move_span(span), what));
        self
    }
}

/// Returns the line and the column of a byte, both from 1, the column in characters.
#[must_use]
pub fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].chars().count() + 1)
}
