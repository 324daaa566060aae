use snapbox::str;

use crate::sandbox::{GREETING, with_greeting, with_partial, with_versions};

#[test]
fn says_that_all_is_well() {
    with_partial().run(["status"]).succeeds().prints(str![[r#"
2 prompts: no unpublished edits, no label behind

"#]]);
}

#[test]
fn shows_what_is_edited_and_what_is_behind() {
    let sandbox = with_versions();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Half done"));
    sandbox.draft("new/one", GREETING);
    sandbox.run(["status"]).succeeds().prints(str![[r#"
greeting
  the draft has unpublished edits
    `promptctl diff greeting` shows them, `promptctl patch greeting -m WHY` publishes them
  production is at 1.0.1; 1.1.0 is the latest (newer since 2026-11-20)
new/one
  the draft was never published
    `promptctl create new/one` publishes it

"#]]);
}

#[test]
fn shows_that_a_draft_is_missing_and_how_to_make_one() {
    let sandbox = with_greeting();
    sandbox.remove("prompts/greeting/draft.prompt");
    sandbox.run(["status"]).succeeds().prints(str![[r#"
greeting
  there is no draft
    `promptctl show greeting > prompts/greeting/draft.prompt` makes one

"#]]);
}

#[test]
fn is_silent_about_retired_prompts() {
    let sandbox = with_versions();
    sandbox.run(["retire", "greeting", "--unlabel"]).succeeds();
    sandbox.run(["status"]).succeeds().prints(str![[r#"
0 prompts: no unpublished edits, no label behind

"#]]);
}

#[test]
fn shows_the_others_beside_a_damaged_log() {
    let sandbox = with_partial();
    sandbox.draft("greeting", GREETING);
    sandbox.file("prompts/shared/tone/changelog.jsonl", "no event\n");
    sandbox
        .run(["status"])
        .exits(4)
        .prints(str![[r#"
greeting
  the draft was never published
    `promptctl create greeting` publishes it

"#]])
        .complains(str![[r#"
warning: `shared/tone` cannot be read: `prompts/shared/tone/changelog.jsonl`, line 1: column 1: expected `{"id":`
hint: `git checkout -- prompts/shared/tone/changelog.jsonl` brings the committed log back; `promptctl resolve shared/tone` keeps every line that verifies

"#]]);
}
