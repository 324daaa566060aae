//! `patch`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::args::{WriteArgs, source};
use super::complete;
use super::create::tell;
use super::env::Environment;
use super::exit::Outcome;
use super::ui::{Format, Ui};
use crate::model::{Label, PromptName};
use crate::ops::{self, Ctx, Patch, Source};

/// Publish new wording as the next patch, and move the label to it
///
/// Takes the version that the label points to, publishes the draft as the next patch of its line,
/// and moves the label there, in one event.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  promptctl patch support/triage -m 'Ask for the order number'
  promptctl patch support/triage --label staging -m 'Try a shorter greeting'
  promptctl patch support/triage --body new-body.txt -m 'Rewrite the instructions'
  promptctl patch support/triage --repin -m 'Take shared/tone 1.1.0'")]
pub(super) struct Args {
    /// The prompt
    #[arg(add = ArgValueCompleter::new(complete::names))]
    name: PromptName,

    /// Publish this file instead of the draft; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "body")]
    file: Option<String>,

    /// Publish this file as the body, and keep the front matter as it is
    #[arg(long, value_name = "FILE")]
    body: Option<String>,

    /// The label whose version is patched, and which moves [default: the default label]
    #[arg(long, value_name = "LABEL", add = ArgValueCompleter::new(complete::labels))]
    label: Option<Label>,

    /// Leave the label where it is
    #[arg(long)]
    no_promote: bool,

    /// Publish an unchanged text again if its partials have newer versions
    #[arg(long)]
    repin: bool,

    #[command(flatten)]
    write: WriteArgs,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let source = match &self.body {
            Some(body) => {
                let (name, bytes) = Environment::read(body)?;
                Source::Body { name, bytes }
            }
            None => source(self.file.as_deref())?,
        };
        let request = Patch {
            name: self.name,
            source,
            label: self.label,
            no_promote: self.no_promote,
            repin: self.repin,
            write: self.write.request(env)?,
        };
        let published = ops::patch(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.patch.v1", &published)?;
        } else {
            tell(ui, &published)?;
        }
        Ok(Outcome::Done)
    }
}
