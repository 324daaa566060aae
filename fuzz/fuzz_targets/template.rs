//! A template, its input and its partials from any bytes: checked, then rendered.
//!
//! The bytes are cut at U+001E: the template, the input as JSON, then the partials `p`, `q`, `r` and
//! `d/e`. What is accepted renders or is refused with a message, within its budget, and no message has
//! a role that is not written in one of the texts.

#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use promptctl::text::template::{Budget, File, Given, Limits, check, is_chat, render};

const PARTIALS: [&str; 4] = ["p", "q", "r", "d/e"];

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut pieces = text.split('\u{1e}');
    let template = pieces.next().unwrap_or_default();
    let input = pieces
        .next()
        .and_then(|json| serde_json::from_str(json).ok());
    let mut texts = vec![template];
    let mut places = BTreeMap::new();
    for (place, (name, partial)) in PARTIALS.iter().zip(pieces).enumerate() {
        texts.push(partial);
        places.insert((*name).to_owned(), place + 1);
    }
    let mut files = Vec::new();
    for text in &texts {
        match check(text, &Limits::default()) {
            Ok(template) => {
                let _ = template.usage().compose(&|_| None);
                files.push(File {
                    text: (*text).to_owned(),
                    template,
                    partials: places.clone(),
                });
            }
            Err(faults) => {
                assert!(!faults.is_empty() && faults.len() < 10_000);
                for fault in faults {
                    assert!(!fault.message.is_empty());
                    assert!(text.get(fault.span.clone()).is_some(), "{fault:?}");
                }
                return;
            }
        }
    }
    let given = Given {
        input: input
            .unwrap_or_else(|| serde_json::json!({"a": "x", "list": [1, {"a": "y"}], "n": 0})),
        ..Given::default()
    };
    let budget = Budget {
        output: 1 << 20,
        steps: 100_000,
        deadline: None,
    };
    match render(&files, &given, budget) {
        Ok(rendered) => {
            assert!(rendered.text.len() <= budget.output);
            let makes_messages = files.iter().any(|file| is_chat(&file.template));
            for message in rendered.messages {
                let role = message.role.as_str();
                assert!(role == "user" || makes_messages);
                let is_written = matches!(role, "user" | "model")
                    || texts.iter().any(|text| text.contains(role));
                assert!(is_written, "{role} is written nowhere");
            }
        }
        Err(why) => {
            let why = why.to_string();
            assert!(!why.is_empty() && !why.contains("broke down"), "{why}");
        }
    }
});
