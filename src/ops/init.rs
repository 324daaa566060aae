//! `init`: makes a folder a store.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Ctx;
use super::error::Result;
use crate::model::Timestamp;
use crate::store::{GIT_ATTRIBUTES, LockWait, SETTINGS, Store, git_attributes, starter_settings};

/// What `init` is asked for.
#[derive(Debug, Clone)]
pub struct Init {
    /// The folder; it is made if it is not there.
    pub folder: PathBuf,
    /// How long to wait for the lock of a store that is there.
    pub wait: LockWait,
}

/// A store that is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Initialized {
    /// The folder.
    pub folder: String,
    /// The files that were written or added to; none if all was there.
    pub written: Vec<String>,
}

/// Makes a store. Run twice it changes nothing.
pub fn init(request: &Init, now: Timestamp) -> Result<Initialized> {
    let mut written = Vec::new();
    if Store::create(&request.folder, starter_settings())? {
        written.push(SETTINGS.to_owned());
    }
    let ctx = Ctx::open(&request.folder, now)?;
    let store = &ctx.store;
    let before = store.read(GIT_ATTRIBUTES)?.unwrap_or_default();
    if let Some(after) = with_attributes(&before, &git_attributes(store.root())) {
        let locked = store.lock(request.wait)?;
        locked.replace(GIT_ATTRIBUTES, &after)?;
        written.push(GIT_ATTRIBUTES.to_owned());
    }
    if store.create_root()? {
        written.push(format!("{}/", store.root()));
    }
    Ok(Initialized {
        folder: shown(&request.folder),
        written,
    })
}

fn shown(folder: &Path) -> String {
    folder.display().to_string()
}

/// The file with the lines that are missing; `None` if none is. What is there stays byte for byte.
fn with_attributes(before: &[u8], wanted: &str) -> Option<Vec<u8>> {
    let missing = missing_attributes(&String::from_utf8_lossy(before), wanted);
    if missing.is_empty() {
        return None;
    }
    let mut after = before.to_owned();
    if !after.is_empty() && !after.ends_with(b"\n") {
        after.push(b'\n');
    }
    for line in missing {
        after.extend_from_slice(line.as_bytes());
        after.push(b'\n');
    }
    Some(after)
}

/// The lines that git must be told and is not.
pub(super) fn missing_attributes<'a>(before: &str, wanted: &'a str) -> Vec<&'a str> {
    wanted
        .lines()
        .filter(|line| !before.lines().any(|there| there.trim() == *line))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::with_attributes;

    #[test]
    fn adds_only_what_is_missing() {
        let check = |before: &[u8], after: Option<&[u8]>| {
            assert_eq!(with_attributes(before, "a\nb\n").as_deref(), after);
        };
        check(b"", Some(b"a\nb\n"));
        check(b"x\xff\na", Some(b"x\xff\na\nb\n"));
        check(b"a\nb\n", None);
    }
}
