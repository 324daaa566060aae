//! The draft after a merge.

use super::Keep;
use super::evidence::Evidence;
use crate::ops::prompt::Prompt;
use crate::ops::session::Session;
use crate::store::draft_path;
use crate::store::git::{self, Stage};
use crate::text::document::normalized;

/// Writes the kept side's draft if neither side's had edits, else leaves what is there and says so.
pub(super) fn settle(session: &Session, prompt: &Prompt, evidence: &Evidence, keep: Option<Keep>) {
    let ctx = session.ctx;
    let path = draft_path(ctx.store.root(), &prompt.name);
    let Ok(Some(now)) = ctx.store.read_draft(&prompt.name) else {
        return;
    };
    let now = normalized(&String::from_utf8_lossy(&now));
    if prompt.has_published(&now) {
        return;
    }
    let clean = |bytes: Option<Vec<u8>>| {
        let text = normalized(&String::from_utf8_lossy(&bytes?));
        prompt.has_published(&text).then_some(text)
    };
    let folder = ctx.store.path();
    let stages = [Stage::Ours, Stage::Theirs].map(|stage| git::file_at_stage(folder, stage, &path));
    let sides = match (stages, evidence.side_revisions()) {
        ([Some(ours), Some(theirs)], _) => (clean(Some(ours)), clean(Some(theirs))),
        (_, Some((ours, theirs))) => (
            clean(git::file_at(folder, &ours, &path)),
            clean(git::file_at(folder, &theirs, &path)),
        ),
        _ => (None, None),
    };
    let ((Some(ours), Some(theirs)), Some(locked)) = (sides, session.locked()) else {
        ctx.remark(format!("`{path}` has unpublished edits and was left alone"));
        return;
    };
    let kept = match keep {
        Some(Keep::Theirs) => theirs,
        _ => ours,
    };
    if let Err(error) = locked.write_draft(&prompt.name, kept.as_bytes()) {
        ctx.remark(format!("`{path}` was left alone: {error}"));
    }
}
