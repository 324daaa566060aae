//! Version files: every published content under its number, found wherever it still is.

use super::choice::Choices;
use super::evidence::Evidence;
use crate::model::{Digest, Held, NumberState, Version};
use crate::ops::Ctx;
use crate::ops::error::{Error, ErrorKind, Result};
use crate::ops::prompt::Prompt;
use crate::ops::session::Session;
use crate::store::{draft_path, git, version_path};
use crate::text::digest::sha256;
use crate::text::document::normalized;

/// Files that were put in order, and the copies of what was replaced.
#[derive(Default)]
pub(super) struct Mended {
    pub(super) files: Vec<String>,
    pub(super) kept: Vec<String>,
}

/// Tells whether the file of a version is what was published.
pub(super) fn is_sound(ctx: &Ctx, prompt: &Prompt, version: &Version, held: Held) -> Result<bool> {
    let bytes = ctx.store.read_version(&prompt.name, version)?;
    let digest = prompt.history.publish(held).sha256;
    Ok(bytes.is_some_and(|bytes| sha256(&bytes) == digest))
}

/// Puts every published content under the number that it holds after resolving. All contents are
/// found before the first file is written.
pub(super) fn mend(
    session: &Session,
    prompt: &Prompt,
    evidence: &Evidence,
    choices: &Choices,
) -> Result<Mended> {
    let ctx = session.ctx;
    let mut wanted: Vec<(Version, Held)> = Vec::new();
    for (version, state) in prompt.history.numbers() {
        if let NumberState::Held(held) = state {
            wanted.push((version.clone(), *held));
        }
    }
    for settled in &choices.versions {
        wanted.extend(settled.others.iter().cloned());
        wanted.push((settled.version.clone(), settled.keeps));
    }
    let mut contents = Vec::new();
    for (version, held) in wanted {
        if is_sound(ctx, prompt, &version, held)? {
            continue;
        }
        let digest = prompt.history.publish(held).sha256;
        let bytes =
            find(ctx, prompt, evidence, digest).ok_or_else(|| lost(ctx, prompt, &version, held))?;
        contents.push((version, bytes));
    }
    let mut mended = Mended::default();
    for (version, bytes) in contents {
        let path = version_path(ctx.store.root(), &prompt.name, &version);
        if let Some(locked) = session.locked() {
            if let Some(before) = ctx.store.read(&path)? {
                mended.kept.push(locked.set_aside(&path, &before)?);
            }
            locked.replace(&path, &bytes)?;
        }
        mended.files.push(path);
    }
    Ok(mended)
}

/// Looks for bytes of a digest: in the prompt's own files, in the stages of git's index, and in the
/// commits that a merge has joined.
fn find(ctx: &Ctx, prompt: &Prompt, evidence: &Evidence, digest: Digest) -> Option<Vec<u8>> {
    let root = ctx.store.root();
    let mut paths = vec![draft_path(root, &prompt.name)];
    for entry in prompt.history.entries() {
        let publish = entry
            .event
            .publish()
            .filter(|publish| publish.sha256 == digest);
        paths.extend(publish.map(|publish| version_path(root, &prompt.name, &publish.version)));
    }
    paths.extend(
        prompt
            .history
            .numbers()
            .keys()
            .map(|version| version_path(root, &prompt.name, version)),
    );
    paths.dedup();
    let matching = |bytes: Vec<u8>| {
        if sha256(&bytes) == digest {
            return Some(bytes);
        }
        let text = normalized(&String::from_utf8(bytes).ok()?);
        (sha256(text.as_bytes()) == digest).then(|| text.into_bytes())
    };
    let on_disk = paths
        .iter()
        .filter_map(|path| ctx.store.read(path).ok().flatten())
        .find_map(matching);
    on_disk.or_else(|| {
        let stages = [":2", ":3", ":1", ""].map(str::to_owned);
        let revisions: Vec<&String> = stages.iter().chain(&evidence.revisions).collect();
        paths.iter().find_map(|path| {
            let mut found = revisions
                .iter()
                .filter_map(|revision| git::file_at(ctx.store.path(), revision, path));
            found.find_map(matching)
        })
    })
}

fn lost(ctx: &Ctx, prompt: &Prompt, version: &Version, held: Held) -> Error {
    let name = &prompt.name;
    let entry = &prompt.history.entries()[held.event];
    let path = version_path(ctx.store.root(), name, version);
    Error::new(
        ErrorKind::Damaged,
        format!(
            "the content of `{name}@{version}` (event {}, by {}) is nowhere to be found",
            entry.id.short(),
            entry.event.by
        ),
    )
    .hint(format!(
        "bring the branch that published it, or its file as `{path}`; `promptctl void {name} {} \
         -m REASON` gives it up",
        entry.id.short()
    ))
}
