//! Which folders and files there are.

use std::collections::BTreeMap;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::StoreError;
use super::layout::{CHANGELOG, DRAFT};
use crate::model::{NameError, PromptName, Version};

/// A folder that holds files of a prompt, or strays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// Its path below the root, with `/`. Empty for the root itself.
    pub path: String,
    /// Whether it has a changelog.
    pub has_log: bool,
    /// Whether it has a draft.
    pub has_draft: bool,
    /// The versions that there are files of, lowest first.
    pub versions: Vec<Version>,
    /// Whatever does not belong there.
    pub strays: Vec<Stray>,
}

/// A file that is none of a prompt's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// Its name.
    pub file: String,
    /// Why it does not belong.
    pub reason: StrayReason,
}

/// Why a file does not belong into a prompt's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrayReason {
    /// A link; nothing follows it.
    Link,
    /// A pipe, socket or device.
    Special,
    /// `X.prompt`, and `X` is no version.
    NoVersion,
    /// Any other file.
    Other,
    /// A name that is not UTF-8.
    NotUtf8,
}

impl Folder {
    /// Returns the name of the prompt that the folder would hold.
    pub fn name(&self) -> Result<PromptName, NameError> {
        self.path.parse()
    }

    /// Tells whether the folder holds a prompt, or a part of one.
    #[must_use]
    pub fn is_prompt(&self) -> bool {
        self.has_log || self.has_draft || !self.versions.is_empty()
    }

    /// Groups paths, as git lists them, by the folders below the root that they lie in.
    #[must_use]
    pub fn of_paths(root: &str, paths: &[String]) -> Vec<Self> {
        let mut folders: BTreeMap<&str, Self> = BTreeMap::new();
        for path in paths {
            let Some((folder, file)) = path
                .strip_prefix(root)
                .and_then(|rest| rest.strip_prefix('/'))
                .map(|rest| rest.rsplit_once('/').unwrap_or(("", rest)))
            else {
                continue;
            };
            if folder.split('/').any(|part| part.starts_with('.')) {
                continue;
            }
            let entry = folders.entry(folder).or_insert_with(|| Self {
                path: folder.to_owned(),
                ..Self::default()
            });
            if let Some(reason) = entry.add_file(file) {
                let file = file.to_owned();
                entry.strays.push(Stray { file, reason });
            }
        }
        folders.into_values().collect()
    }

    fn add(&mut self, entry: &DirEntry) {
        let file = entry.file_name().to_string_lossy().into_owned();
        let stray = if entry.path_is_symlink() {
            Some(StrayReason::Link)
        } else if !entry.file_type().is_file() {
            Some(StrayReason::Special)
        } else if entry.file_name().to_str().is_none() {
            Some(StrayReason::NotUtf8)
        } else {
            self.add_file(&file)
        };
        if let Some(reason) = stray {
            self.strays.push(Stray { file, reason });
        }
    }

    fn add_file(&mut self, file: &str) -> Option<StrayReason> {
        match (file, file.strip_suffix(".prompt")) {
            (CHANGELOG, _) => self.has_log = true,
            (DRAFT, _) => self.has_draft = true,
            (_, Some(stem)) => match stem.parse() {
                Ok(version) => self.versions.push(version),
                Err(_) => return Some(StrayReason::NoVersion),
            },
            // A folder for prompts that has none yet is kept in git by such a file.
            (".gitkeep" | ".gitignore", _) => {}
            _ => return Some(StrayReason::Other),
        }
        None
    }
}

/// Lists every folder below the root that has files. Folders that start with a dot are not ours.
pub(super) fn folders(root: &Path) -> Result<Vec<Folder>, StoreError> {
    collect(root, root, WalkDir::new(root))
}

/// Lists the folder of one prompt.
pub(super) fn folder(root: &Path, name: &PromptName) -> Result<Option<Folder>, StoreError> {
    let start = root.join(name.as_str());
    let walk = WalkDir::new(&start).max_depth(1);
    Ok(collect(root, &start, walk)?.pop())
}

fn collect(root: &Path, start: &Path, walk: WalkDir) -> Result<Vec<Folder>, StoreError> {
    let is_ours = |entry: &DirEntry| {
        entry.depth() == 0
            || !entry.file_type().is_dir()
            || !entry.file_name().to_string_lossy().starts_with('.')
    };
    // The walk would follow a link it begins at.
    if root.is_symlink() || start.is_symlink() {
        let link = if root.is_symlink() { root } else { start };
        return Err(StoreError::Link(link.to_owned()));
    }
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    for entry in walk.follow_links(false).into_iter().filter_entry(is_ours) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.io_error().is_some_and(is_missing) && error.depth() == 0 => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(walk_error(start, error)),
        };
        if entry.file_type().is_dir() {
            continue;
        }
        let parent = entry.path().parent().unwrap_or(root);
        let path = slashed(parent.strip_prefix(root).unwrap_or(parent));
        folders
            .entry(path.clone())
            .or_insert_with(|| Folder {
                path,
                ..Folder::default()
            })
            .add(&entry);
    }
    let mut folders: Vec<Folder> = folders.into_values().collect();
    for folder in &mut folders {
        folder.versions.sort_unstable();
        folder.strays.sort_unstable_by(|a, b| a.file.cmp(&b.file));
    }
    Ok(folders)
}

fn is_missing(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
    )
}

fn walk_error(start: &Path, error: walkdir::Error) -> StoreError {
    let path = error.path().unwrap_or(start).to_owned();
    StoreError::Io {
        action: "list",
        path,
        source: error.into(),
    }
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
