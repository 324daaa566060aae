//! The walk over schema and value together.

use serde_json::{Map, Value};

use super::findings::Findings;
use super::{Reason, Stop, Undecided, Violation, ViolationKind};
use crate::text::schema::keyword::{self, Role};
use crate::text::schema::path::{Path, Segment};
use crate::text::schema::reference::{self, Unresolved};
use crate::text::schema::words;

/// The most schemas inside each other, references followed.
const DEPTH: usize = 256;

/// The most searches for a name that was meant; most of what is found is thrown away.
const SUGGESTIONS: usize = 100;

/// A check under way.
pub(super) struct Checker<'a> {
    root: &'a Value,
    /// Steps left.
    left: usize,
    pub(super) stop: Option<Stop>,
    /// Where we are in the value.
    path: Vec<Segment>,
    /// Where we are in the schema.
    schema_path: Vec<Segment>,
    /// References that are being followed, with the values they are followed for.
    following: Vec<(*const Value, *const Value)>,
    depth: usize,
    /// How often a name that was meant may still be looked for.
    suggestions: usize,
}

impl<'a> Checker<'a> {
    pub(super) fn new(root: &'a Value, steps: usize) -> Self {
        Self {
            root,
            left: steps,
            stop: None,
            path: Vec::new(),
            schema_path: Vec::new(),
            following: Vec::new(),
            depth: 0,
            suggestions: SUGGESTIONS,
        }
    }

    /// Pays for work. Says whether there is enough left to do it.
    pub(super) fn take(&mut self, steps: usize) -> bool {
        match self.left.checked_sub(steps) {
            Some(left) => self.left = left,
            None => self.stop = self.stop.or(Some(Stop::TooComplex)),
        }
        self.stop.is_none()
    }

    /// Checks a value, or a part of it, against a schema.
    pub(super) fn apply(&mut self, schema: &'a Value, instance: &Value, out: &mut Findings) {
        if out.is_full() {
            out.is_cut = true;
            return;
        }
        if self.depth >= DEPTH {
            self.stop = self.stop.or(Some(Stop::TooDeep));
        }
        if !self.take(1) {
            return;
        }
        self.depth += 1;
        match schema {
            Value::Bool(true) => {}
            Value::Bool(false) => {
                out.violate(self.violation(ViolationKind::Never, "left out", instance));
            }
            Value::Object(map) => self.keywords(map, instance, out),
            _ => {
                // The keyword is the last step to what is no schema.
                let last = self.schema_path.pop();
                let keyword = match &last {
                    Some(Segment::Key(key)) => key.clone(),
                    Some(Segment::Index(index)) => index.to_string(),
                    None => String::new(),
                };
                self.leave(&keyword, Reason::Malformed, out);
                self.schema_path.extend(last);
            }
        }
        self.depth -= 1;
    }

    fn keywords(&mut self, map: &'a Map<String, Value>, instance: &Value, out: &mut Findings) {
        if !self.take(map.len()) || !self.check_type(map, instance, out) {
            return;
        }
        for (key, value) in map {
            match key.as_str() {
                // These are looked at together with others.
                "type" | "nullable" | "minContains" | "maxContains" => {}
                "$ref" => self.follow(value, instance, out),
                "enum" => self.check_enum(value, instance, out),
                "const" => self.check_const(value, instance, out),
                "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                    self.check_range(key, value, instance, out);
                }
                "multipleOf" => self.check_multiple(value, instance, out),
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties"
                | "maxProperties" => self.check_size(key, value, instance, out),
                "pattern" => self.check_pattern(value, instance, out),
                "uniqueItems" | "prefixItems" | "items" | "contains" => {
                    self.check_list(map, key, value, instance, out);
                }
                "required"
                | "properties"
                | "patternProperties"
                | "additionalProperties"
                | "propertyNames"
                | "dependentRequired"
                | "dependentSchemas" => {
                    self.check_object(map, key, value, instance, out);
                }
                "anyOf" | "oneOf" | "allOf" | "not" => {
                    self.check_choice(key, value, instance, out);
                }
                _ => match keyword::find(key) {
                    Some((_, Role::Checked | Role::Note)) => {}
                    Some((_, Role::Undecided)) => self.leave(key, Reason::Unsupported, out),
                    None if keyword::is_extension(key) => {}
                    None => self.leave(key, Reason::Unknown, out),
                },
            }
        }
    }

    fn follow(&mut self, value: &'a Value, instance: &Value, out: &mut Findings) {
        let Some(text) = value.as_str() else {
            return self.leave("$ref", Reason::Malformed, out);
        };
        // Finding the place costs the steps to it.
        if !self.take(self.schema_path.len() + text.len() / 8) {
            return;
        }
        let (target, place) = match reference::resolve(self.root, &self.schema_path, text) {
            Ok(found) => found,
            Err(Unresolved::Elsewhere) => return self.leave("$ref", Reason::Elsewhere, out),
            Err(Unresolved::Missing) => return self.leave("$ref", Reason::Malformed, out),
        };
        let pair: (*const Value, *const Value) = (target, instance);
        if self.following.contains(&pair) {
            return self.leave("$ref", Reason::Circular, out);
        }
        self.following.push(pair);
        let here = std::mem::replace(&mut self.schema_path, place);
        self.apply(target, instance, out);
        self.schema_path = here;
        self.following.pop();
    }

    /// Applies a schema that stands below the one at hand, to the same value or a part of it.
    pub(super) fn descend(
        &mut self,
        steps: &[Segment],
        part: Option<Segment>,
        (schema, instance): (&'a Value, &Value),
        out: &mut Findings,
    ) {
        let (depth, part_depth) = (self.schema_path.len(), self.path.len());
        self.schema_path.extend_from_slice(steps);
        self.path.extend(part);
        self.apply(schema, instance, out);
        self.path.truncate(part_depth);
        self.schema_path.truncate(depth);
    }

    /// Returns where we are in the value.
    pub(super) fn path(&self) -> Path {
        Path(self.path.clone())
    }

    /// Makes a violation of the value at hand.
    pub(super) fn violation(
        &self,
        kind: ViolationKind,
        expected: impl Into<String>,
        instance: &Value,
    ) -> Violation {
        Violation {
            path: self.path(),
            kind,
            expected: expected.into(),
            found: words::found(instance),
            meant: None,
        }
    }

    /// Finds the word that was meant.
    pub(super) fn meant<'b>(
        &mut self,
        typed: &str,
        known: impl IntoIterator<Item = &'b str>,
    ) -> Option<String> {
        self.suggestions = self.suggestions.checked_sub(1)?;
        words::meant(typed, known).map(ToOwned::to_owned)
    }

    /// Notes that a keyword of the schema at hand could not be decided.
    pub(super) fn leave(&self, keyword: &str, reason: Reason, out: &mut Findings) {
        out.leave(Undecided {
            path: self.path(),
            schema_path: Path(self.schema_path.clone()),
            keyword: keyword.to_owned(),
            reason,
        });
    }
}
