//! Whole files, written so that others see all of them or nothing.

use std::hash::{BuildHasher, RandomState};
use std::io::Write;

use rustix::fs::OFlags;

use super::layout::{TEMPORARY, draft_path, folder_path, schema_copy_path, version_path};
use super::{Locked, StoreError};
use crate::model::{Digest, PromptName, Version};

/// What publishing a version's file did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// The file is new.
    Written,
    /// The file was there with the same bytes, left by a write that was cut short.
    Adopted,
    /// The file is new, and another that no event mentioned was set aside for it.
    Replaced,
}

impl Locked<'_> {
    /// Writes the file of a version that no event has published yet. What lies there under that
    /// name was left by a write that was cut short: it is adopted if its bytes are the same, else
    /// set aside.
    pub fn publish(
        &self,
        name: &PromptName,
        version: &Version,
        bytes: &[u8],
    ) -> Result<Publication, StoreError> {
        let root = self.store.root();
        let path = version_path(root, name, version);
        let orphan = self.store.read(&path)?;
        if orphan.as_deref() == Some(bytes) {
            // Whoever wrote it may have died before it was durable.
            self.flush(&path)?;
            return Ok(Publication::Adopted);
        }
        if let Some(orphan) = &orphan {
            self.set_aside(&path, orphan)?;
            self.store.folder.remove(&path)?;
        }
        self.store.folder.create_folders(&folder_path(root, name))?;
        self.write_new(&path, bytes)?;
        Ok(match orphan {
            Some(_) => Publication::Replaced,
            None => Publication::Written,
        })
    }

    /// Writes the copy of a named schema. Its name is its digest, so what lies there with the same
    /// bytes is it; anything else is damage, and is set aside.
    pub fn keep_schema(&self, digest: &Digest, bytes: &[u8]) -> Result<(), StoreError> {
        let path = schema_copy_path(self.store.root(), digest);
        match self.store.read(&path)? {
            Some(there) if there == bytes => return self.flush(&path),
            Some(there) => {
                self.set_aside(&path, &there)?;
                self.store.folder.remove(&path)?;
            }
            None => {}
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.store.folder.create_folders(folder)?;
        self.write_new(&path, bytes)
    }

    /// Takes back the file of a version that [`Self::publish`] wrote and no event mentions.
    pub fn unpublish(&self, name: &PromptName, version: &Version) -> Result<(), StoreError> {
        self.store
            .folder
            .remove(&version_path(self.store.root(), name, version))
    }

    /// Writes a prompt's draft, in the place of the one there is.
    pub fn write_draft(&self, name: &PromptName, bytes: &[u8]) -> Result<(), StoreError> {
        let root = self.store.root();
        self.store.folder.create_folders(&folder_path(root, name))?;
        self.replace(&draft_path(root, name), bytes)
    }

    /// Writes a file that must not be there yet. Durable when it returns.
    pub(super) fn write_new(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let temporary = self.write_temporary(path, bytes)?;
        let published = self.store.folder.publish(&temporary, path);
        if published.is_err() {
            self.store.folder.remove(&temporary)?;
        }
        published?;
        self.sync_parent(path).inspect_err(|_| {
            // Not durable means not written: the caller must not count on it.
            let _ = self.store.folder.remove(path);
        })
    }

    /// Writes a file in the place of the one there is. Durable when it returns.
    pub fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let temporary = self.write_temporary(path, bytes)?;
        self.store
            .folder
            .replace(&temporary, path)
            .inspect_err(|_| {
                let _ = self.store.folder.remove(&temporary);
            })?;
        self.sync_parent(path)
    }

    pub(super) fn write_temporary(&self, path: &str, bytes: &[u8]) -> Result<String, StoreError> {
        let folder = &self.store.folder;
        let temporary = format!("{TEMPORARY}/{:016x}", RandomState::new().hash_one(path));
        let mut file = folder.open_write(&temporary, OFlags::CREATE | OFlags::EXCL)?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        if let Err(error) = written {
            folder.remove(&temporary)?;
            return Err(folder.io("write", path, error));
        }
        Ok(temporary)
    }

    fn flush(&self, path: &str) -> Result<(), StoreError> {
        let folder = &self.store.folder;
        let file = folder.open_write(path, OFlags::empty())?;
        file.sync_all()
            .map_err(|error| folder.io("flush", path, error))?;
        self.sync_parent(path)
    }

    fn sync_parent(&self, path: &str) -> Result<(), StoreError> {
        let parent = path.rsplit_once('/').map_or(".", |(parent, _)| parent);
        self.store.folder.sync(parent)
    }
}
