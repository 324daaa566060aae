//! Rules about the text of a prompt: front matter and template.

use super::{Finding, Severity};
use crate::ops::composition::file_of;
use crate::text::document::{Document, Metadata};
use crate::text::fault::Fault;
use crate::text::settings::Settings;
use crate::text::template::File;

/// A text that could be read.
#[derive(Debug)]
pub(in crate::ops) struct Readable {
    /// The fault of a body without text.
    blank_body: Option<Fault>,
    /// Whether there is front matter.
    pub(in crate::ops) has_front_matter: bool,
    /// The front matter.
    pub(in crate::ops) metadata: Metadata,
    /// The template.
    pub(in crate::ops) file: File,
    /// Where the template begins.
    pub(in crate::ops) body_start: usize,
}

/// Reads a text with LF line ends, or finds what makes it unreadable. Such a text is not published,
/// whatever the settings say of the rules that found out; they decide what `validate` makes of it.
pub(in crate::ops) fn check(
    text: &str,
    path: &str,
    settings: &Settings,
) -> Result<Readable, Vec<Finding>> {
    let readable = read(text, path, settings)?;
    match readable.blank_body.clone() {
        Some(fault) => Err(vec![Finding::in_text(path, text, &fault)]),
        None => Ok(readable),
    }
}

/// Finds what other runtimes read differently. Raw blocks are meant: a remark, no warning.
pub(in crate::ops) fn portability(readable: &Readable, path: &str, text: &str) -> Vec<Finding> {
    let raw = readable.file.template.raw_blocks().into_iter();
    raw.map(|open| {
        let message = "handlebars.js has no helper `raw`: other runtimes write nothing here";
        let span = open.start..open.end;
        let fault = Fault::new("portability", span, message)
            .hint("give the prompt an input `raw` that is true, or write `\\{{` before each tag");
        let mut finding = Finding::in_text(path, text, &fault.moved(readable.body_start));
        finding.severity = Severity::Info;
        finding
    })
    .collect()
}

/// Reads a text whose body may be blank.
pub(in crate::ops) fn read(
    text: &str,
    path: &str,
    settings: &Settings,
) -> Result<Readable, Vec<Finding>> {
    let found = |faults: Vec<Fault>, by: usize| -> Vec<Finding> {
        faults
            .into_iter()
            .map(|fault| Finding::in_text(path, text, &fault.moved(by)))
            .collect()
    };
    let document = Document::parse(text, settings.limits).map_err(|faults| found(faults, 0))?;
    let body_start = document.body.start;
    let file = file_of(document.template()).map_err(|faults| found(faults, body_start))?;
    Ok(Readable {
        blank_body: document.blank_body(),
        has_front_matter: document.has_front_matter,
        metadata: document.metadata,
        file,
        body_start,
    })
}
