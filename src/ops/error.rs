//! Why a verb did not do what it was asked: a kind, a sentence, and what helps.

use std::fmt;

use super::rules::Finding;
use crate::model::{LabelError, NameError, ReferenceError, TextError, VersionError};
use crate::store::StoreError;
use crate::text::fault::line_and_column;
use crate::text::settings::NEWER_FORMAT;

/// The result of a verb.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a verb did not do what it was asked.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    hint: Option<String>,
    context: Vec<String>,
    findings: Vec<Finding>,
}

/// What sort of failure it is. The exit code follows from it, and later an HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request itself is wrong.
    Invalid,
    /// What it names is not there.
    NotFound,
    /// What it names is out of use.
    Retired,
    /// The text breaks a rule.
    Refused,
    /// It would take more than is allowed.
    Limit,
    /// What it would make is there already, and differs.
    Exists,
    /// A label does not point to what the caller expected.
    Expectation,
    /// A label's policy forbids it.
    Policy,
    /// Branches disagree and nobody has settled it.
    Conflicted,
    /// Another process holds the lock. The only one that is worth a second try as it is.
    Busy,
    /// Files do not verify.
    Damaged,
    /// A file was written by a newer promptctl.
    NewerFormat,
    /// Git put another file in a log's place while it was written; nothing was recorded.
    Replaced,
    /// The system refused.
    Io,
    /// A flush failed after the write.
    Unknown,
}

impl ErrorKind {
    /// Tells whether the machine refused, not the store: going on with the next prompt would not
    /// help.
    #[must_use]
    pub fn is_of_the_machine(self) -> bool {
        matches!(self, Self::Io | Self::Unknown | Self::Replaced | Self::Busy)
    }

    /// Returns the word for machines.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::NotFound => "not-found",
            Self::Retired => "retired",
            Self::Refused => "refused",
            Self::Limit => "limit",
            Self::Exists => "exists",
            Self::Expectation => "expectation",
            Self::Policy => "policy",
            Self::Conflicted => "conflicted",
            Self::Busy => "busy",
            Self::Damaged => "damaged",
            Self::NewerFormat => "newer-format",
            Self::Replaced => "replaced",
            Self::Io => "io",
            Self::Unknown => "unknown",
        }
    }
}

impl Error {
    /// Makes an error; the message is a lower-case sentence.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
            context: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Adds what helps, with the exact command where there is one.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds what helps, if there is something.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    /// Adds what was being done.
    #[must_use]
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.context.push(context.into());
        self
    }

    /// Adds the places in a text that are at fault.
    #[must_use]
    pub fn findings(mut self, findings: Vec<Finding>) -> Self {
        self.findings = findings;
        self
    }

    /// Returns what sort of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns what helps.
    #[must_use]
    pub fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Returns what was being done, innermost first.
    #[must_use]
    pub fn contexts(&self) -> &[String] {
        &self.context
    }

    /// Returns the places in a text that are at fault.
    #[must_use]
    pub fn all_findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

macro_rules! invalid {
    ($($error:ty),*) => {$(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::new(ErrorKind::Invalid, error.to_string())
            }
        }
    )*};
}

invalid!(
    LabelError,
    NameError,
    ReferenceError,
    TextError,
    VersionError
);

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        let (kind, hint) = match &error {
            StoreError::NotAStore(path) => (
                ErrorKind::NotFound,
                Some(format!("`promptctl init {}` makes it one", path.display())),
            ),
            StoreError::NoStore(_) => (
                ErrorKind::NotFound,
                Some("`promptctl init` makes a store here; `--store DIR` names another one".into()),
            ),
            StoreError::Settings { path, text, fault } => {
                return Self::settings(path, text, fault);
            }
            StoreError::NotUtf8(_) | StoreError::NotRegular(_) | StoreError::Link(_) => {
                (ErrorKind::Damaged, None)
            }
            StoreError::TooLarge { .. } => (ErrorKind::Limit, None),
            StoreError::Exists(path) => (
                ErrorKind::Exists,
                Some(format!(
                    "no event mentions that file; look at it, then `promptctl repair` or move `{}` away",
                    path.display()
                )),
            ),
            StoreError::Busy(_) => (
                ErrorKind::Busy,
                Some("try again, or wait longer with `--lock-timeout 60`".into()),
            ),
            StoreError::NoLocks { .. } => (
                ErrorKind::Io,
                Some("`--no-lock` writes without one; make sure that nobody else writes".into()),
            ),
            StoreError::DamagedLog { .. } => (
                ErrorKind::Damaged,
                Some("`promptctl validate` shows every place, `promptctl resolve NAME` mends the log".into()),
            ),
            StoreError::NewerLog { .. } => (
                ErrorKind::NewerFormat,
                Some("install a newer promptctl".into()),
            ),
            StoreError::Replaced(_) => (
                ErrorKind::Replaced,
                Some("look at `git status`, then run the command again".into()),
            ),
            StoreError::Unknown { .. } => (
                ErrorKind::Unknown,
                Some("look for the event with `promptctl log NAME` before you try again".into()),
            ),
            StoreError::Io { source, .. } => (ErrorKind::Io, io_hint(source)),
            StoreError::Git(_) => (ErrorKind::Io, None),
        };
        Self::new(kind, message).maybe_hint(hint)
    }
}

fn io_hint(error: &std::io::Error) -> Option<String> {
    use std::io::ErrorKind as Io;
    let text = match error.kind() {
        Io::StorageFull | Io::QuotaExceeded => {
            "nothing was recorded; make room on the disk and run the command again"
        }
        Io::PermissionDenied | Io::ReadOnlyFilesystem => {
            "nothing was recorded; make the store's folder writable for you"
        }
        _ => return None,
    };
    Some(text.to_owned())
}

impl Error {
    fn settings(path: &std::path::Path, text: &str, fault: &crate::text::fault::Fault) -> Self {
        let (line, column) = line_and_column(text, fault.span.start);
        let kind = if fault.rule == NEWER_FORMAT {
            ErrorKind::NewerFormat
        } else {
            ErrorKind::Invalid
        };
        let finding = Finding::in_text(path.display().to_string(), text, fault);
        Self::new(
            kind,
            format!(
                "`{}`, line {line}, column {column}: {}",
                path.display(),
                fault.message
            ),
        )
        .maybe_hint(fault.hint.clone())
        .findings(vec![finding])
    }
}
