//! Rules about labels: where they point, and whether they may.

use super::Finding;
use crate::model::{Event, Label, LabelState, NumberState, Op, Version};
use crate::ops::prompt::Prompt;
use crate::text::settings::Settings;

/// Checks the labels of a prompt.
pub(in crate::ops) fn check(path: &str, prompt: &Prompt, settings: &Settings) -> Vec<Finding> {
    let history = &prompt.history;
    let name = &prompt.name;
    let mut findings = Vec::new();
    for (label, state) in history.labels() {
        let version = match state {
            LabelState::Removed => continue,
            LabelState::At(id) => &id.version,
            LabelState::Conflicted(claims) => {
                let claims: Vec<String> = claims
                    .iter()
                    .map(|id| {
                        id.as_ref()
                            .map_or("removed".into(), |id| id.version.to_string())
                    })
                    .collect();
                let message = format!(
                    "the label `{label}` is in conflict: {}",
                    claims.join(" or ")
                );
                findings.push(
                    Finding::new("label-conflict", path, message)
                        .hint(format!("`promptctl resolve {name}` settles it")),
                );
                continue;
            }
        };
        let move_it = format!("`promptctl promote {name}@V --label {label}` moves it");
        match history.numbers().get(version) {
            None | Some(NumberState::Burnt) => {
                let message =
                    format!("the label `{label}` points to {version}, which is not there");
                findings.push(Finding::new("label-dangling", path, message).hint(move_it));
                continue;
            }
            Some(NumberState::Held(_) | NumberState::Conflicted(_)) => {}
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
