//! What is wrong with a schema, and where.

use std::fmt;

use super::Path;

/// Something wrong with a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The keys and places on the way to it, as they are written in the schema.
    pub path: Path,
    /// What sort of mistake it is.
    pub kind: MistakeKind,
    /// A lower-case sentence.
    pub message: String,
    /// What to do about it, where that is certain.
    pub hint: Option<String>,
}

/// The sorts of mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MistakeKind {
    /// The schema says nothing that can be understood here.
    Invalid,
    /// A type that is neither known nor the name of a schema.
    UnknownType,
    /// It can be read, but other readers take it for something else, or it does nothing.
    Suspicious,
    /// An enumeration that allows nothing.
    EnumEmpty,
    /// An enumeration that names a value twice.
    EnumDuplicate,
    /// More than this program reads.
    TooLarge,
}

impl MistakeKind {
    /// Returns the rule that it breaks, as in `docs/rules.md`.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Self::Invalid | Self::TooLarge => "schema-invalid",
            Self::UnknownType | Self::Suspicious => "picoschema-suspicious",
            Self::EnumEmpty => "enum-empty",
            Self::EnumDuplicate => "enum-duplicate",
        }
    }
}

impl Mistake {
    /// Makes a mistake without a hint.
    pub(super) fn new(kind: MistakeKind, path: Path, message: impl Into<String>) -> Self {
        Self {
            path,
            kind,
            message: message.into(),
            hint: None,
        }
    }

    /// Adds what to do about it, if that is known.
    #[must_use]
    pub(super) fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if !self.path.is_root() {
            write!(f, "`{}`: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Mistake {}
