//! Appending an event to a log: the commit point of every write.

use std::fs::File;
use std::io::{self, Write};

use rustix::fs::OFlags;

use super::beneath::inode_of_file;
use super::layout::{changelog_path, folder_path};
use super::{Locked, LogFile, StoreError};
use crate::model::{EventId, PromptName};
use crate::text::changelog::{self, Log, Tail};

impl Locked<'_> {
    /// Reads a log that is about to be appended to, and mends its tail: a whole event gets its
    /// newline, a torn piece is set aside and cut. `None` if there is no log yet.
    ///
    /// A terminated line that does not verify ends it: such a log is never appended to.
    pub fn read_log(&self, name: &PromptName) -> Result<Option<Log>, StoreError> {
        let Some(file) = self.store.read_log(name)? else {
            return Ok(None);
        };
        let path = changelog_path(self.store.root(), name);
        if let Some(fault) = file.log.faults.first() {
            return Err(StoreError::DamagedLog {
                path: self.store.folder.full(&path),
                line: fault.line,
                reason: fault.reason.to_string(),
            });
        }
        self.mend_tail(name, &file)?;
        Ok(Some(file.log))
    }

    /// Mends the tail of a log and returns where the torn piece is kept, if there was one.
    pub fn mend_tail(
        &self,
        name: &PromptName,
        file: &LogFile,
    ) -> Result<Option<String>, StoreError> {
        let path = changelog_path(self.store.root(), name);
        self.store.check_format(name, &file.log)?;
        let open = || self.store.folder.open_write(&path, OFlags::APPEND);
        let error = |e| self.store.folder.io("write", &path, e);
        match &file.log.tail {
            Tail::None => Ok(None),
            Tail::Unterminated => {
                let mut log = open()?;
                log.write_all(b"\n")
                    .and_then(|()| log.sync_data())
                    .map_err(error)?;
                Ok(None)
            }
            Tail::Torn { start, .. } => {
                let kept = self.set_aside(&path, &file.bytes[*start..])?;
                let log = open()?;
                let length = u64::try_from(*start).unwrap_or(u64::MAX);
                log.set_len(length)
                    .and_then(|()| log.sync_data())
                    .map_err(error)?;
                Ok(Some(kept))
            }
        }
    }

    /// Appends a line. When it returns without an error the event is recorded and durable.
    ///
    /// Errors: [`StoreError::Io`] and [`StoreError::Replaced`], nothing was recorded;
    /// [`StoreError::Unknown`], it may be.
    pub fn append(&self, name: &PromptName, id: EventId, line: &str) -> Result<(), StoreError> {
        let root = self.store.root();
        let folder = &self.store.folder;
        let path = changelog_path(root, name);
        if folder.inode(&path).is_err() {
            return self.begin(name, id, line);
        }
        let mut file = folder.open_write(&path, OFlags::APPEND)?;
        let before = file
            .metadata()
            .map_err(|e| folder.io("write", &path, e))?
            .len();
        if let Err(source) = write_line(&mut file, line) {
            return Err(self.take_back(&file, (before, line.len() + 1), &path, id, source));
        }
        file.sync_data().map_err(|source| StoreError::Unknown {
            path: folder.full(&path),
            id,
            source,
        })?;
        self.check_in_place(&file, name, id)
    }

    /// Begins a log. The file appears at once with its first line, so an empty log is never what a
    /// crash left.
    fn begin(&self, name: &PromptName, id: EventId, line: &str) -> Result<(), StoreError> {
        let root = self.store.root();
        let folder = &self.store.folder;
        let path = changelog_path(root, name);
        folder.create_folders(&folder_path(root, name))?;
        let temporary = self.write_temporary(&path, format!("{line}\n").as_bytes())?;
        if let Err(error) = folder.publish(&temporary, &path) {
            folder.remove(&temporary)?;
            return Err(error);
        }
        folder
            .sync(&folder_path(root, name))
            .map_err(|error| StoreError::Unknown {
                path: folder.full(&path),
                id,
                source: io::Error::other(error),
            })
    }

    /// Git replaces files. If it did so while the line was written, the line may be in a file that
    /// has no name any more.
    fn check_in_place(
        &self,
        file: &File,
        name: &PromptName,
        id: EventId,
    ) -> Result<(), StoreError> {
        let path = changelog_path(self.store.root(), name);
        let full = self.store.folder.full(&path);
        // The line is written: whatever fails from here on, it may be recorded.
        let unknown = |source| StoreError::Unknown {
            path: full.clone(),
            id,
            source,
        };
        let held = inode_of_file(file).map_err(unknown)?;
        if self
            .store
            .folder
            .inode(&path)
            .is_ok_and(|named| named == held)
        {
            return Ok(());
        }
        let bytes = self
            .store
            .read(&path)
            .map_err(|error| unknown(io::Error::other(error)))?
            .unwrap_or_default();
        let is_there = changelog::read(&bytes, name)
            .entries
            .iter()
            .any(|entry| entry.id == id);
        if is_there {
            Ok(())
        } else {
            Err(StoreError::Replaced(full))
        }
    }

    /// Undoes a write that was cut short. If even that fails, nobody knows what is on the disk.
    fn take_back(
        &self,
        file: &File,
        (before, written): (u64, usize),
        path: &str,
        id: EventId,
        source: io::Error,
    ) -> StoreError {
        let folder = &self.store.folder;
        // Without a lock somebody else may have appended behind it: then nothing is cut.
        let is_last = file.metadata().is_ok_and(|metadata| {
            let more = metadata.len().saturating_sub(before);
            usize::try_from(more).is_ok_and(|more| more <= written)
        });
        if is_last && file.set_len(before).is_ok() {
            folder.io("write", path, source)
        } else {
            let path = folder.full(path);
            StoreError::Unknown { path, id, source }
        }
    }
}

/// One `write` of the line with its newline. A short write is an error: what is left would be
/// written apart, and another program could write in between.
fn write_line(file: &mut File, line: &str) -> io::Result<()> {
    let bytes = format!("{line}\n").into_bytes();
    loop {
        match file.write(&bytes) {
            Ok(written) if written == bytes.len() => return Ok(()),
            Ok(_) => return Err(io::ErrorKind::StorageFull.into()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
