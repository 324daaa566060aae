//! Events: what a changelog records.
//!
//! All operations of format version 1 are here, also those that no command writes yet, so that
//! every reader of this format reads every log of it. `docs/format.md` is the specification.

use std::collections::BTreeMap;

use super::{
    Digest, EventId, Identity, Label, PinnedVersion, PromptName, Timestamp, Version, VersionId,
};

/// The most bytes that an author's name may have.
pub const AUTHOR_BYTES: usize = 200;

/// The most bytes that a message, or a reason, may have.
pub const MESSAGE_BYTES: usize = 8 * 1024;

/// An event together with the digest of its line, by which others mention it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// SHA-256 over the line; see `text::changelog`.
    pub id: EventId,
    /// What happened.
    pub event: Event,
}

/// One thing that happened to a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The prompt.
    pub name: PromptName,
    /// What was done.
    pub op: Op,
    /// All heads of the log that the writer saw, sorted.
    pub parents: Vec<EventId>,
    /// Why, in the author's words.
    pub message: Option<String>,
    /// Who, in his own words; it proves nothing.
    pub by: String,
    /// When; it proves nothing.
    pub at: Timestamp,
    /// A JSON object of other tools, kept as it is and without effect.
    pub ext: Option<String>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// A version was published.
    Create(Box<Publish>),
    /// A version was published and the label moved on from its base.
    Patch(Box<Publish>),
    /// Labels moved to a version that was there.
    Promote(Promote),
    /// Labels were taken away.
    Unlabel(Unlabel),
    /// A version, or the prompt, was taken out of use.
    Retire(Lifecycle),
    /// A version, or the prompt, came back into use.
    Restore(Lifecycle),
    /// The identity that this `create` or `patch` published counts no more.
    Void {
        /// The id of that event.
        target: EventId,
    },
    /// What a merge or damage left open was settled.
    Resolve(Box<Resolve>),
    /// A remark.
    Note,
}

/// The facts of `create` and `patch`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publish {
    /// The number.
    pub version: Version,
    /// SHA-256 of the file's bytes.
    pub sha256: Digest,
    /// The identity that sha256, pins, schemas and dialect add up to. Not written: computed.
    pub identity: Identity,
    /// The version it was made from.
    pub from: Option<VersionId>,
    /// The labels that moved to it.
    pub labels: Vec<Label>,
    /// Where those labels pointed before.
    pub was: Was,
    /// Partials as written in the template, and the versions they were resolved to.
    pub pins: BTreeMap<String, PinnedVersion>,
    /// Named schemas and the SHA-256 of their copies.
    pub schemas: BTreeMap<String, Digest>,
    /// The version of the template semantics.
    pub dialect: u32,
    /// The version whose bytes it repeats.
    pub copy: Option<PinnedVersion>,
    /// The renamed prompt that it came from.
    pub origin: Option<Origin>,
    /// Why a bump that is too small was allowed.
    pub allow_breaking: Option<String>,
}

/// Labels and what they pointed to before an event; `None`: nowhere.
pub type Was = BTreeMap<Label, Option<VersionId>>;

/// The prompt that a renamed prompt came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its old name.
    pub name: PromptName,
    /// The heads of its log at that time, sorted.
    pub heads: Vec<EventId>,
}

/// The facts of `promote`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promote {
    /// The version that the labels moved to.
    pub version: VersionId,
    /// The labels.
    pub labels: Vec<Label>,
    /// Where they pointed before.
    pub was: Was,
    /// Whether the label went back to where it was before.
    pub rollback: bool,
    /// Why a breaking change was accepted.
    pub accept_breaking: Option<String>,
    /// Why the label's policy was overridden.
    pub overridden: Option<String>,
}

/// The facts of `unlabel`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlabel {
    /// The labels taken away.
    pub labels: Vec<Label>,
    /// Where they pointed before.
    pub was: Was,
}

/// The facts of `retire` and `restore`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifecycle {
    /// The version; none: the whole prompt.
    pub version: Option<VersionId>,
    /// Labels removed along with it.
    pub labels: Vec<Label>,
    /// Where they pointed before.
    pub was: Was,
    /// What to use instead: a name, or a version of this prompt.
    pub successor: Option<String>,
}

