//! `render`, at the terminal.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context as _;
use clap_complete::ArgValueCompleter;
use serde_json::{Map, Value};

use super::args::parse_seconds;
use super::complete;
use super::env::Environment;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui, styled};
use crate::model::Reference;
use crate::ops::{
    self, Ctx, Error, ErrorKind, Lent, MessagePart, Render, RenderedPrompt, Runtime, Target,
    Values, parse_json,
};

/// Render a prompt: what a model would get
///
/// Values that are missing and values that nothing asks for are errors. A published version renders
/// with the partials that it was published with.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  promptctl render support/triage --var ticket='It is broken'
  promptctl render support/triage@1.0.0 --input case.json --format json
  promptctl render support/triage --example refund
  TICKET_ORDER=17 promptctl render support/triage --env TICKET_
  promptctl render support/triage --data data.json --format dotprompt
  promptctl render --file prompts/support/triage/draft.prompt --example refund")]
pub(super) struct Args {
    /// Which version: NAME or NAME@SELECTOR
    #[arg(
        value_name = "REF",
        required_unless_present = "file",
        add = ArgValueCompleter::new(complete::references)
    )]
    reference: Option<Reference>,

    /// Render a file that is not published; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "reference")]
    file: Option<String>,

    /// Give a value; the input schema says whether the text is a number; may be given several times
    #[arg(long = "var", value_name = "NAME=TEXT", value_parser = parse_pair)]
    vars: Vec<(String, String)>,

    /// Give a value as JSON; may be given several times
    #[arg(long = "var-json", value_name = "NAME=JSON", value_parser = parse_pair)]
    json_vars: Vec<(String, String)>,

    /// Give values as the JSON object in a file; `-` is standard input
    #[arg(long, value_name = "FILE")]
    input: Option<String>,

    /// Take values from the environment: with `TICKET_`, TICKET_ORDER is `order`
    #[arg(long, value_name = "PREFIX")]
    env: Option<String>,

    /// Give what a dotprompt runtime gives, as JSON: `input`, `context` (for `@name`), `messages`,
    /// `docs`, `options`. Values may be missing then, and there may be others
    #[arg(long, value_name = "FILE", conflicts_with = "input")]
    data: Option<String>,

    /// Lend a `--file` a partial; may be given several times
    #[arg(long = "partial", value_name = "NAME=FILE", value_parser = parse_pair, requires = "file")]
    partials: Vec<(String, String)>,

    /// Lend a `--file` a named schema, JSON or YAML; may be given several times
    #[arg(long = "schema", value_name = "NAME=FILE", value_parser = parse_pair, requires = "file")]
    schemas: Vec<(String, String)>,

    /// Begin with the values of an example (`promptctl.examples` in the front matter)
    #[arg(long, value_name = "NAME")]
    example: Option<String>,

    /// Render missing values as nothing
    #[arg(long)]
    allow_missing: bool,

    /// Ignore values that nothing asks for
    #[arg(long)]
    allow_extra: bool,

    /// Read retired versions too
    #[arg(long)]
    retired: bool,

    /// The most bytes of output
    #[arg(long, value_name = "BYTES", default_value = "16777216")]
    max_output: usize,

    /// The most time
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = parse_seconds)]
    timeout: Duration,
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .ok_or_else(|| format!("`{text}` is not of the form NAME=VALUE"))
}

impl Args {
    /// Tells whether it works without a store.
    pub(super) fn is_of_a_file(&self) -> bool {
        self.file.is_some()
    }

    pub(super) fn run(self, ctx: Option<&Ctx>, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let formats = [
            Format::Text,
            Format::Messages,
            Format::Json,
            Format::Dotprompt,
        ];
        let format = ui.format(&formats)?;
        let rendered = ops::render(ctx, &self.request(format == Format::Dotprompt)?)?;
        match format {
            Format::Json => ui.json("promptctl.render.v1", &rendered)?,
            Format::Dotprompt => ui.object(&answer(&rendered))?,
            Format::Messages => messages(ui, &rendered)?,
            // Messages are what a chat prompt is; its text alone is there for who asks for it.
            _ if rendered.kind == "chat" && !ui.has_format() => messages(ui, &rendered)?,
            _ => {
                ui.text(&rendered.text)?;
                if !rendered.text.ends_with('\n') {
                    ui.line("")?;
                }
            }
        }
        Ok(Outcome::Done)
    }

    fn request(self, with_metadata: bool) -> anyhow::Result<Render> {
        self.check_standard_input()?;
        let values = self.values()?;
        let runtime = match &self.data {
            Some(file) => {
                let (name, text) = read_text(file)?;
                Some(Runtime::parse(&name, &text)?)
            }
            None => None,
        };
        let target = match (self.reference, &self.file) {
            (Some(reference), _) => Target::Version {
                reference,
                retired: self.retired,
            },
            (None, file) => {
                let (name, bytes) = Environment::read(file.as_deref().unwrap_or("-"))?;
                let lent = Lent {
                    partials: read_lent("--partial", &self.partials)?,
                    schemas: read_lent("--schema", &self.schemas)?,
                };
                Target::Text { name, bytes, lent }
            }
        };
        Ok(Render {
            target,
            values,
            runtime,
            with_metadata,
            allow_missing: self.allow_missing,
            allow_extra: self.allow_extra,
            max_output: self.max_output,
            timeout: self.timeout,
        })
    }

