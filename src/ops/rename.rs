//! `rename`: a prompt goes on under another name, with what its labels point to.
//!
//! Nothing moves: the versions in use are published again under the new name, and the old prompt
//! is retired with the new one as its successor. Run again it completes what was cut short.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Ctx;
use super::create::check_place;
use super::ctx::Write;
use super::error::{Error, ErrorKind, Result};
use super::prompt::Prompt;
use super::publish::{Content, NewVersion, Published, Status};
use super::retire::{Retired, record};
use super::session::Session;
use crate::model::{Label, LabelState, Op, Origin, Promote, PromptName, Version, VersionId};

/// What `rename` is asked for.
#[derive(Debug, Clone)]
pub struct Rename {
    /// The name so far.
    pub old: PromptName,
    /// The new name.
    pub new: PromptName,
    /// How to write.
    pub write: Write,
}

/// A prompt that goes on under another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renamed {
    /// The name so far.
    pub old: String,
    /// The new name.
    pub new: String,
    /// Whether something was written.
    pub status: Status,
    /// The versions that were published under the new name.
    pub versions: Vec<Published>,
    /// The end of the old prompt; none if it had ended already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retired>,
}

/// Publishes what is in use of a prompt under a new name, and retires the old one.
pub fn rename(ctx: &Ctx, request: &Rename) -> Result<Renamed> {
    let (old, new) = (&request.old, &request.new);
    if old == new {
        return Err(Error::new(ErrorKind::Invalid, "the two names are the same"));
    }
    ctx.write(&request.write, |session| {
        session.refuse_expected()?;
        let from = session.prompt(old)?;
        let is_done = from.history.is_retired() && from.successor() == Some(new.as_str());
        if !is_done {
            from.check_in_use()?;
        }
        let target = session.find_prompt(new)?;
        match &target {
            None => check_place(ctx, new)?,
            Some(target) if target.comes_from(old) => {
                target.check_settled()?;
                target.check_in_use()?;
            }
            Some(_) => {
                return Err(Error::new(
                    ErrorKind::Exists,
                    format!("there is a prompt `{new}` already"),
                )
                .hint("choose another name"));
            }
        }
        let mut outcome = Renamed {
            old: old.to_string(),
            new: new.to_string(),
            status: Status::Unchanged,
            versions: Vec::new(),
            retired: None,
        };
        if is_done {
            return Ok(outcome);
        }
        outcome.versions = publish_again(session, &from, new, target)?;
        outcome.retired = Some(retire_old(session, &from, new)?);
        outcome.status = session.status();
        Ok(outcome)
    })
}

/// The versions that labels point to, or the latest one where there are no labels.
fn in_use(prompt: &Prompt) -> Result<BTreeMap<Version, Vec<Label>>> {
    let mut versions: BTreeMap<Version, Vec<Label>> = BTreeMap::new();
    for label in prompt.history.labels().keys() {
        if let Some(id) = prompt.pointed_to(label)? {
            versions.entry(id.version).or_default().push(label.clone());
        }
    }
    if versions.is_empty() {
        versions.insert(prompt.latest(true)?.0, Vec::new());
    }
    Ok(versions)
}

fn publish_again(
    session: &Session,
    from: &Prompt,
    name: &PromptName,
    mut target: Option<Prompt>,
) -> Result<Vec<Published>> {
    let origin = Origin {
        name: from.name.clone(),
        heads: from.history.heads(),
    };
    let mut published = Vec::new();
    for (version, labels) in in_use(from)? {
        let (version, held) = from.exact(&version)?;
        if let Some(target) = &target
            && let Some(known) = target.held(&version)?
        {
            if known.identity != held.identity {
                return Err(Error::new(
                    ErrorKind::Exists,
                    format!("`{name}@{version}` exists already, with other content"),
                )
                .hint("choose another name, or void that version first"));
            }
            follow_labels(session, target, &version, &labels)?;
            continue;
        }
        let text = session.ctx.text_of(from, &version, held)?;
        let new = NewVersion {
            version,
            content: Content::again(session.ctx, text, from.history.publish(held))?,
            from: None,
            labels,
            copy: None,
            origin: Some(origin.clone()),
        };
        let message = format!("Renamed from {}", from.name);
        published.push(session.publish_version(
            name,
            target.as_ref(),
            &new,
            Op::Create,
            &message,
        )?);
        if !session.is_rehearsal() {
            target = session.find_prompt(name)?;
        }
    }
    keep_edits(session, from, name);
    Ok(published)
}

/// Labels that moved on the old prompt after a renaming was cut short move on the new one too.
fn follow_labels(
    session: &Session,
    target: &Prompt,
    version: &Version,
    labels: &[Label],
) -> Result<()> {
    let labels: Vec<Label> = labels
        .iter()
        .filter(|label| !target.all_point_to(std::slice::from_ref(label), version))
        .cloned()
        .collect();
    if labels.is_empty() {
        return Ok(());
    }
    let (version, held) = target.exact(version)?;
    let identity = held.identity;
    let op = Op::Promote(Promote {
        version: VersionId { version, identity },
        was: target.was(&labels)?,
        labels,
        rollback: false,
        accept_breaking: None,
        overridden: None,
    });
    // The log may have grown since it was read for the first of the versions.
    let now = session.prompt(&target.name)?;
    session.record(
        &target.name,
        now.history.heads(),
        op,
        "Follow the renamed prompt",
    )?;
    Ok(())
}

/// Edits that were never published go along, unless the new prompt has some of its own; the old
/// draft stays where it is.
fn keep_edits(session: &Session, from: &Prompt, name: &PromptName) {
    let (Some(locked), Ok(Some(draft))) = (session.locked(), session.ctx.draft(&from.name)) else {
        return;
    };
    if from.has_published(&draft) {
        return;
    }
    let target = session.find_prompt(name).ok().flatten();
    let own = session.ctx.draft(name).ok().flatten();
    if own.is_some_and(|own| !target.is_some_and(|target| target.has_published(&own))) {
        session.ctx.remark(format!(
            "the drafts of `{}` and `{name}` both have unpublished edits; both were left alone",
            from.name
        ));
        return;
    }
    match locked.write_draft(name, draft.as_bytes()) {
        Ok(()) => session.ctx.remark(format!(
            "the draft of `{}` has unpublished edits; they are in the draft of `{name}` now too",
            from.name
        )),
        Err(error) => session
            .ctx
            .remark(format!("the draft was not copied: {error}")),
    }
}

fn retire_old(session: &Session, from: &Prompt, new: &PromptName) -> Result<Retired> {
    let labels: Vec<Label> = from
        .history
        .labels()
        .iter()
        .filter(|(_, state)| **state != LabelState::Removed)
        .map(|(label, _)| label.clone())
        .collect();
    record(session, from, None, labels, Some(new.to_string()))
}

impl Prompt {
    /// Tells whether the prompt began as another one.
    pub(super) fn comes_from(&self, name: &PromptName) -> bool {
        self.history
            .entries()
            .iter()
            .filter_map(|entry| entry.event.publish()?.origin.as_ref())
            .any(|origin| origin.name == *name)
    }

    /// Returns the name that the prompt had before.
    pub(super) fn earlier_name(&self) -> Option<&PromptName> {
        self.history
            .entries()
            .iter()
            .find_map(|entry| entry.event.publish()?.origin.as_ref())
            .map(|origin| &origin.name)
    }
}
