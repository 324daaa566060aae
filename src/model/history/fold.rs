//! The fold itself: from the graph of events to the state of numbers, labels and retirement.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Held, History, LabelState, NumberState};
use crate::model::{EventId, Identity, Label, Op, Version, VersionId};

impl History {
    pub(super) fn find_published(&self) -> BTreeMap<VersionId, usize> {
        let mut published = BTreeMap::new();
        for (event, publish) in self.publications() {
            published.entry(publish.id()).or_insert(event);
        }
        published
    }

    /// A publication is void for good: its bytes may be gone, so no later event brings it back.
    pub(super) fn find_void(&self) -> BTreeSet<VersionId> {
        self.graph
            .entries
            .iter()
            .filter_map(|entry| self.voided_by(&entry.event.op))
            .collect()
    }

    fn voided_by(&self, op: &Op) -> Option<VersionId> {
        let Op::Void { target } = op else {
            return None;
        };
        let target = *self.graph.index.get(target)?;
        Some(self.entries()[target].event.publish()?.id())
    }

    /// A number belongs to the one identity that was published for it. Only a `resolve` supersedes
    /// a publication: a second one, even a later one, is a conflict and never an overwrite.
    pub(super) fn find_numbers(&self) -> BTreeMap<Version, NumberState> {
        let mut first: HashMap<Identity, usize> = HashMap::new();
        let mut claims: BTreeMap<Version, Vec<(usize, Identity)>> = BTreeMap::new();
        for (event, publish) in self.publications() {
            first.entry(publish.identity).or_insert(event);
            let claim = (event, publish.identity);
            claims
                .entry(publish.version.clone())
                .or_default()
                .push(claim);
        }
        let mut resolved = BTreeSet::new();
        for (event, resolve) in self.resolves() {
            for (version, identity) in &resolve.versions {
                let claim = (event, *identity);
                claims.entry(version.clone()).or_default().push(claim);
                resolved.insert(version.clone());
            }
        }
        claims
            .into_iter()
            .map(|(version, mut claims)| {
                if resolved.contains(&version) {
                    let superseded = self.graph.before_any(|event| {
                        matches!(&event.op, Op::Resolve(r) if r.versions.contains_key(&version))
                    });
                    claims.retain(|(event, _)| !superseded[*event]);
                }
                let claimed = claims.into_iter().map(|(_, identity)| VersionId {
                    version: version.clone(),
                    identity,
                });
                let held: BTreeSet<Held> = claimed
                    .filter(|id| !self.is_void(id))
                    .filter_map(|id| {
                        // The event that published it under this number, if there is one.
                        let event = self.published.get(&id).or_else(|| first.get(&id.identity));
                        Some(Held {
                            identity: id.identity,
                            event: *event?,
                        })
                    })
                    .collect();
                (version, NumberState::of(held))
            })
            .collect()
    }

    pub(super) fn find_retired(&mut self) {
        let mut about: BTreeMap<Option<Version>, Vec<usize>> = BTreeMap::new();
        for (event, entry) in self.graph.entries.iter().enumerate() {
            let (Op::Retire(lifecycle) | Op::Restore(lifecycle)) = &entry.event.op else {
                continue;
            };
            let subject = match &lifecycle.version {
                Some(id) => self.current(id).map(Some),
                None => Some(None),
            };
            if let Some(subject) = subject {
                about.entry(subject).or_default().push(event);
            }
        }
        for (subject, events) in about {
            let is_retired = self
                .graph
                .last_among(&events)
                .iter()
                .any(|&event| matches!(self.entries()[event].event.op, Op::Retire(_)));
            match subject {
                _ if !is_retired => {}
                Some(version) => {
                    self.retired_versions.insert(version);
                }
                None => self.retired = true,
            }
        }
    }

