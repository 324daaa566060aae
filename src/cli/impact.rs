//! `impact`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::complete;
use super::exit::Outcome;
use super::list::tell_unreadable;
use super::ui::{Format, Mood, Ui, styled};
use crate::model::PromptName;
use crate::ops::{self, Ctx, Impact, ImpactReport, User};

/// Tell which prompts include a prompt, and which of them are behind
///
/// It looks at versions in use, those with a label and the latest, through all partials in between.
/// A version is behind where its tag means another version now than the one it is pinned to.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  promptctl impact shared/tone\n  promptctl impact shared/tone --format json"
)]
pub(super) struct Args {
    /// The prompt that others include
    #[arg(value_name = "NAME", add = ArgValueCompleter::new(complete::names))]
    name: PromptName,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let report = ops::impact(ctx, &Impact { name: self.name })?;
        if format == Format::Json {
            ui.json("promptctl.impact.v1", &report)?;
        } else {
            tell(ui, &report)?;
        }
        Ok(if report.unreadable.is_empty() {
            Outcome::Done
        } else {
            Outcome::Damaged
        })
    }
}

fn tell(ui: &mut Ui, report: &ImpactReport) -> std::io::Result<()> {
    let name = styled(&report.name, Mood::Name);
    if report.users.is_empty() && report.drafts.is_empty() {
        ui.say(format!("no version in use includes {name}"))?;
    }
    for user in &report.users {
        tell_user(ui, report, user)?;
    }
    for draft in &report.drafts {
        ui.line(format!("{} (its draft)", styled(draft, Mood::Name)))?;
    }
    tell_unreadable(ui, &report.unreadable)
}

fn tell_user(ui: &mut Ui, report: &ImpactReport, user: &User) -> std::io::Result<()> {
    let mut marks = user.labels.clone();
    if user.latest {
        marks.push("latest".to_owned());
    }
    ui.line(format!(
        "{}@{} ({})",
        styled(&user.name, Mood::Name),
        styled(&user.version, Mood::Heading),
        marks.join(", ")
    ))?;
    let via = match user.via.as_slice() {
        [] => String::new(),
        via => format!("through {}: ", via.join(", ")),
    };
    let behind = match &user.now {
        Some(now) => format!(", and means {now} now"),
        None => String::new(),
    };
    ui.line(format!(
        "  {via}{{{{> {}}}}} is {}{behind}",
        user.written, user.pinned
    ))?;
    if user.now.is_some() {
        // What is in between takes it first, if it has not yet.
        let names = user
            .via
            .iter()
            .rev()
            .filter_map(|via| via.split('@').next());
        let is_behind = |name: &&str| {
            let mut users = report.users.iter();
            users.any(|other| other.name == *name && other.via.is_empty() && other.now.is_some())
        };
        let whom = names.into_iter().find(is_behind).unwrap_or(&user.name);
        let hint = format!("  `promptctl patch {whom} --repin -m WHY` takes the newer one");
        ui.line(styled(hint, Mood::Dim))?;
    }
    Ok(())
}
