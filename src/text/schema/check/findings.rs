//! What was found on the way, for one schema and all that it refers to.

use super::{Undecided, Violation, ViolationKind};

/// The most findings of each sort.
const MOST: usize = 20;

/// Violations and what could not be decided.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) violations: Vec<Violation>,
    pub(super) undecided: Vec<Undecided>,
    /// Whether something may have been left out.
    pub(super) is_cut: bool,
    /// What is allowed all the same.
    pub(super) tolerated: &'static [ViolationKind],
}

/// Whether a value fits a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Fits,
    Fails,
    Unknown,
}

impl Findings {
    /// Sums up.
    pub(super) fn outcome(&self) -> Outcome {
        if !self.violations.is_empty() {
            Outcome::Fails
        } else if self.undecided.is_empty() {
            Outcome::Fits
        } else {
            Outcome::Unknown
        }
    }

    /// Says whether further violations would not be listed.
    pub(super) fn is_full(&self) -> bool {
        self.violations.len() >= MOST
    }

    /// Adds a violation.
    pub(super) fn violate(&mut self, violation: Violation) {
        if self.tolerated.contains(&violation.kind) {
            return;
        }
        if self.is_full() {
            self.is_cut = true;
        } else {
            self.violations.push(violation);
        }
    }

    /// Adds something undecided, once for every place of the schema.
    pub(super) fn leave(&mut self, undecided: Undecided) {
        let is_same = |other: &Undecided| {
            other.keyword == undecided.keyword && other.schema_path == undecided.schema_path
        };
        if self.undecided.len() < MOST && !self.undecided.iter().any(is_same) {
            self.undecided.push(undecided);
        }
    }

    /// Adds what was left undecided elsewhere.
    pub(super) fn leave_all(&mut self, undecided: impl IntoIterator<Item = Undecided>) {
        undecided.into_iter().for_each(|one| self.leave(one));
    }
}