/// The facts of `resolve`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolve {
    /// For each number in dispute the identity that keeps it, and for each that lost the number it
    /// got instead.
    pub versions: BTreeMap<Version, Identity>,
    /// The settled labels.
    pub labels: Was,
    /// Parents that are not in the log and are accepted as lost.
    pub absent: Vec<EventId>,
    /// All roots, where there are several.
    pub roots: Vec<EventId>,
    /// Why a bump that is too small was allowed, by number.
    pub allow_breaking: BTreeMap<Version, String>,
}

impl Op {
    /// Returns the word that stands for it in a log.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Create(_) => "create",
            Self::Patch(_) => "patch",
            Self::Promote(_) => "promote",
            Self::Unlabel(_) => "unlabel",
            Self::Retire(_) => "retire",
            Self::Restore(_) => "restore",
            Self::Void { .. } => "void",
            Self::Resolve(_) => "resolve",
            Self::Note => "note",
        }
    }
}

impl Event {
    /// Returns the facts of a publication, if it is one.
    #[must_use]
    pub fn publish(&self) -> Option<&Publish> {
        match &self.op {
            Op::Create(publish) | Op::Patch(publish) => Some(publish),
            _ => None,
        }
    }

    /// Returns where the event says that a label points, if it is about that label.
    #[must_use]
    pub fn claim(&self, label: &Label) -> Option<Option<VersionId>> {
        match &self.op {
            Op::Create(p) | Op::Patch(p) => p.labels.contains(label).then(|| Some(p.id())),
            Op::Promote(p) => p.labels.contains(label).then(|| Some(p.version.clone())),
            Op::Unlabel(u) => u.labels.contains(label).then_some(None),
            Op::Retire(l) | Op::Restore(l) => l.labels.contains(label).then_some(None),
            Op::Resolve(r) => r.labels.get(label).cloned(),
            Op::Void { .. } | Op::Note => None,
        }
    }

    /// Returns the labels that the event is about.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        let (list, map) = match &self.op {
            Op::Create(p) | Op::Patch(p) => (p.labels.as_slice(), None),
            Op::Promote(p) => (p.labels.as_slice(), None),
            Op::Unlabel(u) => (u.labels.as_slice(), None),
            Op::Retire(l) | Op::Restore(l) => (l.labels.as_slice(), None),
            Op::Resolve(r) => (&[][..], Some(&r.labels)),
            Op::Void { .. } | Op::Note => (&[][..], None),
        };
        list.iter().chain(map.into_iter().flat_map(BTreeMap::keys))
    }
}

impl Publish {
    /// Returns the number with the identity.
    #[must_use]
    pub fn id(&self) -> VersionId {
        VersionId {
            version: self.version.clone(),
            identity: self.identity,
        }
    }
}

/// Why an author or a message cannot be written to a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// More bytes than the format allows.
    #[error("{what} has {bytes} bytes; the limit is {limit}")]
    TooLong {
        /// Author or message.
        what: &'static str,
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// A character that terminals obey.
    #[error("{0} holds a control character")]
    Control(&'static str),
}

/// Checks an author: one line of at most [`AUTHOR_BYTES`] bytes.
pub fn check_author(author: &str) -> Result<(), TextError> {
    check("the author", author, AUTHOR_BYTES, char::is_control)
}

/// Checks a message or reason: at most [`MESSAGE_BYTES`] bytes, lines and tabs allowed.
pub fn check_message(message: &str) -> Result<(), TextError> {
    check("the message", message, MESSAGE_BYTES, |c| {
        c.is_control() && !matches!(c, '\n' | '\t')
    })
}

fn check(
    what: &'static str,
    text: &str,
    limit: usize,
    is_refused: impl Fn(char) -> bool,
) -> Result<(), TextError> {
    if text.trim().is_empty() {
        return Err(TextError::Empty(what));
    }
    if text.len() > limit {
        let bytes = text.len();
        return Err(TextError::TooLong { what, bytes, limit });
    }
    if text.chars().any(is_refused) {
        return Err(TextError::Control(what));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{TextError, check_author, check_message};

    #[test]
    fn authors_are_one_short_line() {
        assert_eq!(check_author("Ada Example <ada@example.com>"), Ok(()));
        assert_eq!(check_author(" "), Err(TextError::Empty("the author")));
        assert!(check_author("a\nb").is_err());
        assert!(check_author(&"a".repeat(201)).is_err());
    }

    #[test]
    fn messages_may_have_lines() {
        assert_eq!(check_message("why\n\nmore"), Ok(()));
        assert!(check_message("\u{1b}[31m").is_err());
        assert!(check_message(&"a".repeat(8193)).is_err());
    }
}
