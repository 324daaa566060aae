//! The values that a prompt is rendered with: where they come from, and whether they fit.

use serde_json::{Map, Value};

use super::Prepared;
use super::Render;
use crate::ops::error::{Error, ErrorKind, Result};
use crate::text::schema::{Checked, Fields, Violation, ViolationKind, check_except, coerce};
use crate::text::suggest::nearest;

/// As many faults of an input as one message tells.
const TOLD: usize = 5;

/// The values as they were given. Later ones win: defaults, the example, the input, the
/// environment, single values.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Values {
    /// The example of the front matter to begin with.
    pub example: Option<String>,
    /// Names and values.
    pub input: Map<String, Value>,
    /// Names in capitals, as environments have them, and texts.
    pub environment: Vec<(String, String)>,
    /// Names and values.
    pub single: Map<String, Value>,
    /// Names and texts, which become what the schema says.
    pub texts: Vec<(String, String)>,
}

/// What a template asks for where there is no schema: what it reads.
struct Read {
    names: Vec<String>,
    /// Whether it reads all of its input, so that anything may be given.
    is_whole: bool,
}

impl Prepared<'_> {
    /// The input to render with, checked.
    pub(super) fn input(&self, request: &Render) -> Result<Map<String, Value>> {
        let values = &request.values;
        let mut input = self.metadata.input_default.clone();
        if let Some(runtime) = &request.runtime {
            input.extend(runtime.defaults());
        }
        if let Some(example) = &values.example {
            input.extend(self.example(example)?);
        }
        if let Some(runtime) = &request.runtime {
            input.extend(runtime.input.clone());
        }
        input.extend(values.input.clone());
        input.extend(self.of_environment(&values.environment)?);
        input.extend(values.single.clone());
        for (name, text) in &values.texts {
            input.insert(name.clone(), self.typed(name, text)?);
        }
        self.check_exact(&input)?;
        match &self.schemas.input {
            Some(schema) if Fields::of(schema).is_some() => {
                self.check_schema(schema, &Value::Object(input.clone()), request)?;
            }
            // Without a schema, or with one that names no fields, what the template reads counts.
            _ => self.check_read(&input, request)?,
        }
        Ok(input)
    }

    fn example(&self, name: &str) -> Result<Map<String, Value>> {
        let examples = &self.metadata.examples;
        if let Some(Value::Object(example)) = examples.get(name) {
            return Ok(example.clone());
        }
        let known: Vec<&str> = examples.keys().map(String::as_str).collect();
        let hint = match (nearest(name, known.iter().copied()), known.is_empty()) {
            (Some(meant), _) => format!("did you mean `--example {meant}`?"),
            (None, false) => format!("its examples are {}", known.join(", ")),
            (None, true) => "it has none: `promptctl.examples` in the front matter".into(),
        };
        Err(Error::new(
            ErrorKind::NotFound,
            format!("`{}` has no example `{name}`", self.name),
        )
        .hint(hint))
    }

    /// Turns a text into what the schema says that it is.
    fn typed(&self, name: &str, text: &str) -> Result<Value> {
        let Some(schema) = &self.schemas.input else {
            return Ok(Value::from(text));
        };
        coerce(schema, name, text).map_err(|error| {
            Error::new(ErrorKind::Invalid, format!("`{}`: {error}", self.name))
                .maybe_hint(error.hint)
        })
    }

    /// Finds the inputs that variables of the environment mean: ORDER_ID is `order_id` or `orderId`.
    fn of_environment(&self, variables: &[(String, String)]) -> Result<Map<String, Value>> {
        let mut found = Map::new();
        if variables.is_empty() {
            return Ok(found);
        }
        let plain = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
        let fields = self.schemas.input.as_ref().and_then(Fields::of);
        let declared = fields.into_iter().flat_map(|fields| fields.fields);
        let names: Vec<String> = match &self.schemas.input {
            Some(_) => declared.map(|field| field.name).collect(),
            None => self.read().names,
        };
        for (variable, text) in variables {
            let mut meant = names.iter().filter(|name| plain(name) == plain(variable));
            let name = match (meant.next(), meant.next()) {
                (Some(name), None) => name.clone(),
                (None, _) => variable.to_ascii_lowercase(),
                (Some(one), Some(other)) => {
                    let message =
                        format!("`{variable}` of the environment may be `{one}` or `{other}`");
                    return Err(Error::new(ErrorKind::Invalid, message)
                        .hint(format!("give it with `--var {one}=...`")));
                }
            };
            let value = self.typed(&name, text)?;
            if found.insert(name.clone(), value).is_some() {
                let message = format!("two variables of the environment mean `{name}`");
                return Err(Error::new(ErrorKind::Invalid, message)
                    .hint(format!("unset one of them; `{variable}` is one")));
            }
        }
        Ok(found)
    }

    /// Refuses whole numbers that JavaScript's runtimes would change without a word.
    fn check_exact(&self, input: &Map<String, Value>) -> Result<()> {
        let inexact = input.iter().find_map(|(name, value)| inexact(name, value));
        let Some((path, number)) = inexact else {
            return Ok(());
        };
        Err(Error::new(
            ErrorKind::Invalid,
            format!(
                "`{}`: `{path}` is {number}, too large to be exact in every runtime",
                self.name
            ),
        )
        .hint("numbers are exact up to 9007199254740991; give it as a text"))
    }

    fn check_schema(&self, schema: &Value, input: &Value, request: &Render) -> Result<()> {
        use ViolationKind::{Missing, Unknown};
        let tolerated: &[ViolationKind] = match (request.allows_missing(), request.allows_extra()) {
            (true, true) => &[Missing, Unknown],
            (true, false) => &[Missing],
            (false, true) => &[Unknown],
            (false, false) => &[],
        };
        let Checked {
            violations,
            undecided,
            stop,
        } = check_except(schema, input, tolerated);
        if let Some(first) = violations.first() {
            return Err(self.misfit(schema, first, &violations));
        }
        if let Some(stop) = stop {
            return Err(Error::new(
                ErrorKind::Limit,
                format!("`{}`: {}", self.name, stop.message()),
            ));
        }
        for open in undecided {
            let keyword = &open.keyword;
            self.remark(format!(
                "`{keyword}` of the schema is not understood, so it is not checked"
            ));
        }
        Ok(())
    }

    fn misfit(&self, schema: &Value, first: &Violation, all: &[Violation]) -> Error {
        let at_top = |violation: &&Violation| violation.path.0.len() == 1;
        let missing: Vec<String> = all
            .iter()
            .filter(|violation| violation.kind == ViolationKind::Missing)
            .filter(at_top)
            .map(|violation| violation.path.to_string())
            .collect();
        if missing.len() == all.len() {
            return self.missing(&missing);
        }
        if first.kind == ViolationKind::Unknown && first.path.0.len() == 1 {
            let fields = Fields::of(schema)
                .map(|fields| fields.fields)
                .unwrap_or_default();
            let known: Vec<String> = fields.into_iter().map(|field| field.name).collect();
            return self.extra(&first.path.to_string(), &known);
        }
        let told: Vec<String> = all.iter().take(TOLD).map(ToString::to_string).collect();
        let more = match all.len().saturating_sub(TOLD) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        let message = format!("`{}`: {}{more}", self.name, told.join("; "));
        Error::new(ErrorKind::Invalid, message)
            .hint("`input.schema` in the front matter says what it takes")
    }

    /// Without a schema, whatever the template reads is needed, and nothing else.
    fn check_read(&self, input: &Map<String, Value>, request: &Render) -> Result<()> {
        if request.allows_missing() && request.allows_extra() {
            return Ok(());
        }
        let read = self.read();
        let missing = read.names.iter().filter(|name| !input.contains_key(*name));
        let missing: Vec<String> = missing.cloned().collect();
        if !missing.is_empty() && !request.allows_missing() {
            return Err(self.missing(&missing));
        }
        let extra = input.keys().find(|name| !read.names.contains(name));
        match extra {
            Some(extra) if !read.is_whole && !request.allows_extra() => {
                Err(self.extra(extra, &read.names))
            }
            _ => Ok(()),
        }
    }

    fn read(&self) -> Read {
        let usage = self.composition.usage();
        let mut names: Vec<String> = usage
            .variables
            .iter()
            .filter_map(|variable| variable.path.first().cloned())
            .collect();
        names.sort_unstable();
        names.dedup();
        Read {
            names,
            is_whole: usage.whole_context || usage.truncated,
        }
    }

    fn missing(&self, names: &[String]) -> Error {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let vars: Vec<String> = names
            .iter()
            .map(|name| format!("--var {name}=..."))
            .collect();
        let mut hint = format!("give it with `{}`", vars.join(" "));
        if let Some(example) = self.metadata.examples.keys().next() {
            hint.push_str(&format!(", or take an example with `--example {example}`"));
        }
        Error::new(
            ErrorKind::Invalid,
            format!("`{}` needs {}", self.name, quoted.join(", ")),
        )
        .hint(hint)
    }

    fn extra(&self, name: &str, known: &[String]) -> Error {
        let error = Error::new(
            ErrorKind::Invalid,
            format!("`{}` has no input `{name}`", self.name),
        );
        error.hint(match nearest(name, known.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if known.is_empty() => "it has no inputs; `--allow-extra` ignores it".into(),
            None => format!(
                "its inputs are {}; `--allow-extra` ignores others",
                known.join(", ")
            ),
        })
    }
}

impl Render {
    fn allows_missing(&self) -> bool {
        self.allow_missing || self.runtime.is_some()
    }

    fn allows_extra(&self) -> bool {
        self.allow_extra || self.runtime.is_some()
    }
}

/// Finds a whole number that a JavaScript number cannot hold.
fn inexact(path: &str, value: &Value) -> Option<(String, String)> {
    /// The largest whole number below which all are exact: 2^53 - 1.
    const LARGEST: u64 = 9_007_199_254_740_991;
    match value {
        Value::Number(number) => {
            let size = number
                .as_u64()
                .or_else(|| number.as_i64().map(i64::unsigned_abs));
            size.filter(|size| *size > LARGEST)
                .map(|_| (path.to_owned(), number.to_string()))
        }
        Value::Array(list) => {
            let mut elements = list.iter().enumerate();
            elements.find_map(|(at, element)| inexact(&format!("{path}[{at}]"), element))
        }
        Value::Object(map) => {
            let mut members = map.iter();
            members.find_map(|(name, member)| inexact(&format!("{path}.{name}"), member))
        }
        _ => None,
    }
}
