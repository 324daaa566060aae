//! `void`: a published version counts no more, and its file may go. The only way to redact.

use serde::Serialize;

use super::Ctx;
use super::ctx::Write;
use super::error::{Error, ErrorKind, Result};
use super::prompt::Prompt;
use super::publish::Status;
use super::session::Recorded;
use crate::model::{Entry, EventId, LabelState, NumberState, Op, PromptName, Publish, VersionId};
use crate::store::{draft_path, version_path};
use crate::text::digest::sha256;

/// What `void` is asked for.
#[derive(Debug, Clone)]
pub struct Void {
    /// The prompt.
    pub name: PromptName,
    /// The event that published the version: its id, or the first digits of it, at least four.
    pub event: String,
    /// How to write.
    pub write: Write,
}

/// A version that counts no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Voided {
    /// The prompt.
    pub name: String,
    /// The number that the event published.
    pub version: String,
    /// The event that published it.
    pub target: String,
    /// Whether that is a change.
    pub status: Status,
    /// The files that hold its bytes and may be deleted now.
    pub files: Vec<String>,
    /// The event.
    #[serde(flatten)]
    pub recorded: Option<Recorded>,
}

/// Voids what an event published.
pub fn void(ctx: &Ctx, request: &Void) -> Result<Voided> {
    let name = &request.name;
    ctx.write(&request.write, |session| {
        session.refuse_expected()?;
        // Also where `resolve` is stuck: a void is one of the ways out.
        let prompt = session
            .find_prompt(name)?
            .ok_or_else(|| ctx.no_such_prompt(name))?;
        let entry = prompt.find_event(&request.event)?;
        let target = entry.id;
        let Some(facts) = entry.event.publish() else {
            return Err(Error::new(
                ErrorKind::Invalid,
                format!(
                    "event {} is a `{}` and published nothing",
                    target.short(),
                    entry.event.op.name()
                ),
            )
            .hint(format!(
                "`promptctl log {name}` shows the ids of publications"
            )));
        };
        let mut outcome = Voided {
            name: name.to_string(),
            version: facts.version.to_string(),
            target: target.to_string(),
            status: Status::Unchanged,
            files: Vec::new(),
            recorded: None,
        };
        if prompt.history.is_void(&facts.id()) {
            return Ok(outcome);
        }
        check_unlabelled(&prompt, &facts.id())?;
        outcome.files = files(ctx, &prompt, facts)?;
        let draft = ctx.store.read_draft(name)?.unwrap_or_default();
        if sha256(&draft) == facts.sha256 {
            ctx.remark(format!(
                "`{}` still has the voided text; edit it",
                draft_path(ctx.store.root(), name)
            ));
        }
        session.need_message()?;
        let op = Op::Void { target };
        let heads = prompt.history.heads();
        outcome.recorded = Some(session.record(name, heads, op, "")?);
        outcome.status = session.status();
        Ok(outcome)
    })
}

/// The files with the voided bytes, but for those of versions that stand: what a redaction deletes.
fn files(ctx: &Ctx, prompt: &Prompt, facts: &Publish) -> Result<Vec<String>> {
    let name = &prompt.name;
    let now = prompt.history.current(&facts.id());
    let mut files = Vec::new();
    for version in ctx.store.folder(name)?.unwrap_or_default().versions {
        let bytes = ctx.store.read_version(name, &version)?.unwrap_or_default();
        if sha256(&bytes) != facts.sha256 {
            continue;
        }
        let path = version_path(ctx.store.root(), name, &version);
        let stands = matches!(prompt.history.numbers().get(&version),
            Some(NumberState::Held(held)) if prompt.history.publish(*held).sha256 == facts.sha256);
        if stands && now.as_ref() != Some(&version) {
            ctx.remark(format!(
                "`{path}` has the same text and stands as {version}; void that too if nobody may read it"
            ));
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn check_unlabelled(prompt: &Prompt, id: &VersionId) -> Result<()> {
    let name = &prompt.name;
    let version = prompt.history.current(id).unwrap_or(id.version.clone());
    let id = VersionId {
        version,
        identity: id.identity,
    };
    let in_the_way = prompt
        .history
        .labels()
        .iter()
        .find(|(_, state)| match state {
            LabelState::At(at) => *at == id,
            LabelState::Conflicted(claims) => claims.iter().flatten().any(|at| *at == id),
            LabelState::Removed => false,
        });
    match in_the_way {
        None => Ok(()),
        Some((label, _)) => Err(Error::new(
            ErrorKind::Conflicted,
            format!("the label `{label}` of `{name}` points to this version"),
        )
        .hint(format!(
            "move it first (`promptctl promote {name}@V --label {label}`), or take it away: \
             `promptctl promote {name} --label {label} --remove`"
        ))),
    }
}

impl Prompt {
    /// Finds the one event whose id begins with these digits.
    pub(super) fn find_event(&self, digits: &str) -> Result<&Entry> {
        let name = &self.name;
        let is_hex = digits
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hex || digits.len() < 4 {
            return Err(Error::new(
                ErrorKind::Invalid,
                format!("`{digits}` is no id of an event: at least 4 of its 64 digits are needed"),
            )
            .hint(format!("`promptctl log {name}` shows the ids")));
        }
        let begins = |id: &EventId| id.to_hex().starts_with(digits);
        let mut found = self
            .history
            .entries()
            .iter()
            .filter(|entry| begins(&entry.id));
        match (found.next(), found.next()) {
            (Some(entry), None) => Ok(entry),
            (None, _) => Err(Error::new(
                ErrorKind::NotFound,
                format!("`{name}` has no event {digits}"),
            )
            .hint(format!("`promptctl log {name}` shows the ids"))),
            (Some(_), Some(_)) => Err(Error::new(
                ErrorKind::Invalid,
                format!("several events of `{name}` begin with {digits}"),
            )
            .hint("give more digits")),
        }
    }
}
