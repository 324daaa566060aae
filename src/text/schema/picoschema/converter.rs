//! The walk over a schema that makes JSON Schema of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::key::{Form, Key, WILDCARD, split_description};
use super::{Converted, SCALARS, is_json_schema, looks_like_json_schema};
use crate::text::schema::mistake::{Mistake, MistakeKind};
use crate::text::schema::path::Segment;
use crate::text::schema::{equality, inspect, limit, reference, words};

/// A conversion under way.
pub(super) struct Converter<'n> {
    named: &'n mut dyn FnMut(&str) -> Option<Value>,
    /// The named schemas that were asked for.
    known: BTreeMap<String, Option<Value>>,
    /// The named schemas that are being filled in, and where in `path` each begins.
    pub(super) inside: Vec<(String, usize)>,
    /// Where we are in what the author wrote.
    pub(super) path: Vec<Segment>,
    /// Where we are in the JSON Schema.
    place: Vec<String>,
    depth: usize,
    /// How many more values the JSON Schema may have.
    left: usize,
    pub(super) is_full: bool,
    pub(super) mistakes: Vec<Mistake>,
    /// What was said about named schemas; once is enough.
    pub(super) said: BTreeSet<String>,
}

impl<'n> Converter<'n> {
    pub(super) fn new(named: &'n mut dyn FnMut(&str) -> Option<Value>) -> Self {
        Self {
            named,
            known: BTreeMap::new(),
            inside: Vec::new(),
            path: Vec::new(),
            place: Vec::new(),
            depth: 0,
            left: limit::NODES,
            is_full: false,
            mistakes: Vec::new(),
            said: BTreeSet::new(),
        }
    }

    /// Reads a schema and all that it mentions.
    pub(super) fn convert(mut self, schema: &Value) -> Converted {
        let schema = self.whole(schema);
        Converted {
            schema: if self.is_full {
                Value::Bool(true)
            } else {
                schema
            },
            mistakes: self.mistakes,
        }
    }

    /// Reads the whole of a schema, where JSON Schema is possible.
    fn whole(&mut self, schema: &Value) -> Value {
        match schema {
            Value::Object(map) if is_json_schema(map) => self.json_schema(map),
            // What has a name is JSON Schema for dotprompt whatever it says.
            Value::Object(map) if looks_like_json_schema(map) && !self.inside.is_empty() => {
                self.json_schema(map)
            }
            Value::Object(map) if looks_like_json_schema(map) => {
                let hint = "write `type: object` at its top, or the type that it is";
                self.complain(
                    MistakeKind::Invalid,
                    "it looks like JSON Schema, but without `type` or `properties` at the top it \
                     is read as Picoschema",
                    Some(hint.into()),
                );
                self.json_schema(map)
            }
            _ => self.pico(schema),
        }
    }

    fn json_schema(&mut self, map: &Map<String, Value>) -> Value {
        let sizes = map.values().map(limit::size);
        let size = sizes.sum::<Option<usize>>().unwrap_or(limit::NODES);
        if !self.take(size + 1) {
            return Value::Bool(true);
        }
        let mut map = map.clone();
        if map.get("type") == Some(&json!("any")) {
            map.shift_remove("type");
        } else if !map.contains_key("type") && map.contains_key("properties") {
            map.insert("type".into(), json!("object"));
        }
        let mut schema = Value::Object(map);
        for mistake in inspect(&schema) {
            self.complain_below(mistake);
        }
        if !self.place.is_empty() {
            reference::rebase(&mut schema, &self.place);
        }
        schema
    }

    /// Reads a part of Picoschema.
    fn pico(&mut self, schema: &Value) -> Value {
        if self.depth >= limit::DEPTH {
            self.complain_too_large();
        }
        if !self.take(1) {
            return Value::Bool(true);
        }
        self.depth += 1;
        let schema = match schema {
            Value::String(text) => self.word(text),
            Value::Object(map) => self.fields(map),
            other => {
                self.complain_no_type(other);
                json!({})
            }
        };
        self.depth -= 1;
        schema
    }

    /// Reads the name of a type or of a schema, with or without a description.
    fn word(&mut self, text: &str) -> Value {
        let (name, description) = split_description(text);
        let mut schema = match name {
            "any" => json!({}),
            name if SCALARS.contains(&name) => json!({"type": name}),
            name => self.fill_in(name),
        };
        describe(&mut schema, description);
        schema
    }

