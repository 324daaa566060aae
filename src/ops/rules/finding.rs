//! One finding: which rule, how grave, where, and what to do.

use serde::Serialize;

use crate::text::fault::{Fault, line_and_column};
use crate::text::settings::Level;

/// Something that a rule has to say about a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule.
    pub rule: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// The file or folder, below the store, with `/`.
    pub path: String,
    /// The place in it, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// A lower-case sentence.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// `validate` ends with exit code 1; publishing refuses.
    Error,
    /// Probably a mistake.
    Warning,
    /// Good to know.
    Info,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The first byte, from 0.
    pub start: usize,
    /// The byte behind the last one.
    pub end: usize,
    /// The line's text, for people.
    #[serde(skip)]
    pub source_line: String,
}

impl Severity {
    /// Returns the severity of a level; `None` if the rule is off.
    #[must_use]
    pub fn of(level: Level) -> Option<Self> {
        match level {
            Level::Off => None,
            Level::Info => Some(Self::Info),
            Level::Warning => Some(Self::Warning),
            Level::Error => Some(Self::Error),
        }
    }

    /// Returns the word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl Finding {
    /// Makes a finding, an error until its rule's level is known, about a file as a whole.
    pub fn new(rule: &'static str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            path: path.into(),
            place: None,
            message: message.into(),
            hint: None,
        }
    }

    /// Makes a finding from a fault in a text.
    pub fn in_text(path: impl Into<String>, text: &str, fault: &Fault) -> Self {
        let mut finding = Self::new(fault.rule, path, fault.message.clone());
        finding.place = Some(Place::in_text(text, fault.span.start, fault.span.end));
        finding.hint = fault.hint.clone().or_else(|| {
            let (span, what) = fault.related.as_ref()?;
            let (line, _) = line_and_column(text, span.start);
            Some(format!("line {line}: {what}"))
        });
        finding
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl Place {
    /// Finds line and column of a range of bytes.
    #[must_use]
    pub fn in_text(text: &str, start: usize, end: usize) -> Self {
        let (line, column) = line_and_column(text, start);
        let source_line = text.lines().nth(line - 1).unwrap_or_default().to_owned();
        Self {
            line,
            column,
            start,
            end,
            source_line,
        }
    }

    /// A whole line of a log; its text is too long for people.
    #[must_use]
    pub fn line(line: usize, start: usize, length: usize) -> Self {
        Self {
            line,
            column: 1,
            start,
            end: start + length,
            source_line: String::new(),
        }
    }
}
