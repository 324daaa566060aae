//! Why this program refuses what handlebars.js renders. Each reason has its place in
//! `docs/handlebars.md`.

/// A reason, and words of the messages that give it.
pub(crate) struct Reason {
    pub(crate) title: &'static str,
    words: &'static [&'static str],
}

pub(crate) const REASONS: &[Reason] = &[];

/// Finds the reason that a message gives.
pub(crate) fn reason_of(message: &str) -> Option<&'static str> {
    let gives = |reason: &&Reason| reason.words.iter().any(|words| message.contains(words));
    REASONS.iter().find(gives).map(|reason| reason.title)
}
