//! What follows a name in a tag: arguments by position and by name, sub-expressions, block parameters.

use super::error::{Form, SyntaxErrorKind};
use super::lexer::{Cursor, is_identifier, is_space, is_symbol};
use super::parser::{Failed, Parser};
use super::tree::{Call, Expression, Name, NamedArgument, Path, Span};

const BAD_ARGUMENT: &str = "an argument is a name, a string, a number or a `(helper ..)`";
const SPACE_MISSING: &str = "a space is missing before it, or it cannot be part of a name";
const OPERATOR: &str = "there are no operators, only helpers such as `(eq a b)`, `(and a b)`, `(not a)`, and `name=value` for a plain name";
const INDEX: &str = "an element is written `items.[0]`";
/// As deep as a list is followed before it is refused like any other.
const LIST_DEPTH: usize = 8;

/// Collects the arguments of one name.
#[derive(Default)]
pub(super) struct Arguments {
    pub(super) params: Vec<Expression>,
    pub(super) hash: Vec<NamedArgument>,
    pub(super) block_params: Vec<Name>,
}

impl Parser<'_> {
    /// Reads a name and its arguments up to what cannot be one; what was read before an error counts.
    pub(super) fn call(
        &mut self,
        name: Path,
        depth: usize,
        bars: bool,
    ) -> (Call, Vec<Name>, Result<(), Failed>) {
        let start = name.span.start;
        let mut arguments = Arguments::default();
        let result = self.arguments(&mut arguments, depth, bars);
        let alone = arguments.params.is_empty() && arguments.hash.is_empty();
        if !alone && !is_identifier(&name.raw) {
            self.unsupported(Form::PathCallee, name.span);
        }
        let end = self.end_of_words(start);
        let call = Call {
            name,
            params: arguments.params,
            hash: arguments.hash,
            span: Span::new(start, end),
        };
        (call, arguments.block_params, result)
    }

    fn end_of_words(&self, start: usize) -> usize {
        start
            + self
                .cursor
                .slice(start, self.cursor.at())
                .trim_end_matches(is_space)
                .len()
    }

    pub(super) fn arguments(
        &mut self,
        into: &mut Arguments,
        depth: usize,
        bars: bool,
    ) -> Result<(), Failed> {
        loop {
            let spaced = self.cursor.skip_space();
            match self.cursor.peek() {
                None | Some('}' | ')' | '~') => return Ok(()),
                Some('{') if self.cursor.starts("{{") => return Ok(()),
                Some('=' | '!' | '<' | '>' | '&' | '|') => return Err(self.unexpected(OPERATOR)),
                Some('[') if !spaced => return Err(self.unexpected(INDEX)),
                Some(_) if !spaced => return Err(self.unexpected(SPACE_MISSING)),
                Some(_) => {}
            }
            self.count_argument()?;
            if let Some(key) = self.hash_key() {
                self.cursor.skip_space();
                let value = self.argument(depth)?;
                into.hash.push(NamedArgument { key, value });
            } else if self.keyword("as") {
                if !bars {
                    return Err(
                        self.unexpected("`as |name|` belongs to the opening tag of a block")
                    );
                }
                return self.block_params(into);
            } else {
                into.params.push(self.argument(depth)?);
            }
        }
    }

    fn count_argument(&mut self) -> Result<(), Failed> {
        self.arguments += 1;
        if self.arguments > self.limits.arguments {
            let kind = SyntaxErrorKind::TooMany {
                what: "arguments",
                limit: self.limits.arguments,
            };
            let at = self.cursor.at();
            return Err(self.stop(kind, Span::new(self.tag, at)));
        }
        Ok(())
    }

    fn keyword(&self, word: &str) -> bool {
        self.cursor
            .rest()
            .strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(is_symbol))
    }

    /// Takes `name =`, or nothing.
    fn hash_key(&mut self) -> Option<Name> {
        let start = self.cursor.at();
        let text = self.cursor.take_while(is_symbol);
        let span = self.cursor.since(start);
        self.cursor.skip_space();
        if !text.is_empty() && !self.cursor.starts("==") && self.cursor.eat("=") {
            return Some(Name {
                text: text.to_owned(),
                span,
            });
        }
        self.cursor.jump(start);
        None
    }

    fn argument(&mut self, depth: usize) -> Result<Expression, Failed> {
        if self.keyword("as") || self.keyword("else") {
            return Err(self.unexpected("`as` and `else` are words of the language, not names"));
        }
        if self.cursor.starts("(") {
            return self.subexpression(depth + 1);
        }
        if self.cursor.starts("[") && ends_list(&self.cursor, self.cursor.at(), 0).is_some() {
            return Err(self.unexpected(
                "a list cannot be written in a tag; a name in brackets may not look like one",
            ));
        }
        if let Some(literal) = self.literal()? {
            return Ok(literal);
        }
        self.path(BAD_ARGUMENT).map(Expression::Path)
    }

    pub(super) fn subexpression(&mut self, depth: usize) -> Result<Expression, Failed> {
        let start = self.cursor.at();
        if depth > self.limits.subexpression_depth {
            let limit = self.limits.subexpression_depth;
            let span = Span::new(start, start + 1);
            return Err(self.error(
                SyntaxErrorKind::TooDeep {
                    what: "the `(..)`",
                    limit,
                },
                span,
                None,
            ));
        }
        self.cursor.eat("(");
        self.cursor.skip_space();
        let name = self.path("a `(` is followed by the name of a helper")?;
        let (mut call, _, result) = self.call(name, depth, false);
        result?;
        if !self.cursor.eat(")") {
            return Err(self.unexpected("the `(` before it is never closed by `)`"));
        }
        call.span = self.cursor.since(start);
        Ok(Expression::Sub(call))
    }

    /// Reads `as |item index|`, which is the last thing in its tag.
    fn block_params(&mut self, into: &mut Arguments) -> Result<(), Failed> {
        const ADVICE: &str = "names for a block are written `as |item|` or `as |item index|`";
        self.cursor.eat("as");
        self.cursor.skip_space();
        if !self.cursor.eat("|") {
            return Err(self.unexpected(ADVICE));
        }
        loop {
            self.cursor.skip_space();
            let start = self.cursor.at();
            let text = self.cursor.take_while(is_symbol);
            if text.is_empty() {
                break;
            }
            into.block_params.push(Name {
                text: text.to_owned(),
                span: self.cursor.since(start),
            });
        }
        let right = matches!(into.block_params.len(), 1 | 2);
        if !right || !self.cursor.eat("|") {
            return Err(self.unexpected(ADVICE));
        }
        self.cursor.skip_space();
        match self.cursor.peek() {
            None | Some('}' | '~') => Ok(()),
            _ => Err(self.unexpected("`as |..|` comes last in its tag")),
        }
    }
}

