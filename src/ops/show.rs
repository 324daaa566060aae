//! `show`: the file of a version, or what is known about it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Ctx;
use super::composition::published_file;
use super::error::Result;
use super::publish::shown_pins;
use crate::model::Reference;
use crate::store::version_path;

/// What `show` is asked for.
#[derive(Debug, Clone)]
pub struct Show {
    /// Which version.
    pub reference: Reference,
    /// Whether retired ones count.
    pub retired: bool,
    /// Whether to look into the text for its kind, which takes longer than reading it.
    pub kind: bool,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The prompt.
    pub name: String,
    /// The version.
    pub version: String,
    /// The file, below the store.
    pub file: String,
    /// The digest of its bytes.
    pub sha256: String,
    /// The version's identity.
    pub identity: String,
    /// `chat` if the template uses roles, history or media, else `text`; if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// The labels that point to it.
    pub labels: Vec<String>,
    /// Whether it is out of use.
    pub retired: bool,
    /// The partials and what they are pinned to.
    pub pins: BTreeMap<String, String>,
    /// The version of the template semantics.
    pub dialect: u32,
    /// Who published it.
    pub by: String,
    /// When, by his clock.
    pub at: String,
    /// Why.
    pub message: Option<String>,
    /// The event that published it.
    pub event: String,
    /// The file's text.
    pub text: String,
}

/// Reads a version.
pub fn show(ctx: &Ctx, request: &Show) -> Result<Shown> {
    let resolved = ctx.resolve_reference(&request.reference, request.retired)?;
    let (prompt, version) = (&resolved.prompt, &resolved.version);
    let text = ctx.text_of(prompt, version, resolved.held)?;
    let facts = prompt.history.publish(resolved.held);
    let entry = &prompt.history.entries()[resolved.held.event];
    // What is known of a version is shown even where its partials cannot be read.
    let kind = request
        .kind
        .then(|| published_file(&text, &request.reference.to_string()).ok())
        .flatten()
        .and_then(|(_, file)| ctx.compose(file, &facts.pins).ok())
        .map(|composition| composition.kind());
    Ok(Shown {
        name: prompt.name.to_string(),
        version: version.to_string(),
        file: version_path(ctx.store.root(), &prompt.name, version),
        sha256: facts.sha256.to_string(),
        identity: facts.identity.to_string(),
        kind,
        labels: prompt
            .labels_at(version)
            .iter()
            .map(ToString::to_string)
            .collect(),
        retired: prompt.history.is_version_retired(version),
        pins: shown_pins(&facts.pins),
        dialect: facts.dialect,
        by: entry.event.by.clone(),
        at: entry.event.at.to_string(),
        message: entry.event.message.clone(),
        event: entry.id.to_string(),
        text,
    })
}
