//! `rename`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::args::WriteArgs;
use super::complete;
use super::create::rehearsed;
use super::env::Environment;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui, styled};
use crate::model::PromptName;
use crate::ops::{self, Ctx, Rename, Renamed, Status};

/// Let a prompt go on under another name
///
/// The versions that labels point to are published again under the new name, same numbers, same
/// bytes, same labels; the old prompt is retired and names the new one as its successor. Exact
/// references to the old name go on working. Run again it completes what was cut short.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  promptctl rename support/triage support/intake -m 'It does more than triage'"
)]
pub(super) struct Args {
    /// The name so far
    #[arg(add = ArgValueCompleter::new(complete::names))]
    old: PromptName,

    /// The new name
    new: PromptName,

    #[command(flatten)]
    write: WriteArgs,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let request = Rename {
            old: self.old,
            new: self.new,
            write: self.write.request(env)?,
        };
        let renamed = ops::rename(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.rename.v1", &renamed)?;
        } else {
            tell(ui, &renamed)?;
        }
        Ok(Outcome::Done)
    }
}

fn tell(ui: &mut Ui, renamed: &Renamed) -> std::io::Result<()> {
    let (old, new) = (&renamed.old, styled(&renamed.new, Mood::Name));
    match renamed.status {
        Status::Unchanged => ui.say(format!("{old} is {new} already; nothing was written")),
        Status::Rehearsed => {
            let retired = renamed
                .retired
                .iter()
                .map(|retired| retired.recorded.as_ref());
            let published = renamed
                .versions
                .iter()
                .map(|version| version.recorded.as_ref());
            for recorded in published.chain(retired) {
                rehearsed(ui, recorded)?;
            }
            Ok(())
        }
        Status::Written => {
            let versions: Vec<&str> = renamed
                .versions
                .iter()
                .map(|version| version.version.as_str())
                .collect();
            if versions.is_empty() {
                ui.say(format!("{old} is {new} now"))?;
            } else {
                ui.say(format!("{old} is {new} now: {}", versions.join(", ")))?;
            }
            ui.say(format!(
                "  {old} is retired; its exact versions can still be read"
            ))
        }
    }
}