    pub(super) fn find_labels(&self) -> BTreeMap<Label, LabelState> {
        let mut about: BTreeMap<&Label, Vec<usize>> = BTreeMap::new();
        for (event, entry) in self.graph.entries.iter().enumerate() {
            for label in entry.event.labels() {
                about.entry(label).or_default().push(event);
            }
        }
        about
            .into_iter()
            .map(|(label, events)| (label.clone(), self.find_label(label, &events)))
            .collect()
    }

    fn find_label(&self, label: &Label, about: &[usize]) -> LabelState {
        let last = self.graph.last_among(about);
        let claims: Vec<Option<VersionId>> = last
            .iter()
            .filter_map(|&event| self.entries()[event].event.claim(label))
            .map(|claim| claim.map(|id| self.renumbered(id)))
            .collect();
        let identities: BTreeSet<Option<Identity>> = claims
            .iter()
            .map(|claim| claim.as_ref().map(|id| id.identity))
            .collect();
        let agreed = identities.len() == 1
            && !last
                .iter()
                .zip(&claims)
                .any(|(&event, claim)| self.was_taken_in_parallel(event, claim.as_ref()));
        match claims.iter().max() {
            Some(Some(id)) if agreed => LabelState::At(id.clone()),
            Some(None) if agreed => LabelState::Removed,
            _ => LabelState::Conflicted(
                claims
                    .into_iter()
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect(),
            ),
        }
    }

    /// Follows a mention to the number that the identity holds now, if there is one.
    pub(super) fn renumbered(&self, id: VersionId) -> VersionId {
        let version = self.current(&id).unwrap_or(id.version);
        let identity = id.identity;
        VersionId { version, identity }
    }

    /// Tells whether the version that an event gave a label was retired or voided on another branch.
    fn was_taken_in_parallel(&self, event: usize, claim: Option<&VersionId>) -> bool {
        let Some(id) = claim else {
            return false;
        };
        if !self.is_void(id) && !self.is_version_retired(&id.version) {
            return false;
        }
        let takes = |op: &Op| match op {
            Op::Retire(l) => l
                .version
                .as_ref()
                .is_none_or(|taken| self.renumbered(taken.clone()) == *id),
            Op::Void { .. } => self.voided_by(op).is_some_and(|void| {
                void == *id || (void.identity == id.identity && !self.published.contains_key(id))
            }),
            _ => false,
        };
        (0..self.entries().len())
            .filter(|&other| takes(&self.entries()[other].event.op))
            .any(|other| self.graph.are_parallel(event, other))
    }

    pub(super) fn find_unsettled_roots(&self) -> Vec<EventId> {
        let roots = self.roots();
        let is_settled = roots.len() < 2
            || self
                .resolves()
                .any(|(_, resolve)| roots.iter().all(|root| resolve.roots.contains(root)));
        if is_settled { Vec::new() } else { roots }
    }

    pub(super) fn find_unsettled_parents(&self) -> Vec<EventId> {
        let absent: BTreeSet<EventId> = self
            .entries()
            .iter()
            .flat_map(|entry| &entry.event.parents)
            .filter(|parent| !self.graph.index.contains_key(parent))
            .copied()
            .collect();
        absent
            .into_iter()
            .filter(|parent| {
                let is_accepted = self.resolves().any(|(_, r)| r.absent.contains(parent));
                !is_accepted || {
                    let settled = self.graph.before_any(
                        |event| matches!(&event.op, Op::Resolve(r) if r.absent.contains(parent)),
                    );
                    let mut all = self.entries().iter().zip(settled);
                    all.any(|(entry, is_settled)| {
                        entry.event.parents.contains(parent) && !is_settled
                    })
                }
            })
            .collect()
    }
}

impl NumberState {
    fn of(held: BTreeSet<Held>) -> Self {
        let mut all = held.into_iter();
        match (all.next(), all.next()) {
            (None, _) => Self::Burnt,
            (Some(only), None) => Self::Held(only),
            (Some(first), Some(second)) => {
                Self::Conflicted([first, second].into_iter().chain(all).collect())
            }
        }
    }
}
