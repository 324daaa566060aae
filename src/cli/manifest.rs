//! `manifest`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::complete;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui};
use crate::model::Label;
use crate::ops::{self, Ctx, Manifest};

/// List the versions that a label means, with one digest over all
///
/// The same store gives the same list, byte for byte. A prompt that cannot be read fails the whole.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  promptctl manifest\n  promptctl manifest --label staging --format json"
)]
pub(super) struct Args {
    /// The label [default: the default label]
    #[arg(long, value_name = "LABEL", add = ArgValueCompleter::new(complete::labels))]
    label: Option<Label>,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let manifest = ops::manifest(ctx, &Manifest { label: self.label })?;
        if format == Format::Json {
            ui.json("promptctl.manifest.v1", &manifest)?;
            return Ok(Outcome::Done);
        }
        let rows: Vec<_> = manifest
            .prompts
            .iter()
            .map(|row| {
                vec![
                    (row.name.clone(), Mood::Name),
                    (row.version.clone(), Mood::Plain),
                    (row.identity[..12].to_owned(), Mood::Dim),
                    (row.events.to_string(), Mood::Dim),
                ]
            })
            .collect();
        ui.columns(&rows)?;
        ui.line(format!("{} {}", manifest.label, manifest.digest))?;
        Ok(Outcome::Done)
    }
}
