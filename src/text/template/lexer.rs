//! Characters: where text ends and a tag begins, and a cursor that walks through a tag.
//!
//! The rules for escapes are those of `grammar.pest`: one backslash before `{{` makes it text, two
//! or more stand for themselves and the tag is one.

use super::tree::Span;

/// Walks through the source; always on a character boundary.
pub(super) struct Cursor<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Cursor<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn len(&self) -> usize {
        self.source.len()
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.source.len()
    }

    pub(super) fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    pub(super) fn rest_at(&self, at: usize) -> &'s str {
        &self.source[at..]
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'s str {
        &self.source[start..end]
    }

    pub(super) fn jump(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn starts(&self, what: &str) -> bool {
        self.rest().starts_with(what)
    }

    pub(super) fn eat(&mut self, what: &str) -> bool {
        let there = self.starts(what);
        if there {
            self.at += what.len();
        }
        there
    }

    /// Skips what the grammar calls white space and tells whether there was any.
    pub(super) fn skip_space(&mut self) -> bool {
        self.skip_while(is_space)
    }

    /// Skips characters and tells whether there were any.
    pub(super) fn skip_while(&mut self, accept: fn(char) -> bool) -> bool {
        let rest = self.rest();
        let skipped = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.at += skipped;
        skipped > 0
    }

    /// Takes the longest run of characters, which may be empty.
    pub(super) fn take_while(&mut self, accept: fn(char) -> bool) -> &'s str {
        let start = self.at;
        self.skip_while(accept);
        &self.source[start..self.at]
    }

    /// Finds `what` from here on.
    pub(super) fn find(&self, what: &str) -> Option<usize> {
        self.rest().find(what).map(|found| self.at + found)
    }

    pub(super) fn since(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    /// Moves to the next tag, or to the end, and spans the text that was passed.
    pub(super) fn text(&mut self) -> Span {
        let start = self.at;
        self.at = self.end_of_text(b"{{");
        self.since(start)
    }

    /// Moves to the next `{{{{` that is not escaped, or to the end.
    pub(super) fn raw_text(&mut self) -> Span {
        let start = self.at;
        self.at = self.end_of_text(b"{{{{");
        self.since(start)
    }

    fn end_of_text(&self, stop: &[u8]) -> usize {
        let bytes = self.source.as_bytes();
        let mut at = self.at;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => {
                    let run = bytes[at..].iter().take_while(|b| **b == b'\\').count();
                    at += run;
                    if run == 1 && bytes[at..].starts_with(b"{{") {
                        let raw = bytes[at..].starts_with(b"{{{{");
                        at += if raw { 4 } else { 2 };
                    }
                }
                b'{' if bytes[at..].starts_with(stop) => return at,
                _ => at += 1,
            }
        }
        at
    }
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Accepts the characters of a name. The grammar also takes white space beyond ASCII for a letter,
/// which no author means: that is refused.
pub(super) fn is_symbol(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '-' | '_' | '$' | ':')
        || (!c.is_ascii() && !c.is_whitespace())
}

/// Accepts the characters of a partial's name.
pub(super) fn is_partial_symbol(c: char) -> bool {
    matches!(c, '@' | '/' | '.') || (is_symbol(c) && c != '$' && c != ':')
}

/// Tells whether the whole is one plain name.
pub(super) fn is_identifier(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_symbol)
}
