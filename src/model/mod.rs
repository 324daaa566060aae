//! The nouns: what a name, a version, a label, a reference, an event and a history **are**.
//!
//! Pure values and the rules that hold between them. Nothing here knows a file format, a disk or a
//! terminal.

mod digest;
mod event;
mod history;
mod label;
mod prompt_name;
mod reference;
mod timestamp;
mod version;

pub use digest::{Digest, EventId, Identity};
pub use event::{
    AUTHOR_BYTES, Entry, Event, Lifecycle, MESSAGE_BYTES, Op, Origin, Promote, Publish, Resolve,
    TextError, Unlabel, Was, check_author, check_message,
};
pub use history::{Held, History, LabelState, NumberState};
pub use label::{Label, LabelError};
pub use prompt_name::{NameError, PromptName};
pub use reference::{Reference, ReferenceError, Selector};
pub use timestamp::Timestamp;
pub use version::{Bump, PinnedVersion, Version, VersionError, VersionId};
