//! What follows a name in a tag: arguments by position and by name, sub-expressions, block parameters.

use super::super::number;
use super::super::tree::{Call, Expression, Literal, Name, NamedArgument, Path, Span};
use super::error::{Related, SyntaxErrorKind};
use super::lexer::{ends_name, is_space, is_symbol};
use super::{Failed, Parser};

const BAD_ARGUMENT: &str = "an argument is a name, a string, a number or a `(helper ..)`";
const OPERATOR: &str = "there are no operators and no filters: compare with `{{#ifEquals a b}}`, negate with `{{#unless a}}`, put one `{{#if}}` into another for both";

/// Collects the arguments of one name.
#[derive(Default)]
pub(super) struct Arguments {
    pub(super) params: Vec<Expression>,
    pub(super) hash: Vec<NamedArgument>,
    pub(super) block_params: Vec<Name>,
}

impl Parser<'_> {
    /// Reads what a tag calls or writes: a path, or a literal that stands for a name.
    pub(super) fn callee(&mut self, advice: &'static str) -> Result<Path, Failed> {
        let Some(Expression::Literal(literal, span)) = self.literal()? else {
            return self.path(advice);
        };
        let text = match literal {
            Literal::String(text) if text.is_empty() => {
                let kind = SyntaxErrorKind::Unexpected {
                    found: self.quote(span.start, span.end),
                    advice: "a name has at least one character",
                };
                return Err(self.error(kind, span, None));
            }
            Literal::String(text) => text,
            Literal::Number(value) => number::to_text(value),
            Literal::Boolean(value) => value.to_string(),
            Literal::Null => "null".to_owned(),
            Literal::Undefined => "undefined".to_owned(),
        };
        Ok(Path::of_literal(text, span))
    }

    /// Reads the arguments of a name up to what cannot be one; what was read before an error counts.
    pub(super) fn call(
        &mut self,
        name: Path,
        depth: usize,
        bars: bool,
    ) -> (Call, Vec<Name>, Result<(), Failed>) {
        let start = name.span.start;
        let mut arguments = Arguments::default();
        let result = self.arguments(&mut arguments, depth, bars);
        let words = self.cursor.slice(start, self.cursor.at());
        let end = start + words.trim_end_matches(is_space).len();
        let call = Call {
            name,
            params: arguments.params,
            hash: arguments.hash,
            span: Span::new(start, end),
        };
        (call, arguments.block_params, result)
    }

    pub(super) fn arguments(
        &mut self,
        into: &mut Arguments,
        depth: usize,
        bars: bool,
    ) -> Result<(), Failed> {
        loop {
            self.cursor.skip_space();
            match self.cursor.peek() {
                None | Some('}' | ')' | '~') => return Ok(()),
                Some('{') if self.cursor.starts("{{") => return Ok(()),
                Some('=' | '!' | '<' | '>' | '&' | '|') => return Err(self.unexpected(OPERATOR)),
                Some(_) => {}
            }
            self.count_argument()?;
            if self.bars_follow() {
                if !bars {
                    return Err(
                        self.unexpected("`as |name|` belongs to the opening tag of a block")
                    );
                }
                return self.block_params(into);
            }
            if let Some(key) = self.hash_key() {
                self.cursor.skip_space();
                let value = self.argument(depth)?;
                self.named(into, NamedArgument { key, value })?;
            } else if into.hash.is_empty() {
                into.params.push(self.argument(depth)?);
            } else {
                return Err(self
                    .unexpected("arguments by position come before those by name, `name=value`"));
            }
        }
    }

    fn named(&mut self, into: &mut Arguments, argument: NamedArgument) -> Result<(), Failed> {
        let first = into
            .hash
            .iter()
            .find(|other| other.key.text == argument.key.text);
        let Some(first) = first.map(|first| first.key.span) else {
            into.hash.push(argument);
            return Ok(());
        };
        let kind = SyntaxErrorKind::Unexpected {
            found: format!("{}=", argument.key.text),
            advice: "the name is given a value twice",
        };
        let related = Related {
            span: first,
            what: "it is given one here".to_owned(),
        };
        Err(self.error(kind, argument.key.span, Some(related)))
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

    fn bars_follow(&self) -> bool {
        let rest = self.cursor.rest().strip_prefix("as");
        rest.is_some_and(|rest| {
            rest.starts_with(is_space) && rest.trim_start_matches(is_space).starts_with('|')
        })
    }

    /// Takes `name =`, or nothing.
    fn hash_key(&mut self) -> Option<Name> {
        let start = self.cursor.at();
        let mut text = self.cursor.take_while(is_symbol);
        if text.is_empty()
            && let Some(inside) = self.cursor.rest().strip_prefix('[')
            && let Some(end) = inside.find([']', '\\', '\n'])
            && inside[end..].starts_with(']')
        {
            text = &inside[..end];
            self.cursor.jump(start + end + 2);
        }
        let span = self.cursor.since(start);
        let spaced = self.cursor.skip_space();
        let is_key = !(text.is_empty() || spaced && is_literal(text));
        if is_key && !self.cursor.starts("==") && self.cursor.eat("=") {
            return Some(Name {
                text: text.to_owned(),
                span,
            });
        }
        self.cursor.jump(start);
        None
    }

    fn argument(&mut self, depth: usize) -> Result<Expression, Failed> {
        if self.cursor.starts("(") {
            return self.subexpression(depth + 1);
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
        let name = self.callee("a `(` is followed by the name of a helper")?;
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
        self.cursor.eat("|");
        loop {
            self.cursor.skip_space();
            let start = self.cursor.at();
            let text = self.cursor.take_while(is_symbol);
            if text.is_empty() {
                break;
            }
            if !self.cursor.peek().is_some_and(ends_name) {
                return Err(self.unexpected(ADVICE));
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

/// Tells whether a word that stands alone is a value.
pub(super) fn is_literal(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    matches!(word, "true" | "false" | "null" | "undefined")
        || (!digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
}
