//! Values written out in a tag: strings, numbers, `true`, `false`, `null`, `undefined`.

use super::super::tree::{Expression, Literal};
use super::error::SyntaxErrorKind;
use super::lexer::ends_literal;
use super::{Failed, Parser};

impl Parser<'_> {
    /// Reads a literal, or nothing when what stands here is something else.
    pub(super) fn literal(&mut self) -> Result<Option<Expression>, Failed> {
        let start = self.cursor.at();
        let literal = match self.cursor.peek() {
            Some('"' | '\'') => Some(Literal::String(self.string()?)),
            Some('-' | '0'..='9') => self.number(),
            _ => self.word(),
        };
        Ok(literal.map(|literal| Expression::Literal(literal, self.cursor.since(start))))
    }

    fn word(&mut self) -> Option<Literal> {
        [
            ("true", Literal::Boolean(true)),
            ("false", Literal::Boolean(false)),
            ("null", Literal::Null),
            ("undefined", Literal::Undefined),
        ]
        .into_iter()
        .find(|(word, _)| self.ended(word.len()) && self.cursor.eat(word))
        .map(|(_, literal)| literal)
    }

    /// Tells whether a literal of that length could end where it does.
    fn ended(&self, length: usize) -> bool {
        let rest = self.cursor.rest();
        rest.get(length..)
            .is_some_and(|rest| rest.starts_with(ends_literal))
    }

    /// Digits that run into letters or dots are a name, not a number.
    fn number(&mut self) -> Option<Literal> {
        let rest = self.cursor.rest();
        let digits =
            |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let sign = usize::from(rest.starts_with('-'));
        let whole = digits(&rest[sign..]);
        if whole == 0 {
            return None;
        }
        let mut length = sign + whole;
        if let Some(fraction) = rest[length..].strip_prefix('.') {
            let fraction = digits(fraction);
            if fraction > 0 && self.ended(length + 1 + fraction) {
                length += 1 + fraction;
            }
        }
        let number = rest[..length]
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite());
        let number = number.filter(|_| self.ended(length))?;
        self.cursor.jump(self.cursor.at() + length);
        Some(Literal::Number(number))
    }

    /// Reads a string of either quotes. Only its own quote can be escaped; a backslash is one.
    pub(super) fn string(&mut self) -> Result<String, Failed> {
        let start = self.cursor.at();
        let quote = if self.cursor.eat("'") { "'" } else { "\"" };
        self.cursor.jump(start + 1);
        let mut text = String::new();
        while let Some(end) = self.cursor.find(quote) {
            let part = self.cursor.slice(self.cursor.at(), end);
            self.cursor.jump(end + 1);
            let Some(part) = part.strip_suffix('\\') else {
                text.push_str(part);
                return Ok(text);
            };
            text.push_str(part);
            text.push_str(quote);
        }
        let kind = SyntaxErrorKind::UnclosedString {
            string: self.quote(start, self.cursor.len()),
        };
        let span = self.cursor.since(start);
        self.cursor.jump(start);
        Err(self.error(kind, span, None))
    }
}
