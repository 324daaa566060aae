//! Characters: where text ends and a tag begins, and a cursor that walks through a tag.
//!
//! The rules are those of the lexer of handlebars.js 4.7 (`handlebars.l`).

use super::super::tree::Span;

/// Walks through the source; always on a character boundary.
pub(super) struct Cursor<'s> {
    source: &'s str,
    at: usize,
}

/// Text before a tag, and what the backslashes at its end make of that tag.
pub(super) struct Content {
    /// The text, without the backslash that escapes.
    pub(super) span: Span,
    /// Whether the tag is escaped: it is text.
    pub(super) escapes: bool,
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

    /// Skips white space and tells whether there was any.
    pub(super) fn skip_space(&mut self) -> bool {
        !self.take_while(is_space).is_empty()
    }

    /// Takes the longest run of characters, which may be empty.
    pub(super) fn take_while(&mut self, accept: fn(char) -> bool) -> &'s str {
        let rest = self.rest();
        let taken = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.at += taken;
        &rest[..taken]
    }

    /// Finds `what` from here on.
    pub(super) fn find(&self, what: &str) -> Option<usize> {
        self.rest().find(what).map(|found| self.at + found)
    }

    pub(super) fn since(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    /// Moves to the next `{{`, or to the end. One backslash before it escapes the tag; of two or more
    /// one is taken away.
    pub(super) fn content(&mut self) -> Content {
        let start = self.at;
        let end = self.find("{{").unwrap_or(self.source.len());
        self.at = end;
        let text = self.slice(start, end);
        let escaping = !self.at_end() && text.ends_with('\\');
        Content {
            span: Span::new(start, end - usize::from(escaping)),
            escapes: escaping && !text.ends_with("\\\\"),
        }
    }

    /// Takes an escaped tag and the text behind it, up to what may be a tag again.
    pub(super) fn escaped(&mut self) -> Span {
        let start = self.at;
        let begin = start + 2;
        let next = self.rest_at(begin).find("{{").map(|found| begin + found);
        self.at = match next {
            None => self.source.len(),
            // Backslashes count for the tag that follows, unless they belong to the escaped one.
            Some(next) => {
                let text = self.slice(begin, next);
                let backslashes = text.len() - text.trim_end_matches('\\').len();
                next - backslashes.min(2)
            }
        };
        self.since(start)
    }
}

/// Accepts what JavaScript's `\s` does.
pub(crate) fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

/// Accepts the characters of a name.
pub(super) fn is_symbol(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '$' | ':' | '?')
    } else {
        !is_space(c) && !c.is_control()
    }
}

/// Accepts what may follow a name.
pub(super) fn ends_name(c: char) -> bool {
    is_space(c) || matches!(c, '=' | '~' | '}' | '/' | '.' | ')' | '|')
}

/// Accepts what may follow a literal.
pub(super) fn ends_literal(c: char) -> bool {
    is_space(c) || matches!(c, '~' | '}' | ')')
}
