use snapbox::str;

use crate::sandbox::{GREETING, Sandbox, with_greeting, with_versions};

/// The id of the event that published a version.
fn event_of(sandbox: &Sandbox, version: &str) -> String {
    let log = sandbox.run(["log", "greeting", "--format", "json"]).json();
    let events = log["events"].as_array().unwrap();
    let event = events
        .iter()
        .find(|event| event["version"] == version && event["op"] != "promote")
        .unwrap();
    event["id"].as_str().unwrap().to_owned()
}

#[test]
fn lets_a_version_count_no_more() {
    let sandbox = with_versions();
    let id = event_of(&sandbox, "1.0.0");
    sandbox
        .run(["void", "greeting", &id[..12], "-m", "A name was in it"])
        .succeeds()
        .prints(str![[r#"
greeting@1.0.0 is void

"#]])
        .complains(str![[r#"
its file may go: `git rm prompts/greeting/1.0.0.prompt`; git's own history keeps it until you rewrite that

"#]]);
    sandbox.remove("prompts/greeting/1.0.0.prompt");
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 2 versions

"#]]);
    sandbox.refuses(
        ["show", "greeting@1.0.0"],
        2,
        str![[r#"
error: `greeting@1.0.0` was voided
hint: `promptctl log greeting` shows the versions there are

"#]],
    );
    sandbox.run(["log", "greeting"]).succeeds().prints(str![[r#"
a74e5d70876c void 1.0.0
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  A name was in it
b7d23712262d create 1.1.0 -> staging
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Polite
97763be145a1 patch 1.0.1 -> production
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Less stiff
44f102ac9290 create 1.0.0 [voided] -> production
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  First version

"#]]);
}

#[test]
fn burns_the_number() {
    let sandbox = with_versions();
    let id = event_of(&sandbox, "1.0.0");
    sandbox
        .run(["void", "greeting", &id, "-m", "A name was in it"])
        .succeeds();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hey"));
    sandbox.refuses(
        ["create", "greeting", "--version", "1.0.0", "-m", "Again"],
        3,
        str![[r#"
error: `greeting@1.0.0` was voided, and its number is not used again
hint: the next free number is 1.0.2: `--version 1.0.2`

"#]],
    );
}

#[test]
fn does_not_publish_the_same_content_again() {
    let sandbox = with_versions();
    let id = event_of(&sandbox, "1.0.0");
    sandbox
        .run(["void", "greeting", &id, "-m", "A name was in it"])
        .succeeds();
    sandbox.draft("greeting", GREETING);
    sandbox.refuses(
        ["create", "greeting", "--bump", "minor", "-m", "Again"],
        2,
        str![[r#"
error: this very content of `greeting` was voided and is not published again
hint: change the text

"#]],
    );
}

#[test]
fn writes_nothing_the_second_time() {
    let sandbox = with_versions();
    let id = event_of(&sandbox, "1.0.0");
    let void = ["void", "greeting", id.as_str(), "-m", "A name was in it"];
    sandbox.run(void).succeeds();
    let before = sandbox.disk();
    sandbox.run(void).succeeds().prints(str![[r#"
greeting@1.0.0 is void already; nothing was written

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn refuses_what_a_label_points_to() {
    let sandbox = with_versions();
    let id = event_of(&sandbox, "1.1.0");
    sandbox.refuses(["void", "greeting", &id, "-m", "Out"], 3, str![[r#"
error: the label `staging` of `greeting` points to this version
hint: move it first (`promptctl promote greeting@V --label staging`), or take it away: `promptctl promote greeting --label staging --remove`

"#]]);
}

#[test]
fn refuses_without_a_message() {
    let sandbox = with_versions();
    let id = event_of(&sandbox, "1.0.0");
    sandbox.refuses(
        ["void", "greeting", &id],
        2,
        str![[r#"
error: this needs a message: it stays in the changelog for good
hint: say why, with `-m 'Ask for the order number'`

"#]],
    );
}

#[test]
fn refuses_what_is_no_publication() {
    let sandbox = with_greeting();
    sandbox
        .run(["note", "greeting", "-m", "Reviewed"])
        .succeeds();
    let log = sandbox.run(["log", "greeting", "--format", "json"]).json();
    let id = log["events"][0]["id"].as_str().unwrap().to_owned();
    sandbox.refuses(
        ["void", "greeting", &id, "-m", "Out"],
        2,
        str![[r#"
error: event c3664e21b041 is a `note` and published nothing
hint: `promptctl log greeting` shows the ids of publications

"#]],
    );
}

#[test]
fn refuses_ids_that_are_not_there() {
    let sandbox = with_greeting();
    sandbox.refuses(
        ["void", "greeting", "0000", "-m", "Out"],
        2,
        str![[r#"
error: `greeting` has no event 0000
hint: `promptctl log greeting` shows the ids

"#]],
    );
    sandbox.refuses(
        ["void", "greeting", "44f", "-m", "Out"],
        2,
        str![[r#"
error: `44f` is no id of an event: at least 4 of its 64 digits are needed
hint: `promptctl log greeting` shows the ids

"#]],
    );
    sandbox.refuses(
        ["void", "greeting", "1.0.0", "-m", "Out"],
        2,
        str![[r#"
error: `1.0.0` is no id of an event: at least 4 of its 64 digits are needed
hint: `promptctl log greeting` shows the ids

"#]],
    );
}

#[test]
fn goes_on_rendering_pins_while_the_file_is_there() {
    let sandbox = crate::sandbox::with_partial();
    let render = ["render", "support/triage", "--example", "refund"];
    let before = sandbox.run(render).stdout();
    sandbox.draft("shared/tone", "---\ndescription: Tone\n---\nBe brief.\n");
    sandbox
        .run(["patch", "shared/tone", "-m", "Brevity"])
        .succeeds();
    let log = sandbox
        .run(["log", "shared/tone", "--format", "json"])
        .json();
    let id = log["events"][1]["id"].as_str().unwrap().to_owned();
    sandbox
        .run(["void", "shared/tone", &id, "-m", "A name was in it"])
        .succeeds();
    sandbox.run(render).succeeds().prints(&before);
    sandbox.remove("prompts/shared/tone/1.0.0.prompt");
    sandbox.run(render).exits(2).complains(str![[r#"
error: `shared/tone@1.0.0` was voided, and its file is gone
hint: publish what includes it again, with another version of it

"#]]);
}
