//! `diff`: two versions, or a version and the draft, side against side.

use serde::Serialize;

use super::Ctx;
use super::error::{Error, ErrorKind, Result};
use super::prompt::Prompt;
use crate::model::{PromptName, Reference, Selector};
use crate::text::diff::{Change, Difference, compare};

/// What `diff` is asked for.
#[derive(Debug, Clone)]
pub enum Diff {
    /// What is live against what would be next.
    Pending(PromptName),
    /// One against another.
    Pair(Operand, Operand),
}

/// One side of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// A version.
    Version(Reference),
    /// A draft.
    Draft(PromptName),
}

/// A difference of two texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The old side: `NAME@VERSION`, or `NAME (draft)`.
    pub old: String,
    /// The new side.
    pub new: String,
    /// Whether the texts are the same.
    pub equal: bool,
    /// How many lines were added.
    pub added: usize,
    /// How many lines were removed.
    pub removed: usize,
    /// The changed places.
    pub hunks: Vec<Hunk>,
}

/// A changed place; see `text::diff::Hunk`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hunk {
    /// The first line in the old text.
    pub old_start: usize,
    /// How many lines of the old text.
    pub old_lines: usize,
    /// The first line in the new text.
    pub new_start: usize,
    /// How many lines of the new text.
    pub new_lines: usize,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One line of a hunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// `kept`, `added` or `removed`.
    pub change: &'static str,
    /// The text in pieces.
    pub pieces: Vec<Piece>,
    /// Whether the text ends here without a newline.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub lacks_newline: bool,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether these are the words that changed.
    pub changed: bool,
}

/// Compares two texts.
pub fn diff(ctx: &Ctx, request: &Diff) -> Result<Compared> {
    let (old, new) = match request {
        Diff::Pending(name) => pending(ctx, name)?,
        Diff::Pair(old, new) => (read(ctx, old)?, read(ctx, new)?),
    };
    Ok(Compared::of(old, new))
}

/// A text and what to call it.
type Named = (String, String);

fn read(ctx: &Ctx, operand: &Operand) -> Result<Named> {
    match operand {
        Operand::Version(reference) => version(ctx, reference),
        Operand::Draft(name) => {
            let draft = ctx
                .draft(name)?
                .ok_or_else(|| Error::new(ErrorKind::NotFound, format!("`{name}` has no draft")))?;
            Ok((draft_name(name), draft))
        }
    }
}

fn version(ctx: &Ctx, reference: &Reference) -> Result<Named> {
    let resolved = ctx.resolve_reference(reference, true)?;
    let text = ctx.text_of(&resolved.prompt, &resolved.version, resolved.held)?;
    Ok((format!("{}@{}", reference.name, resolved.version), text))
}

/// The default label's version against the draft, if that has edits, else against the latest.
fn pending(ctx: &Ctx, name: &PromptName) -> Result<(Named, Named)> {
    let prompt = ctx.prompt(name)?;
    let at = |selector| Reference {
        name: name.clone(),
        selector,
    };
    let old = version(ctx, &at(None))?;
    let new = match edited_draft(ctx, &prompt)? {
        Some(draft) => (draft_name(name), draft),
        None => version(ctx, &at(Some(Selector::Latest)))?,
    };
    Ok((old, new))
}

fn edited_draft(ctx: &Ctx, prompt: &Prompt) -> Result<Option<String>> {
    let draft = ctx.draft(&prompt.name)?;
    Ok(draft.filter(|draft| !prompt.has_published(draft)))
}

fn draft_name(name: &PromptName) -> String {
    format!("{name} (draft)")
}

impl Compared {
    fn of((old, old_text): Named, (new, new_text): Named) -> Self {
        let Difference {
            hunks,
            added,
            removed,
        } = compare(&old_text, &new_text);
        Self {
            old,
            new,
            equal: hunks.is_empty(),
            added,
            removed,
            hunks: hunks.into_iter().map(Hunk::of).collect(),
        }
    }
}

impl Hunk {
    fn of(hunk: crate::text::diff::Hunk) -> Self {
        let line = |line: crate::text::diff::Line| Line {
            change: match line.change {
                Change::Kept => "kept",
                Change::Added => "added",
                Change::Removed => "removed",
            },
            pieces: line
                .pieces
                .into_iter()
                .map(|(changed, text)| Piece { text, changed })
                .collect(),
            lacks_newline: line.lacks_newline,
        };
        Self {
            old_start: hunk.old_start,
            old_lines: hunk.old_lines,
            new_start: hunk.new_start,
            new_lines: hunk.new_lines,
            lines: hunk.lines.into_iter().map(line).collect(),
        }
    }
}
