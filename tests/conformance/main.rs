//! Every case of dotprompt's own specification (google/dotprompt, `spec/`), through the program.
//!
//! The facts are the specification's, the words and values are ours; `official` runs the original
//! files. A case renders one document and compares the whole answer.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that fails says why by failing, and nobody calls it"
)]

/// Makes each named case a test, and a list of the names, so that they can be counted.
macro_rules! cases {
    ($($name:ident: $case:expr;)+) => {
        pub const CASES: &[&str] = &[$(stringify!($name)),+];

        $(
            #[test]
            fn $name() {
                $case.holds();
            }
        )+
    };
}

mod case;
mod history;
mod if_equals;
mod json;
mod media;
mod metadata;
mod official;
mod partials;
mod picoschema_objects;
mod picoschema_scalars;
mod role;
mod section;
mod unicode_scripts;
mod unicode_texts;
mod unless_equals;
mod variables;
mod whitespace;

/// The specification's files, how many cases each has, and how many of them are here.
const FILES: [(&str, usize, usize); 13] = [
    ("helpers/history", 2, history::CASES.len()),
    ("helpers/ifEquals", 8, if_equals::CASES.len()),
    ("helpers/json", 6, json::CASES.len()),
    ("helpers/media", 4, media::CASES.len()),
    ("helpers/role", 3, role::CASES.len()),
    ("helpers/section", 2, section::CASES.len()),
    ("helpers/unlessEquals", 8, unless_equals::CASES.len()),
    ("metadata", 8, metadata::CASES.len()),
    ("partials", 6, partials::CASES.len()),
    (
        "picoschema",
        19,
        picoschema_scalars::CASES.len() + picoschema_objects::CASES.len(),
    ),
    (
        "unicode",
        39,
        unicode_scripts::CASES.len() + unicode_texts::CASES.len(),
    ),
    ("variables", 4, variables::CASES.len()),
    ("whitespace", 8, whitespace::CASES.len()),
];

#[test]
fn has_every_case_of_the_specification() {
    let mut all = 0;
    for (file, specified, here) in FILES {
        assert_eq!(here, specified, "cases of {file}");
        all += here;
    }
    println!("{all} cases");
    assert_eq!(all, 117);
}
