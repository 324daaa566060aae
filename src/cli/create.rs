//! `create`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::args::{WriteArgs, source};
use super::complete;
use super::env::Environment;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui, styled};
use crate::model::{Label, PromptName, Reference, Selector, Version};
use crate::ops::{self, Create, Ctx, DraftAfter, Number, Published, Source, Status};

/// Publish a new prompt, or a further version of one
///
/// A new prompt's first version is 1.0.0 and gets the first labels of the settings (production). A
/// further version needs --bump or --version and a message, and moves only the labels that are
/// named. The text is the prompt's draft unless --file or --copy says otherwise.
#[derive(Debug, clap::Args)]
// Here `--version` is the version of the prompt.
#[command(disable_version_flag = true)]
#[command(after_help = "\
Examples:
  promptctl create support/triage
  promptctl create support/triage --file triage.prompt --no-label
  promptctl create support/triage --bump minor -m 'Accept attachments' --label staging
  promptctl create support/escalation --copy support/triage@1.2.0")]
pub(super) struct Args {
    /// The prompt's name, as in support/triage
    #[arg(add = ArgValueCompleter::new(complete::names))]
    name: PromptName,

    /// Publish this file instead of the draft; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "copy")]
    file: Option<String>,

    /// Publish the text of another version, with its pins
    #[arg(long, value_name = "REF", add = ArgValueCompleter::new(complete::references))]
    copy: Option<Reference>,

    /// The new version's number
    #[arg(
        long = "version",
        id = "number",
        value_name = "VERSION",
        conflicts_with = "bump"
    )]
    version: Option<Version>,

    /// Which part of the number grows
    #[arg(long, value_name = "PART")]
    bump: Option<Bump>,

    /// The version that the new one builds upon [default: the highest release]
    #[arg(long, value_name = "SELECTOR")]
    from: Option<Selector>,

    /// Move this label to the new version; may be given several times
    #[arg(long = "label", value_name = "LABEL", add = ArgValueCompleter::new(complete::labels))]
    labels: Vec<Label>,

    /// Publish a new prompt without its first labels
    #[arg(long, conflicts_with = "labels")]
    no_label: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Which part of a version grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Bump {
    /// Callers must change
    Major,
    /// New abilities; callers need not change
    Minor,
    /// Wording
    Patch,
}

impl From<Bump> for crate::model::Bump {
    fn from(bump: Bump) -> Self {
        match bump {
            Bump::Major => Self::Major,
            Bump::Minor => Self::Minor,
            Bump::Patch => Self::Patch,
        }
    }
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let number = match (self.version, self.bump) {
            (Some(version), _) => Some(Number::Exact(version)),
            (None, Some(bump)) => Some(Number::Bump(bump.into())),
            (None, None) => None,
        };
        let source = match self.copy {
            Some(reference) => Source::Copy(reference),
            None => source(self.file.as_deref())?,
        };
        let request = Create {
            name: self.name,
            source,
            number,
            from: self.from,
            labels: self.labels,
            no_label: self.no_label,
            write: self.write.request(env)?,
        };
        let published = ops::create(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.create.v1", &published)?;
        } else {
            tell(ui, &published)?;
        }
        Ok(Outcome::Done)
    }
}

/// Says what was published; `patch` and `revert` say it the same way.
pub(super) fn tell(ui: &mut Ui, published: &Published) -> std::io::Result<()> {
    let version = format!("{}@{}", published.name, published.version);
    let name = styled(&version, Mood::Name);
    match published.status {
        Status::Unchanged => {
            return ui.say(format!("{name} is just that already; nothing was written"));
        }
        Status::Rehearsed => return rehearsed(ui, published.recorded.as_ref()),
        Status::Written => {}
    }
    let from = match (&published.copy, &published.from) {
        (Some(copy), _) => format!(", the text of {copy}"),
        (None, Some(from)) => format!(", after {from}"),
        (None, None) => String::new(),
    };
    ui.say(format!("published {name}{from}"))?;
    for moved in &published.labels {
        let was = moved.was.as_deref().unwrap_or("nothing");
        let label = &moved.label;
        ui.say(format!("  {label}: {was} -> {}", published.version))?;
    }
    for (written, pinned) in &published.pins {
        ui.say(format!("  {{{{> {written}}}}} is {pinned}"))?;
    }
    if published.draft == Some(DraftAfter::LeftAlone) {
        let name = &published.name;
        ui.note(format!(
            "the draft of {name} has other edits and was left alone; `promptctl diff {name}` shows them"
        ))?;
    }
    if ui.verbose {
        ui.say(format!("  identity {}", published.identity))?;
    }
    Ok(())
}

/// Prints the event of a rehearsal.
pub(super) fn rehearsed(ui: &mut Ui, recorded: Option<&ops::Recorded>) -> std::io::Result<()> {
    let line = recorded.and_then(|recorded| recorded.line.as_deref());
    ui.line(line.unwrap_or_default())
}
