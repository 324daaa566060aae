//! `validate`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::complete;
use super::env::Environment;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui, counted, mood_of, snippet, styled};
use crate::ops::rules::{Finding, Severity};
use crate::ops::{self, Ctx, Report, Validate};

/// Check the store: every log, every published file, every draft
///
/// Errors end with exit code 1. Remarks of level info are counted, and shown by --verbose.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  promptctl validate
  promptctl validate support/triage
  promptctl validate --staged              what git is about to commit
  promptctl validate --format json")]
pub(super) struct Args {
    /// Prompts, or files and folders of the store [default: everything]
    #[arg(value_name = "NAME|PATH", add = ArgValueCompleter::new(complete::names))]
    targets: Vec<String>,

    /// Check what is staged in git: that logs verify and files are what they say
    #[arg(long)]
    staged: bool,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let folder = env.folder()?;
        let targets = self
            .targets
            .iter()
            .map(|target| below_store(ctx, folder, target))
            .collect();
        let request = Validate {
            targets,
            staged: self.staged,
        };
        let report = ops::validate(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.validate.v1", &report)?;
        } else {
            tell(ui, &report)?;
        }
        Ok(if report.counts.errors > 0 {
            Outcome::No
        } else {
            Outcome::Done
        })
    }
}

/// A path that exists is meant as one, wherever the command runs; all else is a name.
fn below_store(ctx: &Ctx, folder: &std::path::Path, target: &str) -> String {
    let absolute = folder.join(target).canonicalize();
    let store = ctx.folder().canonicalize();
    match (absolute, store) {
        (Ok(path), Ok(store)) => match path.strip_prefix(&store) {
            Ok(below) => below.to_string_lossy().replace('\\', "/"),
            Err(_) => target.to_owned(),
        },
        _ => target.to_owned(),
    }
}

fn tell(ui: &mut Ui, report: &Report) -> std::io::Result<()> {
    for finding in &report.findings {
        if finding.severity == Severity::Info && !ui.verbose {
            continue;
        }
        tell_finding(ui, finding)?;
    }
    let counts = report.counts;
    let mut words = vec![
        counted(counts.errors, "error"),
        counted(counts.warnings, "warning"),
    ];
    if counts.infos > 0 {
        words.push(counted(counts.infos, "remark"));
    }
    let summary = format!(
        "{} in {}, {}",
        words.join(", "),
        counted(report.prompts, "prompt"),
        counted(report.versions, "version")
    );
    let mood = match (counts.errors, counts.warnings) {
        (0, 0) => Mood::Good,
        (0, _) => Mood::Warning,
        _ => Mood::Bad,
    };
    ui.say(styled(summary, mood))
}

fn tell_finding(ui: &mut Ui, finding: &Finding) -> std::io::Result<()> {
    let head = format!("{}[{}]", finding.severity.name(), finding.rule);
    let message = ui.safe(&finding.message).into_owned();
    ui.line(format!(
        "{}: {message}",
        styled(head, mood_of(finding.severity))
    ))?;
    if finding.place.is_some() {
        ui.styled_lines(snippet(finding))?;
    } else {
        let path = ui.safe(&finding.path).into_owned();
        ui.line(format!("  {} {path}", styled("-->", Mood::Dim)))?;
    }
    match &finding.hint {
        Some(hint) => ui.line(format!("  {} {hint}", styled("hint:", Mood::Name))),
        None => Ok(()),
    }
}
