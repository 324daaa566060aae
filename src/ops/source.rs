//! The text that is to be published, and everything that must hold before it is.

use std::collections::BTreeMap;

use super::Ctx;
use super::composition::Pins;
use super::error::{Error, ErrorKind, Result};
use super::rules::{self, Finding};
use super::schemas::{Named, SchemaCopies, SchemaError};
use crate::model::{PromptName, Reference};
use crate::store::draft_path;

/// Where the text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The prompt's draft.
    Draft,
    /// These bytes; the name is for messages.
    Bytes {
        /// What to call them.
        name: String,
        /// The document.
        bytes: Vec<u8>,
    },
    /// These bytes as the body, with the front matter of the version it is made from.
    Body {
        /// What to call them.
        name: String,
        /// The body.
        bytes: Vec<u8>,
    },
    /// The bytes of a version of this or another prompt.
    Copy(Reference),
}

/// A text that may be published: it broke no rule.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) text: String,
    pub(super) pins: Pins,
    pub(super) schemas: SchemaCopies,
}

impl Ctx {
    /// Reads the draft that is to be published.
    pub(super) fn need_draft(&self, name: &PromptName) -> Result<String> {
        self.draft(name)?.ok_or_else(|| {
            let path = draft_path(self.store.root(), name);
            Error::new(
                ErrorKind::NotFound,
                format!("there is nothing to publish: `{path}` does not exist"),
            )
            .hint("write the prompt there, or give it with `--file FILE` (`-` for standard input)")
        })
    }

    /// Checks a text by the rules, and finds what its partials and its schemas mean.
    pub(super) fn check_text(
        &self,
        name: &PromptName,
        text: String,
        path: &str,
    ) -> Result<Checked> {
        let rules::document::Readable {
            metadata,
            file,
            body_start: start,
            ..
        } = rules::document::check(&text, path, self.store.settings())
            .map_err(|findings| refusal(path, findings))?;
        let pins = Self::check_itself(name, &file.template, &metadata)
            .and_then(|()| self.find_pins(&file.template, &metadata))
            .and_then(|pins| self.check_cycle(name, &file, pins))
            .map_err(|faults| {
                if let Some(error) = self.unreadable_partial(&file.template, &metadata) {
                    return error;
                }
                let findings = faults
                    .into_iter()
                    .map(|fault| Finding::in_text(path, &text, &fault.moved(start)));
                refusal(path, findings.collect())
            })?;
        self.compose(file, &pins)?;
        let lent = BTreeMap::new();
        let named = Named::Now {
            ctx: Some(self),
            lent: &lent,
        };
        let schemas = named
            .schemas(&metadata)
            .map_err(|error| schema_refusal(path, &text, start, error))?;
        Ok(Checked {
            text,
            pins,
            schemas: schemas.copies,
        })
    }
}

/// Says that the schemas of a text cannot be used.
pub(super) fn schema_refusal(path: &str, text: &str, start: usize, error: SchemaError) -> Error {
    let faults = error.faults(text, start);
    match error {
        SchemaError::Unreadable(error) => error.context(format!("the schemas of `{path}`")),
        SchemaError::Mistakes(_) => {
            let findings = faults
                .iter()
                .map(|fault| Finding::in_text(path, text, fault));
            refusal(path, findings.collect())
        }
    }
}

/// Says that a text breaks rules.
pub(super) fn refusal(path: &str, findings: Vec<Finding>) -> Error {
    let count = findings.len();
    let Some(first) = findings.first() else {
        return Error::new(ErrorKind::Refused, format!("`{path}` cannot be read"));
    };
    let place = first.place.as_ref().map_or_else(String::new, |place| {
        format!(", line {}, column {}", place.line, place.column)
    });
    let more = if count > 1 {
        format!(" (and {} more)", count - 1)
    } else {
        String::new()
    };
    let message = format!("`{path}`{place}: {}{more}", first.message);
    let hint = first.hint.clone();
    Error::new(ErrorKind::Refused, message)
        .maybe_hint(hint)
        .findings(findings)
}
