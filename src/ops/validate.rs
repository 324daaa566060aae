//! `validate`: every rule, over the working tree or over what is staged.

use std::path::Path;

use serde::Serialize;

use super::Ctx;
use super::error::{Error, ErrorKind, Result};
use super::prompt::Prompt;
use super::rules::{self, Finding, Severity};
use crate::model::PromptName;
use crate::store::{Folder, GIT_ATTRIBUTES, StoreError, changelog_path, git};
use crate::text::changelog;
use crate::text::settings::Settings;
use crate::text::suggest::nearest;

/// What `validate` is asked for.
#[derive(Debug, Clone, Default)]
pub struct Validate {
    /// Names of prompts, or paths of files and folders below the store; none: everything.
    pub targets: Vec<String>,
    /// Whether to check the integrity of what git has staged instead of the working tree.
    pub staged: bool,
}

/// What the rules have to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The findings, by path and place.
    pub findings: Vec<Finding>,
    /// How many findings there are of each severity.
    pub counts: Counts,
    /// How many prompts were looked at.
    pub prompts: usize,
    /// How many files of versions were looked at.
    pub versions: usize,
}

/// How many findings there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Errors: `validate` ends with exit code 1 if there are any.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Remarks.
    pub infos: usize,
}

/// Checks the store.
pub fn validate(ctx: &Ctx, request: &Validate) -> Result<Report> {
    let mut report = if request.staged {
        staged(ctx, request)?
    } else {
        working_tree(ctx, request)?
    };
    report.findings.sort_by(|a, b| key(a).cmp(&key(b)));
    for finding in &report.findings {
        match finding.severity {
            Severity::Error => report.counts.errors += 1,
            Severity::Warning => report.counts.warnings += 1,
            Severity::Info => report.counts.infos += 1,
        }
    }
    Ok(report)
}

fn key(finding: &Finding) -> (&str, usize, &str) {
    let start = finding.place.as_ref().map_or(0, |place| place.start);
    (&finding.path, start, finding.rule)
}

fn working_tree(ctx: &Ctx, request: &Validate) -> Result<Report> {
    let settings = ctx.store.settings();
    let all = ctx.store.folders()?;
    let mut report = Report::default();
    let mut seen = rules::pins::Seen::default();
    for folder in wanted(&settings.root, &all, &request.targets)? {
        let findings = rules::layout::check(&settings.root, folder, &all);
        report.add(findings, settings);
        let Ok(name) = folder.name() else {
            continue;
        };
        if !folder.is_prompt() {
            continue;
        }
        report.prompts += 1;
        report.versions += folder.versions.len();
        let read = |path: &str| ctx.store.read(path);
        if let Err(error) = check_prompt(ctx, &name, folder, &read, &mut seen, &mut report) {
            report.add(vec![unreadable(&error, ctx, &name)], settings);
        }
    }
    if request.targets.is_empty() {
        let attributes = ctx.store.read(GIT_ATTRIBUTES)?.unwrap_or_default();
        let attributes = String::from_utf8_lossy(&attributes);
        let finding = rules::layout::check_attributes(&settings.root, &attributes);
        report.add(finding.into_iter().collect(), settings);
    }
    Ok(report)
}

fn check_prompt(
    ctx: &Ctx,
    name: &PromptName,
    folder: &Folder,
    read: rules::versions::ReadFile,
    seen: &mut rules::pins::Seen,
    report: &mut Report,
) -> std::result::Result<(), StoreError> {
    let settings = ctx.store.settings();
    let prompt = check_integrity(name, folder, settings, read, false, report)?;
    if let Some(prompt) = &prompt {
        let path = changelog_path(&settings.root, name);
        report.add(rules::labels::check(&path, prompt, settings), settings);
        report.add(rules::pins::check(ctx, prompt, seen), settings);
    }
    report
        .findings
        .extend(rules::draft::check(ctx, name, prompt.as_ref())?);
    Ok(())
}

