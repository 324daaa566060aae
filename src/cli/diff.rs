//! `diff`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::complete;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui, counted, styled};
use crate::model::{PromptName, Reference, Selector};
use crate::ops::{self, Compared, Ctx, Diff, Error, ErrorKind, Hunk, Line, Operand};

/// Compare two versions, or a version and the draft
///
/// `diff NAME` compares what is live with the draft, or with the latest release if the draft has no
/// edits. `draft` may stand for a selector.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  promptctl diff support/triage
  promptctl diff support/triage 1.0.0 1.1.0
  promptctl diff support/triage 1.0.0 draft
  promptctl diff support/triage@staging support/intake@production --stat")]
pub(super) struct Args {
    /// A name with none, or two, selectors; or two references
    #[arg(
        required = true,
        num_args = 1..=3,
        value_name = "NAME [A B] | REF REF",
        add = ArgValueCompleter::new(complete::references)
    )]
    what: Vec<String>,

    /// Only count the lines that differ
    #[arg(long)]
    stat: bool,

    /// End with exit code 1 if there is a difference
    #[arg(long)]
    exit_code: bool,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let compared = ops::diff(ctx, &request(&self.what)?)?;
        match format {
            Format::Json => ui.json("promptctl.diff.v1", &compared)?,
            _ if self.stat => stat(ui, &compared)?,
            _ => unified(ui, &compared)?,
        }
        Ok(if self.exit_code && !compared.equal {
            Outcome::No
        } else {
            Outcome::Done
        })
    }
}

fn request(what: &[String]) -> Result<Diff, Error> {
    Ok(match what {
        [name] => Diff::Pending(name.parse()?),
        [name, old, new] => {
            let name: PromptName = name.parse()?;
            Diff::Pair(operand(&name, old)?, operand(&name, new)?)
        }
        [old, new] => Diff::Pair(reference(old)?, reference(new)?),
        _ => {
            return Err(Error::new(
                ErrorKind::Invalid,
                "one to three arguments are needed",
            ));
        }
    })
}

fn operand(name: &PromptName, selector: &str) -> Result<Operand, Error> {
    if selector == "draft" {
        return Ok(Operand::Draft(name.clone()));
    }
    let selector: Selector = selector.parse()?;
    Ok(Operand::Version(Reference {
        name: name.clone(),
        selector: Some(selector),
    }))
}

fn reference(text: &str) -> Result<Operand, Error> {
    if let Some(name) = text.strip_suffix("@draft") {
        return Ok(Operand::Draft(name.parse()?));
    }
    match text.parse() {
        Ok(reference) => Ok(Operand::Version(reference)),
        Err(error) => Err(Error::from(error)
            .hint("two versions of one prompt are `diff NAME A B`, or `diff NAME@A NAME@B`")),
    }
}

fn stat(ui: &mut Ui, compared: &Compared) -> std::io::Result<()> {
    ui.line(format!(
        "{} -> {}: {} added, {} removed",
        compared.old,
        compared.new,
        counted(compared.added, "line"),
        counted(compared.removed, "line")
    ))
}

fn unified(ui: &mut Ui, compared: &Compared) -> std::io::Result<()> {
    if compared.equal {
        return ui.note(format!(
            "{} and {} are the same",
            compared.old, compared.new
        ));
    }
    ui.line(styled(format!("--- {}", compared.old), Mood::Heading))?;
    ui.line(styled(format!("+++ {}", compared.new), Mood::Heading))?;
    for hunk in &compared.hunks {
        ui.line(styled(header(hunk), Mood::Name))?;
        for line in &hunk.lines {
            let text = painted(ui, line);
            ui.line(text)?;
            if line.lacks_newline {
                ui.line("\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

/// The header of a hunk as `diff -u` writes it: a count of one is left out.
fn header(hunk: &Hunk) -> String {
    let range = |start: usize, count: usize| match count {
        1 => start.to_string(),
        _ => format!("{start},{count}"),
    };
    format!(
        "@@ -{} +{} @@",
        range(hunk.old_start, hunk.old_lines),
        range(hunk.new_start, hunk.new_lines)
    )
}

fn painted(ui: &Ui, line: &Line) -> String {
    let (sign, mood, words) = match line.change {
        "added" => ("+", Mood::Added, Mood::AddedWords),
        "removed" => ("-", Mood::Removed, Mood::RemovedWords),
        _ => (" ", Mood::Plain, Mood::Plain),
    };
    let mut text = styled(sign, mood).to_string();
    // A line that is new as a whole has no words that stand out.
    let stands_out = line.pieces.iter().any(|piece| !piece.changed);
    for piece in &line.pieces {
        let mood = if piece.changed && stands_out {
            words
        } else {
            mood
        };
        text.push_str(&styled(ui.safe(&piece.text), mood).to_string());
    }
    text
}