/// Finds the end of what the crate would read as a JSON list or object and handlebars.js as a name
/// in brackets. Beyond [`LIST_DEPTH`] it is taken for one: the crate would recurse without bound.
fn ends_list(cursor: &Cursor<'_>, at: usize, depth: usize) -> Option<usize> {
    let skip = |at: usize| {
        at + cursor.rest_at(at).len() - cursor.rest_at(at).trim_start_matches(is_space).len()
    };
    if depth > LIST_DEPTH {
        return Some(cursor.len());
    }
    let rest = cursor.rest_at(at);
    let first = rest.chars().next()?;
    let length = match first {
        '"' | '\'' => {
            let inner = &rest[1..];
            let mut escaped = false;
            let end = inner.find(|c| {
                let ends = c == first && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            })?;
            end + 2
        }
        '[' | '{' => {
            let close = if first == '[' { "]" } else { "}" };
            let mut at = skip(at + 1);
            loop {
                if at >= cursor.len() || cursor.rest_at(at).starts_with(close) {
                    return Some((at + 1).min(cursor.len()));
                }
                at = if cursor.rest_at(at).starts_with([',', ':']) {
                    skip(at + 1)
                } else {
                    skip(ends_list(cursor, at, depth + 1)?)
                };
            }
        }
        _ => {
            let word = rest
                .find(|c| !is_symbol(c) && c != '.')
                .unwrap_or(rest.len());
            let digits = rest[..word].bytes().any(|b| b.is_ascii_digit());
            let number = digits && rest[..word].parse::<f64>().is_ok();
            let literal = number || matches!(&rest[..word], "true" | "false" | "null");
            literal.then_some(word)?
        }
    };
    Some(at + length)
}
