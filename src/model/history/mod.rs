//! The history of a prompt: the fold of its events.
//!
//! A log is a **set** of events that form a directed acyclic graph through their parents. The state
//! depends on that graph alone: not on the order of lines, not on doubled lines, not on times.
//! Where branches disagree, the state says so; nothing here guesses.
//!
//! Every question has the form "which events about this have no later event about it among their
//! descendants": [`Graph::last_among`] answers it in one pass over the graph.

mod fold;
mod graph;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use self::graph::Graph;
use super::{Entry, EventId, Identity, Label, Op, Publish, Resolve, Version, VersionId};

/// What the events of a prompt add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    graph: Graph,
    numbers: BTreeMap<Version, NumberState>,
    labels: BTreeMap<Label, LabelState>,
    retired_versions: BTreeSet<Version>,
    retired: bool,
    /// Every publication, and its first event.
    published: BTreeMap<VersionId, usize>,
    void: BTreeSet<VersionId>,
    roots: Vec<EventId>,
    absent: Vec<EventId>,
}

/// What a number stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberState {
    /// One identity, as published by the event at this place of [`History::entries`].
    Held(Held),
    /// Nothing any more: what it stood for is void.
    Burnt,
    /// Several identities; `resolve` settles it.
    Conflicted(Vec<Held>),
}

/// An identity that holds a number, or claims it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// The identity.
    pub identity: Identity,
    /// The event that published it, under this number if there is one: an index into
    /// [`History::entries`].
    pub event: usize,
}

/// Where a label points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelState {
    /// To this version, by the number that it holds now.
    At(VersionId),
    /// Nowhere; it was taken away.
    Removed,
    /// Branches disagree (`None`: taken away), or the version was retired or voided in parallel.
    Conflicted(Vec<Option<VersionId>>),
}

impl History {
    /// Folds events, in any order and however often each is there, to what they add up to.
    #[must_use]
    pub fn fold(entries: Vec<Entry>) -> Self {
        let mut history = Self {
            graph: Graph::new(entries),
            ..Self::default()
        };
        history.published = history.find_published();
        history.void = history.find_void();
        history.numbers = history.find_numbers();
        history.find_retired();
        history.labels = history.find_labels();
        history.roots = history.find_unsettled_roots();
        history.absent = history.find_unsettled_parents();
        history
    }

