use std::fs;

use snapbox::str;

use crate::sandbox::{GREETING, sandbox, with_greeting, with_partial, with_versions};

const LOG: &str = "prompts/greeting/changelog.jsonl";

#[test]
fn a_version_file_that_was_edited_by_hand() {
    let sandbox = with_greeting();
    sandbox.file("prompts/greeting/1.0.0.prompt", "Mine\n");
    sandbox.refuses(["render", "greeting", "--var", "who=Ada"], 4, str![[r#"
error: `prompts/greeting/1.0.0.prompt` was changed after it was published: its SHA-256 begins e69c2b8d22c0, the changelog says 0bf8184aa99c
hint: `git checkout -- prompts/greeting/1.0.0.prompt` brings it back; publish your edit with `promptctl patch greeting --file FILE`

"#]]);
    sandbox.refuses(["diff", "greeting"], 4, str![[r#"
error: `prompts/greeting/1.0.0.prompt` was changed after it was published: its SHA-256 begins e69c2b8d22c0, the changelog says 0bf8184aa99c
hint: `git checkout -- prompts/greeting/1.0.0.prompt` brings it back; publish your edit with `promptctl patch greeting --file FILE`

"#]]);
    sandbox.refuses(["create", "copy", "--copy", "greeting"], 4, str![[r#"
error: `prompts/greeting/1.0.0.prompt` was changed after it was published: its SHA-256 begins e69c2b8d22c0, the changelog says 0bf8184aa99c
hint: `git checkout -- prompts/greeting/1.0.0.prompt` brings it back; publish your edit with `promptctl patch greeting --file FILE`

"#]]);
}

#[test]
fn a_log_line_that_was_edited_by_hand() {
    let sandbox = with_versions();
    sandbox.file(LOG, sandbox.read(LOG).replace("Ada", "Eve"));
    sandbox.refuses(["log", "greeting"], 4, str![[r#"
error: `prompts/greeting/changelog.jsonl`, line 1: the line was changed: its bytes give the id 4fbcd04b3964…, it says 44f102ac9290…
hint: `git checkout -- prompts/greeting/changelog.jsonl` brings the committed log back; `promptctl resolve greeting` keeps every line that verifies

"#]]);
    sandbox.refuses(["patch", "greeting", "-m", "Hm"], 4, str![[r#"
error: `prompts/greeting/changelog.jsonl`, line 1: the line was changed: its bytes give the id 4fbcd04b3964…, it says 44f102ac9290…
hint: `git checkout -- prompts/greeting/changelog.jsonl` brings the committed log back; `promptctl resolve greeting` keeps every line that verifies

"#]]);
}

#[test]
fn a_conflict_marker_in_a_log() {
    let sandbox = with_versions();
    sandbox.file(LOG, format!("{}=======\n", sandbox.read(LOG)));
    sandbox.refuses(
        ["show", "greeting"],
        4,
        str![[r#"
error: `prompts/greeting/changelog.jsonl`, line 4: a conflict marker of git stands here
hint: `promptctl resolve greeting` keeps the events of both sides

"#]],
    );
    sandbox.refuses(
        ["promote", "greeting"],
        4,
        str![[r#"
error: `prompts/greeting/changelog.jsonl`, line 4: a conflict marker of git stands here
hint: `promptctl resolve greeting` keeps the events of both sides

"#]],
    );
}

#[test]
fn a_conflict_marker_in_a_draft() {
    let sandbox = with_greeting();
    sandbox.draft(
        "greeting",
        "<<<<<<< ours\nHello\n=======\nHi\n>>>>>>> theirs\n",
    );
    sandbox.refuses(["patch", "greeting", "-m", "Hm"], 2, str![[r#"
error: `prompts/greeting/draft.prompt`, line 1, column 1: a conflict marker of git stands here (and 1 more)
 --> prompts/greeting/draft.prompt:1:1
1 | <<<<<<< ours
  | ^^^^^^^^^^^^
hint: edit the file: keep what should stay and delete the marker lines
also: a conflict marker of git stands here
 --> prompts/greeting/draft.prompt:5:1
5 | >>>>>>> theirs
  | ^^^^^^^^^^^^^^
hint: edit the file: keep what should stay and delete the marker lines

"#]]);
}

#[test]
fn a_text_that_is_not_utf8() {
    let sandbox = with_greeting();
    sandbox.file("prompts/greeting/draft.prompt", [b'H', b'i', 0xff]);
    sandbox.refuses(
        ["patch", "greeting", "-m", "Hm"],
        2,
        str![[r#"
error: `prompts/greeting/draft.prompt` is not UTF-8: line 1, byte 2
hint: save it as UTF-8

"#]],
    );
    sandbox.file("bad.prompt", [b'a', b'\n', 0xc3, 0x28]);
    sandbox.refuses(
        ["create", "new", "--file", "bad.prompt"],
        2,
        str![[r#"
error: `bad.prompt` is not UTF-8: line 2, byte 2
hint: save it as UTF-8

"#]],
    );
}

#[test]
fn a_damaged_prompt_hides_no_other() {
    let sandbox = with_partial();
    sandbox.draft("greeting", GREETING);
    sandbox.run(["create", "greeting"]).succeeds();
    let log = sandbox.read("prompts/shared/tone/changelog.jsonl");
    sandbox.file(
        "prompts/shared/tone/changelog.jsonl",
        log.replace("First", "Frist"),
    );
    sandbox
        .run(["list"])
        .exits(4)
        .prints(str![[r#"
NAME            LATEST  LABELS      CHANGED  DRAFT
greeting        1.0.0   production  now      -
support/triage  1.0.0   production  now      -

"#]])
        .complains(str![[r#"
warning: `shared/tone` cannot be read: `prompts/shared/tone/changelog.jsonl`, line 1: the line was changed: its bytes give the id fc471c3836c8…, it says 3ecd3965361f…
hint: `git checkout -- prompts/shared/tone/changelog.jsonl` brings the committed log back; `promptctl resolve shared/tone` keeps every line that verifies

"#]]);
    let json = sandbox.run(["list", "--format", "json"]);
    assert_eq!(json.exits(4).json()["unreadable"][0]["name"], "shared/tone");
}

#[test]
fn a_file_of_another_person_in_place_of_the_folder() {
    let sandbox = sandbox();
    fs::remove_dir(sandbox.join("prompts")).unwrap();
    sandbox.file("prompts", "a file\n");
    sandbox.file("text.prompt", GREETING);
    sandbox.refuses(
        ["create", "greeting", "--file", "text.prompt"],
        4,
        str![[r#"
error: cannot create `[ROOT]/prompts/greeting`: not a directory

"#]],
    );
}
