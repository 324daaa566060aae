//! Paths: `user.name`, `../x`, `@root.x`, `items.[a b]`.

use super::super::helper::Helper;
use super::super::tree::{Base, Path, Span};
use super::arguments::is_literal;
use super::error::SyntaxErrorKind;
use super::lexer::{ends_literal, ends_name, is_symbol};
use super::{Failed, Parser};

/// A part of a path as it is written.
struct Segment {
    text: String,
    /// In brackets nothing has a meaning of its own.
    bracketed: bool,
}

impl Parser<'_> {
    /// Reads a path; `advice` is for what is none.
    pub(super) fn path(&mut self, advice: &'static str) -> Result<Path, Failed> {
        let start = self.cursor.at();
        let is_data = self.cursor.eat("@");
        if is_data {
            self.cursor.skip_space();
        }
        let mut path = Builder::new(is_data);
        let mut segment = self.segment(advice)?;
        loop {
            let span = self.cursor.since(start);
            if let Err(()) = path.push(segment) {
                return Err(self.misplaced(span));
            }
            if path.len() > self.limits.path_segments {
                let kind = SyntaxErrorKind::TooDeep {
                    what: "the names of a path",
                    limit: self.limits.path_segments,
                };
                return Err(self.error(kind, span, None));
            }
            let Some(separator) = self.separator() else {
                return Ok(path.finish(span));
            };
            path.original.push(separator);
            segment = self.segment("a name has to follow the `.` or `/` of a path")?;
        }
    }

    fn misplaced(&mut self, span: Span) -> Failed {
        let kind = SyntaxErrorKind::Unexpected {
            found: self.quote(span.start, span.end),
            advice: "`..`, `.` and `this` stand at the beginning of a path",
        };
        self.error(kind, span, None)
    }

    /// Takes the `.` or `/` between two names, with white space around it.
    fn separator(&mut self) -> Option<char> {
        let start = self.cursor.at();
        self.cursor.skip_space();
        let rest = self.cursor.rest();
        let is_dot = rest
            .strip_prefix('.')
            .is_some_and(|rest| !rest.starts_with('.') && !rest.starts_with(ends_dot));
        if is_dot || rest.starts_with('/') {
            self.cursor.jump(self.cursor.at() + 1);
            self.cursor.skip_space();
            return rest.chars().next();
        }
        self.cursor.jump(start);
        None
    }

    fn segment(&mut self, advice: &'static str) -> Result<Segment, Failed> {
        if self.cursor.starts("[") {
            return self.bracketed();
        }
        let start = self.cursor.at();
        let dots = if self.cursor.eat("..") {
            ".."
        } else if self.dot_alone() {
            self.cursor.eat(".");
            "."
        } else {
            ""
        };
        let text = if dots.is_empty() {
            let name = self.cursor.take_while(is_symbol);
            if name.is_empty() {
                return Err(self.unexpected(advice));
            }
            if !self.cursor.peek().is_some_and(ends_name) {
                return Err(self.bad_end());
            }
            if is_literal(name) && self.cursor.peek().is_some_and(ends_literal) {
                return Err(self.literal_in_path(start, name));
            }
            name
        } else {
            dots
        };
        Ok(Segment {
            text: text.to_owned(),
            bracketed: false,
        })
    }

    /// A number at the end of a path is a number to handlebars.js, not a name.
    fn literal_in_path(&mut self, start: usize, name: &str) -> Failed {
        let path = self
            .quote(self.tag, start)
            .trim_start_matches(['{', '~', ' ', '#'])
            .to_owned();
        let kind = SyntaxErrorKind::LiteralName {
            name: name.to_owned(),
            path,
        };
        self.error(kind, self.cursor.since(start), None)
    }

    fn dot_alone(&self) -> bool {
        let rest = self.cursor.rest().strip_prefix('.');
        rest.is_some_and(|rest| rest.starts_with(ends_dot))
    }

    /// Reads `[any text]`, in which `\]` and `\\` are escapes.
    fn bracketed(&mut self) -> Result<Segment, Failed> {
        self.cursor.eat("[");
        let rest = self.cursor.rest();
        let mut text = String::new();
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                ']' if text.is_empty() => {
                    return Err(self.unexpected("the brackets before it hold no name"));
                }
                ']' => {
                    self.cursor.jump(self.cursor.at() + at + 1);
                    return Ok(Segment {
                        text,
                        bracketed: true,
                    });
                }
                '\n' | '\r' => break,
                '\\' if matches!(chars.peek(), Some((_, ']' | '\\'))) => {
                    // The peek has shown that there is one.
                    text.extend(chars.next().map(|(_, c)| c));
                }
                _ => text.push(c),
            }
        }
        Err(self.unexpected("the `[` before it is never closed by `]` on its line"))
    }

    /// Says why a name cannot end where it does.
    fn bad_end(&mut self) -> Failed {
        const INDEX: &str = "an element is written `items.[0]`";
        const SPACE_MISSING: &str = "a space is missing before it, or it cannot be part of a name";
        let is_index = self.cursor.starts("[");
        self.unexpected(if is_index { INDEX } else { SPACE_MISSING })
    }
}

/// Accepts what makes a `.` before it the current context.
fn ends_dot(c: char) -> bool {
    ends_name(c) || c == ']'
}

/// Puts a path together from its parts.
struct Builder {
    is_data: bool,
    parents: usize,
    segments: Vec<String>,
    original: String,
}

impl Builder {
    fn new(is_data: bool) -> Self {
        let original = if is_data { "@" } else { "" };
        Self {
            is_data,
            parents: 0,
            segments: Vec::new(),
            original: original.to_owned(),
        }
    }

    fn len(&self) -> usize {
        self.parents + self.segments.len()
    }

    fn push(&mut self, segment: Segment) -> Result<(), ()> {
        self.original.push_str(&segment.text);
        let is_step = !segment.bracketed && matches!(segment.text.as_str(), ".." | "." | "this");
        if !is_step {
            self.segments.push(segment.text);
        } else if !self.segments.is_empty() {
            return Err(());
        } else if segment.text == ".." {
            self.parents += 1;
        }
        Ok(())
    }

    fn finish(mut self, span: Span) -> Path {
        let base = if !self.is_data {
            Base::Context
        } else if self.parents == 0 && self.segments.first().is_some_and(|name| name == "root") {
            self.segments.remove(0);
            Base::Root
        } else {
            Base::Data
        };
        let mut path = Path {
            base,
            parents: self.parents,
            segments: self.segments,
            scoped: is_scoped(&self.original),
            original: self.original,
            helper: None,
            span,
        };
        path.helper = path.simple().and_then(Helper::named);
        path
    }
}

/// Follows handlebars.js: a leading dot, or `this` at the end of a word anywhere.
fn is_scoped(original: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    original.starts_with('.')
        || original
            .match_indices("this")
            .any(|(at, this)| !original[at + this.len()..].starts_with(is_word))
}

impl Path {
    /// Makes the path that a literal stands for where a name is expected: `{{"a b"}}`.
    pub(super) fn of_literal(text: String, span: Span) -> Self {
        let builder = Builder {
            is_data: false,
            parents: 0,
            segments: vec![text.clone()],
            original: text,
        };
        builder.finish(span)
    }
}
