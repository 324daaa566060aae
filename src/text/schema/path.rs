//! Where something stands inside a value: `items[2].price`.

use std::fmt;

use super::words;

/// The way from a whole value to a part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<Segment>);

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Into a map.
    Key(String),
    /// Into a list, from 0.
    Index(usize),
}

impl Path {
    /// Says whether it is the whole value.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Makes the path of a member of what stands here.
    #[must_use]
    pub fn key(mut self, key: &str) -> Self {
        self.0.push(Segment::Key(key.to_owned()));
        self
    }

    /// Makes the path of an item of what stands here.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Segment::Index(index));
        self
    }
}

impl fmt::Display for Path {
    /// Writes it as people do; a key that is no plain word stands in quotes.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (place, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) if !is_word(key) => write!(f, "[{}]", words::quoted(key))?,
                Segment::Key(key) if place == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
            }
        }
        Ok(())
    }
}

fn is_word(key: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || matches!(c, '_' | '$');
    key.chars().next().is_some_and(is_start)
        && key.chars().count() <= words::LENGTH
        && key
            .chars()
            .all(|c| is_start(c) || c.is_alphanumeric() || c == '-')
}

#[cfg(test)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "literal values are easier to read than references to them"
)]
mod tests {
    use super::Path;

    fn check(path: Path, written: &str) {
        assert_eq!(path.to_string(), written);
    }

    #[test]
    fn is_written_as_people_do() {
        let root = Path::default;
        check(root(), "");
        check(root().key("items").index(2).key("price"), "items[2].price");
        check(root().key("a").key("b c"), "a[\"b c\"]");
        check(root().key("a.b").key("c"), "[\"a.b\"].c");
        check(root().index(0).index(1), "[0][1]");
        check(root().key("größe").key("$defs"), "größe.$defs");
        check(root().key("x?(array, \"y\")"), "[\"x?(array, \\\"y\\\")\"]");
        check(root().key("").key("1"), "[\"\"][\"1\"]");
    }
}