    /// Standard input can be read once.
    fn check_standard_input(&self) -> Result<(), Error> {
        let lent = self
            .partials
            .iter()
            .chain(&self.schemas)
            .map(|(_, file)| file);
        let named = [&self.file, &self.input, &self.data].into_iter().flatten();
        if lent.chain(named).filter(|file| *file == "-").count() < 2 {
            return Ok(());
        }
        let message = "two options name `-`, and standard input can be read once";
        Err(Error::new(ErrorKind::Invalid, message))
    }

    /// The values as they were given. One name given twice is an error.
    fn values(&self) -> anyhow::Result<Values> {
        let input = match &self.input {
            Some(file) => read_input(file)?,
            None => Map::new(),
        };
        let mut single = Map::new();
        for (name, json) in &self.json_vars {
            let value = parse_json(json).map_err(|error| {
                let message = format!("`--var-json {name}=...`: no JSON: {error}");
                Error::new(ErrorKind::Invalid, message)
                    .hint(format!("`--var {name}=TEXT` gives a text"))
            })?;
            insert(&mut single, name, value)?;
        }
        let mut given = single.clone();
        for (name, text) in &self.vars {
            insert(&mut given, name, Value::from(text.as_str()))?;
        }
        let environment = match &self.env {
            Some(prefix) => Environment::with_prefix(prefix)?,
            None => Vec::new(),
        };
        Ok(Values {
            example: self.example.clone(),
            input,
            environment,
            single,
            texts: self.vars.clone(),
        })
    }
}

/// What a dotprompt runtime would answer.
fn answer(rendered: &RenderedPrompt) -> Map<String, Value> {
    let mut answer = rendered.metadata.clone();
    // Messages have no keys but texts, so they always have a JSON form.
    let messages = serde_json::to_value(&rendered.messages).unwrap_or_default();
    answer.insert("messages".to_owned(), messages);
    answer
}

fn read_lent(
    option: &str,
    files: &[(String, String)],
) -> anyhow::Result<BTreeMap<String, (String, Vec<u8>)>> {
    let mut lent = BTreeMap::new();
    for (name, file) in files {
        if lent
            .insert(name.clone(), Environment::read(file)?)
            .is_some()
        {
            let message = format!("`{option} {name}=...` is given twice");
            return Err(Error::new(ErrorKind::Invalid, message).into());
        }
    }
    Ok(lent)
}

fn insert(values: &mut Map<String, Value>, name: &str, value: Value) -> Result<(), Error> {
    match values.insert(name.to_owned(), value) {
        None => Ok(()),
        Some(_) => Err(Error::new(
            ErrorKind::Invalid,
            format!("the value `{name}` is given twice"),
        )),
    }
}

fn read_text(file: &str) -> anyhow::Result<(String, String)> {
    let (name, bytes) = Environment::read(file)?;
    let text = String::from_utf8(bytes).with_context(|| format!("`{name}` is not UTF-8"))?;
    Ok((name, text))
}

fn read_input(file: &str) -> anyhow::Result<Map<String, Value>> {
    let (name, text) = read_text(file)?;
    match parse_json(&text).with_context(|| format!("`{name}` is no JSON"))? {
        Value::Object(values) => Ok(values),
        _ => Err(Error::new(
            ErrorKind::Invalid,
            format!("`{name}` is no JSON object of names and values"),
        )
        .into()),
    }
}

fn messages(ui: &mut Ui, rendered: &RenderedPrompt) -> std::io::Result<()> {
    for (place, message) in rendered.messages.iter().enumerate() {
        if place > 0 {
            ui.line("")?;
        }
        let role = ui.safe(&message.role).into_owned();
        ui.line(styled(format!("[{role}]"), Mood::Heading))?;
        for part in &message.content {
            match part {
                MessagePart::Text { text } => {
                    ui.text(text.trim_matches('\n'))?;
                    ui.line("")?;
                }
                MessagePart::Media { media } => {
                    let url = ui.safe(&media.url).into_owned();
                    ui.line(styled(format!("(media {url})"), Mood::Dim))?;
                }
                MessagePart::Other(part) => {
                    let json = serde_json::Value::Object(part.clone()).to_string();
                    ui.line(styled(ui.safe(&json).into_owned(), Mood::Dim))?;
                }
                MessagePart::Pending { metadata } => {
                    let purpose = ui.safe(&metadata.purpose).into_owned();
                    ui.line(styled(format!("(section {purpose})"), Mood::Dim))?;
                }
            }
        }
    }
    Ok(())
}
