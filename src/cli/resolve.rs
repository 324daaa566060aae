//! `resolve`, at the terminal.

use clap::ValueEnum;
use clap_complete::ArgValueCompleter;

use super::args::WriteArgs;
use super::complete;
use super::create::rehearsed;
use super::env::Environment;
use super::exit::Outcome;
use super::list::tell_unreadable;
use super::ui::{Format, Mood, Ui, counted, styled};
use crate::model::PromptName;
use crate::ops::{self, Ctx, Resolve, Settled, Status, Take};

/// Settle what a merge or damage left open
///
/// Keeps every event that verifies, of both sides. Where both sides published one number, the side
/// that is not kept gets the next free number; where they moved a label apart, the label goes where
/// the kept side had it, or where --take says. Run again it changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  promptctl resolve support/triage --keep ours
  promptctl resolve support/triage --keep theirs --take production=1.0.2
  promptctl resolve                        every prompt that needs no choice")]
pub(super) struct Args {
    /// The prompt [default: every prompt]
    #[arg(add = ArgValueCompleter::new(complete::names))]
    name: Option<PromptName>,

    /// Whose versions and labels stay where both sides claim them
    #[arg(long, value_name = "SIDE")]
    keep: Option<Keep>,

    /// Where a label in conflict points from now on, in numbers after resolving; VERSION or `none`
    #[arg(long, value_name = "LABEL=VERSION", value_parser = parse_take, requires = "name")]
    take: Vec<Take>,

    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Keep {
    /// The branch that was checked out
    Ours,
    /// The branch that was merged
    Theirs,
}

fn parse_take(text: &str) -> Result<Take, String> {
    let (label, version) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` is not of the form LABEL=VERSION"))?;
    let label = label
        .parse()
        .map_err(|error: crate::model::LabelError| error.to_string())?;
    let version = match version {
        "none" => None,
        version => Some(
            version
                .parse()
                .map_err(|error: crate::model::VersionError| error.to_string())?,
        ),
    };
    Ok(Take { label, version })
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let request = Resolve {
            name: self.name,
            keep: self.keep.map(|keep| match keep {
                Keep::Ours => ops::Keep::Ours,
                Keep::Theirs => ops::Keep::Theirs,
            }),
            take: self.take,
            write: self.write.request(env)?,
        };
        let resolved = ops::resolve(ctx, &request)?;
        let outcome = if resolved.unsettled.is_empty() {
            Outcome::Done
        } else {
            Outcome::Conflicted
        };
        if format == Format::Json {
            ui.json("promptctl.resolve.v1", &resolved)?;
            return Ok(outcome);
        }
        for settled in &resolved.prompts {
            tell(ui, settled)?;
        }
        tell_unreadable(ui, &resolved.unsettled)?;
        if resolved.prompts.is_empty() && resolved.unsettled.is_empty() {
            ui.say("nothing is open")?;
        } else if !request.write.dry_run && !resolved.prompts.is_empty() {
            ui.note("look at it with `git diff`, then `git add` and commit it")?;
        }
        Ok(outcome)
    }
}

fn tell(ui: &mut Ui, settled: &Settled) -> std::io::Result<()> {
    if settled.status == Status::Rehearsed && settled.recorded.is_some() {
        return rehearsed(ui, settled.recorded.as_ref());
    }
    ui.say(format!("{} is settled", styled(&settled.name, Mood::Name)))?;
    for (old, new) in &settled.renumbered {
        ui.say(format!("  the other {old} is {new} now"))?;
    }
    for (label, version) in &settled.labels {
        ui.say(match version {
            Some(version) => format!("  {label} is at {version}"),
            None => format!("  {label} is gone"),
        })?;
    }
    if settled.roots > 0 {
        ui.say(format!(
            "  its {} beginnings are one prompt now",
            settled.roots
        ))?;
    }
    if settled.absent > 0 {
        let events = counted(settled.absent, "event");
        ui.say(format!("  accepted as lost: {events}"))?;
    }
    if settled.recovered_events > 0 {
        let events = counted(settled.recovered_events, "event");
        ui.say(format!("  back from git: {events}"))?;
    }
    if settled.lost_lines > 0 {
        let lines = counted(settled.lost_lines, "line");
        ui.say(format!("  no events, taken out of the log: {lines}"))?;
    }
    for file in &settled.files {
        ui.say(format!("  wrote {file}"))?;
    }
    for kept in &settled.kept {
        ui.say(format!("  what was there is kept as {kept}"))?;
    }
    Ok(())
}
