//! Git that moves commits about: cherry-pick, squash and rebase, where no merge commit tells later
//! who was who.

use crate::inspect::wording;
use crate::merged::{Merged, commit, with_attributes};
use crate::sandbox::Sandbox;

fn patches(words: &'static str) -> impl Fn(&Sandbox) {
    move |sandbox| {
        sandbox.draft("greeting", &wording(words));
        sandbox.run(["patch", "greeting", "-m", words]).succeeds();
    }
}

/// Two branches that both patched, `main` checked out.
fn branches(has_attributes: bool) -> Merged {
    let sides: [&dyn Fn(&Sandbox); 2] = [&patches("Ours"), &patches("Theirs")];
    Merged::of_branches(with_attributes(has_attributes), "greeting", sides)
}

/// Runs git without being asked for words.
fn git_goes_on(sandbox: &Sandbox, args: [&str; 2]) {
    sandbox.git(["add", "-A"]).succeeds();
    sandbox
        .git(["-c", "core.editor=true", args[0], args[1]])
        .succeeds();
}

/// Every setting of attributes and every choice.
fn each(act: impl Fn(bool, &str)) {
    for has_attributes in [true, false] {
        for keep in ["ours", "theirs"] {
            println!("attributes: {has_attributes}, --keep {keep}");
            act(has_attributes, keep);
        }
    }
}

/// Of the two patches the kept one is live.
fn keeps(merged: &Merged, keep: &str) {
    let (kept, other) = match keep {
        "ours" => ("Ours", "Theirs"),
        _ => ("Theirs", "Ours"),
    };
    merged.shows("greeting@1.0.1", &wording(kept));
    merged.shows("greeting@1.0.2", &wording(other));
    merged.shows("greeting", &wording(kept));
}

#[test]
fn a_squash_is_settled_while_git_still_has_both_sides() {
    each(|has_attributes, keep| {
        let merged = branches(has_attributes);
        merged.sandbox.git(["merge", "-q", "--squash", "side"]);
        merged.fails_closed();
        merged.asks_for_a_choice(["Ours", "Theirs"]);
        merged.resolves(&["--keep", keep]);
        merged.is_in_order();
        keeps(&merged, keep);
    });
}

#[test]
fn a_squash_that_was_committed_is_settled_with_the_file_that_the_hint_asks_for() {
    each(|has_attributes, keep| {
        let merged = branches(has_attributes);
        let sandbox = &merged.sandbox;
        sandbox.git(["merge", "-q", "--squash", "side"]);
        commit(sandbox, "Squashed");
        merged.fails_closed();
        let args = ["resolve", "greeting", "--keep", keep];
        let refused = sandbox.run(args);
        if refused.status().code() != Some(0) {
            // The other side's bytes are on a branch that no commit here leads to.
            refused
                .exits(4)
                .mentions("bring the branch that published it, or its file as");
            let hint = refused.stderr();
            let after = hint.split("its file as `").nth(1).unwrap();
            sandbox.file(after.split('`').next().unwrap(), wording("Theirs"));
        }
        merged.resolves(&["--keep", keep]);
        sandbox.draft("greeting", &merged.text_of("greeting"));
        merged.is_in_order();
        keeps(&merged, keep);
    });
}

#[test]
fn a_rebase_is_settled_before_it_goes_on() {
    each(|has_attributes, keep| {
        let merged = branches(has_attributes);
        let sandbox = &merged.sandbox;
        sandbox.git(["checkout", "-q", "side"]).succeeds();
        // In a rebase ours is the branch that the commits are put upon.
        sandbox.git(["rebase", "-q", "main"]);
        merged.fails_closed();
        merged.asks_for_a_choice(["Ours", "Theirs"]);
        merged.resolves(&["--keep", keep]);
        git_goes_on(sandbox, ["rebase", "--continue"]);
        merged.is_in_order();
        keeps(&merged, keep);
    });
}

#[test]
fn a_rebase_that_went_on_is_settled_afterwards() {
    each(|has_attributes, keep| {
        let merged = branches(has_attributes);
        let sandbox = &merged.sandbox;
        sandbox.git(["checkout", "-q", "side"]).succeeds();
        sandbox.git(["rebase", "-q", "main"]);
        git_goes_on(sandbox, ["rebase", "--continue"]);
        merged.fails_closed();
        merged.resolves(&["--keep", keep]);
        sandbox.draft("greeting", &merged.text_of("greeting"));
        merged.is_in_order();
        if has_attributes {
            keeps(&merged, keep);
        }
    });
}

/// A branch with two patches, each in a commit; only the second is picked.
fn picked(has_attributes: bool, is_patched_here: bool) -> Merged {
    let sandbox = with_attributes(has_attributes);
    let theirs = |sandbox: &Sandbox| {
        patches("Theirs")(sandbox);
        commit(sandbox, "Theirs");
        patches("Theirs 2")(sandbox);
    };
    let ours = |sandbox: &Sandbox| {
        if is_patched_here {
            patches("Ours")(sandbox);
        }
    };
    let merged = Merged::of_branches(sandbox, "greeting", [&ours, &theirs]);
    merged.sandbox.git(["cherry-pick", "side"]);
    merged
}

#[test]
fn a_picked_commit_brings_what_it_builds_upon() {
    for has_attributes in [true, false] {
        let merged = picked(has_attributes, false);
        assert!(
            !crate::inspect::errors(&merged.sandbox).is_empty(),
            "nothing is said of it"
        );
        merged.resolves(&[]);
        merged.shows("greeting", &wording("Theirs 2"));
        merged.shows("greeting@1.0.1", &wording("Theirs"));
        merged.is_in_order();
    }
}

#[test]
fn a_picked_commit_that_disagrees_is_settled() {
    each(|has_attributes, keep| {
        let merged = picked(has_attributes, true);
        merged.fails_closed();
        merged.asks_for_a_choice(["Ours", "Theirs"]);
        merged.resolves(&["--keep", keep]);
        let kept = if keep == "ours" { "Ours" } else { "Theirs 2" };
        merged.shows("greeting", &wording(kept));
        merged.is_in_order();
    });
}

#[test]
fn a_picked_commit_without_the_events_before_it_is_flagged_and_settled() {
    let merged = picked(true, false);
    let sandbox = &merged.sandbox;
    sandbox.git(["cherry-pick", "--abort"]).succeeds();
    // As `-X theirs`, a patch by mail or a hand might do it: the last line alone.
    let log = sandbox
        .git(["show", "side:prompts/greeting/changelog.jsonl"])
        .stdout();
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    sandbox.file(
        "prompts/greeting/changelog.jsonl",
        [lines[0], lines[2]].concat(),
    );
    sandbox.file("prompts/greeting/1.0.2.prompt", wording("Theirs 2"));
    sandbox.draft("greeting", &wording("Theirs 2"));
    commit(sandbox, "By mail");
    let errors = crate::inspect::errors(sandbox);
    assert!(
        errors
            .iter()
            .any(|error| error.starts_with("log-parent-missing")),
        "{errors:?}"
    );
    sandbox
        .run(["show", "greeting"])
        .exits(3)
        .mentions("resolve");
    // The lost event moved the label; what it did is not known, so somebody has to say.
    merged.asks_for_a_choice(["1.0.0", "1.0.2"]);
    merged.resolves(&["--take", "production=1.0.2"]);
    assert_eq!(crate::inspect::errors(sandbox), Vec::<String>::new());
    merged.shows("greeting", &wording("Theirs 2"));
    sandbox
        .run(["patch", "greeting", "-m", "Nothing new"])
        .succeeds()
        .mentions("1.0.2");
}
