//! The draft after a merge.

use super::Keep;
use super::evidence::Evidence;
use crate::ops::prompt::Prompt;
use crate::ops::session::Session;
use crate::store::draft_path;
use crate::store::git::{self, Stage};
use crate::text::document::{has_conflict_markers, normalized};

/// Finishes a draft that git could not merge: the kept side's text, if neither side's had edits. What
/// was there is set aside. A draft without markers is somebody's work, or git's own merge of both
/// sides, and is left alone.
pub(super) fn settle(session: &Session, prompt: &Prompt, evidence: &Evidence, keep: Option<Keep>) {
    let ctx = session.ctx;
    let path = draft_path(ctx.store.root(), &prompt.name);
    let Ok(Some(now)) = ctx.store.read_draft(&prompt.name) else {
        return;
    };
    let now = normalized(&String::from_utf8_lossy(&now));
    if prompt.has_published(&now) || session.is_rehearsal() {
        return;
    }
    if !has_conflict_markers(&now) {
        ctx.remark(format!(
            "`{path}` differs from every version and was left alone"
        ));
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
        ctx.remark(format!(
            "`{path}` has conflict markers, and edits of its own from one side: finish it by hand"
        ));
        return;
    };
    let kept = match keep {
        Some(Keep::Theirs) => theirs,
        _ => ours,
    };
    let written = locked.set_aside(&path, now.as_bytes()).and_then(|copy| {
        locked.write_draft(&prompt.name, kept.as_bytes())?;
        Ok(copy)
    });
    ctx.remark(match written {
        Ok(copy) => format!(
            "`{path}` had conflict markers; it is the kept side's text now, what was there is kept \
             as `{copy}`"
        ),
        Err(error) => format!("`{path}` was left alone: {error}"),
    });
}
