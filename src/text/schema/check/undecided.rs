//! What a schema says and this program does not understand.

use std::fmt;

use crate::text::schema::Path;

/// A keyword that could not be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// The part of the value that it was to be checked on; the first one.
    pub path: Path,
    /// The schema that holds the keyword.
    pub schema_path: Path,
    /// The keyword.
    pub keyword: String,
    /// Why it could not be decided.
    pub reason: Reason,
}

/// Why a keyword could not be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The keyword is known, and not supported.
    Unsupported,
    /// Nobody knows the keyword.
    Unknown,
    /// The keyword does not take what stands there.
    Malformed,
    /// It takes a regular expression.
    Pattern,
    /// It leads out of the schema.
    Elsewhere,
    /// It leads back to itself.
    Circular,
}

impl fmt::Display for Undecided {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "`{}`", self.schema_path.clone().key(&self.keyword))?;
        f.write_str(match self.reason {
            Reason::Unsupported => " is not supported",
            Reason::Unknown => " is no keyword of JSON Schema",
            Reason::Malformed => " cannot be read",
            Reason::Pattern => " takes a regular expression, which is not supported",
            Reason::Elsewhere => " leads out of the schema",
            Reason::Circular => " leads back to itself",
        })
    }
}
