//! The graph that events form through their parents.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use crate::model::{Entry, Event, EventId};

/// The events in topological order, and how they hang together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Graph {
    pub(super) entries: Vec<Entry>,
    pub(super) index: HashMap<EventId, usize>,
    /// The parents that are there, by index.
    parents: Vec<Vec<usize>>,
    /// How many children each event has.
    pub(super) children: Vec<usize>,
    /// Whether each event but the first has just the one before it as parent.
    is_linear: bool,
}

impl Graph {
    pub(super) fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable_by_key(|entry| entry.id);
        entries.dedup_by_key(|entry| entry.id);
        let entries = parents_first(entries);
        let index: HashMap<EventId, usize> = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (entry.id, at))
            .collect();
        let parents: Vec<Vec<usize>> = entries
            .iter()
            .map(|entry| {
                let parents = entry.event.parents.iter();
                parents.filter_map(|id| index.get(id).copied()).collect()
            })
            .collect();
        let mut children = vec![0; entries.len()];
        for &parent in parents.iter().flatten() {
            children[parent] += 1;
        }
        let is_linear = parents.iter().enumerate().all(|(at, parents)| {
            at.checked_sub(1)
                .map_or(parents.is_empty(), |p| *parents == [p])
        });
        Self {
            entries,
            index,
            parents,
            children,
            is_linear,
        }
    }

    /// For each event, whether one of its descendants is such an event.
    pub(super) fn before_any(&self, is_such: impl Fn(&Event) -> bool) -> Vec<bool> {
        let mut before = vec![false; self.entries.len()];
        for event in (0..self.entries.len()).rev() {
            if before[event] || is_such(&self.entries[event].event) {
                for &parent in &self.parents[event] {
                    before[parent] = true;
                }
            }
        }
        before
    }

    /// Those of some events, given in ascending order, that have none of the others among their
    /// descendants.
    pub(super) fn last_among(&self, events: &[usize]) -> Vec<usize> {
        if self.is_linear || events.len() < 2 {
            return events.last().copied().into_iter().collect();
        }
        let mut before = vec![false; self.entries.len()];
        let mut last = Vec::new();
        for event in (0..self.entries.len()).rev() {
            let is_about = events.binary_search(&event).is_ok();
            if is_about && !before[event] {
                last.push(event);
            }
            if is_about || before[event] {
                for &parent in &self.parents[event] {
                    before[parent] = true;
                }
            }
        }
        last.reverse();
        last
    }

    pub(super) fn are_parallel(&self, one: usize, other: usize) -> bool {
        one != other && !self.is_before(one.min(other), one.max(other))
    }

    fn is_before(&self, early: usize, late: usize) -> bool {
        let mut seen = vec![false; late + 1];
        let mut todo = vec![late];
        while let Some(event) = todo.pop() {
            if event == early {
                return true;
            }
            for &parent in &self.parents[event] {
                if parent >= early && !std::mem::replace(&mut seen[parent], true) {
                    todo.push(parent);
                }
            }
        }
        false
    }
}

/// Kahn's algorithm with the smallest id first among those that are ready. Parents that are not
/// there count as written before. Digests of digests have no cycles.
fn parents_first(sorted: Vec<Entry>) -> Vec<Entry> {
    let place = |id: &EventId| sorted.binary_search_by_key(id, |entry| entry.id).ok();
    let mut waiting_for = vec![0_usize; sorted.len()];
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); sorted.len()];
    for (child, entry) in sorted.iter().enumerate() {
        for parent in entry.event.parents.iter().filter_map(place) {
            waiting_for[child] += 1;
            children[parent].push(child);
        }
    }
    let mut ready: BinaryHeap<Reverse<usize>> = (0..sorted.len())
        .filter(|&event| waiting_for[event] == 0)
        .map(Reverse)
        .collect();
    let mut order = Vec::with_capacity(sorted.len());
    while let Some(Reverse(event)) = ready.pop() {
        order.push(event);
        for &child in &children[event] {
            waiting_for[child] -= 1;
            if waiting_for[child] == 0 {
                ready.push(Reverse(child));
            }
        }
    }
    let mut slots: Vec<Option<Entry>> = sorted.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|event| slots[event].take())
        .collect()
}
