//! Front matter: the keys that promptctl acts on, with their types checked.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value};

use super::fault::Fault;
use super::strict;
use super::suggest::nearest;
use crate::model::Reference;

/// What the front matter says, as far as promptctl acts on it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// All of it, in the author's order.
    pub raw: Map<String, Value>,
    /// `description`
    pub description: Option<String>,
    /// `model`
    pub model: Option<String>,
    /// `input.schema`
    pub input_schema: Option<Value>,
    /// `output.schema`
    pub output_schema: Option<Value>,
    /// `input.default`
    pub input_default: Map<String, Value>,
    /// `promptctl.tags`
    pub tags: Vec<String>,
    /// `promptctl.partials`: aliases and what they stand for.
    pub partials: BTreeMap<String, Reference>,
    /// `promptctl.examples`: named inputs.
    pub examples: Map<String, Value>,
}

impl Metadata {
    /// Reads the front matter that stands at `range` of a document.
    pub(super) fn parse(text: &str, range: &Range<usize>, faults: &mut Vec<Fault>) -> Self {
        let yaml = &text[range.clone()];
        match strict::parse_yaml(yaml) {
            Ok(Value::Object(raw)) => Reader {
                text,
                range,
                faults,
            }
            .metadata(raw),
            Ok(Value::Null) => Metadata::default(),
            Ok(_) => {
                let message = "the front matter is no map of keys and values";
                faults.push(Fault::new("invalid-yaml", range.clone(), message));
                Metadata::default()
            }
            Err(error) => {
                faults.push(yaml_fault(&error, text, range));
                Metadata::default()
            }
        }
    }
}

/// Where a key stands for the second time, at the beginning of a line.
fn second_key(document: &str, range: &Range<usize>, key: &str) -> Option<Range<usize>> {
    let mut at = range.start;
    let mut found = Vec::new();
    for line in document[range.clone()].split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let rest = line[indent..].strip_prefix(key);
        if rest.is_some_and(|rest| rest.trim_start().starts_with(':')) {
            found.push((indent, at + indent..at + indent + key.len()));
        }
        at += line.len();
    }
    let is_twice = |(place, (indent, _)): &(usize, &(usize, Range<usize>))| {
        found[..*place].iter().any(|(earlier, _)| earlier == indent)
    };
    let second = found.iter().enumerate().find(is_twice);
    second.map(|(_, (_, span))| span.clone())
}

fn yaml_fault(error: &serde_yaml::Error, document: &str, range: &Range<usize>) -> Fault {
    let at = error
        .location()
        .map_or(range.start, |place| range.start + place.index())
        .min(range.end);
    let text = error.to_string();
    let rule = [
        ("duplicate key", "duplicate-key"),
        ("custom tags", "yaml-tag"),
        ("once aliases are followed", "alias-bomb"),
        ("repetition limit", "alias-bomb"),
    ]
    .iter()
    .find(|(sign, _)| text.contains(sign))
    .map_or("invalid-yaml", |(_, rule)| rule);
    let message = text.split(" at line ").next().unwrap_or(&text);
    // A path of aliases in front of the message says nothing to people.
    let message = match message.split_once(": ") {
        Some((path, message)) if path.contains('[') && !path.contains(' ') => message,
        _ => message,
    };
    let span = match message.split_once("duplicate key `") {
        Some((_, key)) => second_key(document, range, key.trim_end_matches('`')).unwrap_or(at..at),
        None => at..at,
    };
    Fault::new(rule, span, format!("front matter: {message}"))
}

/// The keys of promptctl itself.
const OWN_KEYS: [&str; 3] = ["promptctl.tags", "promptctl.partials", "promptctl.examples"];

/// Takes the known keys out of the front matter and checks their types.
struct Reader<'a> {
    text: &'a str,
    range: &'a Range<usize>,
    faults: &'a mut Vec<Fault>,
}

