//! The table of exit codes, and errors for machines.

use std::fs::File;
use std::io::Read as _;
use std::process::Stdio;

use serde_json::Value;
use snapbox::{IntoData, str};

use crate::sandbox::{GREETING, Run, Sandbox, empty, sandbox, with_greeting, with_versions};

/// The one JSON object on standard error.
#[track_caller]
fn error(run: &Run, code: i32) -> Value {
    run.exits(code).prints("");
    let text = run.stderr();
    assert_eq!(text.lines().count(), 1, "{text}");
    let error: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(error["schema"], "promptctl.error.v1");
    assert!(error["message"].is_string(), "{text}");
    assert!(error["context"].is_array(), "{text}");
    assert!(error["retryable"].is_boolean(), "{text}");
    assert!(error.get("hint").is_some(), "{text}");
    error
}

fn kind_of<const N: usize>(sandbox: &Sandbox, args: [&str; N], code: i32) -> String {
    let args = [&args[..], &["--format", "json"]].concat();
    let error = error(&sandbox.run_with(&args, |_| {}, ""), code);
    assert_eq!(error["retryable"], false);
    error["kind"].as_str().unwrap().to_owned()
}

#[test]
fn done_is_0() {
    let sandbox = with_versions();
    sandbox.run(["list"]).exits(0);
    sandbox.run(["promote", "greeting@1.0.1"]).exits(0);
    sandbox.run(["--help"]).exits(0);
}

#[test]
fn no_is_1() {
    let sandbox = with_versions();
    sandbox.run(["diff", "greeting", "--exit-code"]).exits(1);
    sandbox.draft("greeting", "{{#if\n");
    sandbox.run(["validate"]).exits(1);
}

#[test]
fn a_wrong_request_is_2() {
    let sandbox = with_versions();
    let kind = |args| kind_of(&sandbox, args, 2);
    assert_eq!(kind(["show", "Greeting"]), "invalid");
    assert_eq!(kind(["show", "greeting@1"]), "invalid");
    assert_eq!(kind(["publish", "greeting"]), "invalid");
    assert_eq!(kind(["show", "greetings"]), "not-found");
    assert_eq!(kind(["show", "greeting@3.0.0"]), "not-found");
    assert_eq!(kind(["note", "greeting"]), "invalid");
    sandbox.run(["retire", "greeting@1.0.0"]).succeeds();
    assert_eq!(kind(["show", "greeting@1.0.0"]), "retired");
    sandbox.draft("broken", "{{#if a}}\n");
    assert_eq!(kind(["create", "broken"]), "refused");
    let render = ["render", "greeting", "--var", "who=x", "--max-output", "1"];
    assert_eq!(kind_of(&sandbox, render, 2), "limit");
    assert_eq!(kind_of(&empty(), ["list"], 2), "not-found");
}

#[test]
fn a_conflict_is_3() {
    let sandbox = with_versions();
    assert_eq!(kind_of(&sandbox, ["create", "greeting"], 3), "exists");
    let promote = ["promote", "greeting", "--expect", "1.0.0"];
    assert_eq!(kind_of(&sandbox, promote, 3), "expectation");
    let retire = ["retire", "greeting"];
    assert_eq!(kind_of(&sandbox, retire, 3), "policy");
    let candidate = ["create", "new", "--version", "1.0.0-rc.1"];
    sandbox.draft("new", GREETING);
    assert_eq!(kind_of(&sandbox, candidate, 3), "policy");
}

#[test]
fn a_conflicted_label_is_3() {
    let sandbox = with_versions();
    let log = "prompts/greeting/changelog.jsonl";
    let base = sandbox.read(log);
    sandbox.run(["promote", "greeting@1.0.0"]).succeeds();
    let ours = sandbox.read(log);
    sandbox.file(log, &base);
    sandbox.run(["promote", "greeting@1.1.0"]).succeeds();
    let theirs = sandbox.read(log)[base.len()..].to_owned();
    sandbox.file(log, ours + &theirs);
    assert_eq!(kind_of(&sandbox, ["show", "greeting"], 3), "conflicted");
}

