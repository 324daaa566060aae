//! `repair`, at the terminal.

use super::args::LockArgs;
use super::exit::Outcome;
use super::list::tell_unreadable;
use super::ui::{Format, Ui};
use crate::ops::{self, Ctx, Repair, Write};

/// Put in order what a crash left
///
/// Completes or cuts the last line of logs whose append was cut short; what is cut is kept in
/// .promptctl/recovered/. Lists version files that no event mentions, and leaves them alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  promptctl repair\n  promptctl repair --dry-run")]
pub(super) struct Args {
    /// Only tell what would be done
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    lock: LockArgs,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let request = Repair {
            // No event is recorded, so nobody is named.
            write: Write {
                dry_run: self.dry_run,
                wait: self.lock.wait(),
                ..Write::by("repair")
            },
        };
        let repaired = ops::repair(ctx, &request)?;
        let outcome = if repaired.unreadable.is_empty() {
            Outcome::Done
        } else {
            Outcome::Damaged
        };
        if format == Format::Json {
            ui.json("promptctl.repair.v1", &repaired)?;
            return Ok(outcome);
        }
        for log in &repaired.logs {
            ui.say(match &log.kept {
                Some(kept) => format!("{}: the torn end is kept as {kept}", log.path),
                None if self.dry_run => format!("{}: its last line is not whole", log.path),
                None => format!("{}: the last newline was missing", log.path),
            })?;
        }
        for orphan in &repaired.orphans {
            ui.say(format!(
                "{orphan}: no event mentions this file; it was left alone"
            ))?;
        }
        tell_unreadable(ui, &repaired.unreadable)?;
        if repaired.logs.is_empty() && repaired.orphans.is_empty() && repaired.unreadable.is_empty()
        {
            ui.say("nothing to repair")?;
        }
        Ok(outcome)
    }
}
