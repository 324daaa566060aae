//! `log`: what happened to a prompt, newest first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Ctx;
use super::error::Result;
use super::prompt::Prompt;
use super::publish::shown_pins;
use crate::model::{Entry, NumberState, Op, PromptName, Publish, VersionId};

/// What `log` is asked for.
#[derive(Debug, Clone)]
pub struct Log {
    /// The prompt.
    pub name: PromptName,
}

/// What happened to a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeLog {
    /// The prompt.
    pub name: String,
    /// Its events, newest first; then those of the prompt it was renamed from.
    pub events: Vec<Change>,
}

/// One event, with versions by number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The event's id.
    pub id: String,
    /// The prompt; another one before a renaming.
    pub name: String,
    /// What was done.
    pub op: &'static str,
    /// The version it was done to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What became of a publication: `voided`, or the number that a `resolve` gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub became: Option<String>,
    /// The version it was made from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The version whose content it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// Labels and where they point after it; null: nowhere.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, Option<String>>,
    /// Labels and where they pointed before it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub was: BTreeMap<String, Option<String>>,
    /// Partials and what they are pinned to.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub pins: BTreeMap<String, String>,
    /// Whether a label went back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rollback: bool,
    /// The reasons given for passing a check.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// What to use instead of what was retired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Who.
    pub by: String,
    /// When, by his clock.
    pub at: String,
}

/// Tells what happened to a prompt.
pub fn log(ctx: &Ctx, request: &Log) -> Result<ChangeLog> {
    let prompt = ctx.prompt(&request.name)?;
    let mut events = changes(&prompt);
    let mut before = prompt.earlier_name().cloned();
    let mut seen = vec![request.name.clone()];
    while let Some(name) = before.filter(|name| !seen.contains(name)) {
        seen.push(name.clone());
        let Some(earlier) = ctx.find_prompt(&name)? else {
            break;
        };
        events.extend(changes(&earlier));
        before = earlier.earlier_name().cloned();
    }
    Ok(ChangeLog {
        name: request.name.to_string(),
        events,
    })
}

fn changes(prompt: &Prompt) -> Vec<Change> {
    let entries = prompt.history.entries().iter().rev();
    entries.map(|entry| change(prompt, entry)).collect()
}

fn change(prompt: &Prompt, entry: &Entry) -> Change {
    let event = &entry.event;
    let mut change = Change {
        id: entry.id.to_string(),
        name: prompt.name.to_string(),
        op: event.op.name(),
        message: event.message.clone(),
        by: event.by.clone(),
        at: event.at.to_string(),
        ..Change::default()
    };
    for label in event.labels() {
        let points_to = event.claim(label).flatten();
        change
            .labels
            .insert(label.to_string(), number(points_to.as_ref()));
    }
    match &event.op {
        Op::Create(publish) | Op::Patch(publish) => change.add_publish(prompt, publish),
        Op::Promote(promote) => {
            change.version = Some(promote.version.version.to_string());
            change.rollback = promote.rollback;
            change.add_was(&promote.was);
            let reasons = promote.accept_breaking.iter().chain(&promote.overridden);
            change.reasons = reasons.cloned().collect();
        }
        Op::Unlabel(unlabel) => change.add_was(&unlabel.was),
        Op::Retire(lifecycle) | Op::Restore(lifecycle) => {
            change.version = number(lifecycle.version.as_ref());
            change.add_was(&lifecycle.was);
            change.successor = lifecycle.successor.as_deref().map(without_identity);
        }
        Op::Void { target } => {
            let target = prompt.history.entries().iter().find(|e| e.id == *target);
            change.version = target
                .and_then(|target| target.event.publish())
                .map(|publish| publish.version.to_string());
        }
        Op::Resolve(resolve) => change.reasons = resolve.allow_breaking.values().cloned().collect(),
        Op::Note => {}
    }
    change
}

impl Change {
    fn add_publish(&mut self, prompt: &Prompt, publish: &Publish) {
        self.version = Some(publish.version.to_string());
        self.from = number(publish.from.as_ref());
        self.copy = publish
            .copy
            .as_ref()
            .map(|copy| format!("{}@{}", copy.name, copy.id.version));
        self.add_was(&publish.was);
        self.pins = shown_pins(&publish.pins);
        self.reasons = publish.allow_breaking.iter().cloned().collect();
        let now = prompt.history.current(&publish.id());
        let in_dispute = matches!(
            prompt.history.numbers().get(&publish.version),
            Some(NumberState::Conflicted(_))
        );
        self.became = match now {
            _ if prompt.history.is_void(&publish.id()) => Some("voided".to_owned()),
            Some(now) if now != publish.version => Some(now.to_string()),
            None if in_dispute => Some("in conflict".to_owned()),
            _ => None,
        };
    }

    fn add_was(&mut self, was: &crate::model::Was) {
        self.was = was
            .iter()
            .map(|(label, id)| (label.to_string(), number(id.as_ref())))
            .collect();
    }
}

fn number(id: Option<&VersionId>) -> Option<String> {
    id.map(|id| id.version.to_string())
}

/// A successor as people know it: a name, or a number.
pub(super) fn without_identity(text: &str) -> String {
    text.split('#').next().unwrap_or(text).to_owned()
}
