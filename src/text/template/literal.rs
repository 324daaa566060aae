//! Values written out in a tag: strings, numbers, `true`, `false`, `null`, `undefined`.

use super::error::SyntaxErrorKind;
use super::lexer::is_symbol;
use super::parser::{Failed, Parser};
use super::tree::{Expression, Literal};

const BAD_ESCAPE: &str =
    "a string knows the escapes of JSON only, such as `\\n`, and escapes its own quotes only";
const BAD_NUMBER: &str = "a number is written as in JSON: `1`, `-1`, `0.5`";

impl Parser<'_> {
    /// Reads a literal, or nothing when what stands here is something else.
    pub(super) fn literal(&mut self) -> Result<Option<Expression>, Failed> {
        let start = self.cursor.at();
        let literal = match self.cursor.peek() {
            Some('"' | '\'') => Some(Literal::String(self.string()?)),
            Some('-' | '0'..='9') => self.number()?,
            _ => self.word(),
        };
        Ok(literal.map(|literal| Expression::Literal(literal, self.cursor.since(start))))
    }

    fn word(&mut self) -> Option<Literal> {
        let start = self.cursor.at();
        let literal = match self.cursor.take_while(is_symbol) {
            "true" => Some(Literal::Boolean(true)),
            "false" => Some(Literal::Boolean(false)),
            "null" => Some(Literal::Null),
            // The crate takes it for a variable, so a longer path stays one.
            "undefined" if !self.cursor.starts(".") && !self.cursor.starts("/") => {
                Some(Literal::Undefined)
            }
            _ => None,
        };
        if literal.is_none() {
            self.cursor.jump(start);
        }
        literal
    }

    /// Follows the grammar: digits that run into letters are a name, not a number.
    fn number(&mut self) -> Result<Option<Literal>, Failed> {
        let start = self.cursor.at();
        self.cursor.eat("-");
        let digits = self.cursor.take_while(|c| c.is_ascii_digit());
        let mut valid = digits.len() == 1 || !digits.starts_with('0');
        if self.cursor.eat(".") {
            valid &= self.cursor.skip_while(|c| c.is_ascii_digit());
        }
        let mantissa = self.cursor.at();
        if self.cursor.eat("E") {
            self.cursor.eat("-");
            if !self.cursor.skip_while(|c| c.is_ascii_digit()) {
                self.cursor.jump(mantissa);
            }
        }
        if digits.is_empty() || self.cursor.rest().starts_with(is_symbol) {
            self.cursor.jump(start);
            return Ok(None);
        }
        let number: Option<f64> = self.cursor.slice(start, self.cursor.at()).parse().ok();
        if let Some(number) = number.filter(|number| valid && number.is_finite()) {
            return Ok(Some(Literal::Number(number)));
        }
        self.cursor.jump(start);
        Err(self.unexpected(BAD_NUMBER))
    }

    /// Reads a string of either quotes; a string stays on its line.
    pub(super) fn string(&mut self) -> Result<String, Failed> {
        let start = self.cursor.at();
        let quote = if self.cursor.eat("'") { '\'' } else { '"' };
        self.cursor.jump(start + 1);
        let mut text = String::new();
        loop {
            let at = self.cursor.at();
            match self.cursor.peek() {
                None | Some('\n' | '\r') => {
                    let kind = SyntaxErrorKind::UnclosedString {
                        string: self.quote(start, at),
                    };
                    let span = self.cursor.since(start);
                    self.cursor.jump(start);
                    return Err(self.error(kind, span, None));
                }
                Some('\\') => text.push(self.escape(quote)?),
                Some(c) if c < ' ' => {
                    return Err(self.unexpected(
                        "a string holds no control characters: write `\\t` for a tab",
                    ));
                }
                Some(c) => {
                    self.cursor.jump(at + c.len_utf8());
                    if c == quote {
                        return Ok(text);
                    }
                    text.push(c);
                }
            }
        }
    }

    fn escape(&mut self, quote: char) -> Result<char, Failed> {
        let start = self.cursor.at();
        self.cursor.eat("\\");
        let c = self.cursor.peek().unwrap_or(' ');
        let resolved = match c {
            '"' | '\'' if c == quote => Some(c),
            '\\' | '/' => Some(c),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'u' => self.unicode(start),
            _ => None,
        };
        if let Some(resolved) = resolved {
            if c != 'u' {
                self.cursor.jump(start + 2);
            }
            return Ok(resolved);
        }
        self.cursor.jump(start);
        Err(self.unexpected(BAD_ESCAPE))
    }

    /// Reads `\uXXXX`, or two of them for a character beyond the first plane.
    fn unicode(&mut self, start: usize) -> Option<char> {
        let unit = |at: usize| {
            let hex = self.cursor.rest_at(at).strip_prefix("\\u")?.get(..4)?;
            let hex = hex.bytes().all(|b| b.is_ascii_hexdigit()).then_some(hex)?;
            u32::from_str_radix(hex, 16).ok()
        };
        let first = unit(start)?;
        let (code, length) = if (0xD800..0xDC00).contains(&first) {
            let second = unit(start + 6).filter(|unit| (0xDC00..0xE000).contains(unit))?;
            (0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00), 12)
        } else {
            (first, 6)
        };
        let resolved = char::from_u32(code)?;
        self.cursor.jump(start + length);
        Some(resolved)
    }
}
