//! The parser: limits, the run over the source, and how errors are noted and survived.
//!
//! The language is that of handlebars.js 4.7 (`handlebars.l`, `handlebars.yy`), without decorators
//! other than `inline` and without partials whose names are computed.
//!
//! Blocks lie on an explicit stack, so only sub-expressions recurse, and those are counted. The run
//! ends after [`MAX_ERRORS`] errors, which also bounds how often a part of the source is read again.

mod arguments;
mod blocks;
mod enclosing;
mod error;
mod lexer;
mod literal;
mod path;
mod structure;
mod tags;
mod whitespace;

pub use error::{Related, SyntaxError, SyntaxErrorKind};
pub(crate) use lexer::is_space;

use lexer::Cursor;
use structure::Structure;

use super::tree::{Node, Span, Strip, Template, Text};

/// Keeps a hostile file from burying the reader.
const MAX_ERRORS: usize = 20;
/// How much of a tag a message quotes, in characters.
const MAX_QUOTE: usize = 48;

/// Bounds what a template may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Blocks inside each other; every `{{else if}}` is one more, as it is when rendered.
    pub block_depth: usize,
    /// Sub-expressions inside each other.
    pub subexpression_depth: usize,
    /// Tags of any kind, closing tags and comments included.
    pub tags: usize,
    /// Arguments of all tags together.
    pub arguments: usize,
    /// Names in one path.
    pub path_segments: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            block_depth: 64,
            subexpression_depth: 16,
            tags: 2_000,
            arguments: 10_000,
            path_segments: 32,
        }
    }
}

/// Is what parsing found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The tree; as far as it could be read when there are errors.
    pub template: Template,
    /// The errors by place, at most 20.
    pub errors: Vec<SyntaxError>,
}

/// Reads a template in time linear in its length; never fails, never overflows the stack.
#[must_use]
pub fn parse(source: &str, limits: &Limits) -> Parsed {
    let mut parser = Parser::new(source, limits);
    if let Some(at) = source.find('\0') {
        let kind = SyntaxErrorKind::Unexpected {
            found: "U+0000".to_owned(),
            advice: "handlebars.js reads no null characters",
        };
        parser.stop(kind, Span::new(at, at + 1));
    }
    parser.run();
    parser.finish()
}

/// Says that the error is noted and the tag cannot be read further.
#[derive(Debug)]
pub(super) struct Failed;

pub(super) struct Parser<'s> {
    cursor: Cursor<'s>,
    limits: &'s Limits,
    structure: Structure,
    /// Where the tag at hand begins.
    pub(super) tag: usize,
    /// What has to end the tag at hand.
    pub(super) closer: &'static str,
    /// Arguments so far.
    pub(super) arguments: usize,
    /// Where the last end of a long comment is, so that a missing one is not looked for again and again.
    pub(super) last_comment_end: Option<usize>,
    pub(super) stopped: bool,
    /// The end of a broken tag has been passed already.
    pub(super) recovered: bool,
    /// The `~` of the tag at hand.
    pub(super) strip: Strip,
    errors: Vec<SyntaxError>,
}

impl<'s> Parser<'s> {
    fn new(source: &'s str, limits: &'s Limits) -> Self {
        Self {
            cursor: Cursor::new(source),
            limits,
            structure: Structure::default(),
            tag: 0,
            closer: "}}",
            arguments: 0,
            last_comment_end: source.rfind("--}}").max(source.rfind("--~}}")),
            stopped: false,
            recovered: false,
            strip: Strip::default(),
            errors: Vec::new(),
        }
    }

    fn run(&mut self) {
        let mut tags = 0;
        while !self.stopped {
            let content = self.cursor.content();
            self.push_text(content.span);
            if content.escapes {
                let escaped = self.cursor.escaped();
                self.push_text(escaped);
                continue;
            }
            if self.cursor.at_end() {
                break;
            }
            tags += 1;
            self.tag = self.cursor.at();
            if tags > self.limits.tags {
                let span = Span::new(self.tag, self.tag + 2);
                self.stop(
                    SyntaxErrorKind::TooMany {
                        what: "tags",
                        limit: self.limits.tags,
                    },
                    span,
                );
                break;
            }
            self.read_tag();
        }
    }

    fn push_text(&mut self, span: Span) {
        if span.start < span.end {
            self.structure.push(Node::Text(Text { span, shown: span }));
        }
    }

