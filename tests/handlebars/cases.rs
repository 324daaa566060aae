//! The recorded cases: what handlebars.js renders is rendered alike, or refused for a reason that
//! `docs/handlebars.md` gives.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::engine::{Case, difference, ours};
use crate::refusals::{REASONS, reason_of};

/// A case with its name and what handlebars.js made of it.
pub(crate) struct Recorded {
    pub(crate) name: String,
    pub(crate) case: Case,
    pub(crate) expected: Result<String, String>,
}

pub(crate) fn recorded() -> Vec<Recorded> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/handlebars/cases.json");
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let read = |case: &Value| Recorded {
        name: text(&case["name"]).unwrap(),
        case: Case::of(case),
        expected: text(&case["expect"]["text"])
            .ok_or_else(|| text(&case["expect"]["error"]).expect("a text or an error")),
    };
    cases.iter().map(read).collect()
}

#[test]
fn renders_what_handlebars_js_renders() {
    let cases = recorded();
    let (mut equal, mut refused, mut wrong) = (0, 0, Vec::new());
    for Recorded {
        name,
        case,
        expected,
    } in &cases
    {
        let found = ours(case);
        match (&found, expected) {
            (Ok(found), Ok(expected)) => match difference(case, found, expected) {
                Some(difference) => wrong.push(format!("{name}\n{difference}")),
                None => equal += 1,
            },
            (Err(_), Err(_)) => equal += 1,
            (Err(why), Ok(_)) if reason_of(why).is_some() => refused += 1,
            _ => wrong.push(format!("{name}\n  theirs {expected:?}\n  ours   {found:?}")),
        }
    }
    let count = cases.len();
    println!("{count} cases: {equal} equal, {refused} refused for a documented reason");
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_reason_to_refuse_is_met_by_a_case() {
    let refused: BTreeSet<&str> = recorded()
        .iter()
        .filter(|recorded| recorded.expected.is_ok())
        .filter_map(|recorded| reason_of(&ours(&recorded.case).err()?))
        .collect();
    let unmet = REASONS
        .iter()
        .filter(|reason| !refused.contains(reason.title));
    let unmet: Vec<&str> = unmet.map(|reason| reason.title).collect();
    assert!(unmet.is_empty(), "no case is refused for {unmet:?}");
}

/// The section of the page about what is refused: each title with what stands under it.
fn refused_on_the_page() -> Vec<(String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/handlebars.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (_, refused) = page
        .split_once("\n## What is refused\n")
        .expect("the page has the section");
    let refused = refused.split("\n## ").next().unwrap();
    let rows = refused
        .split("\n### ")
        .skip(1)
        .map(|row| row.split_once('\n').unwrap());
    rows.map(|(title, text)| (title.to_owned(), text.to_owned()))
        .collect()
}

#[test]
fn the_page_gives_every_reason_and_no_other() {
    let given: Vec<String> = refused_on_the_page()
        .into_iter()
        .map(|(title, _)| title)
        .collect();
    let titles: Vec<&str> = REASONS.iter().map(|reason| reason.title).collect();
    assert_eq!(given, titles);
}

#[test]
fn the_page_shows_what_is_refused_and_what_to_write_instead() {
    for (title, text) in refused_on_the_page() {
        let Some((_, example)) = text.split_once("```handlebars\n") else {
            continue;
        };
        let example: Vec<&str> = example
            .lines()
            .take_while(|line| !line.starts_with("```"))
            .collect();
        let [wrong, right] = example[..] else {
            panic!("{title}: an example has two lines");
        };
        let case = |template: &str| {
            let input =
                json!({"a": 1, "b": 2, "items": ["x"], "user": {"name": "Ada"}, "emoji": "😀"});
            let partials = json!({"short": "s", "long": "l"});
            Case::of(&json!({"template": template, "partials": partials, "input": input}))
        };
        let why = ours(&case(wrong)).expect_err(wrong);
        assert_eq!(reason_of(&why), Some(title.as_str()), "{wrong}: {why}");
        let rendered = ours(&case(right)).map(|rendered| rendered.text);
        assert!(rendered.is_ok(), "{title}: {right}: {rendered:?}");
    }
}
