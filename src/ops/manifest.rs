//! `manifest`: which version of each prompt a label means, as one list that machines compare.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::Ctx;
use super::error::{Error, ErrorKind, Result};
use super::list::{List, Unreadable, list};
use crate::model::Label;
use crate::text::digest::sha256;
use crate::text::suggest::nearest;

/// What `manifest` is asked for.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// The label; none: the default label.
    pub label: Option<Label>,
}

/// The versions that a label means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ManifestList {
    /// The store's project.
    pub project: String,
    /// The label.
    pub label: String,
    /// The prompts that have it, by name; retired ones are not among them.
    pub prompts: Vec<ManifestRow>,
    /// SHA-256 over one line `NAME VERSION IDENTITY EVENTS` for each of them.
    pub digest: String,
}

/// One prompt of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ManifestRow {
    /// Its name.
    pub name: String,
    /// The version.
    pub version: String,
    /// The digest of the version's file.
    pub sha256: String,
    /// The version's identity.
    pub identity: String,
    /// How many events the log has: it grows with every write and every merge.
    pub events: usize,
}

/// Lists the versions that a label means. A prompt that cannot be read, or whose label is in
/// conflict, fails the whole: a release must not go out without it.
pub fn manifest(ctx: &Ctx, request: &Manifest) -> Result<ManifestList> {
    let label = request.label.as_ref().unwrap_or(ctx.default_label());
    let mut prompts = Vec::new();
    let mut unreadable = Vec::new();
    let mut first_error: Option<Error> = None;
    for folder in ctx
        .prompt_folders(None)?
        .iter()
        .filter(|folder| folder.has_log)
    {
        match row(ctx, &folder.path, label) {
            Ok(row) => prompts.extend(row),
            Err(error) => {
                unreadable.push(Unreadable::new(folder.path.clone(), &error));
                first_error.get_or_insert(error);
            }
        }
    }
    if let Some(error) = first_error {
        let others = unreadable.iter().skip(1).map(|other| other.message.clone());
        return Err(others.fold(error, Error::context));
    }
    if prompts.is_empty() && request.label.is_some() {
        return Err(no_such_label(ctx, label)?);
    }
    let mut lines = String::new();
    for row in &prompts {
        let _ = writeln!(
            lines,
            "{} {} {} {}",
            row.name, row.version, row.identity, row.events
        );
    }
    Ok(ManifestList {
        project: ctx.store.settings().project.clone(),
        label: label.to_string(),
        prompts,
        digest: sha256(lines.as_bytes()).to_string(),
    })
}

/// A label that no prompt has is a mistake: nobody releases nothing.
fn no_such_label(ctx: &Ctx, label: &Label) -> Result<Error> {
    let listing = list(ctx, &List::default())?;
    let known: BTreeSet<String> = listing
        .prompts
        .into_iter()
        .flat_map(|row| row.labels.into_keys())
        .collect();
    let error = Error::new(
        ErrorKind::NotFound,
        format!("no prompt has the label `{label}`"),
    );
    let meant = nearest(label.as_str(), known.iter().map(String::as_str));
    Ok(error
        .hint("`promptctl list` shows the labels there are")
        .maybe_hint(meant.map(|meant| format!("did you mean `{meant}`?"))))
}

fn row(ctx: &Ctx, path: &str, label: &Label) -> Result<Option<ManifestRow>> {
    let prompt = ctx.prompt(&path.parse()?)?;
    prompt.check_settled()?;
    if prompt.history.is_retired() {
        return Ok(None);
    }
    let Some(id) = prompt.pointed_to(label)? else {
        return Ok(None);
    };
    let (_, held) = prompt.labelled(label, label)?;
    Ok(Some(ManifestRow {
        name: prompt.name.to_string(),
        version: id.version.to_string(),
        sha256: prompt.history.publish(held).sha256.to_string(),
        identity: id.identity.to_string(),
        events: prompt.history.entries().len(),
    }))
}
