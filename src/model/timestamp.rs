//! Points in time, to the second, in UTC.

use std::fmt;
use std::str::FromStr;

/// A second in UTC, written `2026-11-20T10:00:00Z`. It informs people; no decision rests on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

/// The text is not of the form `2026-11-20T10:00:00Z`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no time of the form 2026-11-20T10:00:00Z")]
pub struct TimestampError(String);

impl Timestamp {
    /// Makes the time that lies `seconds` after 1970-01-01T00:00:00Z, in the years 0 to 9999.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        jiff::Timestamp::from_second(seconds)
            .ok()
            .map(Self)
            .filter(|time| time.to_string().parse() == Ok(*time))
    }

    /// Returns the seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.as_second()
    }

    /// Returns the day, `2026-11-20`.
    #[must_use]
    pub fn day(self) -> String {
        self.to_string()[..10].to_owned()
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        text.parse()
            .ok()
            .map(Self)
            .filter(|time| text.len() == 20 && time.to_string() == text)
            .ok_or_else(|| TimestampError(text.to_owned()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn reads_only_its_own_form() {
        let text = "2026-11-20T10:00:00Z";
        assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
        for other in [
            "2026-11-20T10:00:00.5Z",
            "2026-11-20T10:00:00+00:00",
            "2026-11-20 10:00:00Z",
            "2026-02-30T10:00:00Z",
            "",
        ] {
            assert!(other.parse::<Timestamp>().is_err(), "{other:?}");
        }
    }
}
