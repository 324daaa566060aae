//! Every event of a prompt that can be had: from its log, and from what git has of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Entry, EventId, History, PromptName};
use crate::ops::Ctx;
use crate::ops::error::{Error, ErrorKind, Result};
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
    /// How many lines of the log hold something else than events.
    pub(super) lost_lines: usize,
    /// How many events came from git only.
    pub(super) recovered: usize,
    /// What git knows of the branch that was checked out, newest first: its stage of the index, or
    /// the log at the first parents.
    checkpoints: Vec<BTreeSet<EventId>>,
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
        ctx.store.check_format(name, &file.log)?;
        if let Some(locked) = session.locked()
            && file.log.faults.is_empty()
        {
            locked.mend_tail(name, &file)?;
        }
        let is_damaged = !file.log.faults.is_empty() || file.log.entries.is_empty();
        let (entries, lost_lines) = if is_damaged {
            changelog::salvage(&file.bytes, name)
        } else {
            (file.log.entries, 0)
        };
        let mut evidence = Self {
            entries,
            is_damaged,
            lost_lines,
            recovered: 0,
            checkpoints: Vec::new(),
            revisions: Vec::new(),
            bytes: file.bytes,
        };
        let is_sound = !evidence.is_damaged && is_settled(&evidence.prompt(name).history);
        if is_sound && files_are_sound(ctx, &evidence.prompt(name))? {
            return Ok(Some(evidence));
        }
        evidence.ask_git(ctx, name);
        if evidence.entries.is_empty() {
            let path = changelog_path(ctx.store.root(), name);
            return Err(Error::new(
                ErrorKind::Damaged,
                format!("no line of `{path}` verifies, and git has no other copy"),
            )
            .hint(format!(
                "bring the log back from where it was last whole: `git log -- {path}`"
            )));
        }
        Ok(Some(evidence))
    }

    /// Asks git for our side, and for events that the log lacks.
    fn ask_git(&mut self, ctx: &Ctx, name: &PromptName) {
        let folder = ctx.store.path();
        let path = changelog_path(ctx.store.root(), name);
        let events = |bytes: Vec<u8>| changelog::salvage(&bytes, name).0;
        let at = |revision: &str| git::file_at(folder, revision, &path).map(events);
        self.revisions = git::parents_of_merge(folder);
        let stages = [Stage::Ours, Stage::Theirs]
            .map(|stage| git::file_at_stage(folder, stage, &path).map(events));
        let mut found: Vec<Entry> = stages.iter().flatten().flatten().cloned().collect();
        // A damaged log, or one that lacks parents, may be whole elsewhere.
        let lacks = !self.prompt(name).history.unsettled_parents().is_empty();
        let is_merging = self.revisions.iter().any(|known| known == "MERGE_HEAD");
        if self.is_damaged || lacks || is_merging {
            found.extend(self.revisions.iter().filter_map(|r| at(r)).flatten());
        }
        let ids = |entries: Vec<Entry>| entries.iter().map(|entry| entry.id).collect();
        self.checkpoints = match &stages[0] {
            Some(ours) => vec![ids(ours.clone())],
            None => git::first_parents(folder, &path)
                .iter()
                .filter_map(|revision| at(revision))
                .map(ids)
                .collect(),
        };
        let mut seen: BTreeSet<EventId> = self.entries.iter().map(|entry| entry.id).collect();
        for entry in found {
            if seen.insert(entry.id) {
                self.entries.push(entry);
                self.recovered += 1;
            }
        }
        self.is_damaged |= self.recovered > 0;
    }

    /// The events of our side, as they were before a question was open: the newest state of the
    /// checked-out branch that `settles` it.
    pub(super) fn ours(
        &self,
        settles: impl Fn(&BTreeSet<EventId>) -> bool,
    ) -> Option<&BTreeSet<EventId>> {
        self.checkpoints.iter().find(|side| settles(side))
    }

    /// The events of the other side: whatever is not ours, and what it builds upon.
    pub(super) fn theirs(&self, ours: &BTreeSet<EventId>) -> BTreeSet<EventId> {
        let by_id: BTreeMap<EventId, &Entry> =
            self.entries.iter().map(|entry| (entry.id, entry)).collect();
        let mut theirs = BTreeSet::new();
        let mut todo: Vec<EventId> = by_id
            .keys()
            .filter(|id| !ours.contains(id))
            .copied()
            .collect();
        while let Some(id) = todo.pop() {
            if let Some(entry) = by_id.get(&id)
                && theirs.insert(id)
            {
                todo.extend(&entry.event.parents);
            }
        }
        theirs
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