/// Checks that a log verifies and that its files are what it says.
fn check_integrity(
    name: &PromptName,
    folder: &Folder,
    settings: &Settings,
    read: rules::versions::ReadFile,
    is_staged: bool,
    report: &mut Report,
) -> std::result::Result<Option<Prompt>, StoreError> {
    let path = changelog_path(&settings.root, name);
    let Some(bytes) = read(&path)? else {
        return Ok(None);
    };
    let log = changelog::read(&bytes, name);
    let is_log_whole = log.faults.is_empty() && !log.entries.is_empty();
    let mut findings = rules::log::check(&path, &bytes, &log, name.as_str());
    let prompt = Prompt::new(name.clone(), log);
    findings.extend(rules::history::check(&path, &prompt));
    let mut findings = rules::weigh(findings, settings);
    if is_staged {
        // What is committed should be whole; in the working tree a write may be under way.
        let unterminated = findings.iter_mut().filter(|f| f.rule == "log-unterminated");
        unterminated.for_each(|finding| finding.severity = Severity::Error);
    }
    report.findings.extend(findings);
    let files = rules::versions::check(folder, &prompt, settings, read, (is_log_whole, is_staged))?;
    report.add(files, settings);
    Ok(Some(prompt))
}

fn staged(ctx: &Ctx, request: &Validate) -> Result<Report> {
    let settings = ctx.store.settings();
    let store = ctx.store.path();
    let root = &settings.root;
    let touched = Folder::of_paths(root, &git::staged_paths(store, root)?);
    let mut report = Report::default();
    for folder in wanted(root, &touched, &request.targets)? {
        let Ok(name) = folder.name() else {
            continue;
        };
        let path = format!("{root}/{}", folder.path);
        let indexed = Folder::of_paths(root, &git::indexed_paths(store, &path)?);
        let Some(whole) = indexed.iter().find(|whole| whole.path == folder.path) else {
            // The whole prompt is being deleted.
            continue;
        };
        report.prompts += 1;
        report.versions += whole.versions.len();
        let findings = rules::layout::check(root, whole, &[]);
        report.add(findings, settings);
        let read = |path: &str| Ok(git::file_at(store, "", path));
        check_integrity(&name, whole, settings, &read, true, &mut report)?;
    }
    Ok(report)
}

impl Report {
    fn add(&mut self, findings: Vec<Finding>, settings: &Settings) {
        self.findings.extend(rules::weigh(findings, settings));
    }
}

/// The folders that the targets name; an unknown target is an error, not a pass.
fn wanted<'a>(root: &str, all: &'a [Folder], targets: &[String]) -> Result<Vec<&'a Folder>> {
    if targets.is_empty() {
        return Ok(all.iter().collect());
    }
    let mut wanted: Vec<&Folder> = Vec::new();
    for target in targets {
        let below = target
            .strip_prefix(root)
            .filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let path = below.map_or(target.as_str(), |rest| rest.trim_start_matches('/'));
        let path = path.trim_end_matches('/');
        let parent = Path::new(path)
            .parent()
            .and_then(Path::to_str)
            .unwrap_or("");
        let inside = format!("{path}/");
        let before = wanted.len();
        wanted.extend(all.iter().filter(|folder| {
            path.is_empty()
                || folder.path == path
                || folder.path.starts_with(&inside)
                || (Path::new(path).extension().is_some() && folder.path == parent)
        }));
        if wanted.len() == before {
            return Err(Error::new(
                ErrorKind::NotFound,
                format!("there is nothing called `{target}` in this store"),
            )
            .hint(
                match nearest(path, all.iter().map(|folder| folder.path.as_str())) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "name a prompt, or a file or folder below the store".to_owned(),
                },
            ));
        }
    }
    wanted.sort_by(|a, b| a.path.cmp(&b.path));
    wanted.dedup_by(|a, b| a.path == b.path);
    Ok(wanted)
}

fn unreadable(error: &StoreError, ctx: &Ctx, name: &PromptName) -> Finding {
    let path = format!("{}/{name}", ctx.store.root());
    Finding::new("unreadable", path, error.to_string())
}
