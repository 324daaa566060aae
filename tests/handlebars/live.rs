//! Random templates through this program and through handlebars.js at once.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

use crate::cases::recorded;
use crate::engine::{Case, difference, ours};
use crate::generate::Generator;
use crate::refusals::reason_of;

/// What `engine.mjs` and node themselves give up at, where this program may go on; the last one is about
/// contexts with a member `toString`, which JavaScript compares with a text or a number.
const THEIR_LIMITS: &[&str] = &[
    "too many partial calls",
    "too many blocks",
    "the text is too long",
    "Maximum call stack size exceeded",
    "Cannot convert object to primitive value",
];

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().expect("a number"))
}

/// How the two answers to one case compare.
enum Verdict {
    Same,
    BothRefuse,
    Refused(&'static str),
    TheirLimit,
    Wrong(String),
}

fn compare(case: &Case, theirs: &Value) -> Verdict {
    let ours = ours(case);
    match (&ours, theirs["text"].as_str(), theirs["error"].as_str()) {
        (Ok(ours), Some(theirs), _) => match difference(case, ours, theirs) {
            Some(difference) => Verdict::Wrong(difference),
            None => Verdict::Same,
        },
        (Err(_), None, Some(_)) => Verdict::BothRefuse,
        (Err(ours), Some(theirs), _) => match reason_of(ours) {
            Some(reason) => Verdict::Refused(reason),
            None => Verdict::Wrong(format!(
                "  theirs {theirs:?}\n  refused without a reason: {ours}"
            )),
        },
        (Ok(_), None, Some(theirs)) if THEIR_LIMITS.contains(&theirs) => Verdict::TheirLimit,
        (Ok(ours), None, Some(theirs)) => {
            Verdict::Wrong(format!("  their error {theirs}\n  ours   {:?}", ours.text))
        }
        (_, None, None) => Verdict::Wrong(format!("  no answer: {theirs}")),
    }
}

#[test]
#[ignore = "needs node and handlebars: just differential"]
fn compares_100_000_templates_with_handlebars_js() {
    let (count, seed) = (setting("COUNT", 100_000), setting("SEED", 1));
    let recorded: Vec<Case> = recorded()
        .into_iter()
        .map(|recorded| recorded.case)
        .collect();
    let server = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/handlebars/serve.mjs");
    let mut node = Command::new("node")
        .arg(server)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node can be started");
    let mut questions = node.stdin.take().unwrap();
    let mut answers = BufReader::new(node.stdout.take().unwrap()).lines();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    thread::scope(|threads| {
        // The same seed twice: the questions run ahead of the answers.
        let mut asked = Generator::new(seed, &recorded, false);
        threads.spawn(move || {
            for _ in 0..count {
                // Where node has ended, the missing answer says so.
                if writeln!(questions, "{}", asked.case().to_json()).is_err() {
                    break;
                }
            }
        });
        let mut cases = Generator::new(seed, &recorded, false);
        for _ in 0..count {
            let case = cases.case();
            let answer = answers
                .next()
                .expect("node answers: is handlebars installed?")
                .unwrap();
            let class = match compare(&case, &serde_json::from_str(&answer).unwrap()) {
                Verdict::Same => "both render, alike".to_owned(),
                Verdict::BothRefuse => "both refuse".to_owned(),
                Verdict::TheirLimit => "handlebars.js gives up".to_owned(),
                Verdict::Refused(reason) => format!("refused here: {reason}"),
                Verdict::Wrong(why) => {
                    wrong.push(format!("{}\n{why}", case.to_json()));
                    "WRONG".to_owned()
                }
            };
            *counts.entry(class).or_default() += 1;
        }
    });
    assert!(node.wait().unwrap().success());
    println!("{count} templates, seed {seed}");
    for (class, count) in counts {
        println!("{count:8} {class}");
    }
    wrong.sort_by_key(String::len);
    let shown = wrong
        .iter()
        .take(40)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n");
    assert!(
        wrong.is_empty(),
        "{} are wrong, the shortest:\n{shown}",
        wrong.len()
    );
}
