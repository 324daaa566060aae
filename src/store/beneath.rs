//! Opening files beneath a folder without following links.
//!
//! `openat2` does it in one call where the kernel has it; elsewhere each component is opened by
//! itself, so that no link on the way is followed.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::error::StoreError;

/// A folder; whatever is done through it stays below it.
#[derive(Debug)]
pub(super) struct Beneath {
    folder: OwnedFd,
    path: PathBuf,
}

/// Never wait for the other end of a pipe, never follow a link.
const SAFE: OFlags = OFlags::CLOEXEC
    .union(OFlags::NOFOLLOW)
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY);

impl Beneath {
    /// Opens the folder itself, which may be reached through links.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = rustix::fs::open(path, flags, Mode::empty())
            .map_err(|errno| io_error("open", path.to_owned(), errno))?;
        let path = path.to_owned();
        Ok(Self { folder, path })
    }

    /// Returns the path that messages name.
    pub(super) fn full(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// Reads a regular file; `None` if there is none.
    pub(super) fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let fd = match self.open_at(path, OFlags::RDONLY | SAFE, Mode::empty()) {
            Err(Errno::NOENT | Errno::NOTDIR) => return Ok(None),
            other => other.map_err(|errno| self.error("read", path, errno))?,
        };
        let mut file = self.regular(fd, path)?;
        let bytes = file.metadata().map_err(|e| self.io("read", path, e))?.len();
        if bytes > limit {
            let path = self.full(path);
            return Err(StoreError::TooLarge { path, bytes, limit });
        }
        let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
        file.by_ref()
            .take(limit)
            .read_to_end(&mut content)
            .map_err(|e| self.io("read", path, e))?;
        Ok(Some(content))
    }

    /// Opens a regular file for writing, with what `how` adds.
    pub(super) fn open_write(&self, path: &str, how: OFlags) -> Result<File, StoreError> {
        let flags = OFlags::RDWR | SAFE | how;
        let fd = self
            .open_at(path, flags, Mode::from_raw_mode(0o666))
            .map_err(|errno| self.error("write", path, errno))?;
        self.regular(fd, path)
    }

    /// Makes a folder and those above it.
    pub(super) fn create_folders(&self, path: &str) -> Result<(), StoreError> {
        if self.open_folder(path).is_ok() {
            return Ok(());
        }
        let slashes = path.match_indices('/').map(|(at, _)| at);
        for end in slashes.chain([path.len()]) {
            let folder = &path[..end];
            let (parent, name) = split(folder);
            let parent_fd = self
                .open_folder(parent)
                .map_err(|errno| self.error("create", folder, errno))?;
            match rustix::fs::mkdirat(&parent_fd, name, Mode::from_raw_mode(0o777)) {
                Err(Errno::EXIST) => {}
                other => {
                    other.map_err(|errno| self.error("create", folder, errno))?;
                    self.sync(parent)?;
                }
            }
        }
        self.open_folder(path)
            .map(drop)
            .map_err(|errno| self.error("create", path, errno))
    }

    /// Gives a file another name, which must be free: by one call where the system has it, else by
    /// a link, else by a copy that fails if the name is taken. The old name is gone afterwards.
    pub(super) fn publish(&self, from: &str, to: &str) -> Result<(), StoreError> {
        let result = self.rename_without_replacing(from, to);
        result.map_err(|errno| match errno {
            Errno::EXIST => StoreError::Exists(self.full(to)),
            errno => self.error("write", to, errno),
        })
    }

    fn rename_without_replacing(&self, from: &str, to: &str) -> Result<(), Errno> {
        let (from_folder, from_name) = self.parent(from)?;
        let (to_folder, to_name) = self.parent(to)?;
        #[cfg(any(target_os = "linux", target_os = "macos"))]
        match rustix::fs::renameat_with(
            &from_folder,
            from_name,
            &to_folder,
            to_name,
            rustix::fs::RenameFlags::NOREPLACE,
        ) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            other => return other,
        }
        match rustix::fs::linkat(
            &from_folder,
            from_name,
            &to_folder,
            to_name,
            AtFlags::empty(),
        ) {
            Err(Errno::PERM | Errno::NOTSUP | Errno::NOSYS | Errno::MLINK) => {
                self.copy_without_replacing(from, to)?;
            }
            other => other?,
        }
        rustix::fs::unlinkat(&from_folder, from_name, AtFlags::empty())
    }

    fn copy_without_replacing(&self, from: &str, to: &str) -> Result<(), Errno> {
        let errno = |e: io::Error| Errno::from_io_error(&e).unwrap_or(Errno::IO);
        let source = self.open_at(from, OFlags::RDONLY | SAFE, Mode::empty())?;
        let target = self.open_at(
            to,
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | SAFE,
            Mode::from_raw_mode(0o666),
        )?;
        let mut target = File::from(target);
        io::copy(&mut File::from(source), &mut target).map_err(errno)?;
        target.sync_all().map_err(errno)
    }

    /// Puts a file in the place of another, at once.
    pub(super) fn replace(&self, from: &str, to: &str) -> Result<(), StoreError> {
        let result = self.parent(from).and_then(|(from_folder, from_name)| {
            let (to_folder, to_name) = self.parent(to)?;
            rustix::fs::renameat(&from_folder, from_name, &to_folder, to_name)
        });
        result.map_err(|errno| self.error("write", to, errno))
    }

    /// Deletes a file; fine if there is none.
    pub(super) fn remove(&self, path: &str) -> Result<(), StoreError> {
        let result = self
            .parent(path)
            .and_then(|(folder, name)| rustix::fs::unlinkat(&folder, name, AtFlags::empty()));
        match result {
            Err(Errno::NOENT) => Ok(()),
            other => other.map_err(|errno| self.error("remove", path, errno)),
        }
    }

    /// Makes the names in a folder durable. File systems that cannot are left to their own ways.
    pub(super) fn sync(&self, folder: &str) -> Result<(), StoreError> {
        let fd = self
            .open_folder(folder)
            .map_err(|errno| self.error("flush", folder, errno))?;
        match rustix::io::retry_on_intr(|| rustix::fs::fsync(&fd)) {
            Err(Errno::INVAL | Errno::NOTSUP) => Ok(()),
            other => other.map_err(|errno| self.error("flush", folder, errno)),
        }
    }

    /// Returns device and inode of whatever has that name now.
    pub(super) fn inode(&self, path: &str) -> Result<(u64, u64), StoreError> {
        let stat = self
            .parent(path)
            .and_then(|(folder, name)| rustix::fs::statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW))
            .map_err(|errno| self.error("look at", path, errno))?;
        Ok(inode_of(&stat))
    }

    /// Returns the names in a folder; none if there is no such folder.
    pub(super) fn names(&self, folder: &str) -> Result<Vec<String>, StoreError> {
        let error = |errno| self.error("list", folder, errno);
        let fd = match self.open_folder(folder) {
            Err(Errno::NOENT) => return Ok(Vec::new()),
            other => other.map_err(error)?,
        };
        let mut names = Vec::new();
        for entry in rustix::fs::Dir::new(fd).map_err(error)? {
            let entry = entry.map_err(error)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !matches!(name.as_str(), "." | "..") {
                names.push(name);
            }
        }
        Ok(names)
    }

    fn parent<'a>(&self, path: &'a str) -> Result<(OwnedFd, &'a str), Errno> {
        let (folder, name) = split(path);
        Ok((self.open_folder(folder)?, name))
    }

    fn open_folder(&self, path: &str) -> Result<OwnedFd, Errno> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        self.open_at(path, flags, Mode::empty())
    }

    fn open_at(&self, path: &str, flags: OFlags, mode: Mode) -> Result<OwnedFd, Errno> {
        loop {
            match self.open_once(path, flags, mode) {
                Err(Errno::INTR) => {}
                other => return other,
            }
        }
    }

    #[cfg(target_os = "linux")]
    fn open_once(&self, path: &str, flags: OFlags, mode: Mode) -> Result<OwnedFd, Errno> {
        use rustix::fs::ResolveFlags;
        let resolve =
            ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        // The kernel refuses a mode where no file is made.
        let mode_of_openat2 = if flags.contains(OFlags::CREATE) {
            mode
        } else {
            Mode::empty()
        };
        match rustix::fs::openat2(&self.folder, path, flags, mode_of_openat2, resolve) {
            // No such call, or not allowed; or a name changed while it was resolved, an answer that
            // the other way does not have.
            Err(Errno::NOSYS | Errno::PERM | Errno::AGAIN) => {
                self.open_by_component(path, flags, mode)
            }
            other => other,
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn open_once(&self, path: &str, flags: OFlags, mode: Mode) -> Result<OwnedFd, Errno> {
        self.open_by_component(path, flags, mode)
    }

    fn open_by_component(&self, path: &str, flags: OFlags, mode: Mode) -> Result<OwnedFd, Errno> {
        let is_plain = |part: &str| !matches!(part, "" | "." | "..");
        if path != "." && !path.split('/').all(is_plain) {
            return Err(Errno::XDEV);
        }
        let on_the_way = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        let (folders, name) = split(path);
        let mut at = rustix::fs::openat(&self.folder, ".", on_the_way, Mode::empty())?;
        for part in folders.split('/').filter(|part| is_plain(part)) {
            at = rustix::fs::openat(&at, part, on_the_way, Mode::empty())?;
        }
        rustix::fs::openat(&at, name, flags | OFlags::NOFOLLOW, mode)
    }

    fn regular(&self, fd: OwnedFd, path: &str) -> Result<File, StoreError> {
        let stat = rustix::fs::fstat(&fd).map_err(|errno| self.error("look at", path, errno))?;
        if FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile {
            Ok(File::from(fd))
        } else {
            Err(StoreError::NotRegular(self.full(path)))
        }
    }

    pub(super) fn io(&self, action: &'static str, path: &str, source: io::Error) -> StoreError {
        let path = self.full(path);
        StoreError::Io {
            action,
            path,
            source,
        }
    }

    fn error(&self, action: &'static str, path: &str, errno: Errno) -> StoreError {
        match errno {
            Errno::LOOP => StoreError::Link(self.full(path)),
            Errno::ISDIR | Errno::NXIO => StoreError::NotRegular(self.full(path)),
            _ => io_error(action, self.full(path), errno),
        }
    }
}

fn io_error(action: &'static str, path: PathBuf, errno: Errno) -> StoreError {
    let source = errno.into();
    StoreError::Io {
        action,
        path,
        source,
    }
}

/// The folder and the last name of a path; the folder of a bare name is `.`.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or((".", path))
}

