//! Rendering in a loop, beside the `handlebars` crate with a prebuilt context; and parsing, which is
//! linear in the number of tags.

#![allow(missing_docs, reason = "a benchmark, not a library")]

use std::collections::BTreeMap;

use divan::Bencher;
use handlebars::{Context, Handlebars, no_escape};
use promptctl::text::template::{Budget, File, Given, Limits, check, parse, render};
use serde_json::{Value, json};

/// A prompt of the usual size: text, conditions, a loop.
const TEMPLATE: &str = "\
You are {{persona}}, an assistant of {{company}}.
{{#if urgent}}Answer at once.{{else}}Take your time.{{/if}}
Speak {{language}}.

{{#each items}}
- {{this.name}}: {{this.price}} ({{@index}})
{{/each}}
{{#unless quiet}}The customer wrote:

{{ticket}}
{{/unless}}
Answer in at most {{limit}} words.
";

fn main() {
    divan::main();
}

fn input() -> Value {
    json!({
        "persona": "Ada", "company": "Example Ltd", "urgent": true, "language": "English",
        "items": [
            {"name": "Lamp", "price": 12}, {"name": "Chair", "price": 80},
            {"name": "Desk", "price": 240}, {"name": "Shelf", "price": 95},
        ],
        "ticket": "My lamp does not work. I bought it last week and would like another one.",
        "limit": 120,
    })
}

#[divan::bench]
fn ours(bencher: Bencher) {
    let file = File {
        text: TEMPLATE.to_owned(),
        template: check(TEMPLATE, &Limits::default()).expect("a template"),
        partials: BTreeMap::new(),
    };
    let files = [file];
    let given = Given {
        input: input(),
        ..Given::default()
    };
    bencher.bench(|| render(&files, &given, Budget::default()));
}

#[divan::bench]
fn handlebars_crate(bencher: Bencher) {
    let mut engine = Handlebars::new();
    engine.register_escape_fn(no_escape);
    engine
        .register_template_string("prompt", TEMPLATE)
        .expect("a template");
    let context = Context::wraps(input()).expect("a context");
    bencher.bench(|| engine.render_with_context("prompt", &context));
}

#[divan::bench(args = [1_000, 10_000])]
fn parsing_tags(bencher: Bencher, tags: usize) {
    let text = "{{#if a}}{{b.c}} text {{/if}}\n".repeat(tags / 3);
    let limits = Limits {
        tags,
        ..Limits::default()
    };
    bencher.bench(|| parse(&text, &limits));
}
