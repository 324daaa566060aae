//! `void`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::args::WriteArgs;
use super::complete;
use super::create::rehearsed;
use super::env::Environment;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui, styled};
use crate::model::PromptName;
use crate::ops::{self, Ctx, Status, Void};

/// Let a published version count no more: the way to redact
///
/// The version's number is burnt, and its file may be deleted afterwards. No label may point to it.
/// The event that published it is named by its id, as `promptctl log` prints it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  promptctl void support/triage 3f2a9c41d0b7 -m 'A customer name was in it'"
)]
pub(super) struct Args {
    /// The prompt
    #[arg(add = ArgValueCompleter::new(complete::names))]
    name: PromptName,

    /// The id of the event that published the version, or its first digits
    event: String,

    #[command(flatten)]
    write: WriteArgs,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let request = Void {
            name: self.name,
            event: self.event,
            write: self.write.request(env)?,
        };
        let voided = ops::void(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.void.v1", &voided)?;
            return Ok(Outcome::Done);
        }
        let version = styled(format!("{}@{}", voided.name, voided.version), Mood::Name);
        match voided.status {
            Status::Rehearsed => rehearsed(ui, voided.recorded.as_ref())?,
            Status::Unchanged => {
                ui.say(format!("{version} is void already; nothing was written"))?;
            }
            Status::Written => {
                ui.say(format!("{version} is void"))?;
                for file in &voided.files {
                    ui.note(format!(
                        "its file may go: `git rm {file}`; git's own history keeps it until you rewrite that"
                    ))?;
                }
            }
        }
        Ok(Outcome::Done)
    }
}
