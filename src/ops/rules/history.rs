//! Rules about what the events of a prompt add up to.

use super::Finding;
use crate::model::NumberState;
use crate::ops::prompt::Prompt;

/// Checks a history.
pub(in crate::ops) fn check(path: &str, prompt: &Prompt) -> Vec<Finding> {
    let history = &prompt.history;
    let name = &prompt.name;
    let settle = format!("`promptctl resolve {name}` settles it");
    let mut findings = Vec::new();
    if !history.unsettled_roots().is_empty() {
        let message = format!(
            "`{name}` was created {} times, on branches that know nothing of each other",
            history.unsettled_roots().len()
        );
        findings.push(Finding::new("log-roots", path, message).hint(settle.as_str()));
    }
    for parent in history.unsettled_parents() {
        let message = format!(
            "event {} is not in the log, and others build upon it",
            parent.short()
        );
        findings.push(Finding::new("log-parent-missing", path, message).hint(settle.as_str()));
    }
    for (version, state) in history.numbers() {
        if let NumberState::Conflicted(claims) = state {
            let message = format!(
                "{version} was published {} times with different content",
                claims.len()
            );
            findings.push(Finding::new("version-conflict", path, message).hint(settle.as_str()));
        }
    }
    let heads = history.heads().len();
    if heads > 1 {
        let message = format!("the log has {heads} ends, from a merge; the next event joins them");
        findings.push(Finding::new("log-heads", path, message));
    }
    findings
}
