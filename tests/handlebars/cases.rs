//! The recorded cases: what handlebars.js renders is rendered alike, or refused for a reason that
//! `docs/handlebars.md` gives.

use serde_json::Value;

use crate::engine::{Case, ours, without_markers};
use crate::refusals::reason_of;

fn cases() -> Vec<(String, Case, Result<String, String>)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/handlebars/cases.json");
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let read = |case: &Value| {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let expected = text(&case["expect"]["text"])
            .map(|text| without_markers(&text))
            .ok_or_else(|| text(&case["expect"]["error"]).expect("a text or an error"));
        (text(&case["name"]).unwrap(), Case::of(case), expected)
    };
    cases.iter().map(read).collect()
}

#[test]
fn renders_what_handlebars_js_renders() {
    let cases = cases();
    let (mut equal, mut refused, mut wrong) = (0, 0, Vec::new());
    for (name, case, expected) in &cases {
        let found = ours(case);
        match (&found, expected) {
            (Ok(found), Ok(expected)) if found == expected => equal += 1,
            (Err(_), Err(_)) => equal += 1,
            (Err(why), Ok(_)) if reason_of(why).is_some() => refused += 1,
            _ => wrong.push(format!(
                "{name}\n  {case:?}\n  expected {expected:?}\n  found    {found:?}"
            )),
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
    let refused: Vec<&str> = cases()
        .iter()
        .filter(|(_, _, expected)| expected.is_ok())
        .filter_map(|(_, case, _)| reason_of(&ours(case).err()?))
        .collect();
    for reason in crate::refusals::REASONS {
        assert!(
            refused.contains(&reason.title),
            "no case is refused for `{}`",
            reason.title
        );
    }
}
