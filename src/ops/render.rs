//! `render`: what a model would get.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::{Map, Value};

use super::Ctx;
use super::composition::{Composition, published_file};
use super::error::{Error, ErrorKind, Result};
use super::prompt::decoded;
use crate::model::Reference;
use crate::text::document::{Document, Metadata};
use crate::text::input::Inputs;
use crate::text::suggest::nearest;
use crate::text::template::{self, Budget, Given, Message, RenderError, Usage};

/// What `render` is asked for.
#[derive(Debug, Clone)]
pub struct Render {
    /// The prompt.
    pub target: Target,
    /// The values.
    pub input: Map<String, Value>,
    /// The example of the front matter that the values complete.
    pub example: Option<String>,
    /// Whether values may be missing.
    pub allow_missing: bool,
    /// Whether there may be values that nothing asks for.
    pub allow_extra: bool,
    /// The most bytes of output.
    pub max_output: usize,
    /// The most time.
    pub timeout: Duration,
}

/// What is rendered.
#[derive(Debug, Clone)]
pub enum Target {
    /// A published version.
    Version {
        /// Which.
        reference: Reference,
        /// Whether retired ones count.
        retired: bool,
    },
    /// A text that is not published; its partials are found as they are now.
    Text {
        /// What to call it.
        name: String,
        /// The document.
        bytes: Vec<u8>,
    },
}

/// A rendered prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RenderedPrompt {
    /// The prompt, or the file.
    pub name: String,
    /// The version; none for a text that is not published.
    pub version: Option<String>,
    /// The version's identity.
    pub identity: Option<String>,
    /// `chat` or `text`.
    pub kind: &'static str,
    /// The messages.
    pub messages: Vec<Message>,
    /// All text, without the marks between messages.
    #[serde(skip)]
    pub text: String,
}

/// A template, ready to be given values.
struct Prepared {
    name: String,
    version: Option<(String, String)>,
    metadata: Metadata,
    composition: Composition,
}

/// Renders a prompt.
pub fn render(ctx: &Ctx, request: &Render) -> Result<RenderedPrompt> {
    let prepared = match &request.target {
        Target::Version { reference, retired } => published(ctx, reference, *retired)?,
        Target::Text { name, bytes } => given(ctx, name, bytes)?,
    };
    let input = prepared.input(request)?;
    let kind = prepared.composition.kind();
    let given = Given {
        input: Value::Object(input),
        ..Given::default()
    };
    let budget = Budget {
        output: request.max_output,
        deadline: Instant::now().checked_add(request.timeout),
        ..Budget::default()
    };
    let rendered = template::render(&prepared.composition.files, &given, budget)
        .map_err(|error| render_error(&prepared.name, &error))?;
    let (version, identity) = prepared.version.unzip();
    Ok(RenderedPrompt {
        name: prepared.name,
        version,
        identity,
        kind,
        messages: rendered.messages,
        text: rendered.text,
    })
}

fn published(ctx: &Ctx, reference: &Reference, retired: bool) -> Result<Prepared> {
    let resolved = ctx.resolve_reference(reference, retired)?;
    let text = ctx.text_of(&resolved.prompt, &resolved.version, resolved.held)?;
    let what = format!("{}@{}", reference.name, resolved.version);
    let (metadata, file) = published_file(&text, &what)?;
    let facts = resolved.prompt.history.publish(resolved.held);
    Ok(Prepared {
        name: reference.name.to_string(),
        version: Some((resolved.version.to_string(), facts.identity.to_string())),
        metadata,
        composition: ctx.compose(file, &facts.pins)?,
    })
}

fn given(ctx: &Ctx, name: &str, bytes: &[u8]) -> Result<Prepared> {
    let text = decoded(bytes, name)?;
    let checked = ctx.check_text(None, text, name)?;
    let document = Document::parse(&checked.text, ctx.store.settings().limits)
        .map_err(|_| Error::new(ErrorKind::Refused, format!("`{name}` cannot be read")))?;
    Ok(Prepared {
        name: name.to_owned(),
        version: None,
        metadata: document.metadata,
        composition: checked.composition,
    })
}

fn render_error(name: &str, error: &RenderError) -> Error {
    let message = format!("`{name}`: {error}");
    match error {
        RenderError::TooLarge(_) => {
            Error::new(ErrorKind::Limit, message).hint("`--max-output BYTES` allows more")
        }
        RenderError::TooLong => {
            Error::new(ErrorKind::Limit, message).hint("`--timeout SECONDS` allows more")
        }
        RenderError::TooManySteps(_) => Error::new(ErrorKind::Limit, message)
            .hint("loops inside loops multiply: give shorter lists, or take a loop away"),
        RenderError::TooDeep { .. } => Error::new(ErrorKind::Limit, message)
            .hint("a partial that includes itself has no end; include it once"),
        RenderError::Failed(_) => Error::new(ErrorKind::Refused, message),
    }
}

/// What a template asks for.
struct Asked {
    required: Vec<String>,
    /// Whatever may be given; none: anything.
    known: Option<Vec<String>>,
}

impl Prepared {
    /// The values to render with: defaults, then the example, then what was given.
    fn input(&self, request: &Render) -> Result<Map<String, Value>> {
        let mut input = self.metadata.input_default.clone();
        if let Some(example) = &request.example {
            input.extend(self.example(example)?);
        }
        input.extend(request.input.clone());
        let asked = self.asked();
        let missing: Vec<&str> = asked
            .required
            .iter()
            .map(String::as_str)
            .filter(|name| !input.contains_key(*name))
            .collect();
        if !missing.is_empty() && !request.allow_missing {
            return Err(self.missing(&missing));
        }
        if let Some(known) = &asked.known
            && !request.allow_extra
            && let Some(extra) = input.keys().find(|key| !known.contains(key))
        {
            return Err(self.extra(extra, known));
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

    /// With a schema, what it says. Without one, whatever the template reads is needed.
    fn asked(&self) -> Asked {
        if let Some(schema) = &self.metadata.input_schema {
            let Some(inputs) = Inputs::of(schema) else {
                return Asked {
                    required: Vec::new(),
                    known: None,
                };
            };
            let required = inputs.fields.iter().filter(|field| field.is_required);
            let names = inputs.fields.iter().map(|field| field.name.clone());
            return Asked {
                required: required.map(|field| field.name.clone()).collect(),
                known: (!inputs.is_open).then(|| names.collect()),
            };
        }
        let usage = self.composition.usage();
        let mut names: Vec<String> = usage
            .variables
            .iter()
            .filter_map(|variable| variable.path.first().cloned())
            .collect();
        names.sort_unstable();
        names.dedup();
        let is_whole = usage.whole_context || usage.truncated;
        Asked {
            required: names.clone(),
            known: (!is_whole).then_some(names),
        }
    }

    fn missing(&self, names: &[&str]) -> Error {
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

impl Composition {
    /// What the template reads, its partials included.
    fn usage(&self) -> Usage {
        self.usage_of(0, &mut BTreeMap::new())
    }

    fn usage_of(&self, part: usize, known: &mut BTreeMap<usize, Usage>) -> Usage {
        if let Some(usage) = known.get(&part) {
            return usage.clone();
        }
        let this = &self.files[part];
        let below: BTreeMap<&str, Usage> = this
            .partials
            .iter()
            .map(|(name, &place)| (name.as_str(), self.usage_of(place, known)))
            .collect();
        let usage = this
            .template
            .usage()
            .compose(&|name| below.get(name).cloned());
        known.insert(part, usage.clone());
        usage
    }
}
