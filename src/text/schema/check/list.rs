//! The items of a list.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::checker::Checker;
use super::findings::{Findings, Outcome};
use super::{Reason, ViolationKind};
use crate::text::schema::path::Segment;
use crate::text::schema::{equality, number, words};

impl<'a> Checker<'a> {
    pub(super) fn check_list(
        &mut self,
        map: &'a Map<String, Value>,
        key: &str,
        value: &'a Value,
        instance: &Value,
        out: &mut Findings,
    ) {
        let Value::Array(items) = instance else {
            return;
        };
        match (key, value) {
            ("uniqueItems", Value::Bool(false)) => {}
            ("uniqueItems", Value::Bool(true)) => self.check_unique(items, instance, out),
            ("prefixItems", Value::Array(schemas)) => {
                for (index, (schema, item)) in schemas.iter().zip(items).enumerate() {
                    let steps = [Segment::Key(key.into()), Segment::Index(index)];
                    self.descend(&steps, Some(Segment::Index(index)), (schema, item), out);
                }
            }
            ("items", Value::Bool(_) | Value::Object(_)) => {
                let prefix = map.get("prefixItems").and_then(Value::as_array);
                let start = prefix.map_or(0, Vec::len);
                for (index, item) in items.iter().enumerate().skip(start) {
                    let steps = [Segment::Key(key.into())];
                    self.descend(&steps, Some(Segment::Index(index)), (value, item), out);
                }
            }
            ("contains", Value::Bool(_) | Value::Object(_)) => {
                self.check_contains(map, value, instance, out);
            }
            _ => self.leave(key, Reason::Malformed, out),
        }
    }

    fn check_unique(&mut self, items: &[Value], instance: &Value, out: &mut Findings) {
        let mut seen = HashMap::new();
        for (index, item) in items.iter().enumerate() {
            let text = equality::canonical(item);
            if !self.take(text.len() / 8) {
                return;
            }
            if let Some(first) = seen.insert(text, index) {
                let expected = "a list of different items";
                let mut violation = self.violation(ViolationKind::NotUnique, expected, instance);
                violation.found = format!(
                    "{} as items {first} and {index}, from 0",
                    words::literal(item)
                );
                return out.violate(violation);
            }
        }
    }

    fn check_contains(
        &mut self,
        map: &'a Map<String, Value>,
        schema: &'a Value,
        instance: &Value,
        out: &mut Findings,
    ) {
        let bound = |key: &str| map.get(key).map(number::count);
        let (Some(least), Some(most)) = (
            bound("minContains").unwrap_or(Some(1)),
            bound("maxContains").unwrap_or(Some(usize::MAX)),
        ) else {
            return self.leave("contains", Reason::Malformed, out);
        };
        let (mut fitting, mut unknown) = (0, Vec::new());
        let mut possible = 0;
        for (index, item) in instance.as_array().into_iter().flatten().enumerate() {
            let mut found = Findings::default();
            let steps = [Segment::Key("contains".into())];
            let part = Some(Segment::Index(index));
            self.descend(&steps, part, (schema, item), &mut found);
            if self.stop.is_some() {
                return;
            }
            match found.outcome() {
                Outcome::Fails => {}
                Outcome::Fits => fitting += 1,
                Outcome::Unknown => {
                    possible += 1;
                    // The same places of the schema come again and again.
                    if unknown.is_empty() {
                        unknown = found.undecided;
                    }
                }
            }
        }
        if fitting > most || fitting + possible < least {
            let words = match (fitting < least, least, most) {
                (true, ..) => format!("at least {}", words::counted(least, "item")),
                (false, ..) => format!("at most {}", words::counted(most, "item")),
            };
            let expected = format!("a list with {words} of the kind that it must contain");
            let mut violation = self.violation(ViolationKind::Contains, expected, instance);
            violation.found = fitting.to_string();
            out.violate(violation);
        } else if fitting < least || fitting + possible > most {
            out.leave_all(unknown);
        }
    }
}
