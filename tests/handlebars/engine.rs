//! Rendering a case with this program, and reading what handlebars.js rendered the way dotprompt does.

use std::collections::BTreeMap;

use promptctl::text::template::{
    Budget, File, Given, Limits, Message, MessagePart, Rendered, Template, check, render,
};
use serde_json::{Map, Value, json};

/// A template with what it is rendered with.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) template: String,
    pub(crate) partials: BTreeMap<String, String>,
    pub(crate) input: Value,
    pub(crate) context: Map<String, Value>,
}

impl Case {
    pub(crate) fn of(case: &Value) -> Self {
        let partials = case["partials"].as_object().cloned().unwrap_or_default();
        Self {
            template: case["template"].as_str().unwrap().to_owned(),
            partials: partials
                .into_iter()
                .map(|(name, text)| (name, text.as_str().unwrap().to_owned()))
                .collect(),
            input: case["input"].clone(),
            context: case["context"].as_object().cloned().unwrap_or_default(),
        }
    }

    /// The case as `serve.mjs` reads it. A raw block `raw`, which is this program's own, is an `if` to
    /// handlebars.js.
    pub(crate) fn to_json(&self) -> Value {
        let raw = |text: &String| {
            text.replace("{{{{raw}}}}", "{{{{if 1}}}}")
                .replace("{{{{/raw}}}}", "{{{{/if}}}}")
        };
        let partials: BTreeMap<&String, String> = self
            .partials
            .iter()
            .map(|(name, text)| (name, raw(text)))
            .collect();
        json!({
            "template": raw(&self.template),
            "partials": partials,
            "input": self.input,
            "context": self.context,
        })
    }

    /// All its texts: the template, then the partials.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.template).chain(self.partials.values())
    }
}

/// A partial that is included by what stands in for a broken one.
const BROKEN: &str = "broken ";

/// Renders a case; what it is refused for is a text.
///
/// The program checks every file before it renders one. Here a broken partial counts only where it is
/// reached, as for handlebars.js, or most damaged cases would compare nothing.
pub(crate) fn ours(case: &Case) -> Result<Rendered, String> {
    let places = case.partials.keys().zip(1..);
    let places: BTreeMap<String, usize> = places.map(|(name, at)| (name.clone(), at)).collect();
    let file = |text: &str| {
        let template = checked(text)?;
        let (text, partials) = (text.to_owned(), places.clone());
        Ok::<_, String>(File {
            text,
            template,
            partials,
        })
    };
    let mut files = vec![file(&case.template)?];
    let mut broken = Vec::new();
    for text in case.partials.values() {
        files.push(file(text).or_else(|faults| {
            broken.push(faults);
            file(&format!("{{{{> [{BROKEN}{}]}}}}", broken.len() - 1))
        })?);
    }
    let given = Given {
        input: case.input.clone(),
        data: case.context.clone(),
        history: Vec::new(),
    };
    render(&files, &given, Budget::default()).map_err(|error| {
        let why = error.to_string();
        let reached = (0..broken.len()).find(|at| why.contains(&format!("`{BROKEN}{at}`")));
        reached.map_or(why, |at| broken[at].clone())
    })
}

fn checked(text: &str) -> Result<Template, String> {
    check(text, &Limits::default()).map_err(|faults| {
        let faults: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
        faults.join("\n")
    })
}

const MARKER: &str = "<<<dotprompt:";

/// Takes dotprompt's markers out of a text that handlebars.js rendered.
fn without_markers(text: &str) -> String {
    let texts = pieces(text).into_iter().filter(|(marker, _)| !marker);
    texts.map(|(_, text)| text).collect()
}

/// Cuts a text at its markers; each piece says whether it is one.
fn pieces(text: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(MARKER) {
        let Some(end) = rest[at..].find(">>>") else {
            break;
        };
        pieces.extend([
            (false, &rest[..at]),
            (true, &rest[at + MARKER.len()..at + end]),
        ]);
        rest = &rest[at + end + 3..];
    }
    pieces.push((false, rest));
    pieces
}

/// A message as far as it is compared: its role and its parts.
type Said = (String, Vec<Value>);

/// Tells what our messages say.
fn our_messages(messages: &[Message]) -> Vec<Said> {
    let part = |part: &MessagePart| serde_json::to_value(part).unwrap();
    let said = |message: &Message| {
        (
            message.role.clone(),
            message.content.iter().map(part).collect(),
        )
    };
    messages.iter().map(said).collect()
}

/// Reads the messages from a text with markers, as google/dotprompt does (`toMessages` in `parse.ts`).
fn their_messages(text: &str) -> Vec<Said> {
    let mut messages = vec![("user".to_owned(), Vec::new())];
    for (is_marker, piece) in pieces(text) {
        let last = messages.last_mut().unwrap();
        if !is_marker {
            if !piece
                .chars()
                .all(|c| c.is_whitespace() && c != '\u{85}' || c == '\u{feff}')
            {
                last.1.push(json!({ "text": piece }));
            }
        } else if let Some(role) = piece.strip_prefix("role:") {
            if last.1.is_empty() {
                role.clone_into(&mut last.0);
            } else {
                messages.push((role.to_owned(), Vec::new()));
            }
        } else if piece == "history" {
            messages.push(("model".to_owned(), Vec::new()));
        } else {
            let mut words = piece.split(' ').skip(1);
            let first = words.next().unwrap_or_default();
            last.1
                .push(match (piece.starts_with("section"), words.next()) {
                    (true, _) => json!({"metadata": {"purpose": first, "pending": true}}),
                    (_, Some(kind)) if !kind.is_empty() => {
                        json!({"media": {"url": first, "contentType": kind}})
                    }
                    _ => json!({"media": {"url": first}}),
                });
        }
    }
    messages.retain(|(_, parts)| !parts.is_empty());
    messages
}

/// Tells how our result differs from the text with markers that handlebars.js gave.
pub(crate) fn difference(case: &Case, ours: &Rendered, theirs: &str) -> Option<String> {
    if without_markers(&ours.text) != without_markers(theirs) {
        return Some(format!("  theirs {theirs:?}\n  ours   {:?}", ours.text));
    }
    // In a text that has markers of its own dotprompt finds messages; this program does not.
    let has_marker = |text: &str| text.contains("<<<");
    if case.texts().any(|text| has_marker(text)) || has_marker(&case.input.to_string()) {
        return None;
    }
    let (ours, theirs) = (our_messages(&ours.messages), their_messages(theirs));
    (ours != theirs).then(|| format!("  theirs {theirs:?}\n  ours   {ours:?}"))
}
