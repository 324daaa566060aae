//! `render`: what a model would get.

mod lending;
mod runtime;
mod target;
mod values;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::{Map, Value};

use super::Ctx;
use super::composition::Composition;
use super::error::{Error, ErrorKind, Result};
use super::schemas::Schemas;
use crate::text::document::Metadata;
use crate::text::dotprompt;
use crate::text::template::{self, Budget, Given, Message, RenderError, Usage};
pub use runtime::Runtime;
pub use target::{Lent, Target};
pub use values::Values;

/// What `render` is asked for.
#[derive(Debug, Clone)]
pub struct Render {
    /// The prompt.
    pub target: Target,
    /// The values.
    pub values: Values,
    /// What a dotprompt runtime would hand over. With it nothing need be there, and anything may.
    pub runtime: Option<Runtime>,
    /// Whether to tell the metadata too: model, configuration, schemas.
    pub with_metadata: bool,
    /// Whether values may be missing.
    pub allow_missing: bool,
    /// Whether there may be values that nothing asks for.
    pub allow_extra: bool,
    /// The most bytes of output.
    pub max_output: usize,
    /// The most time.
    pub timeout: Duration,
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
    /// What dotprompt calls its metadata, where that was asked for.
    #[serde(skip)]
    pub metadata: Map<String, Value>,
}

/// A template, ready to be given values.
struct Prepared<'a> {
    ctx: Option<&'a Ctx>,
    name: String,
    version: Option<(String, String)>,
    has_front_matter: bool,
    metadata: Metadata,
    schemas: Schemas,
    composition: Composition,
}

/// Renders a prompt. A text that is not published needs no store.
pub fn render(ctx: Option<&Ctx>, request: &Render) -> Result<RenderedPrompt> {
    let prepared = match (&request.target, ctx) {
        (Target::Version { reference, retired }, Some(ctx)) => {
            target::published(ctx, reference, *retired)?
        }
        (Target::Version { reference, .. }, None) => {
            let message = format!("`{reference}` is a prompt of a store, and there is none here");
            return Err(Error::new(ErrorKind::NotFound, message));
        }
        (Target::Text { name, bytes, lent }, ctx) => {
            target::given(ctx, name, bytes, lent, request.runtime.is_some())?
        }
    };
    let input = prepared.input(request)?;
    let nothing = Runtime::default();
    let runtime = request.runtime.as_ref().unwrap_or(&nothing);
    let reads_metadata = prepared.composition.reads_data("metadata");
    let metadata = if request.with_metadata || reads_metadata {
        prepared.dotprompt_metadata(&runtime.options)
    } else {
        Map::new()
    };
    let given = Given {
        input: Value::Object(input),
        data: data(runtime, reads_metadata.then_some(&metadata)),
        history: runtime.messages.clone(),
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
        kind: prepared.composition.kind(),
        messages: rendered.messages,
        text: rendered.text,
        metadata,
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

impl Prepared<'_> {
    /// What a dotprompt runtime would answer beside the messages.
    fn dotprompt_metadata(&self, options: &Map<String, Value>) -> Map<String, Value> {
        let raw = self.has_front_matter.then_some(&self.metadata.raw);
        let mut members = dotprompt::metadata(raw, options);
        for (key, schema) in [
            ("input", &self.schemas.input),
            ("output", &self.schemas.output),
        ] {
            let is_own = !options.contains_key(key);
            if let (true, Some(schema), Some(Value::Object(member))) =
                (is_own, schema, members.get_mut(key))
            {
                member.insert("schema".to_owned(), schema.clone());
            }
        }
        members
    }

    fn remark(&self, remark: String) {
        if let Some(ctx) = self.ctx {
            ctx.remark(remark);
        }
    }
}

/// The data that `@name` reads.
fn data(runtime: &Runtime, metadata: Option<&Map<String, Value>>) -> Map<String, Value> {
    let mut data = Map::new();
    if let Some(metadata) = metadata {
        let mut prompt = metadata.clone();
        prompt.shift_remove("input");
        let messages = serde_json::to_value(&runtime.messages).unwrap_or_default();
        let seen = [
            ("prompt", Value::Object(prompt)),
            ("docs", Value::Array(runtime.docs.clone())),
            ("messages", messages),
        ];
        let seen = seen
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        data.insert("metadata".to_owned(), Value::Object(seen.collect()));
    }
    data.extend(runtime.context.clone());
    data
}

impl Composition {
    fn reads_data(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.template.reads_data(name))
    }

    /// What the template reads, its partials included.
    fn usage(&self) -> Usage {
        self.usage_of(0, &mut BTreeMap::new())
    }

    fn usage_of(&self, at: usize, known: &mut BTreeMap<usize, Usage>) -> Usage {
        if let Some(usage) = known.get(&at) {
            return usage.clone();
        }
        let file = &self.files[at];
        let below: BTreeMap<&str, Usage> = file
            .partials
            .iter()
            .map(|(name, &place)| (name.as_str(), self.usage_of(place, known)))
            .collect();
        let usage = file
            .template
            .usage()
            .compose(&|name| below.get(name).cloned());
        known.insert(at, usage.clone());
        usage
    }
}
