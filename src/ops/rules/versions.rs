//! Rules about published files: they are there, and they are what was published.

use std::collections::BTreeSet;

use super::{Finding, Severity, document};
use crate::model::{Held, LabelState, NumberState, Version};
use crate::ops::prompt::Prompt;
use crate::store::{Folder, StoreError, version_path};
use crate::text::digest::sha256;
use crate::text::document::normalized;
use crate::text::settings::Settings;

/// Where files are read from: the working tree, or the index of git.
pub(in crate::ops) type ReadFile<'a> =
    &'a dyn Fn(&str) -> std::result::Result<Option<Vec<u8>>, StoreError>;

/// Checks the files of a prompt's versions. Where lines of the log cannot be read, files that no
/// event mentions are no orphans: their events may be in those lines.
pub(in crate::ops) fn check(
    folder: &Folder,
    prompt: &Prompt,
    settings: &Settings,
    read: ReadFile,
    (is_log_whole, is_integrity_only): (bool, bool),
) -> std::result::Result<Vec<Finding>, StoreError> {
    let live = live_versions(prompt);
    let mut findings = Vec::new();
    for (version, state) in prompt.history.numbers() {
        let claims: &[Held] = match state {
            NumberState::Held(held) => std::slice::from_ref(held),
            NumberState::Conflicted(claims) => claims,
            // A voided version's file may stay or go.
            NumberState::Burnt => continue,
        };
        let path = version_path(&settings.root, &prompt.name, version);
        let Some(bytes) = read(&path)? else {
            findings.push(missing(&path, prompt, version));
            continue;
        };
        let digest = sha256(&bytes);
        if claims
            .iter()
            .all(|held| prompt.history.publish(*held).sha256 != digest)
        {
            findings.push(changed(&path, prompt, claims, &bytes));
            continue;
        }
        if is_integrity_only {
            continue;
        }
        let Ok(text) = String::from_utf8(bytes) else {
            findings.push(Finding::new("not-utf8", &path, "the file is not UTF-8"));
            continue;
        };
        let mut found = match document::check(&text, &path, settings) {
            Ok(readable) => document::portability(&readable, &path, &text),
            Err(findings) => findings,
        };
        if !live.contains(version) {
            // Nobody can change it any more, and nobody gets it unless by its number.
            for finding in &mut found {
                finding.severity = Severity::Info;
            }
        }
        findings.extend(found);
    }
    if is_log_whole && prompt.history.unsettled_parents().is_empty() {
        findings.extend(orphans(folder, prompt, settings));
    }
    Ok(findings)
}

/// The versions that a label points to, and the latest.
fn live_versions(prompt: &Prompt) -> BTreeSet<Version> {
    let labelled = prompt
        .history
        .labels()
        .values()
        .filter_map(|state| match state {
            LabelState::At(id) => Some(id.version.clone()),
            _ => None,
        });
    labelled.chain(prompt.history.latest().cloned()).collect()
}

fn missing(path: &str, prompt: &Prompt, version: &Version) -> Finding {
    let message = format!("the file of {version} is missing");
    Finding::new("version-file-missing", path, message).hint(format!(
        "`git checkout -- {path}`, or `promptctl resolve {}`",
        prompt.name
    ))
}

fn changed(path: &str, prompt: &Prompt, claims: &[Held], bytes: &[u8]) -> Finding {
    let expected = |digest| {
        claims
            .iter()
            .any(|held| prompt.history.publish(*held).sha256 == digest)
    };
    let unconverted = normalized(&String::from_utf8_lossy(bytes));
    let message = if expected(sha256(unconverted.as_bytes())) {
        "the file's line ends were converted to CR LF after it was published"
    } else {
        "the file was changed after it was published"
    };
    Finding::new("released-content-changed", path, message).hint(format!(
        "`git checkout -- {path}` brings it back, and so does `promptctl resolve {}`; publish an \
         edit with `promptctl patch`",
        prompt.name
    ))
}

/// Files that no event mentions. The file of a voided number is allowed.
fn orphans(folder: &Folder, prompt: &Prompt, settings: &Settings) -> Vec<Finding> {
    folder
        .versions
        .iter()
        .filter(|version| !prompt.history.numbers().contains_key(version))
        .map(|version| {
            let path = version_path(&settings.root, &prompt.name, version);
            let message = format!("no event says that {version} was published");
            Finding::new("orphan-version", path, message).hint(format!(
                "a write was cut short, or somebody made the file by hand: publish it with \
                 `promptctl create {} --version {version} --file FILE`, or move it away",
                prompt.name
            ))
        })
        .collect()
}
