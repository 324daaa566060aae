//! What shells complete by themselves: names, references and labels of the store at hand.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use clap_complete::CompletionCandidate;

use super::env::Environment;
use crate::ops::{Ctx, List, Listing, list};

/// Names of prompts.
pub(super) fn names(current: &OsStr) -> Vec<CompletionCandidate> {
    let names = listing().prompts.into_iter().map(|row| row.name);
    candidates(current, names)
}

/// Labels of any prompt.
pub(super) fn labels(current: &OsStr) -> Vec<CompletionCandidate> {
    let rows = listing().prompts.into_iter();
    let labels: BTreeSet<String> = rows.flat_map(|row| row.labels.into_keys()).collect();
    candidates(current, labels)
}

/// Names, and behind an `@` what there is of that prompt.
pub(super) fn references(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some((name, _)) = current.to_str().and_then(|text| text.split_once('@')) else {
        return names(current);
    };
    let Some((ctx, name)) = context().zip(name.parse().ok()) else {
        return Vec::new();
    };
    let Ok(log) = crate::ops::log(&ctx, &crate::ops::Log { name }) else {
        return Vec::new();
    };
    let own = log.events.iter().filter(|event| event.name == log.name);
    let versions = own
        .filter(|event| event.became.is_none())
        .filter_map(|event| event.version.clone());
    let labels = log
        .events
        .iter()
        .flat_map(|event| event.labels.keys().cloned());
    let selectors: BTreeSet<String> = versions
        .chain(labels)
        .chain(["latest".to_owned()])
        .collect();
    let references = selectors
        .into_iter()
        .map(|selector| format!("{}@{selector}", log.name));
    candidates(current, references)
}

fn candidates(
    current: &OsStr,
    words: impl IntoIterator<Item = String>,
) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    words
        .into_iter()
        .filter(|word| word.starts_with(&*current))
        .map(CompletionCandidate::new)
        .collect()
}

fn context() -> Option<Ctx> {
    let env = Environment::of_process();
    let now = Environment::now().ok()?;
    match Environment::store() {
        Some(store) => Ctx::open(&store, now).ok(),
        None => Ctx::find(env.folder().ok()?, now).ok(),
    }
}

fn listing() -> Listing {
    context()
        .and_then(|ctx| list(&ctx, &List::default()).ok())
        .unwrap_or_default()
}
