//! Where a value does not fit its schema.

use std::fmt;

use crate::text::schema::Path;

/// A part of a value that does not fit the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The part; for something missing, where it should stand.
    pub path: Path,
    /// In what way it does not fit.
    pub kind: ViolationKind,
    /// What it must be: `a number`. Empty where there is nothing to add to the kind.
    pub expected: String,
    /// What it is: `the text "12"`. Empty for what is missing.
    pub found: String,
    /// The declared name or the allowed value that was meant, if that is certain.
    pub meant: Option<String>,
}

/// The ways in which a value does not fit a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ViolationKind {
    /// A required field is not there.
    Missing,
    /// A field is there that the schema does not name.
    Unknown,
    /// The name of a field is not allowed.
    BadName,
    /// It is of another type.
    WrongType,
    /// It is none of the values that are allowed.
    NotInEnum,
    /// It is not the one value that is allowed.
    NotConst,
    /// A number is too small or too large.
    OutOfRange,
    /// A number is no multiple of what it must be.
    NotMultiple,
    /// A text, a list or an object has too little in it.
    TooShort,
    /// A text, a list or an object has too much in it.
    TooLong,
    /// A text does not fit its pattern.
    Pattern,
    /// A list holds something twice.
    NotUnique,
    /// A list holds too few or too many items of a certain kind.
    Contains,
    /// It fits none of several schemas.
    AnyOf,
    /// It fits not exactly one of several schemas.
    OneOf,
    /// It fits a schema that it must not fit.
    Not,
    /// Nothing is allowed there.
    Never,
}

impl fmt::Display for Violation {
    /// Says it in a sentence: `` `items[2].price` must be a number, found the text "12" ``.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.path.is_root() {
            f.write_str("the value")?;
        } else {
            write!(f, "`{}`", self.path)?;
        }
        match self.kind {
            ViolationKind::Missing if self.expected.is_empty() => f.write_str(" is missing")?,
            ViolationKind::Missing => write!(f, " is missing: it must be {}", self.expected)?,
            ViolationKind::Unknown => f.write_str(" is not declared")?,
            _ => write!(f, " must be {}, found {}", self.expected, self.found)?,
        }
        match &self.meant {
            Some(meant) => write!(f, "; did you mean `{meant}`?"),
            None => Ok(()),
        }
    }
}
