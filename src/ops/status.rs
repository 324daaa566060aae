//! `status`: what is edited and not published, what is published and not live.

use serde::Serialize;

use super::Ctx;
use super::error::Result;
use super::list::{Draft, Unreadable, conflicts};
use super::prompt::Prompt;
use crate::model::{LabelState, Version};
use crate::store::Folder;

/// How the store stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct StoreStatus {
    /// The prompts about which there is something to say, by name.
    pub prompts: Vec<PromptStatus>,
    /// How many prompts were looked at, retired ones aside.
    pub looked_at: usize,
    /// Those that could not be read, and why.
    pub unreadable: Vec<Unreadable>,
}

/// How a prompt stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromptStatus {
    /// Its name.
    pub name: String,
    /// Its working copy, where it has unpublished edits or is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<Draft>,
    /// Whether it was ever published.
    pub published: bool,
    /// The labels for which there is something newer.
    pub behind: Vec<Behind>,
    /// What branches disagree about.
    pub conflicts: Vec<String>,
}

/// A label for which there is something newer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Behind {
    /// The label.
    pub label: String,
    /// The version it points to.
    pub version: String,
    /// The latest release.
    pub latest: String,
    /// When the first release above the label's version was published.
    pub since: String,
}

/// Tells how the store stands.
pub fn status(ctx: &Ctx) -> Result<StoreStatus> {
    let mut status = StoreStatus::default();
    for folder in ctx.prompt_folders(None)? {
        match prompt_status(ctx, &folder) {
            Ok(Some(prompt)) => {
                status.looked_at += 1;
                if !prompt.is_quiet() {
                    status.prompts.push(prompt);
                }
            }
            Ok(None) => {}
            Err(error) => status.unreadable.push(Unreadable::new(folder.path, &error)),
        }
    }
    Ok(status)
}

fn prompt_status(ctx: &Ctx, folder: &Folder) -> Result<Option<PromptStatus>> {
    let name = folder.name()?;
    let Some(prompt) = ctx.find_prompt(&name)? else {
        return Ok(Some(PromptStatus {
            name: name.to_string(),
            draft: Some(Draft::Edited),
            published: false,
            behind: Vec::new(),
            conflicts: Vec::new(),
        }));
    };
    if prompt.history.is_retired() {
        return Ok(None);
    }
    let draft = ctx.draft_state(&prompt)?;
    Ok(Some(PromptStatus {
        name: name.to_string(),
        draft: (draft != Draft::Published).then_some(draft),
        published: true,
        behind: behind(&prompt),
        conflicts: conflicts(&prompt),
    }))
}

/// The labels that point below the latest release.
pub(super) fn behind(prompt: &Prompt) -> Vec<Behind> {
    let Some(latest) = prompt.history.latest() else {
        return Vec::new();
    };
    prompt
        .history
        .labels()
        .iter()
        .filter_map(|(label, state)| match state {
            LabelState::At(id) if id.version < *latest => Some(Behind {
                label: label.to_string(),
                version: id.version.to_string(),
                latest: latest.to_string(),
                since: since(prompt, &id.version)?,
            }),
            _ => None,
        })
        .collect()
}

/// When the first release above a version was published.
fn since(prompt: &Prompt, version: &Version) -> Option<String> {
    prompt
        .history
        .entries()
        .iter()
        .find(|entry| {
            entry.event.publish().is_some_and(|publish| {
                publish.version > *version && !publish.version.is_prerelease()
            })
        })
        .map(|entry| entry.event.at.to_string())
}

impl PromptStatus {
    fn is_quiet(&self) -> bool {
        self.draft.is_none() && self.behind.is_empty() && self.conflicts.is_empty()
    }
}
