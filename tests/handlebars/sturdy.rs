//! Random templates through this program alone: no panic, no end without a word, no role from a value.

use promptctl::text::template::Message;

use crate::cases::recorded;
use crate::engine::{Case, ours};
use crate::generate::Generator;

/// Tells whether a role stands in a text, as a template writes it.
fn writes_role(text: &str, role: &str) -> bool {
    text.match_indices("role").any(|(at, word)| {
        let rest = text[at + word.len()..].trim_start();
        let rest = rest
            .strip_prefix(['"', '\''])
            .and_then(|rest| rest.strip_prefix(role));
        rest.is_some_and(|rest| rest.starts_with(['"', '\'']))
    })
}

fn try_random_templates(count: usize, seed: u64) {
    let recorded: Vec<Case> = recorded()
        .into_iter()
        .map(|recorded| recorded.case)
        .collect();
    let mut generator = Generator::new(seed, &recorded, true);
    let (mut rendered, mut refused) = (0, 0);
    for _ in 0..count {
        let case = generator.case();
        match ours(&case) {
            Ok(given) => {
                rendered += 1;
                let is_written = |message: &Message| {
                    let role = message.role.as_str();
                    matches!(role, "user" | "model")
                        || case.texts().any(|text| writes_role(text, role))
                };
                let wrong = given.messages.iter().find(|message| !is_written(message));
                assert!(wrong.is_none(), "{case:?} gives {wrong:?}");
            }
            Err(why) => {
                refused += 1;
                assert!(!why.trim().is_empty(), "{case:?} is refused without a word");
                assert!(!why.contains("broke down"), "{case:?} panics: {why}");
            }
        }
    }
    println!("{count} templates: {rendered} rendered, {refused} refused");
    assert!(rendered > count / 5 && refused > count / 20);
}

#[test]
fn random_templates_are_rendered_or_refused() {
    try_random_templates(20_000, 1);
}

#[test]
#[ignore = "takes a minute: just differential"]
fn many_random_templates_are_rendered_or_refused() {
    try_random_templates(100_000, 2);
}