#[test]
fn a_busy_lock_is_3_and_the_only_one_worth_a_second_try() {
    let sandbox = with_greeting();
    let lock = File::options()
        .read(true)
        .write(true)
        .open(sandbox.join(".promptctl/lock"))
        .unwrap();
    lock.lock().unwrap();
    let note = ["note", "greeting", "-m", "Hm", "--lock-timeout", "0.1"];
    sandbox.refuses(
        note,
        3,
        str![[r#"
error: another process is writing to this store (waited 0.1 s)
hint: try again, or wait longer with `--lock-timeout 60`

"#]],
    );
    let args = [&note[..], &["--format", "json"]].concat();
    let error = error(&sandbox.run_with(&args, |_| {}, ""), 3);
    assert_eq!(error["kind"], "busy");
    assert_eq!(error["retryable"], true);
    sandbox.run(["list"]).succeeds();
    drop(lock);
    sandbox.run(note).succeeds();
}

#[test]
fn damage_is_4() {
    let sandbox = with_versions();
    sandbox.file("prompts/greeting/1.0.1.prompt", "Mine\n");
    assert_eq!(kind_of(&sandbox, ["show", "greeting"], 4), "damaged");
    let log = "prompts/greeting/changelog.jsonl";
    let whole = sandbox.read(log);
    sandbox.file(log, format!("no event\n{whole}"));
    assert_eq!(kind_of(&sandbox, ["log", "greeting"], 4), "damaged");
    let id = "0".repeat(64);
    sandbox.file(log, format!("{whole}{{\"id\":\"{id}\",\"v\":2}}\n"));
    assert_eq!(kind_of(&sandbox, ["log", "greeting"], 4), "newer-format");
}

#[test]
fn what_the_system_refuses_is_4() {
    let sandbox = with_greeting();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = sandbox
        .command()
        .args(["show", "greeting"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
    let complaint = String::from_utf8(output.stderr).unwrap();
    snapbox::assert_data_eq!(
        complaint,
        str![[r#"
error: cannot write the result: no space left on device

"#]]
        .raw()
    );
}

#[test]
fn a_result_that_cannot_be_printed_does_not_undo_a_write() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let status = sandbox
        .command()
        .args(["create", "greeting"])
        .stdout(full)
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(4));
    sandbox
        .run(["show", "greeting"])
        .succeeds()
        .prints(GREETING);
}

#[test]
fn a_closed_pipe_is_0() {
    let sandbox = with_greeting();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = sandbox
        .command()
        .args(["show", "greeting"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut complaint = String::new();
    let mut stderr = child.stderr.take().unwrap();
    stderr.read_to_string(&mut complaint).unwrap();
    assert_eq!(complaint, "");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_closed_pipe_does_not_undo_a_write() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = sandbox
        .command()
        .args(["create", "greeting"])
        .stdout(writer)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(0));
    sandbox
        .run(["show", "greeting"])
        .succeeds()
        .prints(GREETING);
}

#[test]
fn errors_for_machines_name_the_places_at_fault() {
    let sandbox = sandbox();
    sandbox.draft("broken", "Hello\n{{#if a}}\n");
    sandbox.refuses(["create", "broken", "--format", "json"], 2, str![[r#"
{"schema":"promptctl.error.v1","kind":"refused","message":"`prompts/broken/draft.prompt`, line 2, column 1: `{{#if a}}` opened here is never closed: `{{/if}}` is missing","context":[],"hint":null,"retryable":false,"findings":[{"rule":"unclosed-block","severity":"error","path":"prompts/broken/draft.prompt","place":{"line":2,"column":1,"start":6,"end":15},"message":"`{{#if a}}` opened here is never closed: `{{/if}}` is missing"}]}

"#]]);
}
