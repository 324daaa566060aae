//! `status`, at the terminal.

use super::exit::Outcome;
use super::list::tell_unreadable;
use super::ui::{Format, Mood, Ui, counted, styled};
use crate::ops::{self, Ctx, Draft, PromptStatus};

/// Show drafts with unpublished edits, and labels for which there is something newer
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  promptctl status\n  promptctl status --format json")]
pub(super) struct Args {}

pub(super) fn run(ctx: &Ctx, ui: &mut Ui) -> anyhow::Result<Outcome> {
    let format = ui.format(&[Format::Text, Format::Json])?;
    let status = ops::status(ctx)?;
    let outcome = if status.unreadable.is_empty() {
        Outcome::Done
    } else {
        Outcome::Damaged
    };
    if format == Format::Json {
        ui.json("promptctl.status.v1", &status)?;
        return Ok(outcome);
    }
    for prompt in &status.prompts {
        tell(ui, prompt)?;
    }
    tell_unreadable(ui, &status.unreadable)?;
    if status.prompts.is_empty() && status.unreadable.is_empty() {
        ui.say(format!(
            "{}: no unpublished edits, no label behind",
            counted(status.looked_at, "prompt")
        ))?;
    }
    Ok(outcome)
}

fn tell(ui: &mut Ui, prompt: &PromptStatus) -> std::io::Result<()> {
    let name = &prompt.name;
    ui.line(styled(name, Mood::Name))?;
    for conflict in &prompt.conflicts {
        ui.line(format!(
            "  {} {conflict}",
            styled("in conflict:", Mood::Bad)
        ))?;
        ui.line(format!("    `promptctl resolve {name}` settles it"))?;
    }
    if !prompt.conflicts.is_empty() {
        // Until that is settled nothing can be published or compared.
        return Ok(());
    }
    match prompt.draft {
        Some(Draft::Edited) if prompt.published => {
            ui.line("  the draft has unpublished edits")?;
            ui.line(format!(
                "    `promptctl diff {name}` shows them, `promptctl patch {name} -m WHY` publishes them"
            ))?;
        }
        Some(Draft::Edited) => {
            ui.line("  the draft was never published")?;
            ui.line(format!("    `promptctl create {name}` publishes it"))?;
        }
        Some(Draft::Absent) => {
            ui.line("  there is no draft")?;
            ui.line(format!(
                "    `promptctl show {name} > prompts/{name}/draft.prompt` makes one"
            ))?;
        }
        Some(Draft::Published) | None => {}
    }
    for behind in &prompt.behind {
        ui.line(format!(
            "  {} is at {}; {} is the latest (newer since {})",
            behind.label,
            behind.version,
            behind.latest,
            &behind.since[..10]
        ))?;
    }
    Ok(())
}
