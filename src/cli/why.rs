//! `why`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::complete;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui, styled};
use crate::model::Reference;
use crate::ops::{self, Ctx, EventLine, Explanation, Pin, Why};

/// Explain how a reference comes to mean a version
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  promptctl why support/triage\n  promptctl why support/triage@^1"
)]
pub(super) struct Args {
    /// The reference: NAME or NAME@SELECTOR
    #[arg(value_name = "REF", add = ArgValueCompleter::new(complete::references))]
    reference: Reference,

    /// Read retired versions too
    #[arg(long)]
    retired: bool,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let request = Why {
            reference: self.reference,
            retired: self.retired,
        };
        let explanation = ops::why(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.why.v1", &explanation)?;
        } else {
            tell(ui, &explanation)?;
        }
        Ok(Outcome::Done)
    }
}

fn tell(ui: &mut Ui, why: &Explanation) -> std::io::Result<()> {
    let through = match why.through {
        "version" => "the exact version".to_owned(),
        "range" => format!("the highest release in {}", why.selector),
        "label" => format!("the label {}", why.selector),
        _ => "the latest release in use".to_owned(),
    };
    let version = styled(&why.version, Mood::Heading);
    ui.line(format!(
        "{} is {version}: {through}",
        styled(&why.reference, Mood::Name)
    ))?;
    if let Some(event) = &why.moved_by {
        tell_event(ui, "label set by", event)?;
    }
    tell_event(ui, "published by", &why.published_by)?;
    ui.line(format!("  file         {}", why.file))?;
    ui.line(format!("  sha256       {} (checked)", why.sha256))?;
    ui.line(format!("  identity     {}", why.identity))?;
    tell_pins(ui, &why.pins, 1)
}

fn tell_event(ui: &mut Ui, what: &str, event: &EventLine) -> std::io::Result<()> {
    let message = event.message.as_deref().unwrap_or_default();
    let message = message.lines().next().unwrap_or_default();
    ui.line(format!(
        "  {what} {} {} ({}, {}): {message}",
        event.op,
        &event.id[..12],
        event.at,
        event.by
    ))
}

fn tell_pins(ui: &mut Ui, pins: &[Pin], depth: usize) -> std::io::Result<()> {
    for pin in pins {
        let newer = match &pin.latest {
            Some(latest) => format!(" (its latest is {latest})"),
            None => String::new(),
        };
        let indent = "  ".repeat(depth);
        ui.line(format!(
            "{indent}{{{{> {}}}}} is {}{newer}",
            pin.written, pin.pinned
        ))?;
        tell_pins(ui, &pin.pins, depth + 1)?;
    }
    Ok(())
}
