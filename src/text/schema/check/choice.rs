//! `anyOf`, `oneOf`, `allOf` and `not`, with three answers each.

use serde_json::Value;

use super::checker::Checker;
use super::findings::{Findings, Outcome};
use super::{Reason, Undecided, Violation, ViolationKind};
use crate::text::schema::path::{Path, Segment};
use crate::text::schema::words;

/// What came of several schemas.
#[derive(Default)]
struct Branches {
    /// The places of those that fit.
    fitting: Vec<usize>,
    /// What speaks against each that does not.
    failing: Vec<Vec<Violation>>,
    /// How many are neither, and why.
    unknown: usize,
    undecided: Vec<Undecided>,
}

impl<'a> Checker<'a> {
    pub(super) fn check_choice(
        &mut self,
        key: &str,
        value: &'a Value,
        instance: &Value,
        out: &mut Findings,
    ) {
        match (key, value) {
            ("not", Value::Bool(_) | Value::Object(_)) => self.check_not(value, instance, out),
            ("allOf", Value::Array(schemas)) => {
                for (index, schema) in schemas.iter().enumerate() {
                    let steps = [Segment::Key(key.into()), Segment::Index(index)];
                    self.descend(&steps, None, (schema, instance), out);
                }
            }
            ("anyOf" | "oneOf", Value::Array(schemas)) => {
                let is_any = key == "anyOf";
                let Some(branches) = self.branches(key, is_any, schemas, instance) else {
                    return;
                };
                match (branches.fitting.len(), branches.unknown) {
                    (0, 0) => self.no_branch(is_any, branches.failing, instance, out),
                    (0, _) => out.leave_all(branches.undecided),
                    (_, _) if is_any => {}
                    (1, 0) => {}
                    (1, _) => out.leave_all(branches.undecided),
                    _ => self.many_branches(&branches.fitting, schemas.len(), instance, out),
                }
            }
            _ => self.leave(key, Reason::Malformed, out),
        }
    }

    fn check_not(&mut self, schema: &'a Value, instance: &Value, out: &mut Findings) {
        let mut found = Findings::default();
        let steps = [Segment::Key("not".into())];
        self.descend(&steps, None, (schema, instance), &mut found);
        if self.stop.is_some() {
            return;
        }
        match found.outcome() {
            Outcome::Fails => {}
            Outcome::Fits => {
                let expected = "something else than the schema under `not` allows";
                out.violate(self.violation(ViolationKind::Not, expected, instance));
            }
            Outcome::Unknown => out.leave_all(found.undecided),
        }
    }

    /// Tries every schema, or with `is_any` only until one fits.
    fn branches(
        &mut self,
        key: &str,
        is_any: bool,
        schemas: &'a [Value],
        instance: &Value,
    ) -> Option<Branches> {
        let mut branches = Branches::default();
        for (index, schema) in schemas.iter().enumerate() {
            let mut found = Findings::default();
            let steps = [Segment::Key(key.into()), Segment::Index(index)];
            self.descend(&steps, None, (schema, instance), &mut found);
            if self.stop.is_some() {
                return None;
            }
            match found.outcome() {
                Outcome::Fails => branches.failing.push(found.violations),
                Outcome::Unknown => {
                    branches.unknown += 1;
                    branches.undecided.extend(found.undecided);
                }
                Outcome::Fits => branches.fitting.push(index),
            }
            if is_any && !branches.fitting.is_empty() {
                break;
            }
        }
        Some(branches)
    }

    /// Says what is wrong where nothing fits: of a schema that was clearly meant, its own words.
    fn no_branch(
        &self,
        is_any: bool,
        mut failing: Vec<Vec<Violation>>,
        instance: &Value,
        out: &mut Findings,
    ) {
        let here = self.path();
        let count = failing.len();
        let is_meant = |found: &Vec<Violation>| !found.iter().any(|one| is_other_kind(one, &here));
        let meant: Vec<usize> = (0..count).filter(|&i| is_meant(&failing[i])).collect();
        if let [only] = meant[..] {
            return failing
                .swap_remove(only)
                .into_iter()
                .for_each(|violation| out.violate(violation));
        }
        let is_plain = |found: &Vec<Violation>| found.len() == 1 && found[0].path == here;
        let expected = if count > 0 && failing.iter().all(is_plain) {
            let words = failing.iter().map(|found| found[0].expected.clone());
            words::either(words.collect(), count)
        } else {
            format!("one of {}", words::counted(count, "alternative"))
        };
        let kind = if is_any {
            ViolationKind::AnyOf
        } else {
            ViolationKind::OneOf
        };
        out.violate(self.violation(kind, expected, instance));
    }

    fn many_branches(&self, fitting: &[usize], count: usize, instance: &Value, out: &mut Findings) {
        let places: Vec<_> = fitting.iter().take(3).map(ToString::to_string).collect();
        let more = if fitting.len() > 3 { ", ..." } else { "" };
        let expected = format!(
            "exactly one of {count} alternatives (it is {}{more}, from 0)",
            places.join(" and ")
        );
        out.violate(self.violation(ViolationKind::OneOf, expected, instance));
    }
}

/// Says whether a violation shows that another kind of value was meant: its type differs, or a
/// fixed value that marks the kind.
fn is_other_kind(violation: &Violation, here: &Path) -> bool {
    let is_here = violation.path == *here;
    let is_field = violation.path.0.len() == here.0.len() + 1;
    match violation.kind {
        ViolationKind::WrongType | ViolationKind::Never => is_here,
        ViolationKind::NotConst | ViolationKind::NotInEnum => is_here || is_field,
        _ => false,
    }
}
