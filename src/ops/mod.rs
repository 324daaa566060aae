//! The verbs: one file each, a request in, an outcome out. This is the crate's API.
//!
//! Outcomes are plain values that serialize to the documented JSON. Nothing here reads the
//! environment, the clock or a terminal: [`Ctx`] and the requests carry what is needed.

mod composition;
mod create;
mod ctx;
mod diff;
mod error;
mod impact;
mod init;
mod list;
mod log;
mod manifest;
mod note;
mod patch;
mod policy;
mod promote;
mod prompt;
mod publish;
mod rename;
mod render;
mod repair;
mod resolution;
mod resolve;
mod retire;
mod revert;
pub mod rules;
mod schemas;
mod session;
mod show;
mod source;
mod status;
mod validate;
mod void;
mod why;

pub use create::{Create, Number, create};
pub use ctx::{Ctx, Expect, Write};
pub use diff::{Compared, Diff, Hunk, Line, Operand, Piece, diff};
pub use error::{Error, ErrorKind, Result};
pub use impact::{Impact, ImpactReport, User, impact};
pub use init::{Init, Initialized, init};
pub use list::{Draft, List, Listing, Row, Unreadable, list};
pub use log::{Change, ChangeLog, Log, log};
pub use manifest::{Manifest, ManifestList, ManifestRow, manifest};
pub use note::{Note, Noted, note};
pub use patch::{Patch, patch};
pub use promote::{Promote, Promoted, Way, promote};
pub use publish::{Moved, Published, Status};
pub use rename::{Rename, Renamed, rename};
pub use render::{Lent, Render, RenderedPrompt, Runtime, Target, Values, render};
pub use repair::{MendedLog, Repair, Repaired, repair};
pub use resolve::{Keep, Resolve, Resolved, Settled, Take, resolve};
pub use retire::{Restore, Retire, Retired, restore, retire};
pub use revert::{Revert, revert};
pub use session::{DraftAfter, Recorded};
pub use show::{Show, Shown, show};
pub use source::Source;
pub use status::{Behind, PromptStatus, StoreStatus, status};
pub use validate::{Counts, Report, Validate, validate};
pub use void::{Void, Voided, void};
pub use why::{EventLine, Explanation, Pin, Why, why};

pub use crate::store::{LockWait, system_message};
pub use crate::text::strict::parse_json;
pub use crate::text::template::{Message, MessagePart};
