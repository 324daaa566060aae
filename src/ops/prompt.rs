//! Reading a prompt: its log folded, its versions verified.

use super::Ctx;
use super::error::{Error, ErrorKind, Result};
use crate::model::{Held, History, NumberState, PromptName, Version};
use crate::store::{CHANGELOG, LogFile, changelog_path, version_path};
use crate::text::changelog::{FaultReason, LineError, Log, Tail};
use crate::text::digest::sha256;
use crate::text::document::normalized;
use crate::text::suggest::nearest;

/// A prompt as its log tells it.
#[derive(Debug, Clone)]
pub(super) struct Prompt {
    pub(super) name: PromptName,
    pub(super) history: History,
}

impl Ctx {
    /// Reads a prompt that must be there.
    pub(super) fn prompt(&self, name: &PromptName) -> Result<Prompt> {
        self.find_prompt(name)?
            .ok_or_else(|| self.no_such_prompt(name))
    }

    /// Reads a prompt, if it is there. A log that does not verify is an error, a torn tail is not:
    /// somebody may be writing it.
    pub(super) fn find_prompt(&self, name: &PromptName) -> Result<Option<Prompt>> {
        let Some(LogFile { log, .. }) = self.store.read_log(name)? else {
            return Ok(None);
        };
        self.check_log(name, &log)?;
        Ok(Some(Prompt::new(name.clone(), log)))
    }

    fn check_log(&self, name: &PromptName, log: &Log) -> Result<()> {
        let path = changelog_path(self.store.root(), name);
        if let Some(fault) = log.faults.first() {
            return Err(damaged_log(name, &path, fault.line, &fault.reason));
        }
        if log.entries.is_empty() {
            return Err(
                Error::new(ErrorKind::Damaged, format!("`{path}` has no events")).hint(format!(
                    "`git checkout -- {path}` brings the committed log back"
                )),
            );
        }
        if let Tail::Torn { reason, .. } = &log.tail {
            if let FaultReason::Line(LineError::NewerFormat(_)) = reason {
                return Err(damaged_log(name, &path, log.lines.len() + 1, reason));
            }
            self.remark(format!(
                "`{path}` ends with a piece of a line, which is ignored: a write is under way or \
                 was cut short; the next write, or `promptctl repair`, sets it aside"
            ));
        }
        Ok(())
    }

    pub(super) fn no_such_prompt(&self, name: &PromptName) -> Error {
        let path = format!("{}/{name}", self.store.root());
        let error = Error::new(ErrorKind::NotFound, format!("there is no prompt `{name}`"));
        let folder = self.store.folder(name).ok().flatten();
        if folder.is_some_and(|folder| folder.has_draft) {
            return error.hint(format!(
                "`{path}/draft.prompt` is not published yet: `promptctl create {name}` does that"
            ));
        }
        let names: Vec<String> = self
            .store
            .folders()
            .unwrap_or_default()
            .into_iter()
            .filter(|folder| folder.has_log)
            .map(|folder| folder.path)
            .collect();
        match nearest(name.as_str(), names.iter().map(String::as_str)) {
            Some(meant) => error.hint(format!("did you mean `{meant}`?")),
            None => error.hint("`promptctl list` shows the prompts there are"),
        }
    }

