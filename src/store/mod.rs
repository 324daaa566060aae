//! The disk: where files are, how they are read, and the one way to write them.
//!
//! Invariants: nothing outside the store's folder is opened or written, whatever links lie inside;
//! a published file and an earlier byte of a log are never touched by [`Locked`]'s ordinary writes;
//! readers never lock.

#![allow(clippy::disallowed_methods, reason = "this is the room for the disk")]

mod append;
mod atomic;
mod beneath;
mod error;
pub mod git;
mod layout;
mod lock;
mod walk;

use std::path::{Path, PathBuf};

pub use atomic::Publication;
pub use error::{StoreError, system_message};
pub use layout::{
    CHANGELOG, DRAFT, GIT_ATTRIBUTES, SCHEMAS, SETTINGS, changelog_path, draft_path, folder_path,
    git_attributes, schema_copy_path, starter_settings, version_path,
};
pub use lock::{LockWait, Locked};
pub use walk::{Folder, Stray, StrayReason};

use self::beneath::Beneath;
use crate::model::{Digest, PromptName, Version};
use crate::text::changelog::{self, Log};
use crate::text::settings::Settings;

/// The most bytes of a file that is read whole.
const FILE_BYTES: u64 = 64 * 1024 * 1024;

/// A folder with `promptctl.toml`.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    folder: Beneath,
    settings: Settings,
}

/// A changelog and the bytes it was read from.
#[derive(Debug, Clone)]
pub struct LogFile {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they say.
    pub log: Log,
}

impl Store {
    /// Opens the store in the nearest folder at or above `start` that has a `promptctl.toml`.
    pub fn find(start: &Path) -> Result<Self, StoreError> {
        Self::folder_above(start)
            .map_or_else(|| Err(StoreError::NoStore(start.to_owned())), Self::open)
    }

    /// Tells whether there is a store at or above a folder.
    #[must_use]
    pub fn is_above(start: &Path) -> bool {
        Self::folder_above(start).is_some()
    }

    fn folder_above(start: &Path) -> Option<&Path> {
        start
            .ancestors()
            .find(|folder| folder.join(SETTINGS).is_file())
    }

    /// Opens the store in exactly this folder.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let folder = match Beneath::open(path) {
            Err(error) if error.is_not_found() => {
                return Err(StoreError::NotAStore(path.to_owned()));
            }
            other => other?,
        };
        let Some(bytes) = folder.read(SETTINGS, FILE_BYTES)? else {
            return Err(StoreError::NotAStore(path.to_owned()));
        };
        let settings_path = path.join(SETTINGS);
        let Ok(text) = String::from_utf8(bytes) else {
            return Err(StoreError::NotUtf8(settings_path));
        };
        let settings = Settings::parse(&text).map_err(|fault| StoreError::Settings {
            path: settings_path,
            text,
            fault: Box::new(fault),
        })?;
        Ok(Self {
            path: path.to_owned(),
            folder,
            settings,
        })
    }

    /// Returns the store's folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what `promptctl.toml` says.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the name of the prompts' folder.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.settings.root
    }

    /// Reads a file by its path in the store; `None` if there is none.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.folder.read(path, FILE_BYTES)
    }

    /// Reads a prompt's changelog; `None` if there is none.
    pub fn read_log(&self, name: &PromptName) -> Result<Option<LogFile>, StoreError> {
        let path = changelog_path(self.root(), name);
        Ok(self.read(&path)?.map(|bytes| LogFile {
            log: changelog::read(&bytes, name),
            bytes,
        }))
    }

    /// Fails if a later version of the program wrote to a log.
    pub fn check_format(&self, name: &PromptName, log: &Log) -> Result<(), StoreError> {
        match log.newer() {
            None => Ok(()),
            Some(reason) => Err(StoreError::NewerLog {
                path: self.folder.full(&changelog_path(self.root(), name)),
                reason: reason.to_string(),
            }),
        }
    }

    /// Reads the file of a version; `None` if there is none.
    pub fn read_version(
        &self,
        name: &PromptName,
        version: &Version,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(&version_path(self.root(), name, version))
    }

    /// Reads a prompt's draft; `None` if there is none.
    pub fn read_draft(&self, name: &PromptName) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(&draft_path(self.root(), name))
    }

    /// Lists the names of the schemas beside the settings; none where they cannot be listed.
    #[must_use]
    pub fn schema_names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path.join(SCHEMAS))
            .into_iter()
            .flatten();
        let names = entries.flatten().filter_map(|entry| {
            let file = entry.file_name().into_string().ok()?;
            let (name, ending) = file.rsplit_once('.')?;
            matches!(ending, "json" | "yaml" | "yml").then(|| name.to_owned())
        });
        let mut names: Vec<String> = names.collect();
        names.sort_unstable();
        names
    }

    /// Reads the copy of a named schema; `None` if there is none.
    pub fn read_schema_copy(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(&schema_copy_path(self.root(), digest))
    }

    /// Lists the folders that hold something, in the order of their paths.
    pub fn folders(&self) -> Result<Vec<Folder>, StoreError> {
        walk::folders(&self.path.join(self.root()))
    }

    /// Lists one prompt's folder; nothing if there is none.
    pub fn folder(&self, name: &PromptName) -> Result<Option<Folder>, StoreError> {
        walk::folder(&self.path.join(self.root()), name)
    }
}

/// Making a store.
impl Store {
    /// Writes `promptctl.toml` into a folder, which is made if it is not there. Returns whether it
    /// did: a file that is there stays as it is.
    pub fn create(path: &Path, settings: &str) -> Result<bool, StoreError> {
        use std::io::Write as _;

        use rustix::fs::OFlags;

        std::fs::create_dir_all(path).map_err(|source| StoreError::Io {
            action: "create",
            path: path.to_owned(),
            source,
        })?;
        let folder = Beneath::open(path)?;
        if folder.read(SETTINGS, FILE_BYTES)?.is_some() {
            return Ok(false);
        }
        let mut file = folder.open_write(SETTINGS, OFlags::CREATE | OFlags::EXCL)?;
        let written = file
            .write_all(settings.as_bytes())
            .and_then(|()| file.sync_all());
        if let Err(error) = written {
            folder.remove(SETTINGS)?;
            return Err(folder.io("write", SETTINGS, error));
        }
        folder.sync(".")?;
        Ok(true)
    }

    /// Makes the folder of the prompts. Returns whether it was not there.
    pub fn create_root(&self) -> Result<bool, StoreError> {
        let is_there = self.path.join(self.root()).is_dir();
        self.folder.create_folders(self.root())?;
        Ok(!is_there)
    }
}
