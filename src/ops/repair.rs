//! `repair`: what a crash left is put in order, and what only people can judge is shown.

use serde::Serialize;

use super::Ctx;
use super::ctx::Write;
use super::error::Result;
use super::list::Unreadable;
use super::session::Session;
use crate::model::PromptName;
use crate::store::{Folder, changelog_path, version_path};
use crate::text::changelog::Tail;

/// What `repair` is asked for.
#[derive(Debug, Clone)]
pub struct Repair {
    /// How to write; no event is recorded.
    pub write: Write,
}

/// What was found and done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Repaired {
    /// The mended logs.
    pub logs: Vec<MendedLog>,
    /// Files of versions that no event mentions; they stay where they are.
    pub orphans: Vec<String>,
    /// Prompts that need more than this.
    pub unreadable: Vec<Unreadable>,
}

/// A log whose tail was mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MendedLog {
    /// The log, below the store.
    pub path: String,
    /// Where the torn piece is kept; none: only the newline was missing.
    pub kept: Option<String>,
}

/// Mends the tails of all logs and lists orphaned files.
pub fn repair(ctx: &Ctx, request: &Repair) -> Result<Repaired> {
    ctx.write(&request.write, |session| {
        let mut repaired = Repaired::default();
        for folder in ctx.prompt_folders(None)? {
            let name = match folder.name() {
                Ok(name) => name,
                Err(error) => {
                    let error = error.into();
                    repaired
                        .unreadable
                        .push(Unreadable::new(folder.path, &error));
                    continue;
                }
            };
            if let Err(error) = repair_prompt(session, &name, &folder, &mut repaired) {
                if error.kind().is_of_the_machine() {
                    return Err(error);
                }
                repaired
                    .unreadable
                    .push(Unreadable::new(folder.path, &error));
            }
        }
        Ok(repaired)
    })
}

fn repair_prompt(
    session: &Session,
    name: &PromptName,
    folder: &Folder,
    repaired: &mut Repaired,
) -> Result<()> {
    let ctx = session.ctx;
    let root = ctx.store.root();
    let Some(file) = ctx.store.read_log(name)? else {
        let orphans = folder.versions.iter();
        let orphans = orphans.map(|version| version_path(root, name, version));
        repaired.orphans.extend(orphans);
        return Ok(());
    };
    if file.log.tail != Tail::None {
        let kept = match session.locked() {
            Some(locked) => locked.mend_tail(name, &file)?,
            None => None,
        };
        let path = changelog_path(root, name);
        repaired.logs.push(MendedLog { path, kept });
    }
    // With lines that cannot be read nobody knows which files no event mentions.
    let Some(prompt) = ctx.find_prompt(name)? else {
        return Ok(());
    };
    let orphans = folder
        .versions
        .iter()
        .filter(|version| !prompt.history.numbers().contains_key(version))
        .map(|version| version_path(root, name, version));
    repaired.orphans.extend(orphans);
    Ok(())
}
