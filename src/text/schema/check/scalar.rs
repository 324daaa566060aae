//! Types, allowed values, numbers, lengths and patterns.

use serde_json::{Map, Value};

use super::checker::Checker;
use super::findings::Findings;
use super::{Reason, ViolationKind};
use crate::text::schema::value_type::ValueType;
use crate::text::schema::{equality, number, pattern, words};

impl Checker<'_> {
    /// Says whether the value is of the type asked for; if not, nothing else is worth a word.
    pub(super) fn check_type(
        &mut self,
        map: &Map<String, Value>,
        instance: &Value,
        out: &mut Findings,
    ) -> bool {
        let is_nullable = map.get("nullable");
        if is_nullable.is_some_and(|nullable| !nullable.is_boolean()) {
            self.leave("nullable", Reason::Malformed, out);
        }
        let Some(keyword) = map.get("type") else {
            return true;
        };
        let Some(mut types) = ValueType::parse_all(keyword) else {
            self.leave("type", Reason::Malformed, out);
            return true;
        };
        if is_nullable == Some(&Value::Bool(true)) {
            types.push(ValueType::Null);
        }
        if types.iter().any(|asked| asked.holds(instance)) {
            return true;
        }
        out.violate(self.violation(
            ViolationKind::WrongType,
            ValueType::words_of(&types),
            instance,
        ));
        false
    }

    pub(super) fn check_enum(&mut self, value: &Value, instance: &Value, out: &mut Findings) {
        let Some(values) = value.as_array() else {
            return self.leave("enum", Reason::Malformed, out);
        };
        let mut steps = 0;
        let mut is_it = |value| equality::equal_counted(value, instance, &mut steps);
        if values.iter().any(&mut is_it) || !self.take(steps) {
            return;
        }
        let expected = match values.len() {
            0 => "left out".into(),
            _ => words::alternatives(values),
        };
        let mut violation = self.violation(ViolationKind::NotInEnum, expected, instance);
        let typed = instance.as_str();
        let known = values.iter().filter_map(Value::as_str);
        violation.meant = typed.and_then(|typed| self.meant(typed, known));
        out.violate(violation);
    }

    pub(super) fn check_const(&mut self, value: &Value, instance: &Value, out: &mut Findings) {
        let mut steps = 0;
        let is_it = equality::equal_counted(value, instance, &mut steps);
        if self.take(steps) && !is_it {
            let expected = words::literal(value);
            out.violate(self.violation(ViolationKind::NotConst, expected, instance));
        }
    }

    pub(super) fn check_range(
        &mut self,
        key: &str,
        value: &Value,
        instance: &Value,
        out: &mut Findings,
    ) {
        let Value::Number(found) = instance else {
            return;
        };
        let Value::Number(bound) = value else {
            return self.leave(key, Reason::Malformed, out);
        };
        let ordering = number::compare(found, bound);
        let (fits, words) = match key {
            "minimum" => (ordering.is_ge(), "at least"),
            "maximum" => (ordering.is_le(), "at most"),
            "exclusiveMinimum" => (ordering.is_gt(), "more than"),
            _ => (ordering.is_lt(), "less than"),
        };
        if !fits {
            let expected = format!("{words} {bound}");
            out.violate(self.violation(ViolationKind::OutOfRange, expected, instance));
        }
    }

    pub(super) fn check_multiple(&mut self, value: &Value, instance: &Value, out: &mut Findings) {
        let Value::Number(found) = instance else {
            return;
        };
        let multiple = value.as_number();
        match multiple.and_then(|of| number::is_multiple(found, of)) {
            Some(true) => {}
            Some(false) => {
                let expected = format!("a multiple of {value}");
                out.violate(self.violation(ViolationKind::NotMultiple, expected, instance));
            }
            None => self.leave("multipleOf", Reason::Malformed, out),
        }
    }

    pub(super) fn check_size(
        &mut self,
        key: &str,
        value: &Value,
        instance: &Value,
        out: &mut Findings,
    ) {
        let (size, thing, noun) = match (key, instance) {
            ("minLength" | "maxLength", Value::String(text)) => {
                if !self.take(text.len() / 64) {
                    return;
                }
                (text.chars().count(), "text", "character")
            }
            ("minItems" | "maxItems", Value::Array(items)) => (items.len(), "a list", "item"),
            ("minProperties" | "maxProperties", Value::Object(members)) => {
                (members.len(), "an object", "field")
            }
            _ => return,
        };
        let Some(bound) = number::count(value) else {
            return self.leave(key, Reason::Malformed, out);
        };
        let (fits, kind, words) = if key.starts_with("min") {
            (size >= bound, ViolationKind::TooShort, "at least")
        } else {
            (size <= bound, ViolationKind::TooLong, "at most")
        };
        if !fits {
            let expected = format!("{thing} of {words} {}", words::counted(bound, noun));
            let mut violation = self.violation(kind, expected, instance);
            violation.found = words::counted(size, noun);
            out.violate(violation);
        }
    }

    pub(super) fn check_pattern(&mut self, value: &Value, instance: &Value, out: &mut Findings) {
        let Value::String(text) = instance else {
            return;
        };
        let Value::String(pattern) = value else {
            return self.leave("pattern", Reason::Malformed, out);
        };
        if !self.take((text.len() + pattern.len()) / 64) {
            return;
        }
        match pattern::fits(pattern, text) {
            Some(true) => {}
            Some(false) => {
                let expected = format!("text that fits the pattern {}", words::quoted(pattern));
                out.violate(self.violation(ViolationKind::Pattern, expected, instance));
            }
            None => self.leave("pattern", Reason::Pattern, out),
        }
    }
}
