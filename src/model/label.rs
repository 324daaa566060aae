//! Labels: movable names for versions.

use std::fmt;
use std::str::FromStr;

/// A label such as `production`: `[a-z][a-z0-9_-]{0,35}`, never `latest` or `draft`, never what
/// reads as a version or a range.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(String);

/// Why a text is no label.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// Outside `[a-z][a-z0-9_-]{0,35}`.
    #[error("`{0}` is no label: a lower-case letter, then at most 35 of a-z, 0-9, `_`, `-`")]
    Form(String),
    /// `latest` is computed and cannot be moved.
    #[error("`latest` is computed from the versions and cannot be moved by hand")]
    Latest,
    /// `draft` is the working copy.
    #[error("`draft` is the working copy and cannot be a label")]
    Draft,
    /// It would read as a range of versions.
    #[error("`{0}` reads as a range of versions and cannot be a label")]
    Range(String),
}

impl Label {
    /// Returns the label as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Label {
    type Err = LabelError;

    fn from_str(text: &str) -> Result<Self, LabelError> {
        let well_formed = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.len() <= 36
            && text
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
        if !well_formed {
            return Err(LabelError::Form(text.to_owned()));
        }
        if text == "latest" {
            return Err(LabelError::Latest);
        }
        if text == "draft" {
            return Err(LabelError::Draft);
        }
        if semver::VersionReq::parse(text).is_ok() {
            return Err(LabelError::Range(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Label, LabelError};

    #[test]
    fn accepts_plain_words() {
        for label in ["production", "staging", "team-a_2", "v1"] {
            assert_eq!(label.parse::<Label>().unwrap().as_str(), label);
        }
    }

    #[test]
    fn refuses_versions_ranges_and_latest() {
        assert_eq!("latest".parse::<Label>(), Err(LabelError::Latest));
        assert_eq!("x".parse::<Label>(), Err(LabelError::Range("x".into())));
        for text in ["", "1.0.0", "^1", "A", "a b", "-a", &"a".repeat(37)] {
            assert!(text.parse::<Label>().is_err(), "{text:?}");
        }
    }
}
