//! One content under two numbers: what a revert makes, and what a merge makes of it.

use crate::sandbox::{GREETING, Sandbox, with_greeting};

const EDITED: &str = "Dear {{who}},\n";
const OURS: &str = "Good day {{who}},\n";

/// 1.0.0 and 1.0.1; then side reverts to 1.0.0 as 1.0.2 while main patches to another 1.0.2.
fn merged() -> Sandbox {
    let sandbox = with_greeting();
    sandbox.git(["init", "-q", "-b", "main"]).succeeds();
    sandbox.draft("greeting", EDITED);
    sandbox
        .run(["patch", "greeting", "-m", "Be formal"])
        .succeeds();
    commit(&sandbox);
    sandbox.git(["checkout", "-q", "-b", "side"]).succeeds();
    sandbox
        .run(["revert", "greeting", "--to", "1.0.0", "-m", "Back"])
        .succeeds();
    commit(&sandbox);
    sandbox.git(["checkout", "-q", "main"]).succeeds();
    sandbox.draft("greeting", OURS);
    sandbox
        .run(["patch", "greeting", "-m", "Be polite"])
        .succeeds();
    commit(&sandbox);
    sandbox.git(["merge", "-q", "--no-edit", "side"]);
    sandbox.run(["show", "greeting@1.0.2"]).exits(3);
    sandbox
}

fn commit(sandbox: &Sandbox) {
    sandbox.git(["add", "-A"]).succeeds();
    sandbox.git(["commit", "-q", "-m", "x"]).succeeds();
}

fn shows(sandbox: &Sandbox, reference: &str, text: &str) {
    assert_eq!(
        sandbox.run(["show", reference]).succeeds().stdout(),
        text,
        "{reference}"
    );
}

#[test]
fn ours_stays_ours_though_theirs_is_an_old_text() {
    let sandbox = merged();
    sandbox
        .run(["resolve", "greeting", "--keep", "ours"])
        .succeeds();
    shows(&sandbox, "greeting@1.0.2", OURS);
    shows(&sandbox, "greeting@1.0.3", GREETING);
    sandbox.run(["validate"]).succeeds();
}

#[test]
fn a_void_follows_what_it_takes_to_its_new_number_and_leaves_the_twin() {
    let sandbox = merged();
    sandbox
        .run(["resolve", "greeting", "--keep", "ours"])
        .succeeds();
    let log = sandbox.run(["log", "greeting", "--format", "json"]).json();
    let events = log["events"].as_array().unwrap();
    let revert = events
        .iter()
        .find(|event| event["copy"].is_string())
        .unwrap();
    let id = revert["id"].as_str().unwrap();
    let voided = [
        "void",
        "greeting",
        id,
        "-m",
        "A mistake",
        "--format",
        "json",
    ];
    let voided = sandbox.run(voided).succeeds().json();
    assert_eq!(
        voided["files"],
        serde_json::json!(["prompts/greeting/1.0.3.prompt"])
    );
    sandbox
        .run(["show", "greeting@1.0.3"])
        .exits(2)
        .mentions("voided");
    shows(&sandbox, "greeting@1.0.0", GREETING);
    shows(&sandbox, "greeting@1.0.2", OURS);
    sandbox.remove("prompts/greeting/1.0.3.prompt");
    sandbox.run(["validate"]).succeeds();
}

#[test]
fn a_draft_that_was_merged_by_hand_is_left_alone() {
    let sandbox = merged();
    sandbox.draft("greeting", "By hand {{who}}\n");
    sandbox
        .run(["resolve", "greeting", "--keep", "ours", "--dry-run"])
        .succeeds();
    sandbox
        .run(["resolve", "greeting", "--keep", "ours"])
        .succeeds()
        .mentions("was left alone");
    assert_eq!(
        sandbox.read("prompts/greeting/draft.prompt"),
        "By hand {{who}}\n"
    );
}

#[test]
fn a_draft_with_markers_becomes_the_kept_text_and_a_copy_is_kept() {
    let sandbox = merged();
    let marked = sandbox.read("prompts/greeting/draft.prompt");
    assert!(marked.contains("<<<<<<<"), "{marked}");
    sandbox
        .run(["resolve", "greeting", "--keep", "ours"])
        .succeeds()
        .mentions("what was there is kept as");
    assert_eq!(sandbox.read("prompts/greeting/draft.prompt"), OURS);
    let kept = sandbox
        .files()
        .into_iter()
        .find(|path| path.ends_with("draft.prompt") && path.contains("recovered"));
    assert_eq!(sandbox.read(&kept.unwrap()), marked);
}