    fn fill_in(&mut self, name: &str) -> Value {
        if self.inside.iter().any(|(outer, _)| outer == name) {
            let outer = self.inside.iter().map(|(outer, _)| outer.as_str());
            let chain: Vec<_> = outer.skip_while(|outer| *outer != name).collect();
            let message = format!(
                "the schema `{name}` contains itself: {} -> {name}",
                chain.join(" -> ")
            );
            self.complain(MistakeKind::Invalid, message, None);
            return json!({});
        }
        let Some(schema) = self.ask(name) else {
            self.complain_unknown(name);
            return json!({});
        };
        self.inside.push((name.to_owned(), self.path.len()));
        self.depth += 1;
        let schema = self.whole(&schema);
        self.depth -= 1;
        self.inside.pop();
        schema
    }

    fn ask(&mut self, name: &str) -> Option<Value> {
        if name.is_empty() {
            return None;
        }
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let found = (self.named)(name);
        self.known.insert(name.to_owned(), found.clone());
        found
    }

    fn fields(&mut self, map: &Map<String, Value>) -> Value {
        let mut properties = Map::new();
        let mut required: Vec<Value> = Vec::new();
        let mut additional = Value::Bool(false);
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for (written, value) in map {
            if self.is_full {
                break;
            }
            self.path.push(Segment::Key(written.clone()));
            if written == WILDCARD {
                additional = self.at(&["additionalProperties"], |it| it.pico(value));
                self.path.pop();
                continue;
            }
            let key = Key::parse(written);
            let earlier = *seen.entry(key.name).or_insert(written);
            let is_again = earlier != written;
            self.complain_about_key(&key, is_again.then_some(earlier));
            let schema = self.at(&["properties", key.name], |it| it.field(&key, value));
            self.path.pop();
            if key.name.is_empty() {
                continue;
            }
            let is_listed = is_again && required.iter().any(|name| name == key.name);
            if !key.is_optional && !is_listed {
                required.push(key.name.into());
            }
            properties.insert(key.name.to_owned(), schema);
        }
        let mut schema = Map::new();
        schema.insert("type".into(), "object".into());
        schema.insert("properties".into(), properties.into());
        if !required.is_empty() {
            schema.insert("required".into(), required.into());
        }
        schema.insert("additionalProperties".into(), additional);
        schema.into()
    }

    fn field(&mut self, key: &Key, value: &Value) -> Value {
        let mut schema = match key.form {
            Form::Plain => self.pico(value),
            Form::Object => {
                let schema = self.pico(value);
                self.complain_no_object(value);
                schema
            }
            Form::Array => {
                let items = self.at(&["items"], |it| it.pico(value));
                json!({"type": "array", "items": items})
            }
            Form::Enum => self.enumeration(value, key.is_optional),
        };
        if key.is_optional {
            allow_null(&mut schema);
        }
        describe(&mut schema, key.description);
        schema
    }

    fn enumeration(&mut self, value: &Value, is_optional: bool) -> Value {
        let Value::Array(values) = value else {
            let message = format!("an enum is a list of values, not {}", words::found(value));
            let hint = "write `[one, two]`, or each value in a line of its own behind a `-`";
            self.complain(MistakeKind::Invalid, message, Some(hint.into()));
            return json!({});
        };
        if !self.take(limit::size(value).unwrap_or(usize::MAX)) {
            return Value::Bool(true);
        }
        for mistake in inspect::enum_mistakes(values) {
            self.complain_below(mistake);
        }
        if values.is_empty() {
            return json!({});
        }
        let mut values = values.clone();
        if is_optional && !values.iter().any(Value::is_null) {
            values.push(Value::Null);
        }
        json!({"enum": values})
    }

    /// Goes on at a place of the JSON Schema.
    fn at<T>(&mut self, tokens: &[&str], read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.place.len();
        let tokens = tokens.iter().map(ToString::to_string);
        self.place.extend(tokens);
        let read = read(self);
        self.place.truncate(length);
        read
    }

    /// Pays for values of the JSON Schema. Says whether there is room for them.
    fn take(&mut self, values: usize) -> bool {
        match self.left.checked_sub(values) {
            Some(left) => self.left = left,
            None => self.complain_too_large(),
        }
        !self.is_full
    }
}

fn describe(schema: &mut Value, description: Option<&str>) {
    if let (Value::Object(map), Some(description)) = (schema, description) {
        map.insert("description".into(), description.into());
    }
}

/// Optional fields may be null as well, where there is one type to add that to.
fn allow_null(schema: &mut Value) {
    if let Some(name) = schema.get_mut("type")
        && name.is_string()
        && !equality::equal(name, &json!("null"))
    {
        *name = json!([name.take(), "null"]);
    }
}
