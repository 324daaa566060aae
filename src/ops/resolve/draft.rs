//! The draft after a merge.

use super::Keep;
use super::evidence::Evidence;
use crate::ops::prompt::Prompt;
use crate::ops::session::Session;
use crate::store::{draft_path, git};
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
    let sides = evidence.side_revisions().map(|(ours, theirs)| {
        let read = |revision: &str| {
            let bytes = git::file_at(ctx.store.path(), revision, &path)?;
            let text = normalized(&String::from_utf8_lossy(&bytes));
            prompt.has_published(&text).then_some(text)
        };
        (read(&ours), read(&theirs))
    });
    let (Some((Some(ours), Some(theirs))), Some(locked)) = (sides, session.locked()) else {
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
