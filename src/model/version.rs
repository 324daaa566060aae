//! Versions: semantic versions without build metadata.

use std::fmt;
use std::str::FromStr;

use super::{Identity, NameError, PromptName};

/// A semantic version of a prompt: no build metadata, lower case, at most 64 characters.
///
/// Order is that of <https://semver.org/#spec-item-11>.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(semver::Version);

/// Why a text is no version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    /// Not `MAJOR.MINOR.PATCH[-PRERELEASE]`.
    #[error("`{0}` is no version: three numbers are needed, as in 1.2.0 or 1.3.0-rc.1")]
    Form(String),
    /// Two versions would differ in nothing that orders them.
    #[error(
        "`{0}` has build metadata, which versions of prompts do not have; drop what follows `+`"
    )]
    Build(String),
    /// File systems that fold case would take two versions for one.
    #[error("`{0}` has capital letters; versions are in lower case")]
    Case(String),
    /// More than 64 characters.
    #[error("a version has at most 64 characters, this one has {0}")]
    TooLong(usize),
    /// `V#IDENTITY` or `NAME@V#IDENTITY` was wanted.
    #[error("`{0}` is not of the form VERSION#IDENTITY")]
    Identity(String),
    /// The name in front is none.
    #[error(transparent)]
    Name(#[from] NameError),
}

/// Which part of a version grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Wording.
    Patch,
    /// New abilities; callers need not change.
    Minor,
    /// Callers must change.
    Major,
}

impl Version {
    /// The version that a new prompt gets.
    #[must_use]
    pub fn first() -> Self {
        Self(semver::Version::new(1, 0, 0))
    }

    /// Makes a release.
    #[must_use]
    pub fn release(major: u64, minor: u64, patch: u64) -> Self {
        Self(semver::Version::new(major, minor, patch))
    }

    /// Returns the three numbers.
    #[must_use]
    pub fn numbers(&self) -> (u64, u64, u64) {
        (self.0.major, self.0.minor, self.0.patch)
    }

    /// Tells whether it is a pre-release such as `1.3.0-rc.1`.
    #[must_use]
    pub fn is_prerelease(&self) -> bool {
        !self.0.pre.is_empty()
    }

    /// Tells whether a range such as `^1.2` holds for it, in Cargo's reading.
    #[must_use]
    pub fn matches(&self, range: &semver::VersionReq) -> bool {
        range.matches(&self.0)
    }

    /// Returns the next pre-release of the same number: `rc.1` to `rc.2`, `rc` to `rc.1`.
    ///
    /// `None` where there is no next one: the last number is the largest there is.
    #[must_use]
    pub fn next_prerelease(&self) -> Option<Self> {
        let pre = self.0.pre.as_str();
        let (head, last) = pre.rsplit_once('.').map_or(("", pre), |(h, l)| (h, l));
        let next = match last.parse::<u64>() {
            Ok(number) if head.is_empty() => number.checked_add(1)?.to_string(),
            Ok(number) => format!("{head}.{}", number.checked_add(1)?),
            Err(_) => format!("{pre}.1"),
        };
        let (major, minor, patch) = self.numbers();
        format!("{major}.{minor}.{patch}-{next}").parse().ok()
    }

    /// Returns the release that a bump makes of it; a pre-release bumps to the release it leads to
    /// where that is enough. `None` where a number would overflow.
    #[must_use]
    pub fn bumped(&self, bump: Bump) -> Option<Self> {
        let (major, minor, patch) = self.numbers();
        let pre = self.is_prerelease();
        let next = match bump {
            Bump::Patch if pre => (major, minor, patch),
            Bump::Minor if pre && patch == 0 => (major, minor, 0),
            Bump::Major if pre && patch == 0 && minor == 0 => (major, 0, 0),
            Bump::Patch => (major, minor, patch.checked_add(1)?),
            Bump::Minor => (major, minor.checked_add(1)?, 0),
            Bump::Major => (major.checked_add(1)?, 0, 0),
        };
        Some(Self::release(next.0, next.1, next.2))
    }
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        if text.len() > 64 {
            return Err(VersionError::TooLong(text.chars().count()));
        }
        let version =
            semver::Version::parse(text).map_err(|_| VersionError::Form(text.to_owned()))?;
        if !version.build.is_empty() {
            return Err(VersionError::Build(text.to_owned()));
        }
        if text.bytes().any(|b| b.is_ascii_uppercase()) {
            return Err(VersionError::Case(text.to_owned()));
        }
        Ok(Self(version))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A version together with its identity, written `1.0.0#<64 hex>`: how events mention versions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionId {
    /// The number.
    pub version: Version,
    /// What the number stood for when it was written.
    pub identity: Identity,
}

impl FromStr for VersionId {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let wrong = || VersionError::Identity(text.to_owned());
        let (version, identity) = text.split_once('#').ok_or_else(wrong)?;
        Ok(Self {
            version: version.parse()?,
            identity: Identity::parse(identity.as_bytes()).ok_or_else(wrong)?,
        })
    }
}

impl fmt::Display for VersionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.version, self.identity)
    }
}

/// A version of a named prompt, written `shared/tone@1.2.0#<64 hex>`: what a pin holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PinnedVersion {
    /// The prompt.
    pub name: PromptName,
    /// Its version.
    pub id: VersionId,
}

impl FromStr for PinnedVersion {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let (name, id) = text
            .split_once('@')
            .ok_or_else(|| VersionError::Identity(text.to_owned()))?;
        Ok(Self {
            name: name.parse()?,
            id: id.parse()?,
        })
    }
}

impl fmt::Display for PinnedVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bump, Version, VersionError};

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    #[test]
    fn orders_as_semver_says() {
        let order = [
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
        ];
        assert!(order.map(version).is_sorted());
    }

    #[test]
    fn refuses_what_is_no_version_here() {
        for text in ["1", "1.2", "01.0.0", "v1.0.0", "1.0.0-", "1.0.0-01", ""] {
            assert!(
                matches!(text.parse::<Version>(), Err(VersionError::Form(_))),
                "{text}"
            );
        }
        assert!(matches!(
            "1.0.0+b".parse::<Version>(),
            Err(VersionError::Build(_))
        ));
        assert!(matches!(
            "1.0.0-RC.1".parse::<Version>(),
            Err(VersionError::Case(_))
        ));
        let long = format!("1.0.0-{}", "a".repeat(60));
        assert!(matches!(
            long.parse::<Version>(),
            Err(VersionError::TooLong(66))
        ));
    }

    #[test]
    fn bumps_as_cargo_and_npm_do() {
        let check = |from: &str, bump, to: &str| {
            assert_eq!(version(from).bumped(bump), Some(version(to)));
        };
        check("1.2.3", Bump::Patch, "1.2.4");
        check("1.2.3", Bump::Minor, "1.3.0");
        check("1.2.3", Bump::Major, "2.0.0");
        check("1.3.0-rc.1", Bump::Minor, "1.3.0");
        check("1.3.1-rc.1", Bump::Minor, "1.4.0");
        check("2.0.0-rc.1", Bump::Major, "2.0.0");
        assert_eq!(Version::release(1, 0, u64::MAX).bumped(Bump::Patch), None);
    }

    #[test]
    fn counts_prereleases_up() {
        let check =
            |from: &str, to: &str| assert_eq!(version(from).next_prerelease(), Some(version(to)));
        check("1.0.0-rc.1", "1.0.0-rc.2");
        check("1.0.0-rc", "1.0.0-rc.1");
        check("1.0.0-7", "1.0.0-8");
    }
}
