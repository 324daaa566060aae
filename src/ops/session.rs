//! The one way in which a verb writes: under the lock, on the log as it is now, in one event.

use serde::Serialize;

use super::Ctx;
use super::ctx::Write;
use super::error::{Error, ErrorKind, Result};
use super::prompt::Prompt;
use super::schemas::SchemaCopies;
use crate::model::{Entry, Event, EventId, Op, PromptName, Version, check_author, check_message};
use crate::store::{Locked, Publication, changelog_path};
use crate::text::changelog::{LINE_BYTES, print_line};
use crate::text::digest::sha256;

/// How often a write begins again because git replaced the log under it.
const ATTEMPTS: usize = 3;

/// A write under way. Without a lock it is a rehearsal that writes nothing.
pub(super) struct Session<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) write: &'a Write,
    locked: Option<Locked<'a>>,
}

/// An event as it was recorded, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// The event's id.
    pub event: String,
    /// Its line, of a rehearsal only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
}

/// What became of the draft after a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DraftAfter {
    /// It is the published text.
    Published,
    /// It was brought up to the published text.
    Updated,
    /// It has edits that were never published, and was left alone.
    LeftAlone,
}

impl Ctx {
    /// Runs a write under the lock. Whatever it reads it must read through the session, so that it
    /// decides on what is there now. A rehearsal takes no lock.
    pub(super) fn write<T>(&self, write: &Write, act: impl Fn(&Session) -> Result<T>) -> Result<T> {
        check_author(&write.by).map_err(|error| {
            Error::from(error).hint(
                "`--by 'Ada Example <ada@example.com>'`, PROMPTCTL_AUTHOR, or git's user.name say who writes",
            )
        })?;
        if let Some(message) = &write.message {
            check_message(message)?;
        }
        let mut attempt = 1;
        loop {
            let locked = if write.dry_run {
                None
            } else {
                Some(self.store.lock(write.wait)?)
            };
            let session = Session {
                ctx: self,
                write,
                locked,
            };
            match act(&session) {
                Err(error) if error.kind() == ErrorKind::Replaced && attempt < ATTEMPTS => {
                    attempt += 1;
                }
                result => return result,
            }
        }
    }
}

