//! The fields of an object.

use serde_json::{Map, Value};

use super::checker::Checker;
use super::findings::{Findings, Outcome};
use super::{Reason, Violation, ViolationKind};
use crate::text::schema::path::Segment;
use crate::text::schema::value_type::ValueType;
use crate::text::schema::{pattern, words};

type Members = Map<String, Value>;

impl<'a> Checker<'a> {
    pub(super) fn check_object(
        &mut self,
        map: &'a Members,
        key: &str,
        value: &'a Value,
        instance: &Value,
        out: &mut Findings,
    ) {
        let Value::Object(members) = instance else {
            return;
        };
        match (key, value) {
            ("required", Value::Array(names)) => self.check_required(map, names, members, out),
            ("properties", Value::Object(schemas)) => {
                if self.take(members.len()) {
                    self.check_each(key, schemas, members, out);
                }
            }
            ("patternProperties", Value::Object(schemas)) => {
                self.check_patterns(schemas, members, out);
            }
            ("additionalProperties", Value::Bool(_) | Value::Object(_)) => {
                self.check_additional(map, value, members, out);
            }
            ("propertyNames", Value::Bool(_) | Value::Object(_)) => {
                self.check_names(value, members, out);
            }
            ("dependentRequired", Value::Object(needs)) => {
                self.check_dependent(needs, members, out);
            }
            ("dependentSchemas", Value::Object(schemas)) => {
                for (name, schema) in schemas {
                    if self.take(1) && members.contains_key(name) {
                        let steps = [Segment::Key(key.into()), Segment::Key(name.clone())];
                        self.descend(&steps, None, (schema, instance), out);
                    }
                }
            }
            _ => self.leave(key, Reason::Malformed, out),
        }
    }

    fn check_required(
        &mut self,
        map: &'a Members,
        names: &[Value],
        members: &Members,
        out: &mut Findings,
    ) {
        for name in names {
            let Some(name) = name.as_str() else {
                self.leave("required", Reason::Malformed, out);
                continue;
            };
            if self.take(1) && !members.contains_key(name) {
                let declared = map.get("properties").and_then(|all| all.get(name));
                let types = declared.and_then(|schema| schema.get("type"));
                let types = types.and_then(ValueType::parse_all);
                let expected = types
                    .map(|types| ValueType::words_of(&types))
                    .unwrap_or_default();
                out.violate(self.missing(name, expected));
            }
        }
    }

    fn missing(&self, name: &str, expected: String) -> Violation {
        Violation {
            path: self.path().key(name),
            kind: ViolationKind::Missing,
            expected,
            found: String::new(),
            meant: None,
        }
    }

    fn check_each(
        &mut self,
        key: &str,
        schemas: &'a Members,
        members: &Members,
        out: &mut Findings,
    ) {
        for (name, member) in members {
            if let Some(schema) = schemas.get(name) {
                let steps = [Segment::Key(key.into()), Segment::Key(name.clone())];
                let part = Some(Segment::Key(name.clone()));
                self.descend(&steps, part, (schema, member), out);
            }
        }
    }

    fn check_patterns(&mut self, schemas: &'a Members, members: &Members, out: &mut Findings) {
        let keyword = "patternProperties";
        for (regex, schema) in schemas {
            for (name, member) in members {
                if !self.take(1 + (regex.len() + name.len()) / 64) {
                    return;
                }
                match pattern::fits(regex, name) {
                    Some(false) => {}
                    Some(true) => {
                        let steps = [Segment::Key(keyword.into()), Segment::Key(regex.clone())];
                        let part = Some(Segment::Key(name.clone()));
                        self.descend(&steps, part, (schema, member), out);
                    }
                    None => self.leave(keyword, Reason::Pattern, out),
                }
            }
        }
    }

    fn check_additional(
        &mut self,
        map: &'a Members,
        schema: &'a Value,
        members: &Members,
        out: &mut Findings,
    ) {
        let keyword = "additionalProperties";
        let declared = map.get("properties").and_then(Value::as_object);
        let patterns = map.get("patternProperties").and_then(Value::as_object);
        for (name, member) in members {
            if declared.is_some_and(|declared| declared.contains_key(name)) {
                continue;
            }
            let regexes = patterns.into_iter().flat_map(Members::keys);
            if !self.take(1 + patterns.map_or(0, Members::len)) {
                return;
            }
            let fits: Vec<_> = regexes.map(|regex| pattern::fits(regex, name)).collect();
            if fits.contains(&Some(true)) {
                continue;
            }
            let steps = [Segment::Key(keyword.into())];
            let part = Some(Segment::Key(name.clone()));
            if fits.contains(&None) {
                self.leave(keyword, Reason::Pattern, out);
            } else if schema == &Value::Bool(false) {
                out.violate(self.unknown(name, member, declared));
            } else {
                self.descend(&steps, part, (schema, member), out);
            }
        }
    }

    fn unknown(&mut self, name: &str, member: &Value, declared: Option<&Members>) -> Violation {
        let known = declared.into_iter().flat_map(Members::keys);
        let meant = self.meant(name, known.map(String::as_str));
        Violation {
            path: self.path().key(name),
            kind: ViolationKind::Unknown,
            expected: String::new(),
            found: words::found(member),
            meant,
        }
    }

    fn check_names(&mut self, schema: &'a Value, members: &Members, out: &mut Findings) {
        for name in members.keys() {
            let mut found = Findings::default();
            let steps = [Segment::Key("propertyNames".into())];
            let text = Value::String(name.clone());
            self.descend(&steps, None, (schema, &text), &mut found);
            if self.stop.is_some() {
                return;
            }
            if found.outcome() == Outcome::Unknown {
                out.leave_all(found.undecided);
            } else if let Some(first) = found.violations.into_iter().next() {
                out.violate(Violation {
                    path: self.path().key(name),
                    kind: ViolationKind::BadName,
                    expected: format!("named otherwise (a name must be {})", first.expected),
                    ..first
                });
            }
        }
    }

    fn check_dependent(&mut self, needs: &Members, members: &Members, out: &mut Findings) {
        let keyword = "dependentRequired";
        for (name, needed) in needs {
            let Some(needed) = needed.as_array() else {
                self.leave(keyword, Reason::Malformed, out);
                continue;
            };
            if !self.take(1 + needed.len()) {
                return;
            }
            if !members.contains_key(name) {
                continue;
            }
            for other in needed {
                let Some(other) = other.as_str() else {
                    self.leave(keyword, Reason::Malformed, out);
                    continue;
                };
                if !members.contains_key(other) {
                    out.violate(self.missing(other, format!("given together with `{name}`")));
                }
            }
        }
    }
}