/// Returns the device and inode that an open file has.
pub(super) fn inode_of_file(file: &File) -> io::Result<(u64, u64)> {
    Ok(inode_of(&rustix::fs::fstat(file)?))
}

#[allow(
    clippy::unnecessary_cast,
    clippy::cast_sign_loss,
    reason = "the types of these fields differ between systems"
)]
fn inode_of(stat: &rustix::fs::Stat) -> (u64, u64) {
    (stat.st_dev as u64, stat.st_ino as u64)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use rustix::fs::{Mode, OFlags};
    use rustix::io::Errno;

    use super::{Beneath, SAFE};
    use crate::store::StoreError;

    fn folder() -> (tempfile::TempDir, Beneath) {
        let folder = tempfile::tempdir().unwrap();
        let beneath = Beneath::open(folder.path()).unwrap();
        (folder, beneath)
    }

    #[test]
    fn follows_no_link_and_leaves_by_no_dots() {
        let (outer, _) = folder();
        std::fs::write(outer.path().join("secret"), "x").unwrap();
        let inner = outer.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        symlink("../secret", inner.join("link")).unwrap();
        symlink("..", inner.join("up")).unwrap();
        let beneath = Beneath::open(&inner).unwrap();
        assert!(matches!(beneath.read("link", 9), Err(StoreError::Link(_))));
        assert!(beneath.read("up/secret", 9).is_err());
        assert!(beneath.read("../secret", 9).is_err());
        let flags = OFlags::RDONLY | SAFE;
        for path in ["link", "up/secret", "../secret"] {
            assert!(
                beneath
                    .open_by_component(path, flags, Mode::empty())
                    .is_err()
            );
        }
    }

    #[test]
    fn both_ways_of_opening_find_the_same_file() {
        let (outer, beneath) = folder();
        std::fs::create_dir_all(outer.path().join("a/b")).unwrap();
        std::fs::write(outer.path().join("a/b/c"), "x").unwrap();
        let flags = OFlags::RDONLY | SAFE;
        assert!(
            beneath
                .open_by_component("a/b/c", flags, Mode::empty())
                .is_ok()
        );
        assert_eq!(
            beneath
                .open_by_component("a/x/c", flags, Mode::empty())
                .err(),
            Some(Errno::NOENT)
        );
        assert_eq!(beneath.read("a/b/c", 9).unwrap(), Some(b"x".to_vec()));
        assert_eq!(beneath.read("a/x/c", 9).unwrap(), None);
    }

    #[test]
    fn reads_regular_files_only() {
        let (outer, beneath) = folder();
        std::fs::create_dir(outer.path().join("d")).unwrap();
        assert!(matches!(
            beneath.read("d", 9),
            Err(StoreError::NotRegular(_))
        ));
        std::fs::write(outer.path().join("large"), "0123456789").unwrap();
        assert!(matches!(
            beneath.read("large", 9),
            Err(StoreError::TooLarge { .. })
        ));
    }

    #[test]
    fn publishing_never_replaces() {
        let (outer, beneath) = folder();
        std::fs::write(outer.path().join("old"), "old").unwrap();
        std::fs::write(outer.path().join("new"), "new").unwrap();
        assert!(matches!(
            beneath.publish("new", "old"),
            Err(StoreError::Exists(_))
        ));
        assert!(beneath.copy_without_replacing("new", "old").is_err());
        beneath.publish("new", "free").unwrap();
        assert_eq!(beneath.read("free", 9).unwrap(), Some(b"new".to_vec()));
        assert_eq!(beneath.read("new", 9).unwrap(), None);
        assert_eq!(beneath.read("old", 9).unwrap(), Some(b"old".to_vec()));
    }
}
