//! Damage to templates: characters, tokens and whole tags that are missing, doubled or moved.

use crate::engine::Case;
use crate::grammar::TEXTS;
use crate::random::Random;

/// What a damaged template gets put in.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "{{", "}}", "{{{", "}}}", "{{{{", "}}}}", "~", "#", "/", "^", ">", "&", "!", "!--", "--", "*",
    "{{else}}", "{{^}}", "{{/if}}", "{{#if a}}", "{{/each}}", "{{#each list}}", "{{else if b}}",
    "\\", "\n", " ", "as |a b|", "as |a|", "|", "(", ")", "=", "a=b", "..", ".", "@", "[", "]",
    "[0]", "\"", "'", "this", "../", "else", "if", "{{> p}}", "{{#> p}}", "{{/p}}",
    "{{> @partial-block}}", "{{#*inline \"p\"}}", "{{/inline}}", "{{~", "~}}", "undefined",
    "null", "true", "0", "12", "-1", "{{!-- x --}}", "{{! y }}", "\t", "\r\n", "lookup", "json",
    "{{role \"system\"}}", "{{history}}", "{{a}}", "{{n}}", "{{list}}",
];

/// Puts one template behind another.
pub(crate) fn glued(random: &mut Random, one: &str, other: &str) -> String {
    format!("{one}{}{other}", random.pick(TEXTS))
}

/// Damages the template, and now and then a partial.
pub(crate) fn damage(random: &mut Random, case: &mut Case) {
    // Control characters are always refused here, so more about them tells nothing.
    case.template = case.template.replace(['\0', '\u{85}'], "x");
    for _ in 0..=random.below(3) {
        let others: Vec<String> = case.partials.keys().cloned().collect();
        if !others.is_empty() && random.chance(25) {
            let name = random.pick(&others);
            let text = damaged(random, &case.partials[&name]);
            case.partials.insert(name, text);
        } else {
            case.template = damaged(random, &case.template);
        }
    }
}

fn damaged(random: &mut Random, text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let from = random.below(chars.len() + 1);
    let to = (from + 1 + random.below(4)).min(chars.len());
    let [before, cut, after] = [
        &chars[..from],
        &chars[from..to.max(from)],
        &chars[to.max(from)..],
    ];
    let of = |parts: &[&[char]]| parts.concat().into_iter().collect::<String>();
    match random.below(6) {
        0 => of(&[before, after]),
        1 => of(&[before, cut, cut, after]),
        2 => {
            let cut: Vec<char> = cut.iter().rev().copied().collect();
            of(&[before, &cut, after])
        }
        3 | 4 => {
            let token: Vec<char> = random.pick(TOKENS).chars().collect();
            let after = if random.chance(30) {
                &[cut, after].concat()
            } else {
                after
            };
            of(&[before, &token, after])
        }
        _ => with_pieces_moved(random, text),
    }
}

/// Deletes, doubles or swaps whole tags and the texts between them.
fn with_pieces_moved(random: &mut Random, text: &str) -> String {
    let mut pieces: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let end = rest[at..].find("}}").map_or(rest.len(), |end| at + end + 2);
        pieces.extend([&rest[..at], &rest[at..end]]);
        rest = &rest[end..];
    }
    pieces.push(rest);
    let (one, other) = (random.below(pieces.len()), random.below(pieces.len()));
    match random.below(3) {
        0 => {
            pieces.remove(one);
        }
        1 => pieces.insert(one, pieces[other]),
        _ => pieces.swap(one, other),
    }
    pieces.concat()
}