    /// Reads the text of a version and proves that it is the one that was published.
    pub(super) fn text_of(&self, prompt: &Prompt, version: &Version, held: Held) -> Result<String> {
        let path = version_path(self.store.root(), &prompt.name, version);
        let Some(bytes) = self.store.read_version(&prompt.name, version)? else {
            if prompt.history.numbers().get(version) == Some(&NumberState::Burnt) {
                return Err(Error::new(
                    ErrorKind::NotFound,
                    format!(
                        "`{}@{version}` was voided, and its file is gone",
                        prompt.name
                    ),
                )
                .hint("publish what includes it again, with another version of it"));
            }
            return Err(Error::new(
                ErrorKind::Damaged,
                format!("`{path}` is missing, and the changelog says that it was published"),
            )
            .hint(format!(
                "`git checkout -- {path}`, or `promptctl resolve {}`",
                prompt.name
            )));
        };
        let expected = prompt.history.publish(held).sha256;
        let found = sha256(&bytes);
        if found != expected {
            return Err(Error::new(
                ErrorKind::Damaged,
                format!(
                    "`{path}` was changed after it was published: its SHA-256 begins {}, the \
                     changelog says {}",
                    found.short(),
                    expected.short()
                ),
            )
            .hint(format!(
                "`git checkout -- {path}` brings it back; publish your edit with \
                 `promptctl patch {} --file FILE`",
                prompt.name
            )));
        }
        String::from_utf8(bytes)
            .map_err(|_| Error::new(ErrorKind::Damaged, format!("`{path}` is not UTF-8")))
    }

    /// Reads a prompt's draft with the line ends that publishing would give it.
    pub(super) fn draft(&self, name: &PromptName) -> Result<Option<String>> {
        let Some(bytes) = self.store.read_draft(name)? else {
            return Ok(None);
        };
        let path = crate::store::draft_path(self.store.root(), name);
        decoded(&bytes, &path).map(Some)
    }
}

/// Reads bytes that an author gave, with the line ends that publishing gives them.
pub(super) fn decoded(bytes: &[u8], path: &str) -> Result<String> {
    str::from_utf8(bytes).map(normalized).map_err(|error| {
        let at = error.valid_up_to();
        let line = bytes[..at].split(|&byte| byte == b'\n').count();
        Error::new(
            ErrorKind::Refused,
            format!("`{path}` is not UTF-8: line {line}, byte {at}"),
        )
        .hint("save it as UTF-8")
    })
}

fn damaged_log(name: &PromptName, path: &str, line: usize, reason: &FaultReason) -> Error {
    let message = format!("`{path}`, line {line}: {reason}");
    match reason {
        FaultReason::Line(LineError::NewerFormat(_)) => {
            Error::new(ErrorKind::NewerFormat, message).hint("install a newer promptctl")
        }
        FaultReason::Line(LineError::ConflictMarker) => Error::new(ErrorKind::Damaged, message)
            .hint(format!(
                "`promptctl resolve {name}` keeps the events of both sides"
            )),
        _ => Error::new(ErrorKind::Damaged, message).hint(format!(
            "`git checkout -- {path}` brings the committed log back; `promptctl resolve {name}` \
             keeps every line that verifies"
        )),
    }
}

impl Prompt {
    pub(super) fn new(name: PromptName, log: Log) -> Self {
        Self {
            name,
            history: History::fold(log.entries),
        }
    }

    /// Fails if a merge left something open that makes every answer doubtful.
    pub(super) fn check_settled(&self) -> Result<()> {
        let history = &self.history;
        let message = if !history.unsettled_roots().is_empty() {
            format!(
                "`{}` was created {} times, on branches that know nothing of each other",
                self.name,
                history.unsettled_roots().len()
            )
        } else if let Some(absent) = history.unsettled_parents().first() {
            format!(
                "the {CHANGELOG} of `{}` lacks event {}, which later events build upon",
                self.name,
                absent.short()
            )
        } else {
            return Ok(());
        };
        Err(self.conflict(message))
    }

    pub(super) fn conflict(&self, message: String) -> Error {
        Error::new(ErrorKind::Conflicted, message)
            .hint(format!("`promptctl resolve {}` settles it", self.name))
    }

    /// Returns what a number stands for; fails if that is in dispute.
    pub(super) fn held(&self, version: &Version) -> Result<Option<Held>> {
        match self.history.numbers().get(version) {
            Some(NumberState::Held(held)) => Ok(Some(*held)),
            Some(NumberState::Conflicted(claims)) => Err(self.conflict(format!(
                "`{}@{version}` was published {} times with different content",
                self.name,
                claims.len()
            ))),
            Some(NumberState::Burnt) | None => Ok(None),
        }
    }
}
