//! `retire` and `restore`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::args::{NameOrVersion, WriteArgs};
use super::complete;
use super::create::rehearsed;
use super::env::Environment;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui, styled};
use crate::ops::{self, Ctx, Restore, Retire, Retired, Status};

/// Take a version, or a whole prompt, out of use
///
/// Nothing is deleted: pins, log and diff still read it, `restore` brings it back. A label that
/// points to it must be moved first, or goes along with --unlabel.
#[derive(Debug, clap::Args)]
#[command(
    name = "retire",
    after_help = "\
Examples:
  promptctl retire support/triage@1.0.0
  promptctl retire support/triage --unlabel --successor support/intake -m 'Merged into intake'"
)]
pub(super) struct RetireArgs {
    /// The prompt, or one version of it: NAME or NAME@VERSION
    #[arg(value_name = "NAME[@VERSION]", add = ArgValueCompleter::new(complete::references))]
    what: NameOrVersion,

    /// Take labels that point to it away
    #[arg(long)]
    unlabel: bool,

    /// What to use instead: a prompt, or a version of this one
    #[arg(long, value_name = "NAME|VERSION")]
    successor: Option<String>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Bring a retired version, or prompt, back into use
#[derive(Debug, clap::Args)]
#[command(
    name = "restore",
    after_help = "\
Examples:
  promptctl restore support/triage
  promptctl restore support/triage@1.0.0"
)]
pub(super) struct RestoreArgs {
    /// The prompt, or one version of it: NAME or NAME@VERSION
    #[arg(value_name = "NAME[@VERSION]", add = ArgValueCompleter::new(complete::references))]
    what: NameOrVersion,

    #[command(flatten)]
    write: WriteArgs,
}

impl RetireArgs {
    pub(super) fn run(self, ctx: &Ctx, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let request = Retire {
            name: self.what.name,
            version: self.what.version,
            unlabel: self.unlabel,
            successor: self.successor,
            write: self.write.request(env)?,
        };
        let retired = ops::retire(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.retire.v1", &retired)?;
        } else {
            tell(ui, &retired)?;
        }
        Ok(Outcome::Done)
    }
}

impl RestoreArgs {
    pub(super) fn run(self, ctx: &Ctx, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let request = Restore {
            name: self.what.name,
            version: self.what.version,
            write: self.write.request(env)?,
        };
        let restored = ops::restore(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.restore.v1", &restored)?;
        } else {
            tell(ui, &restored)?;
        }
        Ok(Outcome::Done)
    }
}

pub(super) fn tell(ui: &mut Ui, retired: &Retired) -> std::io::Result<()> {
    let what = match &retired.version {
        Some(version) => format!("{}@{version}", retired.name),
        None => retired.name.clone(),
    };
    let what = styled(what, Mood::Name);
    let state = if retired.retired { "retired" } else { "in use" };
    match retired.status {
        Status::Rehearsed => return rehearsed(ui, retired.recorded.as_ref()),
        Status::Unchanged => {
            return ui.say(format!("{what} is {state} already; nothing was written"));
        }
        Status::Written => ui.say(format!("{what} is {state}"))?,
    }
    for moved in &retired.labels {
        let was = moved.was.as_deref().unwrap_or("nothing");
        ui.say(format!("  {} is gone (it was at {was})", moved.label))?;
    }
    Ok(())
}
