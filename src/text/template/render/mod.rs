//! Rendering: a walk over the tree, with the meaning that handlebars.js 4.7 gives it.
//!
//! Values never become structure. What `role`, `history`, `media` and `section` say is kept beside
//! the text, so there is nothing in the text that a value could imitate.

mod helpers;
mod json;
mod lookup;
mod machine;
mod output;
mod partials;
mod scope;
mod value;

use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::{Map, Value as Json};

use super::message::Message;
use super::tree::Template;
use machine::Machine;

/// The most steps, unless told otherwise: far more than any prompt takes, about a second.
const STEPS: usize = 10_000_000;
/// The most bytes of output, unless told otherwise.
const OUTPUT: usize = 16 * 1024 * 1024;

/// A template with its text, and which of the files each of its partials is.
#[derive(Debug, Clone)]
pub struct File {
    /// The text that the tree was read from.
    pub text: String,
    /// The tree.
    pub template: Template,
    /// For each partial, by the name that the template uses, the file that it is.
    pub partials: BTreeMap<String, usize>,
}

/// What a prompt is rendered with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    /// The input.
    pub input: Json,
    /// The data beside it: `@auth`, `@state`, `@metadata`.
    pub data: Map<String, Json>,
    /// The messages so far.
    pub history: Vec<Message>,
}

/// Why rendering ended without a result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The output grew beyond the limit.
    #[error("the output is larger than {0} bytes")]
    TooLarge(usize),
    /// It took too long.
    #[error("rendering took too long")]
    TooLong,
    /// It took more steps than are allowed, whatever the machine.
    #[error("rendering takes more than {0} steps")]
    TooManySteps(usize),
    /// Partials include each other without end, or blocks and partials nest too deeply.
    #[error("partials and blocks nest more than {limit} levels deep while rendering{}", trail_of(.trail))]
    TooDeep {
        /** How deep they may. */
        limit: usize,
        /** The partials that were being rendered, the innermost last. */
        trail: Vec<String>,
    },
    /// The template and the values do not fit together.
    #[error("{0}")]
    Failed(String),
}

/// Shows how partials include each other, as far as it repeats.
fn trail_of(trail: &[String]) -> String {
    let Some((last, earlier)) = trail.split_last() else {
        return String::new();
    };
    match earlier.iter().rposition(|name| name == last) {
        Some(at) => format!(": {}", trail[at..].join(" > ")),
        None => String::new(),
    }
}

/// What rendering may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Bytes of output.
    pub output: usize,
    /// Steps: pieces of templates, turns of loops, 64 bytes of output.
    pub steps: usize,
    /// When it has to be done.
    pub deadline: Option<Instant>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            output: OUTPUT,
            steps: STEPS,
            deadline: None,
        }
    }
}

/// A rendered prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The messages.
    pub messages: Vec<Message>,
    /// The text, markers left out.
    pub text: String,
}

/// Renders the first of the files.
///
/// # Errors
///
/// The budget is used up, or the template asks for what handlebars.js would fail at.
pub fn render(files: &[File], given: &Given, budget: Budget) -> Result<Rendered, RenderError> {
    let history = given.history.iter().map(message_bytes).sum();
    let mut machine = Machine::new(files, budget, history);
    machine.run(given)?;
    let (messages, text) = machine.finish(&given.history);
    Ok(Rendered { messages, text })
}

/// What a message counts as: its JSON, and what it takes to keep it.
fn message_bytes(message: &Message) -> usize {
    const KEPT: usize = 256;
    serde_json::to_string(message).map_or(0, |json| json.len()) + KEPT
}

#[cfg(test)]
mod tests;
