//! Rules about the text of a prompt: front matter and template.

use super::{Finding, weigh};
use crate::ops::composition::Part;
use crate::text::document::{Document, Metadata};
use crate::text::fault::Fault;
use crate::text::settings::Settings;

/// A text and what the rules say about it.
#[derive(Debug)]
pub(in crate::ops) struct CheckedDocument {
    /// The findings, weighed.
    pub(in crate::ops) findings: Vec<Finding>,
    /// Where the template begins.
    pub(in crate::ops) body_start: usize,
    /// Front matter and template, if they could be read.
    pub(in crate::ops) parts: Option<(Metadata, Part)>,
}

/// Checks a text with LF line ends.
pub(in crate::ops) fn check(text: &str, path: &str, settings: &Settings) -> CheckedDocument {
    let found = |faults: Vec<Fault>| {
        let findings = faults
            .iter()
            .map(|fault| Finding::in_text(path, text, fault));
        weigh(findings.collect(), settings)
    };
    let document = match Document::parse(text, settings.limits) {
        Ok(document) => document,
        Err(faults) => {
            return CheckedDocument {
                findings: found(faults),
                body_start: 0,
                parts: None,
            };
        }
    };
    let body_start = document.body.start;
    match Part::of(document.template()) {
        Ok(part) => CheckedDocument {
            findings: Vec::new(),
            body_start,
            parts: Some((document.metadata, part)),
        },
        Err(faults) => CheckedDocument {
            findings: found(faults.into_iter().map(|f| f.moved(body_start)).collect()),
            body_start,
            parts: None,
        },
    }
}