    fn finish(mut self) -> Parsed {
        // What a stopped run left open says nothing about the author's blocks.
        let leftovers = self.structure.close_all();
        if !self.stopped {
            self.errors.extend(leftovers);
        }
        self.errors
            .sort_by_key(|error| (error.span.start, error.span.end));
        self.errors.truncate(MAX_ERRORS);
        let mut nodes = self.structure.into_nodes();
        whitespace::strip(&mut nodes, self.cursor.slice(0, self.cursor.len()));
        Parsed {
            template: Template { nodes },
            errors: self.errors,
        }
    }

    pub(super) fn error(
        &mut self,
        kind: SyntaxErrorKind,
        span: Span,
        related: Option<Related>,
    ) -> Failed {
        self.errors.push(SyntaxError {
            kind,
            span,
            related,
        });
        self.stopped |= self.errors.len() >= MAX_ERRORS;
        Failed
    }

    /// Notes an error after which the rest is not read.
    pub(super) fn stop(&mut self, kind: SyntaxErrorKind, span: Span) -> Failed {
        self.stopped = true;
        self.error(kind, span, None)
    }

    /// Quotes the source on one line and not at length.
    pub(super) fn quote(&self, start: usize, end: usize) -> String {
        let line = self
            .cursor
            .slice(start, end)
            .split(['\n', '\r'])
            .next()
            .unwrap_or_default()
            .trim_end();
        let mut quote: String = line.chars().take(MAX_QUOTE).collect();
        if quote.len() < line.len() {
            quote.push('…');
        }
        quote
    }

    pub(super) fn quote_tag(&self) -> String {
        self.quote(self.tag, self.cursor.at())
    }

    /// Notes that what stands here does not belong, as the mistake that explains it best.
    pub(super) fn unexpected(&mut self, advice: &'static str) -> Failed {
        let at = self.cursor.at();
        if self.cursor.starts("}") && !self.cursor.starts(self.closer) {
            return self.wrong_braces();
        }
        let Some((closes, "}}")) = self.next_braces() else {
            return self.unclosed_tag(at);
        };
        let words = self.cursor.slice(at, closes);
        let end = match words.chars().next() {
            // The end of the tag itself comes too soon.
            None => at + self.closer.len(),
            Some(c) if is_space(c) => at + c.len_utf8(),
            Some(_) => at + words.find(is_space).unwrap_or(words.len()),
        };
        let kind = SyntaxErrorKind::Unexpected {
            found: self.quote(at, end),
            advice,
        };
        self.error(kind, Span::new(at, end), None)
    }

    fn unclosed_tag(&mut self, at: usize) -> Failed {
        let head = self.cursor.slice(self.tag, at);
        let end = self.tag + head.trim_end().len().max(2);
        let kind = SyntaxErrorKind::UnclosedTag {
            tag: self.quote(self.tag, end),
            close: self.closer,
        };
        self.error(kind, Span::new(self.tag, end), None)
    }

    /// Takes the braces there are, so that reading goes on after them.
    pub(super) fn wrong_braces(&mut self) -> Failed {
        while self.cursor.eat("}") {}
        self.recovered = true;
        let kind = SyntaxErrorKind::BraceCount {
            tag: self.quote_tag(),
            close: self.closer,
        };
        self.error(kind, self.cursor.since(self.tag), None)
    }

    /// Finds the next pair of braces, whichever it is.
    fn next_braces(&self) -> Option<(usize, &'static str)> {
        let rest = self.cursor.rest().as_bytes();
        rest.windows(2)
            .enumerate()
            .find_map(|(i, pair)| match pair {
                b"}}" => Some((self.cursor.at() + i, "}}")),
                b"{{" => Some((self.cursor.at() + i, "{{")),
                _ => None,
            })
    }

    /// Leaves a tag that could not be read: after its end, or before the next tag.
    pub(super) fn recover(&mut self) {
        if std::mem::take(&mut self.recovered) {
            return;
        }
        match self.next_braces() {
            Some((at, "}}")) => {
                self.cursor.jump(at);
                while self.cursor.eat("}") {}
            }
            Some((at, _)) if at > self.tag => self.cursor.jump(at),
            Some(_) => self.cursor.jump(self.tag + 2),
            None => self.cursor.jump(self.cursor.len()),
        }
    }
}

#[cfg(test)]
mod tests;
