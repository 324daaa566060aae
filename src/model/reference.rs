//! References: how people and templates name a version.

use std::fmt;
use std::str::FromStr;

use super::{Label, LabelError, NameError, PromptName, Version, VersionError};

/// `NAME[@SELECTOR]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The prompt.
    pub name: PromptName,
    /// Which version; none means what the command says a bare name means.
    pub selector: Option<Selector>,
}

/// What stands behind the `@`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// `1.2.0`.
    Exact(Version),
    /// `^1.2`, `~1.2.3`, `>=1, <3`: the highest release that matches, in Cargo's reading.
    Range(semver::VersionReq),
    /// `production`.
    Label(Label),
    /// The highest release that is neither retired nor void.
    Latest,
}

/// Why a text is no reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// The part before `@`.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A version that breaks a rule of its own.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// A word that is no label.
    #[error(transparent)]
    Label(#[from] LabelError),
    /// Nothing behind `@`.
    #[error("nothing follows the `@`")]
    Empty,
    /// `1.2` could mean two ranges.
    #[error("`{0}` is neither a version nor a range; write `^{0}` or `~{0}`")]
    Partial(String),
    /// A range that cannot be read.
    #[error("`{0}` is no range of versions: {1}")]
    Range(String, String),
}

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let (name, selector) = match text.split_once('@') {
            Some((name, selector)) => (name, Some(selector.parse()?)),
            None => (text, None),
        };
        Ok(Self {
            name: name.parse()?,
            selector,
        })
    }
}

impl FromStr for Selector {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        if text.is_empty() {
            return Err(ReferenceError::Empty);
        }
        if text == "latest" {
            return Ok(Self::Latest);
        }
        if text.starts_with(|c: char| c.is_alphabetic()) {
            return Ok(Self::Label(text.parse()?));
        }
        match text.parse::<Version>() {
            Ok(version) => Ok(Self::Exact(version)),
            Err(VersionError::Form(_)) => parse_range(text).map(Self::Range),
            Err(other) => Err(other.into()),
        }
    }
}

fn parse_range(text: &str) -> Result<semver::VersionReq, ReferenceError> {
    let is_bare = |part: &str| {
        let part = part.trim();
        part.starts_with(|c: char| c.is_ascii_digit()) && !part.contains(['*', 'x', 'X'])
    };
    let range = semver::VersionReq::parse(text)
        .map_err(|e| ReferenceError::Range(text.to_owned(), e.to_string()))?;
    if text.split(',').any(is_bare) {
        return Err(ReferenceError::Partial(text.to_owned()));
    }
    Ok(range)
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.selector {
            Some(selector) => write!(f, "{}@{selector}", self.name),
            None => write!(f, "{}", self.name),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(version) => version.fmt(f),
            Self::Range(range) => range.fmt(f),
            Self::Label(label) => label.fmt(f),
            Self::Latest => f.write_str("latest"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Reference, ReferenceError, Selector};

    fn selector(text: &str) -> Result<Selector, ReferenceError> {
        text.parse()
    }

    #[test]
    fn tells_versions_ranges_labels_and_latest_apart() {
        assert!(matches!(selector("1.2.0"), Ok(Selector::Exact(_))));
        assert!(matches!(selector("1.2.0-rc.1"), Ok(Selector::Exact(_))));
        for range in ["^1.2", "~1.2.3", ">=1, <3", "=1.2.3", "*", "1.*", "1.x"] {
            assert!(matches!(selector(range), Ok(Selector::Range(_))), "{range}");
        }
        assert!(matches!(selector("staging"), Ok(Selector::Label(_))));
        assert!(matches!(selector("latest"), Ok(Selector::Latest)));
    }

    #[test]
    fn offers_ranges_for_half_a_version() {
        let error = selector("1.2").unwrap_err();
        assert_eq!(error, ReferenceError::Partial("1.2".into()));
        assert_eq!(
            error.to_string(),
            "`1.2` is neither a version nor a range; write `^1.2` or `~1.2`"
        );
    }

    #[test]
    fn refuses_what_means_nothing() {
        for text in [
            "a@",
            "@1.0.0",
            "a@1.0.0+b",
            "a@1.0.0@2.0.0",
            "a@x",
            "a@$",
            "a@ 1",
        ] {
            assert!(text.parse::<Reference>().is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_prints(
            name in "[a-z][a-z0-9]{3,8}(/[a-z][a-z0-9]{3,8}){0,3}",
            selector in "(@([a-z][a-z0-9-]{3,8}|[0-9]\\.[0-9]\\.[0-9](-rc\\.[1-9])?|[\\^~][0-9]\\.[0-9]))?",
        ) {
            let text = format!("{name}{selector}");
            if let Ok(reference) = text.parse::<Reference>() {
                prop_assert_eq!(reference.to_string().parse::<Reference>(), Ok(reference));
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,60}") {
            let _ = text.parse::<Reference>();
        }
    }
}
