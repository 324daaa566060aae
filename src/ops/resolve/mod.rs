//! `resolve`: what a merge, a cherry-pick or damage left open is settled, by appending.
//!
//! It reads every line that verifies, from the file and from what git has of it; asks the caller
//! where there is a choice; puts files and log in order; and records one `resolve` event. It alone
//! may replace a damaged log or a published file, after a copy was set aside. Run again it changes
//! nothing.

mod choice;
mod draft;
mod evidence;
mod files;
mod sides;

use std::collections::BTreeMap;

use serde::Serialize;

use self::choice::Choices;
use self::evidence::Evidence;
use self::files::Mended;
use super::Ctx;
use super::ctx::Write;
use super::error::{Error, Result};
use super::list::Unreadable;
use super::prompt::Prompt;
use super::publish::Status;
use super::session::{Recorded, Session};
use crate::model::{Label, Op, PromptName, Version};

/// What `resolve` is asked for.
#[derive(Debug, Clone)]
pub struct Resolve {
    /// The prompt; none: every prompt that needs it.
    pub name: Option<PromptName>,
    /// Whose versions and labels stay where both sides claim them.
    pub keep: Option<Keep>,
    /// Where labels in conflict point from now on, in numbers after resolving.
    pub take: Vec<Take>,
    /// How to write.
    pub write: Write,
}

/// One side of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// The branch that was checked out: git's stage 2, else the first parent.
    Ours,
    /// The branch that was merged.
    Theirs,
}

/// Where a label points from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Take {
    /// The label.
    pub label: Label,
    /// The version; none: nowhere.
    pub version: Option<Version>,
}

/// What was settled, prompt by prompt.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Resolved {
    /// The prompts that were looked at and needed something.
    pub prompts: Vec<Settled>,
    /// Those that could not be settled, and why.
    pub unsettled: Vec<Unreadable>,
}

/// What was settled about one prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// The prompt.
    pub name: String,
    /// Whether something was written.
    pub status: Status,
    /// Versions that got another number: the old one, the new one.
    pub renumbered: Vec<(String, String)>,
    /// Settled labels and where they point; null: nowhere.
    pub labels: BTreeMap<String, Option<String>>,
    /// How many roots were accepted as one prompt.
    pub roots: usize,
    /// How many events are accepted as lost.
    pub absent: usize,
    /// How many lines of the log held something else than events; the copy has them.
    pub lost_lines: usize,
    /// How many events were brought back from git.
    pub recovered_events: usize,
    /// Files that were put in order.
    pub files: Vec<String>,
    /// Copies of what was replaced.
    pub kept: Vec<String>,
    /// The event; none if only files were put in order.
    #[serde(flatten)]
    pub recorded: Option<Recorded>,
}

/// Settles what is open. With no prompt named, one that cannot be settled does not keep the others
/// from it.
pub fn resolve(ctx: &Ctx, request: &Resolve) -> Result<Resolved> {
    ctx.write(&request.write, |session| {
        session.refuse_expected()?;
        let mut resolved = Resolved::default();
        if let Some(name) = &request.name {
            resolved.prompts.extend(settle(session, request, name)?);
            return Ok(resolved);
        }
        let mut first_error: Option<Error> = None;
        for folder in ctx.prompt_folders(None)? {
            let outcome = folder
                .name()
                .map_err(Error::from)
                .and_then(|name| settle(session, request, &name));
            match outcome {
                Ok(settled) => resolved.prompts.extend(settled),
                Err(error) if error.kind().is_of_the_machine() => return Err(error),
                Err(error) => {
                    let unsettled = Unreadable::new(folder.path, &error);
                    resolved.unsettled.push(unsettled);
                    first_error.get_or_insert(error);
                }
            }
        }
        match first_error {
            // Nothing could be settled at all: say why, as for a single prompt.
            Some(error) if resolved.prompts.is_empty() => Err(error),
            _ => Ok(resolved),
        }
    })
}

fn settle(session: &Session, request: &Resolve, name: &PromptName) -> Result<Option<Settled>> {
    let Some(evidence) = Evidence::gather(session, name)? else {
        return match request.name {
            Some(_) => Err(session.ctx.no_such_prompt(name)),
            None => Ok(None),
        };
    };
    let prompt = evidence.prompt(name);
    let choices = Choices::make(session.ctx, &prompt, &evidence, request)?;
    let mut kept = Vec::new();
    // First the log: whatever else is missing, `void` works on a log that verifies.
    if evidence.is_damaged {
        kept.extend(evidence.keep_copy(session, name)?);
        evidence.rewrite(session, name)?;
    }
    let Mended {
        files,
        kept: replaced,
    } = files::mend(session, &prompt, &evidence, &choices)?;
    kept.extend(replaced);
    let recorded = record(session, &prompt, &choices)?;
    if files.is_empty() && recorded.is_none() && !evidence.is_damaged {
        return Ok(None);
    }
    draft::settle(session, &prompt, &evidence, request.keep);
    Ok(Some(Settled {
        recovered_events: evidence.recovered,
        lost_lines: evidence.lost_lines,
        files,
        kept,
        recorded,
        ..Settled::of(name, &choices, session.status())
    }))
}

fn record(session: &Session, prompt: &Prompt, choices: &Choices) -> Result<Option<Recorded>> {
    if choices.is_empty() {
        return Ok(None);
    }
    let op = Op::Resolve(Box::new(choices.event()));
    let heads = prompt.history.heads();
    session.record(&prompt.name, heads, op, "Resolve").map(Some)
}

impl Settled {
    fn of(name: &PromptName, choices: &Choices, status: Status) -> Self {
        Self {
            name: name.to_string(),
            status,
            renumbered: choices
                .renumbered()
                .map(|(old, new)| (old.to_string(), new.to_string()))
                .collect(),
            labels: choices
                .labels
                .iter()
                .map(|(label, id)| {
                    let version = id.as_ref().map(|id| id.version.to_string());
                    (label.to_string(), version)
                })
                .collect(),
            roots: choices.roots.len(),
            absent: choices.absent.len(),
            recovered_events: 0,
            lost_lines: 0,
            files: Vec::new(),
            kept: Vec::new(),
            recorded: None,
        }
    }
}
