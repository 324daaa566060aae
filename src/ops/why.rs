//! `why`: how a reference comes to mean a version, step by step.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Ctx;
use super::composition::Pins;
use super::error::Result;
use crate::model::{Entry, Identity, PromptName, Reference, Selector};
use crate::store::{changelog_path, version_path};

/// What `why` is asked for.
#[derive(Debug, Clone)]
pub struct Why {
    /// The reference.
    pub reference: Reference,
    /// Whether retired ones count.
    pub retired: bool,
}

/// How a reference resolves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The reference as it was asked.
    pub reference: String,
    /// Through what: `version`, `range`, `label` or `latest`.
    pub through: &'static str,
    /// The label, range or word.
    pub selector: String,
    /// The event that moved the label there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_by: Option<EventLine>,
    /// The version.
    pub version: String,
    /// The event that published it.
    pub published_by: EventLine,
    /// Its file, below the store.
    pub file: String,
    /// The digest of the file, checked against the bytes on the disk.
    pub sha256: String,
    /// The version's identity.
    pub identity: String,
    /// Its partials, and theirs.
    pub pins: Vec<Pin>,
}

/// One event, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventLine {
    /// Its id.
    pub id: String,
    /// What was done.
    pub op: &'static str,
    /// The log it is in, below the store.
    pub log: String,
    /// Who.
    pub by: String,
    /// When, by his clock.
    pub at: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// A partial and the version that it is pinned to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pin {
    /// As the template writes it.
    pub written: String,
    /// The prompt and its version.
    pub pinned: String,
    /// The version's identity.
    pub identity: String,
    /// The latest release of that prompt, where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
    /// What it includes itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
}

/// Explains how a reference resolves.
pub fn why(ctx: &Ctx, request: &Why) -> Result<Explanation> {
    let resolved = ctx.resolve_reference(&request.reference, request.retired)?;
    let prompt = &resolved.prompt;
    ctx.text_of(prompt, &resolved.version, resolved.held)?;
    let log = changelog_path(ctx.store.root(), &prompt.name);
    let entries = prompt.history.entries();
    let moved_by = match &resolved.selector {
        Selector::Label(label) => entries
            .iter()
            .rev()
            .find(|entry| entry.event.claim(label).is_some()),
        _ => None,
    };
    let facts = prompt.history.publish(resolved.held);
    Ok(Explanation {
        reference: request.reference.to_string(),
        through: match &resolved.selector {
            Selector::Exact(_) => "version",
            Selector::Range(_) => "range",
            Selector::Label(_) => "label",
            Selector::Latest => "latest",
        },
        selector: resolved.selector.to_string(),
        moved_by: moved_by.map(|entry| EventLine::of(entry, &log)),
        version: resolved.version.to_string(),
        published_by: EventLine::of(&entries[resolved.held.event], &log),
        file: version_path(ctx.store.root(), &prompt.name, &resolved.version),
        sha256: facts.sha256.to_string(),
        identity: facts.identity.to_string(),
        pins: pins(ctx, &facts.pins, &mut BTreeSet::new())?,
    })
}

/// Pins hold digests of what was there before, so they have an end. What several include is told
/// once.
fn pins(ctx: &Ctx, pinned: &Pins, told: &mut BTreeSet<(PromptName, Identity)>) -> Result<Vec<Pin>> {
    let mut found = Vec::new();
    for (written, pin) in pinned {
        let here = ctx.find_pinned(pin)?;
        let deeper = if told.insert((pin.name.clone(), pin.id.identity)) {
            pins(ctx, &here.prompt.history.publish(here.held).pins, told)?
        } else {
            Vec::new()
        };
        let latest = here.prompt.history.latest();
        found.push(Pin {
            written: written.clone(),
            pinned: format!("{}@{}", pin.name, here.version),
            identity: pin.id.identity.to_string(),
            latest: latest
                .filter(|latest| **latest != here.version)
                .map(ToString::to_string),
            pins: deeper,
        });
    }
    Ok(found)
}

impl EventLine {
    fn of(entry: &Entry, log: &str) -> Self {
        Self {
            id: entry.id.to_string(),
            op: entry.event.op.name(),
            log: log.to_owned(),
            by: entry.event.by.clone(),
            at: entry.event.at.to_string(),
            message: entry.event.message.clone(),
        }
    }
}
