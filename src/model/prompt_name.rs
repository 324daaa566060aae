//! Names of prompts: `support/triage`.

use std::fmt;
use std::str::FromStr;

/// A name such as `support/triage`: 1 to 8 segments joined by `/`, at most 255 characters.
///
/// A segment is `[a-z][a-z0-9_-]{0,63}`, no device name of Windows and no word that Handlebars
/// reads as something else. So a name is a safe relative path on every file system, and a partial
/// of that name can be included by every dotprompt runtime.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PromptName(String);

/// Why a text is no name of a prompt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing at all.
    #[error("a name is needed")]
    Empty,
    /// More than 255 characters.
    #[error("a name has at most 255 characters, this one has {0}")]
    TooLong(usize),
    /// More than 8 segments.
    #[error("a name has at most 8 segments, this one has {0}")]
    TooDeep(usize),
    /// A segment outside `[a-z][a-z0-9_-]{0,63}`.
    #[error(
        "`{0}` is no segment of a name: a lower-case letter, then at most 63 of a-z, 0-9, `_`, `-`"
    )]
    Segment(String),
    /// A segment that file systems or Handlebars keep for themselves.
    #[error("`{0}` is a reserved word and cannot be a segment of a name")]
    Reserved(String),
}

/// Device names of Windows, words of Handlebars, and our own `draft`.
const RESERVED: [&str; 28] = [
    "aux",
    "com1",
    "com2",
    "com3",
    "com4",
    "com5",
    "com6",
    "com7",
    "com8",
    "com9",
    "con",
    "draft",
    "false",
    "lpt1",
    "lpt2",
    "lpt3",
    "lpt4",
    "lpt5",
    "lpt6",
    "lpt7",
    "lpt8",
    "lpt9",
    "nul",
    "null",
    "prn",
    "this",
    "true",
    "undefined",
];

impl PromptName {
    /// Returns the name as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Iterates over the names of the folders above: `a/b/c` gives `a`, `a/b`.
    pub fn ancestors(&self) -> impl Iterator<Item = PromptName> + '_ {
        self.0
            .match_indices('/')
            .map(|(at, _)| PromptName(self.0[..at].to_owned()))
    }
}

impl FromStr for PromptName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        if text.is_empty() {
            return Err(NameError::Empty);
        }
        let length = text.chars().count();
        if length > 255 {
            return Err(NameError::TooLong(length));
        }
        let depth = text.split('/').count();
        if depth > 8 {
            return Err(NameError::TooDeep(depth));
        }
        for segment in text.split('/') {
            check_segment(segment)?;
        }
        Ok(Self(text.to_owned()))
    }
}

fn check_segment(segment: &str) -> Result<(), NameError> {
    let starts_well = segment.starts_with(|c: char| c.is_ascii_lowercase());
    let continues_well = segment
        .bytes()
        .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
    if !starts_well || !continues_well || segment.len() > 64 {
        return Err(NameError::Segment(segment.to_owned()));
    }
    if RESERVED.binary_search(&segment).is_ok() {
        return Err(NameError::Reserved(segment.to_owned()));
    }
    Ok(())
}

impl fmt::Display for PromptName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for PromptName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{NameError, PromptName, RESERVED};

    #[test]
    fn reserved_words_are_sorted() {
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn accepts_paths_of_segments() {
        for name in ["a", "support/triage", "a-b_9/c", "a/b/c/d/e/f/g/h"] {
            assert_eq!(name.parse::<PromptName>().unwrap().as_str(), name);
        }
    }

    #[test]
    fn refuses_whatever_could_leave_the_store() {
        for name in [
            "", "../x", "/x", "x/", "x//y", ".", "A", "a.b", "a b", "é", "9a", "a/../b", "a\0b",
        ] {
            assert!(name.parse::<PromptName>().is_err(), "{name:?}");
        }
    }

    #[test]
    fn refuses_reserved_words_in_any_segment() {
        assert_eq!(
            "x/con".parse::<PromptName>(),
            Err(NameError::Reserved("con".into()))
        );
        assert!("this".parse::<PromptName>().is_err());
        assert!("console".parse::<PromptName>().is_ok());
    }

    #[test]
    fn refuses_what_is_too_long_or_too_deep() {
        assert!("a".repeat(64).parse::<PromptName>().is_ok());
        assert!("a".repeat(65).parse::<PromptName>().is_err());
        assert_eq!(
            "a/b/c/d/e/f/g/h/i".parse::<PromptName>(),
            Err(NameError::TooDeep(9))
        );
        let long = vec!["a".repeat(60); 5].join("/");
        assert_eq!(long.parse::<PromptName>(), Err(NameError::TooLong(304)));
    }

    proptest! {
        #[test]
        fn what_is_accepted_prints_as_it_was(text in "\\PC{0,40}|[a-z0-9_/-]{1,40}") {
            if let Ok(name) = text.parse::<PromptName>() {
                prop_assert_eq!(name.to_string(), text);
                prop_assert!(!name.as_str().contains(".."));
            }
        }
    }
}
