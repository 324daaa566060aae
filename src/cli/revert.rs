//! `revert`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::args::WriteArgs;
use super::complete;
use super::create::tell;
use super::env::Environment;
use super::exit::Outcome;
use super::ui::{Format, Ui};
use crate::model::{Label, PromptName, Selector};
use crate::ops::{self, Ctx, Revert};

/// Publish an old version's text again, as a new version
///
/// The text comes back with its old pins, on top of the highest release: as a patch if it was on
/// the same minor line, else as a new major version. Labels move only where --label says so.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  promptctl revert support/triage --to 1.0.0 -m 'The new greeting confused people'
  promptctl revert support/triage --to 1.0.0 --label production -m 'Back to the short one'")]
pub(super) struct Args {
    /// The prompt
    #[arg(add = ArgValueCompleter::new(complete::names))]
    name: PromptName,

    /// The version whose text comes back
    #[arg(long, value_name = "SELECTOR")]
    to: Selector,

    /// Move this label to the new version; may be given several times
    #[arg(long = "label", value_name = "LABEL", add = ArgValueCompleter::new(complete::labels))]
    labels: Vec<Label>,

    #[command(flatten)]
    write: WriteArgs,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let request = Revert {
            name: self.name,
            to: self.to,
            labels: self.labels,
            write: self.write.request(env)?,
        };
        let published = ops::revert(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.revert.v1", &published)?;
        } else {
            tell(ui, &published)?;
        }
        Ok(Outcome::Done)
    }
}
