//! Rules about labels: where they point, and whether they may.

use super::Finding;
use crate::model::{Event, Held, Label, LabelState, NumberState, Op, Version};
use crate::ops::prompt::Prompt;
use crate::ops::resolution::in_words;
use crate::text::settings::Settings;

/// Checks the labels of a prompt.
pub(in crate::ops) fn check(path: &str, prompt: &Prompt, settings: &Settings) -> Vec<Finding> {
    let history = &prompt.history;
    let name = &prompt.name;
    let mut findings = Vec::new();
    for (label, state) in history.labels() {
        let id = match state {
            LabelState::Removed => continue,
            LabelState::At(id) => id,
            LabelState::Conflicted(claims) => {
                let message = format!("the label `{label}` is in conflict: {}", in_words(claims));
                findings.push(
                    Finding::new("label-conflict", path, message)
                        .hint(format!("`promptctl resolve {name}` settles it")),
                );
                continue;
            }
        };
        let move_it = format!("`promptctl promote {name}@V --label {label}` moves it");
        let version = &id.version;
        let is_it = |held: &Held| held.identity == id.identity;
        let is_there = match history.numbers().get(version) {
            Some(NumberState::Held(held)) => is_it(held),
            Some(NumberState::Conflicted(claims)) => claims.iter().any(is_it),
            None | Some(NumberState::Burnt) => false,
        };
        if !is_there {
            let message = format!("the label `{label}` points to {version}, which is not there");
            findings.push(Finding::new("label-dangling", path, message).hint(move_it));
            continue;
        }
        if history.is_version_retired(version) {
            let message = format!("the label `{label}` points to {version}, which is retired");
            findings.push(Finding::new("retired-in-use", path, message).hint(move_it));
        }
        findings.extend(policy(path, prompt, settings, label, version));
    }
    findings
}

/// A label that went back, or past the policy with a reason, is as it may be.
fn policy(
    path: &str,
    prompt: &Prompt,
    settings: &Settings,
    label: &Label,
    version: &Version,
) -> Option<Finding> {
    let breach = settings.judge(Some(prompt), version, label).err()?;
    let is_excused = |event: &Event| match &event.op {
        Op::Promote(promote) => promote.rollback || promote.overridden.is_some(),
        _ => false,
    };
    let last = prompt
        .history
        .entries()
        .iter()
        .rev()
        .find(|entry| entry.event.claim(label).is_some());
    if last.is_some_and(|entry| is_excused(&entry.event)) {
        return None;
    }
    let name = &prompt.name;
    Some(
        Finding::new("label-policy", path, breach.to_string()).hint(format!(
            "`promptctl promote {name}@V --label {label}` moves it to another version, with \
             `--override REASON` past the policy"
        )),
    )
}
