//! `impact`: who includes a prompt, directly or through others, and who is behind.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Ctx;
use super::composition::{Pins, partial_reference, published_file};
use super::error::Result;
use super::list::Unreadable;
use super::prompt::Prompt;
use crate::model::{Held, LabelState, PromptName, Version};
use crate::store::Folder;
use crate::text::document::{Document, Limits, Metadata};
use crate::text::template;

/// What `impact` is asked for.
#[derive(Debug, Clone)]
pub struct Impact {
    /// The partial.
    pub name: PromptName,
}

/// Who includes a prompt.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImpactReport {
    /// The prompt.
    pub name: String,
    /// The versions in use that include it: those with a label, and the latest.
    pub users: Vec<User>,
    /// The prompts whose unpublished drafts include it themselves.
    pub drafts: Vec<String>,
    /// The prompts that could not be read, and why.
    pub unreadable: Vec<Unreadable>,
}

/// A version that includes the prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    /// The prompt.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The labels that point to it.
    pub labels: Vec<String>,
    /// Whether it is the latest release.
    pub latest: bool,
    /// Through which versions, the outermost first; none where it includes the prompt itself.
    pub via: Vec<String>,
    /// What the tag that includes it says.
    pub written: String,
    /// The version that it is pinned to.
    pub pinned: String,
    /// The version that the tag means now, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
}

/// Finds who includes a prompt.
pub fn impact(ctx: &Ctx, request: &Impact) -> Result<ImpactReport> {
    let wanted = ctx.prompt(&request.name)?.name;
    let mut report = ImpactReport {
        name: wanted.to_string(),
        ..ImpactReport::default()
    };
    for folder in ctx.prompt_folders(None)? {
        if let Err(error) = ctx.add_users(&folder, &wanted, &mut report) {
            report.unreadable.push(Unreadable::new(folder.path, &error));
        }
    }
    Ok(report)
}

/// Where the search for a partial is: the versions passed, and what is being looked for.
struct Search<'a> {
    ctx: &'a Ctx,
    wanted: &'a PromptName,
    via: Vec<String>,
    /// The versions looked at: what several include is told once.
    passed: BTreeSet<String>,
    found: Vec<Found>,
}

/// A place where the prompt is included.
struct Found {
    via: Vec<String>,
    written: String,
    pinned: String,
    now: Option<String>,
}

impl Ctx {
    fn add_users(
        &self,
        folder: &Folder,
        wanted: &PromptName,
        report: &mut ImpactReport,
    ) -> Result<()> {
        let name = folder.name()?;
        let prompt = self.find_prompt(&name)?;
        let in_use = prompt
            .as_ref()
            .filter(|prompt| !prompt.history.is_retired());
        for (version, labels) in in_use.map(live_versions).unwrap_or_default() {
            let Some((prompt, Some(held))) =
                in_use.map(|prompt| (prompt, prompt.held(&version).ok().flatten()))
            else {
                continue;
            };
            let mut search = Search {
                ctx: self,
                wanted,
                via: Vec::new(),
                passed: BTreeSet::new(),
                found: Vec::new(),
            };
            search.version(prompt, &version, held)?;
            let is_latest = prompt.history.latest() == Some(&version);
            report
                .users
                .extend(search.found.into_iter().map(|found| User {
                    name: name.to_string(),
                    version: version.to_string(),
                    labels: labels.clone(),
                    latest: is_latest,
                    via: found.via,
                    written: found.written,
                    pinned: found.pinned,
                    now: found.now,
                }));
        }
        let published = |text: &String| prompt.as_ref().is_some_and(|p| p.has_published(text));
        let draft = self.draft(&name)?.filter(|text| !published(text));
        if draft.is_some_and(|text| draft_includes(&text, wanted)) {
            report.drafts.push(name.to_string());
        }
        Ok(())
    }
}

/// Tells whether a draft includes a prompt itself; one that cannot be read includes nothing.
fn draft_includes(text: &str, wanted: &PromptName) -> bool {
    let Ok(document) = Document::parse(text, Limits::default()) else {
        return false;
    };
    let parsed = template::parse(document.template(), &template::Limits::default());
    parsed.template.partials().iter().any(|used| {
        let meant = partial_reference(&used.name, &document.metadata);
        meant.is_ok_and(|meant| meant.name == *wanted)
    })
}

/// The versions that somebody gets without naming their numbers, with their labels.
fn live_versions(prompt: &Prompt) -> BTreeMap<Version, Vec<String>> {
    let mut live: BTreeMap<Version, Vec<String>> = BTreeMap::new();
    for (label, state) in prompt.history.labels() {
        if let LabelState::At(id) = state {
            let version = prompt
                .history
                .current(id)
                .unwrap_or_else(|| id.version.clone());
            live.entry(version).or_default().push(label.to_string());
        }
    }
    if let Some(latest) = prompt.history.latest() {
        live.entry(latest.clone()).or_default();
    }
    live
}

impl Search<'_> {
    fn version(&mut self, prompt: &Prompt, version: &Version, held: Held) -> Result<()> {
        let pins = &prompt.history.publish(held).pins;
        if pins.is_empty() {
            return Ok(());
        }
        let text = self.ctx.text_of(prompt, version, held)?;
        let what = format!("{}@{version}", prompt.name);
        let (metadata, _) = published_file(&text, &what)?;
        self.pins(pins, &metadata)
    }

    fn pins(&mut self, pins: &Pins, metadata: &Metadata) -> Result<()> {
        for (written, pin) in pins {
            let here = self.ctx.find_pinned(pin)?;
            let pinned = format!("{}@{}", pin.name, here.version);
            if pin.name == *self.wanted {
                let now = self.ctx.find_partial(written, metadata).ok();
                let now = now.filter(|now| now.id().identity != pin.id.identity);
                self.found.push(Found {
                    via: self.via.clone(),
                    written: written.clone(),
                    pinned,
                    now: now.map(|now| format!("{}@{}", now.prompt.name, now.version)),
                });
            } else if self.passed.insert(pinned.clone()) {
                self.via.push(pinned);
                self.version(&here.prompt, &here.version, here.held)?;
                self.via.pop();
            }
        }
        Ok(())
    }
}
