//! What can go wrong between the program and the disk. No error without its path.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::model::EventId;
use crate::text::fault::Fault;

/// Why the store could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no store here nor above.
    #[error("no `promptctl.toml` in `{}` or above", .0.display())]
    NoStore(PathBuf),
    /// The folder that was named is no store.
    #[error("`{}` has no `promptctl.toml`", .0.display())]
    NotAStore(PathBuf),
    /// `promptctl.toml` is wrong.
    #[error("{}", .fault.message)]
    Settings {
        /// The file.
        path: PathBuf,
        /// Its text.
        text: String,
        /// What is wrong, and where.
        fault: Box<Fault>,
    },
    /// A file that must be text is not.
    #[error("`{}` is not UTF-8", .0.display())]
    NotUtf8(PathBuf),
    /// The system refused.
    #[error("cannot {action} `{}`: {}", .path.display(), system_message(.source))]
    Io {
        /// What was tried: a verb.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A link, where the store must have a file or folder of its own.
    #[error("`{}` is, or lies behind, a symbolic link; the store's files are never links", .0.display())]
    Link(PathBuf),
    /// A folder, pipe, device or socket where a file should be.
    #[error("`{}` is no regular file", .0.display())]
    NotRegular(PathBuf),
    /// More bytes than any file of a store has.
    #[error("`{}` has {bytes} bytes; the limit is {limit}", .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// There is a file of that name with other bytes.
    #[error("`{}` exists already with other content", .0.display())]
    Exists(PathBuf),
    /// Another process holds the lock.
    #[error("another process is writing to this store (waited {:.1} s)", .0.as_secs_f64())]
    Busy(Duration),
    /// The file system has no locks.
    #[error("the file system of `{}` has no locks: {}", .path.display(), system_message(.source))]
    NoLocks {
        /// The lock's file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Terminated lines of the log do not verify, so nothing may be appended.
    #[error("`{}` is damaged on line {line}: {reason}", .path.display())]
    DamagedLog {
        /// The log.
        path: PathBuf,
        /// The first bad line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A line of the log was written by a later version of the program.
    #[error("`{}`: {reason}", .path.display())]
    NewerLog {
        /// The log.
        path: PathBuf,
        /// What is said about the line.
        reason: String,
    },
    /// Git, or an editor, put another file in the log's place while it was written.
    #[error("`{}` was replaced by another program while it was written; nothing was recorded", .0.display())]
    Replaced(PathBuf),
    /// The event was written but the system did not confirm that it is on the disk.
    #[error("outcome unknown: cannot flush `{}` after event {} was written: {}", .path.display(), .id.short(), system_message(.source))]
    Unknown {
        /// The log.
        path: PathBuf,
        /// The event.
        id: EventId,
        /// What the system said.
        source: io::Error,
    },
    /// Git could not be asked.
    #[error("git: {0}")]
    Git(String),
}

impl StoreError {
    /// Tells whether the file or folder is simply not there.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

/// Returns what the system said, in lower case and without the number of the error.
#[must_use]
pub fn system_message(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}