    /// Returns the events, parents first, parallel ones by id.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.graph.entries
    }

    /// Returns the events that are nobody's parent, sorted: the parents of the next event.
    #[must_use]
    pub fn heads(&self) -> Vec<EventId> {
        let mut heads: Vec<_> = (0..self.entries().len())
            .filter(|&event| self.graph.children[event] == 0)
            .map(|event| self.entries()[event].id)
            .collect();
        heads.sort_unstable();
        heads
    }

    /// Returns all events without parents, sorted.
    #[must_use]
    pub fn roots(&self) -> Vec<EventId> {
        let mut roots: Vec<_> = self
            .entries()
            .iter()
            .filter(|entry| entry.event.parents.is_empty())
            .map(|entry| entry.id)
            .collect();
        roots.sort_unstable();
        roots
    }

    /// Returns the roots where there are several and no `resolve` has accepted them.
    #[must_use]
    pub fn unsettled_roots(&self) -> &[EventId] {
        &self.roots
    }

    /// Returns the parents that are not in the log and that no `resolve` has accepted.
    #[must_use]
    pub fn unsettled_parents(&self) -> &[EventId] {
        &self.absent
    }

    /// Returns every number that was ever published and what it stands for, lowest first.
    #[must_use]
    pub fn numbers(&self) -> &BTreeMap<Version, NumberState> {
        &self.numbers
    }

    /// Returns every label that was ever set and where it points.
    #[must_use]
    pub fn labels(&self) -> &BTreeMap<Label, LabelState> {
        &self.labels
    }

    /// Returns where a label points; `None` also if it was taken away.
    #[must_use]
    pub fn label(&self, label: &Label) -> Option<&LabelState> {
        self.labels
            .get(label)
            .filter(|state| **state != LabelState::Removed)
    }

    /// Tells whether the prompt as a whole is out of use.
    #[must_use]
    pub fn is_retired(&self) -> bool {
        self.retired
    }

    /// Tells whether a version is out of use, by itself or with its prompt.
    #[must_use]
    pub fn is_version_retired(&self, version: &Version) -> bool {
        self.retired || self.retired_versions.contains(version)
    }

    /// Tells whether a version was taken out of use by itself.
    #[must_use]
    pub fn is_version_itself_retired(&self, version: &Version) -> bool {
        self.retired_versions.contains(version)
    }

    /// Tells whether a version was voided.
    #[must_use]
    pub fn is_void(&self, id: &VersionId) -> bool {
        if self.published.contains_key(id) {
            return self.void.contains(id);
        }
        // Its number came from a `resolve`: it is what was published under another one.
        self.origin(id)
            .is_some_and(|origin| self.void.contains(&origin))
    }

    /// Returns the publication that a `resolve` gave this number to; `None` if an event published
    /// it, or nothing is known of it.
    fn origin(&self, id: &VersionId) -> Option<VersionId> {
        let mut given = id.clone();
        // Each step undoes one renumbering; more than there are resolves would be a circle.
        for _ in self.resolves() {
            given = self.resolves().find_map(|(_, resolve)| {
                if resolve.versions.get(&given.version) != Some(&given.identity) {
                    return None;
                }
                let lost = resolve.versions.iter();
                lost.filter(|(_, keeps)| **keeps != given.identity)
                    .map(|(version, _)| VersionId {
                        version: version.clone(),
                        identity: given.identity,
                    })
                    .find(|lost| self.published.contains_key(lost) || self.is_given(lost))
            })?;
            if self.published.contains_key(&given) {
                return Some(given);
            }
        }
        None
    }

    fn is_given(&self, id: &VersionId) -> bool {
        self.resolves()
            .any(|(_, resolve)| resolve.versions.get(&id.version) == Some(&id.identity))
    }

    /// Returns the number of the highest release that is neither retired nor void.
    #[must_use]
    pub fn latest(&self) -> Option<&Version> {
        self.releases()
            .rfind(|version| !self.is_version_retired(version))
    }

    /// Iterates over the releases that are not void, lowest first, retired ones included.
    #[must_use]
    pub fn releases(&self) -> impl DoubleEndedIterator<Item = &Version> {
        self.numbers
            .iter()
            .filter(|(version, state)| !version.is_prerelease() && **state != NumberState::Burnt)
            .map(|(version, _)| version)
    }

    /// Returns the facts of the event that first published an identity.
    ///
    /// # Panics
    ///
    /// If the `Held` is of another history.
    #[must_use]
    pub fn publish(&self, held: Held) -> &Publish {
        self.entries()[held.event]
            .event
            .publish()
            .expect("`Held` is only made of publications")
    }

    /// Returns the first publication of an identity, void or not.
    #[must_use]
    pub fn find_identity(&self, identity: &Identity) -> Option<Held> {
        self.publications()
            .find(|(_, publish)| publish.identity == *identity)
            .map(|(event, publish)| Held {
                identity: publish.identity,
                event,
            })
    }

    /// Returns the number that a mentioned version holds now. A `resolve` may have given it another
    /// one than the mention says: then the lowest above it, else the lowest. `None` while the
    /// number is in dispute, if it is void, and if no event published that content.
    #[must_use]
    pub fn current(&self, id: &VersionId) -> Option<Version> {
        let holds = |state: &NumberState| matches!(state, NumberState::Held(held) if held.identity == id.identity);
        if self.numbers.get(&id.version).is_some_and(holds) {
            return Some(id.version.clone());
        }
        if self.is_void(id) {
            return None;
        }
        // Only a `resolve` gives content another number than it was published under.
        let mut given: Vec<&Version> = self
            .numbers
            .iter()
            .filter(|(_, state)| holds(state))
            .map(|(version, _)| version)
            .filter(|version| {
                let version = (*version).clone();
                let identity = id.identity;
                !self
                    .published
                    .contains_key(&VersionId { version, identity })
            })
            .collect();
        given.sort_unstable_by_key(|version| (**version < id.version, *version));
        given.first().map(|version| (*version).clone())
    }

    /// Tells whether the label ever pointed to that number.
    #[must_use]
    pub fn has_carried(&self, version: &Version, label: &Label) -> bool {
        self.graph
            .entries
            .iter()
            .filter_map(|entry| entry.event.claim(label).flatten())
            .any(|id| self.current(&id).as_ref() == Some(version))
    }

    /// Returns the versions that a label pointed to, the present one last, with what was rolled
    /// back taken off: going back twice goes two steps back.
    #[must_use]
    pub fn label_trail(&self, label: &Label) -> Vec<VersionId> {
        let mut trail: Vec<VersionId> = Vec::new();
        for entry in self.entries() {
            let Some(Some(id)) = entry.event.claim(label) else {
                continue;
            };
            let id = self.renumbered(id);
            let is_rollback = matches!(&entry.event.op, Op::Promote(p) if p.rollback);
            match trail.iter().rposition(|earlier| *earlier == id) {
                Some(place) if is_rollback => trail.truncate(place + 1),
                _ if trail.last() == Some(&id) => {}
                _ => trail.push(id),
            }
        }
        trail
    }

    /// Returns the number above every release of a minor line: the next free patch.
    #[must_use]
    pub fn next_free_patch(&self, line: &Version) -> Option<Version> {
        let (major, minor, patch) = line.numbers();
        let highest = self
            .numbers
            .keys()
            .filter(|version| !version.is_prerelease())
            .map(Version::numbers)
            .filter(|numbers| (numbers.0, numbers.1) == (major, minor))
            .map(|numbers| numbers.2)
            .chain([patch])
            .max()?;
        Some(Version::release(major, minor, highest.checked_add(1)?))
    }

    fn publications(&self) -> impl Iterator<Item = (usize, &Publish)> {
        self.graph
            .entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| Some((index, entry.event.publish()?)))
    }

    fn resolves(&self) -> impl Iterator<Item = (usize, &Resolve)> {
        self.graph
            .entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| match &entry.event.op {
                Op::Resolve(resolve) => Some((index, &**resolve)),
                _ => None,
            })
    }
}
