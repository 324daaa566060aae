//! What git knows: the index, the stages of a merge, other commits. Git itself is asked.

use std::path::Path;
use std::process::Command;

use super::StoreError;

/// The three stages of a path that a merge left unmerged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// As it was before both sides.
    Base,
    /// As it is on the branch that was checked out.
    Ours,
    /// As it is on the branch that was merged.
    Theirs,
}

/// Returns a file as `rev:path` names it, the path below `folder`; `None` if git has none.
///
/// A revision is anything git takes: `HEAD`, `MERGE_HEAD`, `HEAD^2`; the index is the empty one,
/// its stages are `:1`, `:2`, `:3`.
#[must_use]
pub fn file_at(folder: &Path, revision: &str, path: &str) -> Option<Vec<u8>> {
    let object = format!("{revision}:./{path}");
    run(folder, &["cat-file", "blob", &object]).ok()
}

/// Returns a file as a stage of the index has it.
#[must_use]
pub fn file_at_stage(folder: &Path, stage: Stage, path: &str) -> Option<Vec<u8>> {
    let revision = match stage {
        Stage::Base => ":1",
        Stage::Ours => ":2",
        Stage::Theirs => ":3",
    };
    file_at(folder, revision, path)
}

/// Returns the paths below `folder/path` that the index has, with slashes, relative to `folder`.
pub fn indexed_paths(folder: &Path, path: &str) -> Result<Vec<String>, StoreError> {
    paths(folder, &["ls-files", "-z", "--", path])
}

/// Returns the paths below `folder/path` that differ between `HEAD` and the index, those that are
/// gone included. Before the first commit everything in the index differs.
pub fn staged_paths(folder: &Path, path: &str) -> Result<Vec<String>, StoreError> {
    let head = run(folder, &["rev-parse", "--verify", "--quiet", "HEAD"]);
    if head.is_err() {
        return indexed_paths(folder, path);
    }
    let diff = [
        "diff",
        "--cached",
        "--name-only",
        "--no-renames",
        "--relative",
        "-z",
        "--",
        path,
    ];
    paths(folder, &diff)
}

/// Returns the commits whose files may be the other side of a merge that is finished or under way.
#[must_use]
pub fn parents_of_merge(folder: &Path) -> Vec<String> {
    [
        "HEAD",
        "MERGE_HEAD",
        "HEAD^1",
        "HEAD^2",
        "CHERRY_PICK_HEAD",
        "REBASE_HEAD",
        "ORIG_HEAD",
    ]
    .iter()
    .filter(|revision| run(folder, &["rev-parse", "--verify", "--quiet", revision]).is_ok())
    .map(|&revision| revision.to_owned())
    .collect()
}

/// Returns `HEAD` and the commits before it, by first parents, that changed a path, newest first.
/// How far back a conflict may lie unsettled is bounded.
#[must_use]
pub fn first_parents(folder: &Path, path: &str) -> Vec<String> {
    let list = [
        "rev-list",
        "--first-parent",
        "--max-count=100",
        "HEAD",
        "--",
        path,
    ];
    let commits = run(folder, &list).unwrap_or_default();
    let commits = String::from_utf8_lossy(&commits).into_owned();
    let first = commits.lines().next().map(|_| "HEAD".to_owned());
    // The parent of each commit is what the branch held before it.
    let before = commits.lines().map(|commit| format!("{commit}^1"));
    first.into_iter().chain(before).collect()
}

fn paths(folder: &Path, arguments: &[&str]) -> Result<Vec<String>, StoreError> {
    let output = run(folder, arguments)?;
    Ok(output
        .split(|&byte| byte == 0)
        .filter(|path| !path.is_empty())
        .map(|path| String::from_utf8_lossy(path).into_owned())
        .collect())
}

/// The environment is handed on: in a hook it says which index is meant.
fn run(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, StoreError> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output()
        .map_err(|error| StoreError::Git(format!("cannot be run: {error}")))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let message = String::from_utf8_lossy(&output.stderr);
        Err(StoreError::Git(message.trim().to_owned()))
    }
}
