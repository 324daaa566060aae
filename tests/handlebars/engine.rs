//! Rendering a case with this program, as text with dotprompt's own markers in it.

use std::collections::BTreeMap;

use promptctl::text::template::{Budget, File, Given, Limits, Message, MessagePart, check, render};
use serde_json::{Map, Value};

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
}

/// Renders a case, its markers left out.
pub(crate) fn ours(case: &Case) -> Result<String, String> {
    Ok(rendered(case)?.0)
}

fn rendered(case: &Case) -> Result<(String, Vec<Message>), String> {
    let names: Vec<&String> = case.partials.keys().collect();
    let places: BTreeMap<String, usize> = names
        .iter()
        .enumerate()
        .map(|(place, name)| ((*name).clone(), place + 1))
        .collect();
    let mut files = Vec::new();
    for text in std::iter::once(&case.template).chain(case.partials.values()) {
        let template = check(text, &Limits::default()).map_err(|faults| {
            let faults: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            faults.join("\n")
        })?;
        files.push(File {
            text: text.clone(),
            template,
            partials: places.clone(),
        });
    }
    let given = Given {
        input: case.input.clone(),
        data: case.context.clone(),
        history: Vec::new(),
    };
    let rendered = render(&files, &given, Budget::default()).map_err(|error| error.to_string())?;
    Ok((rendered.text, rendered.messages))
}

/// Tells whether the parts of all messages make sense beside a text with markers.
#[allow(dead_code, reason = "used by the live comparison")]
pub(crate) fn parts(messages: &[Message]) -> Vec<&MessagePart> {
    messages
        .iter()
        .flat_map(|message| &message.content)
        .collect()
}

/// Takes dotprompt's markers out of a text that handlebars.js rendered.
pub(crate) fn without_markers(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some(at) = rest.find("<<<dotprompt:") {
        let Some(end) = rest[at..].find(">>>") else {
            break;
        };
        out.push_str(&rest[..at]);
        rest = &rest[at + end + 3..];
    }
    out.push_str(rest);
    out
}
