//! The one lock of a store, and what may be done while it is held.

use std::fs::{File, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use super::beneath::{Beneath, inode_of_file};
use super::layout::{LOCK, TEMPORARY, WORK_IGNORE};
use super::{Store, StoreError};

/// How long to wait for the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockWait {
    /// At most this long.
    Timeout(Duration),
    /// Write without a lock: for file systems that have none, where nobody else writes.
    NoLock,
}

/// The right to write to a store. The kernel takes the lock back when the process ends, however it
/// ends, so no lock is ever stale.
#[derive(Debug)]
pub struct Locked<'a> {
    pub(super) store: &'a Store,
    _lock: Option<File>,
}

const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(32);

impl Store {
    /// Waits for the lock and takes it.
    pub fn lock(&self, wait: LockWait) -> Result<Locked<'_>, StoreError> {
        self.prepare_work_folder()?;
        let lock = match wait {
            LockWait::NoLock => None,
            LockWait::Timeout(timeout) => {
                let lock = take_lock(&self.folder, timeout)?;
                self.clear_temporary()?;
                Some(lock)
            }
        };
        Ok(Locked {
            store: self,
            _lock: lock,
        })
    }

    /// `.promptctl/` ignores itself, so no repository ever holds it.
    fn prepare_work_folder(&self) -> Result<(), StoreError> {
        self.folder.create_folders(TEMPORARY)?;
        if self.folder.read(WORK_IGNORE, 1024)?.is_none() {
            let how = OFlags::CREATE | OFlags::TRUNC;
            let mut file = self.folder.open_write(WORK_IGNORE, how)?;
            io::Write::write_all(&mut file, b"*\n")
                .map_err(|error| self.folder.io("write", WORK_IGNORE, error))?;
        }
        Ok(())
    }

    /// Whoever holds the lock is the only one with temporary files; others are left by the dead.
    fn clear_temporary(&self) -> Result<(), StoreError> {
        for name in self.folder.names(TEMPORARY)? {
            self.folder.remove(&format!("{TEMPORARY}/{name}"))?;
        }
        Ok(())
    }
}

fn take_lock(folder: &Beneath, timeout: Duration) -> Result<File, StoreError> {
    let start = Instant::now();
    let mut pause = FIRST_PAUSE;
    loop {
        // The lock is on a file of its own that is never deleted. Should somebody delete it all the
        // same, the lock on the old inode protects nothing: compare, and take the new one.
        let file = folder.open_write(LOCK, OFlags::CREATE)?;
        match file.try_lock() {
            Ok(()) => {
                let held = inode_of_file(&file).map_err(|e| folder.io("look at", LOCK, e))?;
                if folder.inode(LOCK).is_ok_and(|named| named == held) {
                    return Ok(file);
                }
            }
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::WouldBlock) => {
                let waited = start.elapsed();
                if waited >= timeout {
                    return Err(StoreError::Busy(waited));
                }
                sleep(jittered(pause).min(timeout.saturating_sub(waited)));
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            Err(TryLockError::Error(source)) => {
                let path = folder.full(LOCK);
                return Err(StoreError::NoLocks { path, source });
            }
        }
    }
}

/// Between half of the pause and all of it, so that waiting processes do not march in step.
fn jittered(pause: Duration) -> Duration {
    let random = RandomState::new().hash_one(0_u8) % 512;
    let part = u32::try_from(random).unwrap_or(0) + 512;
    pause * part / 1024
}

impl Locked<'_> {
    /// Returns the store.
    #[must_use]
    pub fn store(&self) -> &Store {
        self.store
    }

    /// Sets something aside before it is cut or replaced, and returns where it is kept.
    pub fn set_aside(&self, name: &str, bytes: &[u8]) -> Result<String, StoreError> {
        let folder = &self.store.folder;
        folder.create_folders(super::layout::RECOVERED)?;
        let digest = crate::text::digest::sha256(bytes).short();
        let name = name.replace('/', "__");
        let path = format!("{}/{digest}-{name}", super::layout::RECOVERED);
        match self.write_new(&path, bytes) {
            // The digest is in the name: what is there already is the same.
            Err(StoreError::Exists(_)) => Ok(path),
            other => other.map(|()| path),
        }
    }
}
