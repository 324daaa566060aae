//! `show`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::complete;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui};
use crate::model::Reference;
use crate::ops::{self, Ctx, Show, Shown};

/// Print a version's file, or what is known about it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  promptctl show support/triage
  promptctl show support/triage@1.0.0 --meta
  promptctl show support/triage@latest > triage.prompt")]
pub(super) struct Args {
    /// Which version: NAME or NAME@SELECTOR
    #[arg(value_name = "REF", add = ArgValueCompleter::new(complete::references))]
    reference: Reference,

    /// Print digests, pins, labels and origin instead of the file
    #[arg(long)]
    meta: bool,

    /// Read retired versions too
    #[arg(long)]
    retired: bool,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let request = Show {
            reference: self.reference,
            retired: self.retired,
            kind: self.meta || format == Format::Json,
        };
        let shown = ops::show(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.show.v1", &shown)?;
        } else if self.meta {
            tell(ui, &shown)?;
        } else {
            ui.text(&shown.text)?;
        }
        Ok(Outcome::Done)
    }
}

fn tell(ui: &mut Ui, shown: &Shown) -> std::io::Result<()> {
    let mut rows = vec![
        ("prompt", format!("{}@{}", shown.name, shown.version)),
        ("kind", shown.kind.unwrap_or_default().to_owned()),
        ("labels", shown.labels.join(", ")),
        ("retired", if shown.retired { "yes" } else { "" }.to_owned()),
        ("file", shown.file.clone()),
        ("sha256", shown.sha256.clone()),
        ("identity", shown.identity.clone()),
        ("published", format!("{} by {}", shown.at, shown.by)),
        ("message", shown.message.clone().unwrap_or_default()),
        ("event", shown.event.clone()),
    ];
    for (written, pinned) in &shown.pins {
        rows.push(("pin", format!("{{{{> {written}}}}} is {pinned}")));
    }
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| vec![(key.to_owned(), Mood::Dim), (value, Mood::Plain)])
        .collect();
    ui.columns(&rows)
}
