//! Real git merges of branches that both wrote: nothing is lost, the conflict is shown and fails
//! closed, `resolve` settles it.

use crate::inspect::{EDITED, wording};
use crate::merged::{Merged, When, with_attributes};
use crate::sandbox::{GREETING, Sandbox};

const SIDES: [&str; 2] = ["ours", "theirs"];

/// What was on both sides, and who wins, before and after the merge is committed.
fn is_settled_in_every_way(
    base: impl Fn(&Sandbox),
    sides: [&dyn Fn(&Sandbox); 2],
    name: &'static str,
    check: impl Fn(&Merged, &str),
) {
    for has_attributes in [true, false] {
        for when in [When::BeforeTheCommit, When::AfterTheCommit] {
            for keep in SIDES {
                let sandbox = with_attributes(has_attributes);
                base(&sandbox);
                let merged = Merged::by_merge(sandbox, name, sides, &[], when);
                println!("attributes: {has_attributes}, {when:?}, --keep {keep}");
                merged.fails_closed();
                merged.asks_for_a_choice(SIDES);
                merged.resolves(&["--keep", keep]);
                merged.is_in_order();
                check(&merged, keep);
            }
        }
    }
}

fn patches(words: &'static str) -> impl Fn(&Sandbox) {
    move |sandbox| {
        sandbox.draft("greeting", &wording(words));
        sandbox.run(["patch", "greeting", "-m", words]).succeeds();
    }
}

fn creates(words: &'static str) -> impl Fn(&Sandbox) {
    move |sandbox| {
        sandbox.draft("farewell", &wording(words));
        sandbox.run(["create", "farewell", "-m", words]).succeeds();
    }
}

fn promotes(version: &'static str) -> impl Fn(&Sandbox) {
    move |sandbox| {
        let reference = format!("greeting@{version}");
        sandbox
            .run(["promote", &reference, "--label", "staging"])
            .succeeds();
    }
}

#[test]
fn two_patches_keep_both_contents() {
    is_settled_in_every_way(
        |_| {},
        [&patches("Ours"), &patches("Theirs")],
        "greeting",
        |merged, keep| {
            let (kept, other) = match keep {
                "ours" => ("Ours", "Theirs"),
                _ => ("Theirs", "Ours"),
            };
            merged.shows("greeting@1.0.0", GREETING);
            merged.shows("greeting@1.0.1", &wording(kept));
            merged.shows("greeting@1.0.2", &wording(other));
            merged.shows("greeting", &wording(kept));
        },
    );
}

#[test]
fn three_patches_against_two_keep_all_contents() {
    let ours = |sandbox: &Sandbox| {
        for words in ["Ours", "Ours 2"] {
            patches(words)(sandbox);
        }
    };
    let theirs = |sandbox: &Sandbox| {
        for words in ["Theirs", "Theirs 2", "Theirs 3"] {
            patches(words)(sandbox);
        }
    };
    is_settled_in_every_way(
        |_| {},
        [&ours, &theirs],
        "greeting",
        |merged, keep| {
            let kept = if keep == "ours" { "Ours 2" } else { "Theirs 3" };
            merged.shows("greeting", &wording(kept));
            let versions: Vec<String> = (0..=5)
                .map(|patch| merged.text_of(&format!("greeting@1.0.{patch}")))
                .collect();
            for words in ["Ours", "Ours 2", "Theirs", "Theirs 2", "Theirs 3"] {
                assert!(versions.contains(&wording(words)), "{words} is lost");
            }
        },
    );
}

#[test]
fn two_promotions_leave_the_label_where_the_kept_side_had_it() {
    let base = |sandbox: &Sandbox| {
        patches("Middle")(sandbox);
        patches("Last")(sandbox);
    };
    is_settled_in_every_way(
        base,
        [&promotes("1.0.1"), &promotes("1.0.2")],
        "greeting",
        |merged, keep| {
            let kept = if keep == "ours" { "Middle" } else { "Last" };
            merged.shows("greeting@staging", &wording(kept));
            merged.shows("greeting", &wording("Last"));
        },
    );
}

#[test]
fn two_creations_of_one_prompt_become_one() {
    is_settled_in_every_way(
        |_| {},
        [&creates("Ours"), &creates("Theirs")],
        "farewell",
        |merged, keep| {
            let (kept, other) = match keep {
                "ours" => ("Ours", "Theirs"),
                _ => ("Theirs", "Ours"),
            };
            merged.shows("farewell@1.0.0", &wording(kept));
            merged.shows("farewell@1.0.1", &wording(other));
            merged.shows("farewell", &wording(kept));
        },
    );
}

#[test]
fn a_label_that_moved_to_what_the_other_side_retired_is_a_choice() {
    let base = |sandbox: &Sandbox| {
        sandbox.draft("greeting", EDITED);
        sandbox
            .run(["patch", "greeting", "-m", "Politer", "--no-promote"])
            .succeeds();
    };
    let retires = |sandbox: &Sandbox| {
        sandbox.run(["retire", "greeting@1.0.1"]).succeeds();
    };
    let moves = |sandbox: &Sandbox| {
        sandbox.run(["promote", "greeting@1.0.1"]).succeeds();
    };
    for has_attributes in [true, false] {
        for keep in SIDES {
            let sandbox = with_attributes(has_attributes);
            base(&sandbox);
            let merged = Merged::by_merge(
                sandbox,
                "greeting",
                [&retires, &moves],
                &[],
                When::BeforeTheCommit,
            );
            merged.fails_closed();
            merged.asks_for_a_choice(["production", "1.0.1"]);
            if keep == "theirs" {
                // Theirs has it at a version that nobody may carry any more: say which.
                let refused = merged
                    .sandbox
                    .run(["resolve", "greeting", "--keep", "theirs"]);
                refused.exits(3).mentions("--take");
                merged.resolves(&["--take", "production=1.0.0"]);
            } else {
                merged.resolves(&["--keep", "ours"]);
            }
            merged.is_in_order();
            merged.shows("greeting", GREETING);
            merged
                .sandbox
                .run(["show", "greeting@1.0.1"])
                .exits(2)
                .mentions("--retired");
        }
    }
}

#[test]
fn a_merge_that_prefers_ours_loses_nothing_of_theirs() {
    for (has_attributes, keep) in [
        (true, "ours"),
        (true, "theirs"),
        (false, "ours"),
        (false, "theirs"),
    ] {
        let sandbox = with_attributes(has_attributes);
        let sides: [&dyn Fn(&Sandbox); 2] = [&patches("Ours"), &patches("Theirs")];
        let merged = Merged::by_merge(
            sandbox,
            "greeting",
            sides,
            &["-X", "ours"],
            When::GitCommits,
        );
        println!("attributes: {has_attributes}, --keep {keep}");
        if has_attributes {
            // Git has decided nothing for us: the log has both.
            merged.fails_closed();
            merged.asks_for_a_choice(SIDES);
            merged.resolves(&["--keep", keep]);
            merged.is_in_order();
        } else {
            // Without attributes git drops the other side's line without a word. Whatever the tree
            // is then, it is whole, and what is lost is found by the base check of a later stage.
            assert_eq!(
                crate::inspect::errors(&merged.sandbox),
                Vec::<String>::new()
            );
            merged.shows("greeting", &wording("Ours"));
        }
    }
}
