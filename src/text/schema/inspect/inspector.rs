//! The walk over a JSON Schema, keyword by keyword.

use serde_json::{Number, Value};

use super::enum_mistakes;
use crate::text::schema::keyword::{self, Takes};
use crate::text::schema::mistake::{Mistake, MistakeKind};
use crate::text::schema::path::{Path, Segment};
use crate::text::schema::{limit, number, words};

/// The most mistakes that are listed.
const MOST: usize = 100;

/// An inspection under way.
pub(super) struct Inspector<'a> {
    pub(super) root: &'a Value,
    pub(super) path: Vec<Segment>,
    depth: usize,
    pub(super) mistakes: Vec<Mistake>,
}

impl<'a> Inspector<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self {
            root,
            path: Vec::new(),
            depth: 0,
            mistakes: Vec::new(),
        }
    }

    /// Looks at the whole schema.
    pub(super) fn inspect(mut self) -> Vec<Mistake> {
        self.schema(self.root);
        self.mistakes.truncate(MOST);
        self.mistakes
    }

    fn schema(&mut self, schema: &'a Value) {
        match schema {
            _ if self.mistakes.len() >= MOST => {}
            Value::Bool(_) => {}
            Value::Object(_) if self.depth >= limit::DEPTH => {
                self.complain(MistakeKind::TooLarge, limit::message(), None);
            }
            Value::Object(map) => {
                self.depth += 1;
                for (key, value) in map {
                    self.path.push(Segment::Key(key.clone()));
                    self.keyword(key, value);
                    self.path.pop();
                }
                self.together(map);
                self.depth -= 1;
            }
            Value::String(_) => {
                let hint = "Picoschema cannot stand inside JSON Schema: write `type:` before it";
                self.expect("a schema", schema, Some(hint.into()));
            }
            _ => self.expect("a schema", schema, None),
        }
    }

    fn keyword(&mut self, key: &str, value: &'a Value) {
        let Some((takes, _)) = keyword::find(key) else {
            if !keyword::is_extension(key) {
                let meant = words::meant(key, keyword::names());
                let hint = meant.map(|meant| format!("did you mean `{meant}`?"));
                self.complain(MistakeKind::Suspicious, "no keyword of JSON Schema", hint);
            }
            return;
        };
        match (takes, value) {
            (Takes::Schema, _) if key == "items" && value.is_array() => {
                let hint = "a schema for each place of a list stands under `prefixItems`";
                self.expect("a schema", value, Some(hint.into()));
            }
            (Takes::Schema, schema) => self.schema(schema),
            (Takes::Schemas, Value::Array(schemas)) if !schemas.is_empty() => {
                for (index, schema) in schemas.iter().enumerate() {
                    self.below(Segment::Index(index), |it| it.schema(schema));
                }
            }
            (Takes::Schemas, _) => self.expect("a list of schemas", value, None),
            (Takes::SchemaMap, Value::Object(schemas)) => {
                for (name, schema) in schemas {
                    self.below(Segment::Key(name.clone()), |it| it.schema(schema));
                }
            }
            (Takes::SchemaMap, _) => self.expect("a map from names to schemas", value, None),
            (Takes::Number, Value::Number(_))
            | (Takes::Truth, Value::Bool(_))
            | (Takes::Text, Value::String(_))
            | (Takes::List, Value::Array(_))
            | (Takes::Anything, _) => {}
            (Takes::Number, Value::Bool(_)) if key.starts_with("exclusive") => {
                let hint = "since draft 6 it takes the bound itself: `exclusiveMinimum: 0`";
                self.expect("a number", value, Some(hint.into()));
            }
            (Takes::Number, _) => self.expect("a number", value, None),
            (Takes::Positive, Value::Number(found))
                if number::compare(found, &Number::from(0)).is_gt() => {}
            (Takes::Positive, _) => self.expect("a number above 0", value, None),
            (Takes::Count, value) if number::count(value).is_some() => {}
            (Takes::Count, _) => self.expect("a whole number from 0", value, None),
            (Takes::Truth, _) => self.expect("true or false", value, None),
            (Takes::Text, _) => self.expect("text", value, None),
            (Takes::List, _) => self.expect("a list", value, None),
            (Takes::Names, _) => self.names(key, value),
            (Takes::NameLists, Value::Object(lists)) => {
                for (name, list) in lists {
                    self.below(Segment::Key(name.clone()), |it| it.names(key, list));
                }
            }
            (Takes::NameLists, _) => self.expect("a map from names to lists", value, None),
            (Takes::Type, _) => self.types(value),
            (Takes::Values, Value::Array(values)) => {
                for mut mistake in enum_mistakes(values) {
                    let mut path = self.path.clone();
                    path.append(&mut mistake.path.0);
                    mistake.path = Path(path);
                    self.mistakes.push(mistake);
                }
            }
            (Takes::Values, _) => self.expect("a list of values", value, None),
            (Takes::Reference, Value::String(text)) => self.reference(text),
            (Takes::Reference, _) => self.expect("text such as `#/$defs/name`", value, None),
        }
    }

    pub(super) fn below(&mut self, segment: Segment, look: impl FnOnce(&mut Self)) {
        self.path.push(segment);
        look(self);
        self.path.pop();
    }

    pub(super) fn expect(&mut self, expected: &str, found: &Value, hint: Option<String>) {
        let message = format!("{expected} belongs here, not {}", words::found(found));
        self.complain(MistakeKind::Invalid, message, hint);
    }

    pub(super) fn complain(
        &mut self,
        kind: MistakeKind,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        let path = Path(self.path.clone());
        self.mistakes
            .push(Mistake::new(kind, path, message).hint(hint));
    }
}