impl Reader<'_> {
    fn metadata(&mut self, raw: Map<String, Value>) -> Metadata {
        let input = self.map(&raw, "input");
        let output = self.map(&raw, "output");
        self.map(&raw, "config");
        self.own_keys(&raw);
        self.list(&raw, "toolDefs");
        let schema = |of: &Map<String, Value>| of.get("schema").filter(|s| !s.is_null()).cloned();
        Metadata {
            description: self.string(&raw, "description"),
            model: self.string(&raw, "model"),
            input_schema: schema(&input),
            output_schema: schema(&output),
            input_default: self.map(&input, "default"),
            tags: self.tags(&raw),
            partials: self.partials(&raw),
            examples: self.examples(&raw),
            raw,
        }
    }

    /// promptctl's own keys are dotted, and few.
    fn own_keys(&mut self, raw: &Map<String, Value>) {
        if raw.contains_key("promptctl") {
            let message = "`promptctl` is no map here: its keys are written `promptctl.tags`, \
                           `promptctl.partials`, `promptctl.examples`, each at the beginning of a line";
            self.fault("promptctl", message);
        }
        for key in raw.keys().filter(|key| key.starts_with("promptctl.")) {
            if !OWN_KEYS.contains(&key.as_str()) {
                let meant = nearest(key, OWN_KEYS).unwrap_or(OWN_KEYS[0]);
                self.fault(
                    key,
                    &format!("there is no key `{key}`; did you mean `{meant}`?"),
                );
            }
        }
    }

    fn string(&mut self, map: &Map<String, Value>, key: &str) -> Option<String> {
        match map.get(key)? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            _ => {
                self.wrong_type(key, "a text");
                None
            }
        }
    }

    fn map(&mut self, map: &Map<String, Value>, key: &str) -> Map<String, Value> {
        match map.get(key) {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(inner)) => inner.clone(),
            Some(_) => {
                self.wrong_type(key, "a map");
                Map::new()
            }
        }
    }

    fn list(&mut self, map: &Map<String, Value>, key: &str) -> Vec<Value> {
        match map.get(key) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(list)) => list.clone(),
            Some(_) => {
                self.wrong_type(key, "a list");
                Vec::new()
            }
        }
    }

    fn tags(&mut self, raw: &Map<String, Value>) -> Vec<String> {
        let key = "promptctl.tags";
        let list = self.list(raw, key);
        let tags: Vec<String> = list
            .iter()
            .filter_map(|tag| tag.as_str().map(str::to_owned))
            .collect();
        if tags.len() < list.len() {
            self.wrong_type(key, "a list of texts");
        }
        tags
    }

    fn partials(&mut self, raw: &Map<String, Value>) -> BTreeMap<String, Reference> {
        let key = "promptctl.partials";
        let mut partials = BTreeMap::new();
        for (alias, reference) in self.map(raw, key) {
            match reference.as_str().map(str::parse::<Reference>) {
                Some(Ok(reference)) => {
                    partials.insert(alias, reference);
                }
                Some(Err(error)) => self.fault(key, &format!("`{key}`: `{alias}`: {error}")),
                None => self.wrong_type(key, "a map from aliases to references"),
            }
        }
        partials
    }

    fn examples(&mut self, raw: &Map<String, Value>) -> Map<String, Value> {
        let key = "promptctl.examples";
        let examples = self.map(raw, key);
        if examples.values().any(|example| !example.is_object()) {
            self.wrong_type(key, "a map from names to inputs, each a map");
        }
        examples
    }

    fn wrong_type(&mut self, key: &str, wanted: &str) {
        self.fault(key, &format!("`{key}` must be {wanted}"));
    }

    fn fault(&mut self, key: &str, message: &str) {
        let span = self.find_key(key);
        self.faults
            .push(Fault::new("wrong-key-type", span, message));
    }

    fn find_key(&self, key: &str) -> Range<usize> {
        find_key(self.text, self.range, key)
    }
}

/// Finds where a key stands: the first line of the front matter that starts with it, else the
/// beginning.
#[must_use]
pub(super) fn find_key(document: &str, range: &Range<usize>, key: &str) -> Range<usize> {
    let mut at = range.start;
    for line in document[range.clone()].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
        let rest = line[indent..].strip_prefix(key);
        if rest.is_some_and(|rest| rest.trim_start().starts_with(':')) {
            return at + indent..at + indent + key.len();
        }
        at += line.len();
    }
    range.start..range.start
}
