//! `list`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::complete;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui};
use crate::model::Label;
use crate::ops::{self, Ctx, Draft, List, Row, Unreadable};

/// List the prompts, their versions and labels
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  promptctl list
  promptctl list 'support/*'
  promptctl list --behind
  promptctl list --label staging --format json")]
pub(super) struct Args {
    /// Only names that match, as in 'support/**'
    glob: Option<String>,

    /// Only prompts that have this label
    #[arg(long, value_name = "LABEL", add = ArgValueCompleter::new(complete::labels))]
    label: Option<Label>,

    /// Only prompts with a label that is behind the latest release
    #[arg(long)]
    behind: bool,

    /// Only prompts with this tag (`promptctl.tags` in the front matter)
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,

    /// Retired prompts too
    #[arg(long)]
    retired: bool,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let request = List {
            pattern: self.glob,
            label: self.label,
            behind: self.behind,
            tag: self.tag,
            retired: self.retired,
        };
        let listing = ops::list(ctx, &request)?;
        let outcome = if listing.unreadable.is_empty() {
            Outcome::Done
        } else {
            Outcome::Damaged
        };
        if format == Format::Json {
            ui.json("promptctl.list.v1", &listing)?;
            return Ok(outcome);
        }
        let now = ctx.now().unix_seconds();
        let mut rows = Vec::new();
        if !ui.quiet && !listing.prompts.is_empty() {
            let heads = ["NAME", "LATEST", "LABELS", "CHANGED", "DRAFT"];
            rows.push(heads.map(|head| (head.to_owned(), Mood::Heading)).to_vec());
        }
        rows.extend(listing.prompts.iter().map(|row| cells(row, now)));
        ui.columns(&rows)?;
        tell_unreadable(ui, &listing.unreadable)?;
        if listing.hidden > 0 {
            ui.note(format!("{} retired, shown by --retired", listing.hidden))?;
        }
        let is_empty = rows.is_empty() && listing.unreadable.is_empty() && listing.hidden == 0;
        if is_empty && request != List::default() {
            ui.note("no prompt is like that; `promptctl list` shows them all")?;
        } else if is_empty {
            ui.note("no prompts: write prompts/NAME/draft.prompt, then `promptctl create NAME`")?;
        }
        Ok(outcome)
    }
}

fn cells(row: &Row, now: i64) -> Vec<(String, Mood)> {
    let labels: Vec<String> = row
        .labels
        .iter()
        .map(|(label, version)| match version {
            None => format!("{label} in conflict"),
            Some(version) if Some(version) == row.latest.as_ref() => label.clone(),
            Some(version) => format!("{label} {version}"),
        })
        .collect();
    let labels = match (labels.is_empty(), row.conflicts.is_empty()) {
        (true, true) => "-".to_owned(),
        (true, false) => "in conflict".to_owned(),
        _ => labels.join(", "),
    };
    let mood = if row.conflicts.is_empty() {
        Mood::Plain
    } else {
        Mood::Bad
    };
    let draft = match (row.draft, row.latest.is_some() || row.versions > 0) {
        (Draft::Absent, _) => "none",
        (Draft::Published, _) => "-",
        (Draft::Edited, true) => "edited",
        (Draft::Edited, false) => "never published",
    };
    let name = if row.retired {
        format!("{} (retired)", row.name)
    } else {
        row.name.clone()
    };
    vec![
        (name, Mood::Name),
        (
            row.latest.clone().unwrap_or_else(|| "-".to_owned()),
            Mood::Plain,
        ),
        (labels, mood),
        (age(row.changed.as_deref(), now), Mood::Dim),
        (
            draft.to_owned(),
            if draft == "-" {
                Mood::Dim
            } else {
                Mood::Warning
            },
        ),
    ]
}

/// How long ago something was, in the largest unit that fits.
fn age(at: Option<&str>, now: i64) -> String {
    let Some(at) = at.and_then(|at| at.parse::<crate::model::Timestamp>().ok()) else {
        return "-".to_owned();
    };
    let seconds = now - at.unix_seconds();
    let units = [
        (31_536_000, "y"),
        (2_592_000, "mo"),
        (86_400, "d"),
        (3_600, "h"),
        (60, "min"),
    ];
    match units.iter().find(|(length, _)| seconds >= *length) {
        Some((length, unit)) => format!("{} {unit} ago", seconds / length),
        None => "now".to_owned(),
    }
}

/// Says which prompts could not be read; the others are shown all the same.
pub(super) fn tell_unreadable(ui: &mut Ui, unreadable: &[Unreadable]) -> std::io::Result<()> {
    for prompt in unreadable {
        let name = ui.safe(&prompt.name).into_owned();
        ui.warn(
            &format!("`{name}` cannot be read: {}", prompt.message),
            false,
        )?;
        if let Some(hint) = &prompt.hint {
            ui.hint(hint)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::age;

    #[test]
    fn says_how_long_ago_in_the_largest_unit() {
        let at = Some("2026-11-20T10:00:00Z");
        let then = 1_795_168_800;
        assert_eq!(age(at, then + 5), "now");
        assert_eq!(age(at, then + 60), "1 min ago");
        assert_eq!(age(at, then + 3 * 86_400), "3 d ago");
        assert_eq!(age(at, then - 100), "now");
        assert_eq!(age(None, then), "-");
    }
}
