//! What every verb is given: the store, the time, and a place for remarks.

use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;

use super::{Result, rules};
use crate::model::{Timestamp, Version};
use crate::store::{LockWait, Store};

/// What every verb is given. Nothing else is taken from thin air.
#[derive(Debug)]
pub struct Ctx {
    /// Where the prompts are.
    pub(super) store: Store,
    /// What time it is.
    pub(super) now: Timestamp,
    remarks: RefCell<Vec<String>>,
    recorded: RefCell<Option<String>>,
}

impl Ctx {
    /// Opens the store in exactly this folder.
    pub fn open(folder: &Path, now: Timestamp) -> Result<Self> {
        Self::new(Store::open(folder)?, now)
    }

    /// Opens the store in the nearest folder at or above this one.
    pub fn find(start: &Path, now: Timestamp) -> Result<Self> {
        Self::new(Store::find(start)?, now)
    }

    /// Tells whether a folder is in a store.
    #[must_use]
    pub fn is_in_a_store(start: &Path) -> bool {
        Store::is_above(start)
    }

    fn new(store: Store, now: Timestamp) -> Result<Self> {
        rules::check_names(store.settings())?;
        Ok(Self {
            store,
            now,
            remarks: RefCell::default(),
            recorded: RefCell::default(),
        })
    }

    /// Returns the store's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.store.path()
    }

    /// Returns what time it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Returns the label that a bare name means.
    #[must_use]
    pub fn default_label(&self) -> &crate::model::Label {
        &self.store.settings().default_label
    }

    /// Takes the remarks made so far: what the caller should know although the verb succeeded.
    pub fn take_remarks(&self) -> Vec<String> {
        self.remarks.take()
    }

    /// Returns the id of the event that was recorded last, if one was.
    pub fn recorded(&self) -> Option<String> {
        self.recorded.borrow().clone()
    }

    pub(super) fn set_recorded(&self, id: String) {
        self.recorded.replace(Some(id));
    }

    pub(super) fn remark(&self, remark: impl Into<String>) {
        let remark = remark.into();
        let mut remarks = self.remarks.borrow_mut();
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }
}

/// What every writing verb is given.
#[derive(Debug, Clone)]
pub struct Write {
    /// Who writes.
    pub by: String,
    /// Why.
    pub message: Option<String>,
    /// Whether to stop before anything is written.
    pub dry_run: bool,
    /// What the label must still point to.
    pub expect: Option<Expect>,
    /// How long to wait for the lock.
    pub wait: LockWait,
}

impl Write {
    /// A write by somebody, with ten seconds' wait and nothing else.
    pub fn by(author: impl Into<String>) -> Self {
        Self {
            by: author.into(),
            message: None,
            dry_run: false,
            expect: None,
            wait: LockWait::Timeout(Duration::from_secs(10)),
        }
    }
}

/// What a label must still point to for a write to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// Nowhere.
    Nothing,
    /// To this version.
    Version(Version),
}
