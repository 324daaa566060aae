//! Every event of a prompt that can be had: from its log, and from what git has of it.

use std::collections::BTreeSet;

use crate::model::{Entry, EventId, History, PromptName};
use crate::ops::Ctx;
use crate::ops::error::Result;
use crate::ops::prompt::Prompt;
use crate::ops::session::Session;
use crate::store::changelog_path;
use crate::store::git::{self, Stage};
use crate::text::changelog::{self, print_line};

/// What is known about a prompt.
pub(super) struct Evidence {
    /// The events that verify, none twice.
    pub(super) entries: Vec<Entry>,
    /// Whether the log holds more than events, or lacks some that git has.
    pub(super) is_damaged: bool,
    /// How many events came from git only.
    pub(super) recovered: usize,
    /// The events of the branch that was checked out, where there is a merge.
    pub(super) ours: Option<BTreeSet<EventId>>,
    /// The events of the branch that was merged.
    pub(super) theirs: Option<BTreeSet<EventId>>,
    /// The commits that may hold the other side's files.
    pub(super) revisions: Vec<String>,
    bytes: Vec<u8>,
}

impl Evidence {
    /// Gathers; `None` if there is no log at all.
    pub(super) fn gather(session: &Session, name: &PromptName) -> Result<Option<Self>> {
        let ctx = session.ctx;
        let Some(file) = ctx.store.read_log(name)? else {
            return Ok(None);
        };
        if let Some(locked) = session.locked()
            && file.log.faults.is_empty()
        {
            locked.mend_tail(name, &file)?;
        }
        let mut evidence = Self {
            entries: file.log.entries,
            is_damaged: !file.log.faults.is_empty(),
            recovered: 0,
            ours: None,
            theirs: None,
            revisions: Vec::new(),
            bytes: file.bytes,
        };
        let is_sound = !evidence.is_damaged && is_settled(&evidence.prompt(name).history);
        if is_sound && files_are_sound(ctx, &evidence.prompt(name))? {
            return Ok(Some(evidence));
        }
        evidence.ask_git(ctx, name);
        Ok(Some(evidence))
    }

    /// Asks git for the two sides, and for events that the log lacks.
    fn ask_git(&mut self, ctx: &Ctx, name: &PromptName) {
        let folder = ctx.store.path();
        let path = changelog_path(ctx.store.root(), name);
        let events = |bytes: Vec<u8>| changelog::read(&bytes, name).entries;
        self.revisions = git::parents_of_merge(folder);
        let at = |revision: &str| git::file_at(folder, revision, &path).map(events);
        let has = |revision: &str| self.revisions.iter().any(|known| known == revision);
        // Unmerged: the stages. Merged but not committed: HEAD and MERGE_HEAD. Committed: parents.
        let staged = |stage| git::file_at_stage(folder, stage, &path).map(events);
        let (ours, theirs) = match (staged(Stage::Ours), staged(Stage::Theirs)) {
            (None, None) if has("MERGE_HEAD") => (at("HEAD"), at("MERGE_HEAD")),
            (None, None) if has("HEAD^2") => (at("HEAD^1"), at("HEAD^2")),
            stages => stages,
        };
        let known: BTreeSet<EventId> = self.entries.iter().map(|entry| entry.id).collect();
        let mut found = Vec::new();
        for side in [&ours, &theirs].into_iter().flatten() {
            found.extend(side.iter().cloned());
        }
        // A damaged log, or one that lacks parents, may be whole elsewhere.
        let prompt = self.prompt(name);
        if self.is_damaged || !prompt.history.unsettled_parents().is_empty() {
            for revision in &self.revisions {
                found.extend(at(revision).into_iter().flatten());
            }
        }
        let mut seen = known;
        for entry in found {
            if seen.insert(entry.id) {
                self.entries.push(entry);
                self.recovered += 1;
            }
        }
        self.is_damaged |= self.recovered > 0;
        let ids = |side: Option<Vec<Entry>>| {
            side.map(|entries| entries.iter().map(|entry| entry.id).collect())
        };
        self.ours = ids(ours);
        self.theirs = ids(theirs);
    }

    /// The revisions of the two sides of a merge, unmerged, merged or committed.
    pub(super) fn side_revisions(&self) -> Option<(String, String)> {
        let has = |revision: &str| self.revisions.iter().any(|known| known == revision);
        let pair = if has("MERGE_HEAD") {
            ("HEAD", "MERGE_HEAD")
        } else if has("HEAD^2") {
            ("HEAD^1", "HEAD^2")
        } else {
            return None;
        };
        Some((pair.0.to_owned(), pair.1.to_owned()))
    }

    /// What the events add up to.
    pub(super) fn prompt(&self, name: &PromptName) -> Prompt {
        Prompt {
            name: name.clone(),
            history: History::fold(self.entries.clone()),
        }
    }

    /// What the events of one side add up to.
    pub(super) fn history_of(&self, side: &BTreeSet<EventId>) -> History {
        let entries = self.entries.iter().filter(|entry| side.contains(&entry.id));
        History::fold(entries.cloned().collect())
    }

    /// Sets a copy of the damaged log aside.
    pub(super) fn keep_copy(&self, session: &Session, name: &PromptName) -> Result<Option<String>> {
        let path = changelog_path(session.ctx.store.root(), name);
        match session.locked() {
            Some(locked) => Ok(Some(locked.set_aside(&path, &self.bytes)?)),
            None => Ok(None),
        }
    }

    /// Writes a log of all events, parents first, in the place of the damaged one.
    pub(super) fn rewrite(&self, session: &Session, name: &PromptName) -> Result<()> {
        let Some(locked) = session.locked() else {
            return Ok(());
        };
        let mut text = String::new();
        for entry in self.prompt(name).history.entries() {
            // One way to write an event: its line comes out as it was.
            text.push_str(&print_line(entry.event.clone()).1);
            text.push('\n');
        }
        let path = changelog_path(session.ctx.store.root(), name);
        Ok(locked.replace(&path, text.as_bytes())?)
    }
}

fn is_settled(history: &History) -> bool {
    use crate::model::{LabelState, NumberState};
    history.unsettled_roots().is_empty()
        && history.unsettled_parents().is_empty()
        && !history
            .numbers()
            .values()
            .any(|state| matches!(state, NumberState::Conflicted(_)))
        && !history
            .labels()
            .values()
            .any(|state| matches!(state, LabelState::Conflicted(_)))
}

fn files_are_sound(ctx: &Ctx, prompt: &Prompt) -> Result<bool> {
    use crate::model::NumberState;
    for (version, state) in prompt.history.numbers() {
        if let NumberState::Held(held) = state
            && !super::files::is_sound(ctx, prompt, version, *held)?
        {
            return Ok(false);
        }
    }
    Ok(true)
}
