//! Checks a value against a JSON Schema.
//!
//! Three answers are possible: it fits, it does not, or that cannot be decided here. A keyword that
//! is not understood is never taken for fulfilled.

mod checker;
mod choice;
mod findings;
mod list;
mod object;
mod scalar;
#[cfg(test)]
mod tests;
mod undecided;
mod violation;

use serde_json::Value;

use super::limit;
use checker::Checker;
use findings::Findings;
pub use undecided::{Reason, Undecided};
pub use violation::{Violation, ViolationKind};

/// The steps that every check may take, and how many more for each value of the instance.
const STEPS: (usize, usize) = (1_000_000, 50);

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Where the value does not fit; the first 20.
    pub violations: Vec<Violation>,
    /// What the schema says and this program does not understand, where it matters; the first 20.
    pub undecided: Vec<Undecided>,
    /// Why the check ended before its end, if it did.
    pub stop: Option<Stop>,
}

/// Why a check ended before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stop {
    /// There are, or may be, more violations than are listed.
    ManyViolations,
    /// Schema and value together take too much work.
    TooComplex,
    /// The schema or the value is nested too deep.
    TooDeep,
}

/// The answer of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The value fits.
    Valid,
    /// The value does not fit.
    Invalid,
    /// Nothing speaks against the value, but not everything could be decided.
    Unknown,
}

impl Checked {
    /// Returns the answer.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if !self.violations.is_empty() {
            Verdict::Invalid
        } else if self.undecided.is_empty() && self.stop.is_none() {
            Verdict::Valid
        } else {
            Verdict::Unknown
        }
    }

    /// Says whether the value fits for certain.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.verdict() == Verdict::Valid
    }
}

impl Stop {
    /// Says in a lower-case sentence why the check ended.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::ManyViolations => "there may be more; only the first are listed",
            Self::TooComplex => "the schema is too complex to check this value",
            Self::TooDeep => "the schema or the value is nested too deep to be checked",
        }
    }
}

/// Checks a value against a schema. Takes time about in proportion to both, and stops where that
/// would not do.
#[must_use]
pub fn check(schema: &Value, instance: &Value) -> Checked {
    check_except(schema, instance, &[])
}

/// Checks a value against a schema and does not mind some violations, except where they decide
/// between alternatives.
#[must_use]
pub fn check_except(
    schema: &Value,
    instance: &Value,
    tolerated: &'static [ViolationKind],
) -> Checked {
    let (Some(_), Some(size)) = (limit::size(schema), limit::size(instance)) else {
        return Checked {
            stop: Some(Stop::TooDeep),
            ..Checked::default()
        };
    };
    let (base, each) = STEPS;
    let mut checker = Checker::new(schema, base.saturating_add(each.saturating_mul(size)));
    let mut findings = Findings {
        tolerated,
        ..Findings::default()
    };
    checker.apply(schema, instance, &mut findings);
    let cut = findings.is_cut.then_some(Stop::ManyViolations);
    Checked {
        stop: checker.stop.or(cut),
        violations: findings.violations,
        undecided: findings.undecided,
    }
}
