//! The rules: one table, and the checks that find breaches of them.
//!
//! `create` and `patch` refuse what breaks a rule of level error; `validate` reports everything.
//! Both ask here, so they cannot disagree.

pub(super) mod document;
pub(super) mod draft;
mod finding;
pub(super) mod history;
pub(super) mod labels;
pub(super) mod layout;
pub(super) mod log;
pub(super) mod pins;
mod table;
pub(super) mod versions;

use self::table::FIXED;
pub use crate::text::settings::Level;
pub use finding::{Finding, Place, Severity};
pub use table::{Rule, TABLE};

use super::error::{Error, ErrorKind, Result};
use crate::text::settings::Settings;
use crate::text::suggest::nearest;

/// Checks that the settings name rules that exist.
pub(super) fn check_names(settings: &Settings) -> Result<()> {
    let in_paths = settings.lint_paths.iter().flat_map(|path| &path.rules);
    for (name, level) in settings.lint.iter().chain(in_paths) {
        if FIXED.contains(&name.as_str()) && *level != Level::Error {
            return Err(Error::new(
                ErrorKind::Invalid,
                format!("`promptctl.toml`, `[lint]`: `{name}` stays an error"),
            )
            .hint("a text that breaks it cannot be read, and is not published"));
        }
        if TABLE.iter().all(|rule| rule.name != name) {
            let known = TABLE.iter().map(|rule| rule.name);
            let meant = nearest(name, known).map(|meant| format!("did you mean `{meant}`?"));
            return Err(Error::new(
                ErrorKind::Invalid,
                format!("`promptctl.toml`, `[lint]`: there is no rule `{name}`"),
            )
            .hint("docs/rules.md lists the rules")
            .maybe_hint(meant));
        }
    }
    Ok(())
}

/// Gives findings the severities of their rules, and drops those that are off. A finding that was
/// lowered to a remark stays one.
pub(super) fn weigh(findings: Vec<Finding>, settings: &Settings) -> Vec<Finding> {
    findings
        .into_iter()
        .filter_map(|mut finding| {
            let severity = Severity::of(level(finding.rule, &finding.path, settings))?;
            finding.severity = finding.severity.max(severity);
            Some(finding)
        })
        .collect()
}

/// The level of a rule for a path: the last `[[lint.path]]` that matches counts, then `[lint]`.
fn level(rule: &str, path: &str, settings: &Settings) -> Level {
    let below_root = path
        .strip_prefix(&settings.root)
        .map_or(path, |path| path.trim_start_matches('/'));
    let by_path = settings.lint_paths.iter().rev().find_map(|lint| {
        let level = lint.rules.get(rule)?;
        fast_glob::glob_match(&lint.pattern, below_root).then_some(*level)
    });
    by_path
        .or_else(|| settings.lint.get(rule).copied())
        .or_else(|| TABLE.iter().find(|r| r.name == rule).map(|r| r.level))
        .unwrap_or(Level::Error)
}
