//! Ours and theirs: which side of a merge a claim came from.

use std::collections::BTreeSet;

use super::Keep;
use super::evidence::Evidence;
use crate::model::{EventId, Held, Label, LabelState, Op, Version};
use crate::ops::Ctx;
use crate::ops::prompt::Prompt;
use crate::text::digest::sha256;

/// Which of the claims to a number came from which side.
pub(super) struct Sides {
    ours: Vec<Held>,
    theirs: Vec<Held>,
}

impl Evidence {
    /// Where a label was on one side; `None` if git does not tell.
    pub(super) fn label_of(&self, keep: Keep, label: &Label) -> Option<LabelState> {
        let state_on = |side: &BTreeSet<EventId>| {
            let state = self.history_of(side).label(label).cloned();
            state.unwrap_or(LabelState::Removed)
        };
        let is_all = |side: &BTreeSet<EventId>| self.entries.iter().all(|e| side.contains(&e.id));
        let ours = self
            .ours(|side| !is_all(side) && !matches!(state_on(side), LabelState::Conflicted(_)))?;
        Some(match keep {
            Keep::Ours => state_on(ours),
            Keep::Theirs => state_on(&self.theirs(ours)),
        })
    }

    /// Tells the claims to a number apart by the state of the branch that had some of them but not
    /// all. Where git knows nothing, the file that lies there is ours: that is what git leaves
    /// when it cannot merge.
    pub(super) fn sides(
        &self,
        ctx: &Ctx,
        prompt: &Prompt,
        version: &Version,
        claims: &[Held],
    ) -> Sides {
        // A claim is a number **and** an identity: the same content may stand under other numbers.
        let claims_it = |op: &Op, held: &Held| match op {
            Op::Create(p) | Op::Patch(p) => p.version == *version && p.identity == held.identity,
            Op::Resolve(r) => r.versions.get(version) == Some(&held.identity),
            _ => false,
        };
        let publishes = |side: &BTreeSet<EventId>, held: &Held| {
            let mut entries = prompt.history.entries().iter();
            entries.any(|entry| side.contains(&entry.id) && claims_it(&entry.event.op, held))
        };
        let count =
            |side: &BTreeSet<EventId>| claims.iter().filter(|held| publishes(side, held)).count();
        let is_part = |side: &BTreeSet<EventId>| (1..claims.len()).contains(&count(side));
        let file = ctx.store.read_version(&prompt.name, version).ok().flatten();
        let file = file.map(|bytes| sha256(&bytes));
        let (ours, theirs) = claims.iter().partition(|held| match self.ours(is_part) {
            Some(side) => publishes(side, held),
            None => file == Some(prompt.history.publish(**held).sha256),
        });
        Sides { ours, theirs }
    }
}

impl Sides {
    /// The one claim of a side.
    pub(super) fn only(&self, keep: Keep) -> Option<Held> {
        let side = match keep {
            Keep::Ours => &self.ours,
            Keep::Theirs => &self.theirs,
        };
        match side.as_slice() {
            [held] => Some(*held),
            _ => None,
        }
    }

    /// A claim in words, with its side where that is clear.
    pub(super) fn describe(&self, prompt: &Prompt, held: Held) -> String {
        let entry = &prompt.history.entries()[held.event];
        let is_clear = !self.ours.is_empty() && !self.theirs.is_empty();
        let side = match self.ours.contains(&held) {
            _ if !is_clear => "",
            true => "ours, ",
            false => "theirs, ",
        };
        let message = entry.event.message.as_deref().unwrap_or("");
        format!(
            "that of event {} ({side}{}: {message})",
            entry.id.short(),
            entry.event.by
        )
    }
}
