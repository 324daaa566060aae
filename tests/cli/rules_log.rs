//! One firing test for each rule about the lines of a changelog, with the place.

use snapbox::{IntoData, str};

use crate::sandbox::{GREETING, Sandbox, with_greeting, with_versions};

const LOG: &str = "prompts/greeting/changelog.jsonl";

/// What `validate` says about `greeting` once its log was changed.
#[track_caller]
fn finds(change: impl FnOnce(String) -> String, expected: impl IntoData) {
    let sandbox = changed(change);
    sandbox.run(["validate"]).exits(1).prints(expected);
}

fn changed(change: impl FnOnce(String) -> String) -> Sandbox {
    let sandbox = with_versions();
    sandbox.file(LOG, change(sandbox.read(LOG)));
    sandbox
}

#[test]
fn log_conflict_marker() {
    finds(
        |log| format!("<<<<<<< HEAD\n{log}"),
        str![[r#"
error[log-conflict-marker]: a conflict marker of git stands here
  --> prompts/greeting/changelog.jsonl:1:1
  hint: `promptctl resolve greeting` keeps the events of both sides
1 error, 0 warnings in 1 prompt, 3 versions

"#]],
    );
}

#[test]
fn log_duplicate_line() {
    let sandbox = changed(|log| {
        let last = log.lines().last().unwrap().to_owned();
        format!("{log}{last}\n")
    });
    sandbox.run(["validate", "-v"]).succeeds().prints(str![[r#"
info[log-duplicate-line]: this event stands here twice
  --> prompts/greeting/changelog.jsonl:4:1
0 errors, 0 warnings, 1 remark in 1 prompt, 3 versions

"#]]);
    sandbox
        .run(["show", "greeting@staging"])
        .succeeds()
        .complains("");
}

#[test]
fn log_id_mismatch() {
    finds(
        |log| log.replace("Less stiff", "Less stuff"),
        str![[r#"
error[log-parent-missing]: event 97763be145a1 is not in the log, and others build upon it
  --> prompts/greeting/changelog.jsonl
  hint: `promptctl resolve greeting` settles it
error[log-id-mismatch]: the line was changed: its bytes give the id 7a75b5ee4928…, it says 97763be145a1…
  --> prompts/greeting/changelog.jsonl:2:1
  hint: `git checkout -- prompts/greeting/changelog.jsonl` brings the committed log back; `promptctl resolve greeting` keeps every line that verifies
2 errors, 0 warnings, 1 remark in 1 prompt, 3 versions

"#]],
    );
}

#[test]
fn log_line_ending() {
    finds(
        |log| log.replace('\n', "\r\n"),
        str![[r#"
error[log-line-ending]: the line ends with CR LF; git or an editor converted it
  --> prompts/greeting/changelog.jsonl:1:1
  hint: `promptctl init` writes the .gitattributes that prevent it; `promptctl resolve greeting` mends the log
error[log-line-ending]: the line ends with CR LF; git or an editor converted it
  --> prompts/greeting/changelog.jsonl:2:1
  hint: `promptctl init` writes the .gitattributes that prevent it; `promptctl resolve greeting` mends the log
error[log-line-ending]: the line ends with CR LF; git or an editor converted it
  --> prompts/greeting/changelog.jsonl:3:1
  hint: `promptctl init` writes the .gitattributes that prevent it; `promptctl resolve greeting` mends the log
3 errors, 0 warnings, 1 remark in 1 prompt, 3 versions

"#]],
    );
}

#[test]
fn log_malformed() {
    finds(
        |log| format!("{log}\n"),
        str![[r#"
error[log-malformed]: column 1: expected `{"id":`
  --> prompts/greeting/changelog.jsonl:4:1
  hint: `git checkout -- prompts/greeting/changelog.jsonl` brings the committed log back; `promptctl resolve greeting` keeps every line that verifies
1 error, 0 warnings in 1 prompt, 3 versions

"#]],
    );
    finds(
        |log| format!("{log}{{\"id\":\"44f1"),
        str![[r#"
error[log-malformed]: the log ends with a piece of a line: column 12: expected the closing `"` of a string
  --> prompts/greeting/changelog.jsonl:4:1
  hint: the next write sets it aside, and so does `promptctl repair`
1 error, 0 warnings in 1 prompt, 3 versions

"#]],
    );
    finds(
        |log| format!("{}garbage", log.trim_end()),
        str![[r#"
warning[orphan-version]: no event says that 1.1.0 was published
  --> prompts/greeting/1.1.0.prompt
  hint: a write was cut short, or somebody made the file by hand: publish it with `promptctl create greeting --version 1.1.0 --file FILE`, or move it away
error[log-malformed]: the log ends with a piece of a line: the line was changed: its bytes give the id b4450a618cb8…, it says b7d23712262d…
  --> prompts/greeting/changelog.jsonl:3:1
  hint: the next write sets it aside, and so does `promptctl repair`
1 error, 1 warning, 1 remark in 1 prompt, 3 versions

"#]],
    );
    finds(
        |log| format!("nothing\n{log}"),
        str![[r#"
error[log-malformed]: column 1: expected `{"id":`
  --> prompts/greeting/changelog.jsonl:1:1
  hint: `git checkout -- prompts/greeting/changelog.jsonl` brings the committed log back; `promptctl resolve greeting` keeps every line that verifies
1 error, 0 warnings in 1 prompt, 3 versions

"#]],
    );
}

#[test]
fn log_malformed_where_bytes_are_no_text() {
    let sandbox = with_versions();
    let mut bytes = sandbox.bytes(LOG);
    bytes.extend([0xff, b'\n']);
    sandbox.file(LOG, bytes);
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[log-malformed]: the line is not UTF-8
  --> prompts/greeting/changelog.jsonl:4:1
  hint: `git checkout -- prompts/greeting/changelog.jsonl` brings the committed log back; `promptctl resolve greeting` keeps every line that verifies
1 error, 0 warnings in 1 prompt, 3 versions

"#]]);
}

#[test]
fn log_newer_format() {
    let sandbox = changed(|log| {
        let id = "0".repeat(64);
        format!("{log}{{\"id\":\"{id}\",\"v\":2,\"kind\":\"prompt\",\"new\":[]}}\n")
    });
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[log-newer-format]: format version 2 needs a newer promptctl
  --> prompts/greeting/changelog.jsonl:4:1
  hint: install a newer promptctl
1 error, 0 warnings in 1 prompt, 3 versions

"#]]);
    sandbox.refuses(
        ["show", "greeting"],
        4,
        str![[r#"
error: `prompts/greeting/changelog.jsonl`, line 4: format version 2 needs a newer promptctl
hint: install a newer promptctl

"#]],
    );
    sandbox.refuses(
        ["note", "greeting", "-m", "Hm"],
        4,
        str![[r#"
error: `prompts/greeting/changelog.jsonl`, line 4: format version 2 needs a newer promptctl
hint: install a newer promptctl

"#]],
    );
}

#[test]
fn log_missing() {
    let sandbox = with_versions();
    sandbox.remove(LOG);
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[log-missing]: there are version files and no changelog
  --> prompts/greeting
  hint: `git log -- prompts/greeting` may show where it went
1 error, 0 warnings, 1 remark in 1 prompt, 3 versions

"#]]);
}

#[test]
fn log_unterminated() {
    let sandbox = changed(|log| log.trim_end().to_owned());
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
warning[log-unterminated]: the last line lacks its newline
  --> prompts/greeting/changelog.jsonl:3:1
  hint: the next write mends it, and so does `promptctl repair`
0 errors, 1 warning in 1 prompt, 3 versions

"#]]);
}

#[test]
fn log_wrong_prompt() {
    let sandbox = with_greeting();
    sandbox.file("prompts/other/changelog.jsonl", sandbox.read(LOG));
    sandbox.file("prompts/other/1.0.0.prompt", GREETING);
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[log-wrong-prompt]: the event belongs to `greeting`
  --> prompts/other/changelog.jsonl:1:1
  hint: `git checkout -- prompts/other/changelog.jsonl` brings the committed log back; `promptctl resolve other` keeps every line that verifies
1 error, 0 warnings in 2 prompts, 2 versions

"#]]);
    sandbox.refuses(["show", "other@1.0.0"], 4, str![[r#"
error: `prompts/other/changelog.jsonl`, line 1: the event belongs to `greeting`
hint: `git checkout -- prompts/other/changelog.jsonl` brings the committed log back; `promptctl resolve other` keeps every line that verifies

"#]]);
}

#[test]
fn a_log_without_its_lines() {
    let sandbox = with_versions();
    sandbox.file(LOG, "");
    sandbox
        .run(["validate"])
        .exits(1)
        .mentions("prompts/greeting/changelog.jsonl");
}

#[test]
fn no_advice_to_delete_what_a_damaged_log_does_not_mention() {
    let sandbox = changed(|log| log.replace("Less stiff", "Less stuff"));
    let said = sandbox.run(["validate"]).exits(1).stdout();
    assert!(!said.contains("delete it"), "{said}");
}

#[test]
fn a_line_taken_out_of_the_middle() {
    finds(
        |log| {
            let lines: Vec<&str> = log.lines().collect();
            format!("{}\n{}\n", lines[0], lines[2])
        },
        str![[r#"
error[log-parent-missing]: event 97763be145a1 is not in the log, and others build upon it
  --> prompts/greeting/changelog.jsonl
  hint: `promptctl resolve greeting` settles it
1 error, 0 warnings, 1 remark in 1 prompt, 3 versions

"#]],
    );
}

#[test]
fn an_order_of_lines_that_does_not_matter() {
    let sandbox = with_versions();
    let before = sandbox.run(["list", "--format", "json"]).stdout();
    let log = sandbox.read(LOG);
    let lines: Vec<&str> = log.lines().rev().collect();
    sandbox.file(LOG, lines.join("\n") + "\n");
    sandbox
        .run(["list", "--format", "json"])
        .succeeds()
        .prints(before);
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 3 versions

"#]]);
}
