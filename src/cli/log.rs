//! `log`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::complete;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui, styled};
use crate::model::PromptName;
use crate::ops::{self, Change, ChangeLog, Ctx, Log};

/// Tell what happened to a prompt, newest first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  promptctl log support/triage
  promptctl log support/triage --format markdown > CHANGELOG.md")]
pub(super) struct Args {
    /// The prompt
    #[arg(add = ArgValueCompleter::new(complete::names))]
    name: PromptName,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json, Format::Markdown])?;
        let log = ops::log(ctx, &Log { name: self.name })?;
        match format {
            Format::Json => ui.json("promptctl.log.v1", &log)?,
            Format::Markdown => markdown(ui, &log)?,
            _ => text(ui, &log)?,
        }
        Ok(Outcome::Done)
    }
}

fn text(ui: &mut Ui, log: &ChangeLog) -> std::io::Result<()> {
    for change in &log.events {
        let id = if ui.verbose {
            &change.id
        } else {
            &change.id[..12]
        };
        let mut head = format!(
            "{} {}",
            styled(id, Mood::Dim),
            styled(headline(change), Mood::Heading)
        );
        if change.name != log.name {
            head.push_str(&format!(" ({})", change.name));
        }
        ui.line(head)?;
        ui.line(format!("  {}  {}", change.at, change.by))?;
        if let Some(message) = &change.message {
            for line in message.lines() {
                ui.line(format!("  {line}"))?;
            }
        }
        for reason in &change.reasons {
            ui.line(format!("  although: {reason}"))?;
        }
        if ui.verbose {
            for (written, pinned) in &change.pins {
                ui.line(format!("  {{{{> {written}}}}} is {pinned}"))?;
            }
        }
    }
    Ok(())
}

fn headline(change: &Change) -> String {
    let mut words = vec![
        if change.rollback {
            "rollback"
        } else {
            change.op
        }
        .to_owned(),
    ];
    words.extend(change.version.clone());
    if let Some(copy) = &change.copy {
        words.push(format!("(the text of {copy})"));
    }
    if let Some(became) = &change.became {
        words.push(match became.as_str() {
            "voided" | "in conflict" => format!("[{became}]"),
            number => format!("[now {number}]"),
        });
    }
    for (label, to) in &change.labels {
        words.push(match to {
            Some(version) if Some(version) == change.version.as_ref() => format!("-> {label}"),
            Some(version) => format!("{label} -> {version}"),
            None => format!("-{label}"),
        });
    }
    if let Some(successor) = &change.successor {
        words.push(format!("(use {successor})"));
    }
    words.join(" ")
}

/// A page in the form of <https://keepachangelog.com>: a section for each version, what its
/// events said below.
fn markdown(ui: &mut Ui, log: &ChangeLog) -> std::io::Result<()> {
    ui.line(format!("# Changelog of {}", log.name))?;
    let mut others: Vec<&Change> = Vec::new();
    for change in &log.events {
        if !matches!(change.op, "create" | "patch") {
            others.push(change);
            continue;
        }
        if !others.is_empty() {
            section(ui, "Labels and life cycle", &others)?;
            others.clear();
        }
        let version = change.version.as_deref().unwrap_or_default();
        let version = change
            .became
            .as_deref()
            .filter(|became| became.starts_with(|c: char| c.is_ascii_digit()))
            .unwrap_or(version);
        let voided = if change.became.as_deref() == Some("voided") {
            " [YANKED]"
        } else {
            ""
        };
        ui.line(format!("\n## [{version}] - {}{voided}\n", &change.at[..10]))?;
        let kind = if change.from.is_none() {
            "Added"
        } else {
            "Changed"
        };
        ui.line(format!("### {kind}\n"))?;
        let message = change.message.as_deref().unwrap_or("-");
        ui.line(format!("- {} ({})", escaped(message), escaped(&change.by)))?;
    }
    if !others.is_empty() {
        section(ui, "Labels and life cycle", &others)?;
    }
    Ok(())
}

fn section(ui: &mut Ui, title: &str, changes: &[&Change]) -> std::io::Result<()> {
    ui.line(format!("\n### {title}\n"))?;
    for change in changes {
        let message = change.message.as_deref().unwrap_or("");
        ui.line(format!(
            "- {}: {} ({}, {})",
            escaped(&headline(change)),
            escaped(message),
            &change.at[..10],
            escaped(&change.by)
        ))?;
    }
    Ok(())
}

/// One line of text that Markdown does not take for structure.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|'
        ) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
