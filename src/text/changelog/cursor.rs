//! A reader of compact JSON whose members stand in a known order.

use std::str::FromStr;

use super::parse::LineError;
use crate::model::Digest;

/// A place in a line. Every method either moves over what it was asked for or says what it missed.
pub(super) struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(line: &'a str, at: usize) -> Self {
        Self { line, at }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.line[self.at..]
    }

    pub(super) fn missed(&self, expected: impl Into<String>) -> LineError {
        LineError::Malformed {
            column: self.line[..self.at].chars().count() + 1,
            expected: expected.into(),
        }
    }

    pub(super) fn skip(&mut self, text: &str) -> bool {
        let is_next = self.rest().starts_with(text);
        if is_next {
            self.at += text.len();
        }
        is_next
    }

    pub(super) fn expect(&mut self, text: &str) -> Result<(), LineError> {
        if self.skip(text) {
            Ok(())
        } else {
            Err(self.missed(format!("`{text}`")))
        }
    }

    /// Moves over `,"name":` if it is next.
    pub(super) fn member(&mut self, name: &str) -> bool {
        let is_next = self
            .rest()
            .strip_prefix(",\"")
            .and_then(|rest| rest.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with("\":"));
        if is_next {
            self.at += name.len() + 4;
        }
        is_next
    }

    /// The end of the line, or what stands there instead.
    pub(super) fn end(&mut self) -> Result<(), LineError> {
        if self.rest() == "}" {
            return Ok(());
        }
        let unexpected = self
            .rest()
            .strip_prefix(",\"")
            .and_then(|rest| rest.split_once('"'))
            .map(|(name, _)| name);
        Err(match unexpected {
            Some(name) => self.missed(format!(
                "`}}` (`{name}` is no member of this operation, or stands out of order)"
            )),
            None => self.missed("`}` and the end of the line"),
        })
    }

    pub(super) fn number(&mut self) -> Result<u64, LineError> {
        let rest = self.rest();
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let text = &rest[..digits];
        let number = text
            .parse()
            .ok()
            .filter(|_| text == "0" || !text.starts_with('0'))
            .ok_or_else(|| self.missed("a number"))?;
        self.at += digits;
        Ok(number)
    }

    pub(super) fn digest(&mut self) -> Result<Digest, LineError> {
        self.parsed(|text| Digest::parse(text.as_bytes()).ok_or("64 lower-case hexadecimal digits"))
    }

    /// A string that reads as a value and prints as the same string.
    pub(super) fn value<T: FromStr + ToString>(&mut self) -> Result<T, LineError>
    where
        T::Err: ToString,
    {
        self.parsed(|text| text.parse().map_err(|error: T::Err| error.to_string()))
    }

    fn parsed<T, E: ToString>(
        &mut self,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, LineError> {
        let start = self.at;
        let text = self.string()?;
        read(&text).map_err(|error| {
            self.at = start;
            self.missed(error.to_string())
        })
    }

    /// A JSON string, with no escapes but those that are needed.
    pub(super) fn string(&mut self) -> Result<String, LineError> {
        self.expect("\"")?;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest
                .find(|c: char| c == '"' || c == '\\' || c < ' ')
                .unwrap_or(rest.len());
            text.push_str(&rest[..plain]);
            self.at += plain;
            match self.rest().as_bytes().first() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return Err(self.missed("the closing `\"` of a string")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, LineError> {
        const SHORT: [(&str, char); 7] = [
            ("\\\"", '"'),
            ("\\\\", '\\'),
            ("\\b", '\u{8}'),
            ("\\f", '\u{c}'),
            ("\\n", '\n'),
            ("\\r", '\r'),
            ("\\t", '\t'),
        ];
        for (written, meant) in SHORT {
            if self.skip(written) {
                return Ok(meant);
            }
        }
        for code in (0_u8..0x20).filter(|code| !SHORT.iter().any(|s| s.1 == char::from(*code))) {
            if self.skip(&format!("\\u{code:04x}")) {
                return Ok(char::from(code));
            }
        }
        Err(self.missed("an escape that is needed and in its shortest form"))
    }

    /// `["..",..]`: not empty, in ascending order, none twice.
    pub(super) fn list<T: Ord>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, LineError>,
    ) -> Result<Vec<T>, LineError> {
        self.expect("[")?;
        let mut items: Vec<T> = Vec::new();
        loop {
            let start = self.at;
            let next = item(self)?;
            if items.last().is_some_and(|last| *last >= next) {
                self.at = start;
                return Err(self.missed("ascending order without doubles"));
            }
            items.push(next);
            if self.skip("]") {
                return Ok(items);
            }
            self.expect(",")?;
        }
    }

    /// `{"key":value,..}`: not empty, keys in ascending order of their bytes, none twice.
    pub(super) fn object<T>(
        &mut self,
        mut value: impl FnMut(&mut Self) -> Result<T, LineError>,
    ) -> Result<Vec<(String, T)>, LineError> {
        self.expect("{")?;
        let mut members: Vec<(String, T)> = Vec::new();
        loop {
            let start = self.at;
            let key = self.string()?;
            if members.last().is_some_and(|(last, _)| *last >= key) {
                self.at = start;
                return Err(self.missed("keys in ascending order without doubles"));
            }
            self.expect(":")?;
            members.push((key, value(self)?));
            if self.skip("}") {
                return Ok(members);
            }
            self.expect(",")?;
        }
    }

    /// A JSON object of any content, as it is written.
    pub(super) fn raw_object(&mut self) -> Result<String, LineError> {
        if !self.rest().starts_with('{') {
            return Err(self.missed("a JSON object"));
        }
        let mut values = serde_json::Deserializer::from_str(self.rest())
            .into_iter::<Box<serde_json::value::RawValue>>();
        let raw = match values.next() {
            Some(Ok(raw)) => raw.get().to_owned(),
            _ => return Err(self.missed("a JSON object")),
        };
        if raw[1..].trim_start().starts_with('}') || crate::text::strict::parse_json(&raw).is_err()
        {
            return Err(self.missed("a JSON object with members, none of them twice"));
        }
        self.at += raw.len();
        Ok(raw)
    }
}
