//! `note`: a remark in the changelog, without effect on anything.

use serde::Serialize;

use super::Ctx;
use super::ctx::Write;
use super::error::Result;
use super::publish::Status;
use super::session::Recorded;
use crate::model::{Op, PromptName};

/// What `note` is asked for.
#[derive(Debug, Clone)]
pub struct Note {
    /// The prompt.
    pub name: PromptName,
    /// How to write; the message is the note.
    pub write: Write,
}

/// A remark that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// The prompt.
    pub name: String,
    /// Whether it was written.
    pub status: Status,
    /// The event.
    #[serde(flatten)]
    pub recorded: Recorded,
}

/// Records a remark.
pub fn note(ctx: &Ctx, request: &Note) -> Result<Noted> {
    ctx.write(&request.write, |session| {
        session.refuse_expected()?;
        session.need_message()?;
        let prompt = session.prompt(&request.name)?;
        let heads = prompt.history.heads();
        Ok(Noted {
            name: prompt.name.to_string(),
            recorded: session.record(&prompt.name, heads, Op::Note, "")?,
            status: session.status(),
        })
    })
}
