//! `note`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::args::WriteArgs;
use super::complete;
use super::create::rehearsed;
use super::env::Environment;
use super::exit::Outcome;
use super::ui::{Format, Ui};
use crate::model::PromptName;
use crate::ops::{self, Ctx, Note, Status};

/// Add a remark to a prompt's changelog
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  promptctl note support/triage -m 'Reviewed by the support team'"
)]
pub(super) struct Args {
    /// The prompt
    #[arg(add = ArgValueCompleter::new(complete::names))]
    name: PromptName,

    #[command(flatten)]
    write: WriteArgs,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let request = Note {
            name: self.name,
            write: self.write.request(env)?,
        };
        let noted = ops::note(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.note.v1", &noted)?;
        } else if noted.status == Status::Rehearsed {
            rehearsed(ui, Some(&noted.recorded))?;
        } else {
            ui.say(format!("noted in the changelog of {}", noted.name))?;
        }
        Ok(Outcome::Done)
    }
}
