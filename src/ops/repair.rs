//! `repair`: what a crash left is put in order, and what only people can judge is shown.

use serde::Serialize;

use super::Ctx;
use super::ctx::Write;
use super::error::Result;
use super::list::Unreadable;
use super::prompt::Prompt;
use crate::store::{changelog_path, version_path};
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
            let Some(file) = ctx.store.read_log(&name)? else {
                continue;
            };
            let path = changelog_path(ctx.store.root(), &name);
            if file.log.tail != Tail::None {
                let kept = match session.locked() {
                    Some(locked) => locked.mend_tail(&name, &file)?,
                    None => None,
                };
                repaired.logs.push(MendedLog { path, kept });
            }
            if !file.log.faults.is_empty()
                && let Err(error) = ctx.find_prompt(&name)
            {
                repaired
                    .unreadable
                    .push(Unreadable::new(folder.path.clone(), &error));
            }
            let prompt = Prompt::new(name, file.log);
            let orphans = folder
                .versions
                .iter()
                .filter(|version| !prompt.history.numbers().contains_key(version))
                .map(|version| version_path(ctx.store.root(), &prompt.name, version));
            repaired.orphans.extend(orphans);
        }
        Ok(repaired)
    })
}