impl Session<'_> {
    /// Reads a prompt to write to it: its torn tail is mended first.
    pub(super) fn find_prompt(&self, name: &PromptName) -> Result<Option<Prompt>> {
        let Some(locked) = &self.locked else {
            return self.ctx.find_prompt(name);
        };
        // Reading as everybody does gives the better messages.
        if self.ctx.find_prompt(name)?.is_none() {
            return Ok(None);
        }
        let log = locked.read_log(name)?;
        Ok(log.map(|log| Prompt::new(name.clone(), log)))
    }

    /// Reads a prompt that must be there, with nothing open but what a new event settles.
    pub(super) fn prompt(&self, name: &PromptName) -> Result<Prompt> {
        let prompt = self
            .find_prompt(name)?
            .ok_or_else(|| self.ctx.no_such_prompt(name))?;
        prompt.check_settled()?;
        Ok(prompt)
    }

    /// Tells whether nothing is written.
    pub(super) fn is_rehearsal(&self) -> bool {
        self.locked.is_none()
    }

    /// Returns the lock; a rehearsal has none.
    pub(super) fn locked(&self) -> Option<&Locked<'_>> {
        self.locked.as_ref()
    }

    /// Records an event without a file of its own.
    pub(super) fn record(
        &self,
        name: &PromptName,
        heads: Vec<EventId>,
        op: Op,
        default_message: &str,
    ) -> Result<Recorded> {
        let (entry, line) = self.compose(name, heads, op, default_message)?;
        if let Some(locked) = &self.locked {
            locked.append(name, entry.id, &line)?;
        }
        Ok(self.recorded(&entry, line))
    }

    /// Publishes the file of a version and records the event that makes it one.
    pub(super) fn publish(
        &self,
        name: &PromptName,
        heads: Vec<EventId>,
        op: Op,
        default_message: &str,
        (version, text): (&Version, &str),
    ) -> Result<Recorded> {
        let (entry, line) = self.compose(name, heads, op, default_message)?;
        if let Some(locked) = &self.locked {
            let publication = locked.publish(name, version, text.as_bytes())?;
            if publication == Publication::Replaced {
                self.ctx.remark(format!(
                    "a file of {version} lay there that no event mentioned; it is kept in \
                     `.promptctl/recovered/`"
                ));
            }
            if let Err(error) = locked.append(name, entry.id, &line) {
                let error = Error::from(error);
                // Unknown: the event may be there, and then it needs its file. Replaced: the file may
                // be git's own by now.
                let is_ours = !matches!(error.kind(), ErrorKind::Unknown | ErrorKind::Replaced)
                    && publication != Publication::Adopted;
                if is_ours {
                    // What stays behind is an orphan; the first error is the one that matters.
                    let _ = locked.unpublish(name, version);
                }
                return Err(error);
            }
        }
        Ok(self.recorded(&entry, line))
    }

    /// Keeps the copies of the named schemas that a version is about to be published with.
    pub(super) fn keep_schemas(&self, copies: &SchemaCopies) -> Result<()> {
        if let Some(locked) = &self.locked {
            for copy in copies.values() {
                locked.keep_schema(&copy.digest, &copy.bytes)?;
            }
        }
        Ok(())
    }

    fn compose(
        &self,
        name: &PromptName,
        heads: Vec<EventId>,
        op: Op,
        default_message: &str,
    ) -> Result<(Entry, String)> {
        let message = self.write.message.clone();
        let event = Event {
            name: name.clone(),
            op,
            parents: heads,
            message: Some(message.unwrap_or_else(|| default_message.to_owned())),
            by: self.write.by.clone(),
            at: self.ctx.now,
            ext: None,
        };
        let (entry, line) = print_line(event);
        if line.len() > LINE_BYTES {
            let path = changelog_path(self.ctx.store.root(), name);
            return Err(Error::new(
                ErrorKind::Limit,
                format!(
                    "the line for `{path}` would have {} bytes; the limit is {LINE_BYTES}",
                    line.len()
                ),
            ));
        }
        Ok((entry, line))
    }

    fn recorded(&self, entry: &Entry, line: String) -> Recorded {
        if !self.is_rehearsal() {
            self.ctx.set_recorded(entry.id.to_string());
        }
        Recorded {
            event: entry.id.to_string(),
            line: self.is_rehearsal().then_some(line),
        }
    }

    /// Brings the draft up to what was published, if nothing unpublished is lost by that. The
    /// event is recorded by now: a failure here is a remark and not an error.
    pub(super) fn refresh_draft(
        &self,
        prompt: Option<&Prompt>,
        name: &PromptName,
        text: &str,
    ) -> DraftAfter {
        let draft = match self.ctx.draft(name) {
            Ok(draft) => draft,
            Err(error) => {
                self.ctx
                    .remark(format!("the draft was left alone: {error}"));
                return DraftAfter::LeftAlone;
            }
        };
        match draft {
            Some(draft) if draft == text => return DraftAfter::Published,
            Some(draft) if !prompt.is_some_and(|prompt| prompt.has_published(&draft)) => {
                return DraftAfter::LeftAlone;
            }
            _ => {}
        }
        if let Some(locked) = &self.locked
            && let Err(error) = locked.write_draft(name, text.as_bytes())
        {
            self.ctx.remark(format!(
                "the version is published, but its draft is not: {error}"
            ));
            return DraftAfter::LeftAlone;
        }
        DraftAfter::Updated
    }

    /// Checks `--expect`: what a label must still point to.
    pub(super) fn check_expected(
        &self,
        prompt: Option<&Prompt>,
        labels: &[crate::model::Label],
    ) -> Result<()> {
        use super::ctx::Expect;
        let Some(expect) = &self.write.expect else {
            return Ok(());
        };
        if labels.is_empty() {
            return Err(Error::new(
                ErrorKind::Invalid,
                "`--expect` speaks of a label, and this write moves none",
            ));
        }
        for label in labels {
            let now = match prompt {
                Some(prompt) => prompt.pointed_to(label)?.map(|id| id.version),
                None => None,
            };
            let expected = match expect {
                Expect::Nothing => None,
                Expect::Version(version) => Some(version.clone()),
            };
            if now != expected {
                let say = |version: Option<Version>| {
                    version.map_or_else(|| "nothing".to_owned(), |version| version.to_string())
                };
                return Err(Error::new(
                    ErrorKind::Expectation,
                    format!(
                        "`{label}` points to {}, not to {} as expected; nothing was written",
                        say(now),
                        say(expected)
                    ),
                )
                .hint("somebody was faster: look at `promptctl list`, then decide again"));
            }
        }
        Ok(())
    }

    /// Fails if `--expect` is given where no label moves.
    pub(super) fn refuse_expected(&self) -> Result<()> {
        self.check_expected(None, &[])
    }

    /// Fails where a message must be given and is not.
    pub(super) fn need_message(&self) -> Result<()> {
        if self.write.message.is_some() {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Invalid,
            "this needs a message: it stays in the changelog for good",
        )
        .hint("say why, with `-m 'Ask for the order number'`"))
    }
}

impl Prompt {
    /// Tells whether some version has exactly this text.
    pub(super) fn has_published(&self, text: &str) -> bool {
        let digest = sha256(text.as_bytes());
        self.history
            .entries()
            .iter()
            .filter_map(|entry| entry.event.publish())
            .any(|publish| publish.sha256 == digest)
    }

    /// Returns where labels point now, for the member `was`.
    pub(super) fn was(&self, labels: &[crate::model::Label]) -> Result<crate::model::Was> {
        labels
            .iter()
            .map(|label| Ok((label.clone(), self.was_at(label)?)))
            .collect()
    }

    /// A conflicted label is settled by the next event about it; there is no one place it was at.
    fn was_at(&self, label: &crate::model::Label) -> Result<Option<crate::model::VersionId>> {
        match self.history.label(label) {
            Some(crate::model::LabelState::Conflicted(_)) => Ok(None),
            _ => self.pointed_to(label),
        }
    }
}
