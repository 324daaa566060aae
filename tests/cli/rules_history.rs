//! One firing test for each rule about what events add up to, with the place.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use snapbox::str;

use crate::sandbox::{GREETING, Sandbox, with_greeting, with_versions};

const LOG: &str = "prompts/greeting/changelog.jsonl";

/// Two stories told apart on the same log, then both logs' lines in one, as git's union merge does.
fn both(sandbox: &Sandbox, here: impl FnOnce(), there: impl FnOnce()) {
    let base = if sandbox.exists(LOG) {
        sandbox.read(LOG)
    } else {
        String::new()
    };
    here();
    let ours = sandbox.read(LOG);
    if base.is_empty() {
        sandbox.remove(LOG);
    } else {
        sandbox.file(LOG, &base);
    }
    there();
    let theirs = sandbox.read(LOG);
    sandbox.file(LOG, format!("{ours}{}", &theirs[base.len()..]));
}

/// Appends an event that somebody made by hand, with an id that verifies. It is given from `op` to
/// the last member before `message`; `[HEAD]` stands for the id of the log's last line.
fn append(sandbox: &Sandbox, event: &str) {
    let log = sandbox.read(LOG);
    let last = log.lines().last().unwrap();
    let head = &last[7..71];
    let rest = format!(
        "\"v\":1,\"kind\":\"prompt\",\"name\":\"greeting\",{},\"message\":\"By hand\",\
         \"by\":\"Eve\",\"at\":\"2026-11-20T10:00:00Z\"}}",
        event.replace("[HEAD]", head)
    );
    let mut id = String::new();
    for byte in Sha256::digest(format!("promptctl-event-v1\n{rest}")) {
        write!(id, "{byte:02x}").unwrap();
    }
    sandbox.file(LOG, format!("{log}{{\"id\":\"{id}\",{rest}\n"));
}

fn identity(sandbox: &Sandbox, reference: &str) -> String {
    let shown = sandbox.run(["show", reference, "--format", "json"]).json();
    shown["identity"].as_str().unwrap().to_owned()
}

#[test]
fn label_conflict() {
    let sandbox = with_versions();
    both(
        &sandbox,
        || {
            sandbox.run(["promote", "greeting@1.0.0"]).succeeds();
        },
        || {
            sandbox.run(["promote", "greeting@1.1.0"]).succeeds();
        },
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[label-conflict]: the label `production` is in conflict: 1.0.0 or 1.1.0
  --> prompts/greeting/changelog.jsonl
  hint: `promptctl resolve greeting` settles it
1 error, 0 warnings, 1 remark in 1 prompt, 3 versions

"#]]);
}

#[test]
fn label_conflict_of_retirement_and_promotion() {
    let sandbox = with_versions();
    both(
        &sandbox,
        || {
            sandbox.run(["retire", "greeting@1.0.0"]).succeeds();
        },
        || {
            sandbox.run(["promote", "greeting@1.0.0"]).succeeds();
        },
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[label-conflict]: the label `production` is in conflict: 1.0.0
  --> prompts/greeting/changelog.jsonl
  hint: `promptctl resolve greeting` settles it
1 error, 0 warnings, 1 remark in 1 prompt, 3 versions

"#]]);
}

#[test]
fn label_dangling() {
    let sandbox = with_versions();
    let nobody = "1".repeat(64);
    append(
        &sandbox,
        &format!(
            "\"op\":\"promote\",\"parents\":[\"[HEAD]\"],\"version\":\"1.0.7#{nobody}\",\
             \"labels\":[\"canary\"],\"was\":{{\"canary\":null}}"
        ),
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[label-dangling]: the label `canary` points to 1.0.7, which is not there
  --> prompts/greeting/changelog.jsonl
  hint: `promptctl promote greeting@V --label canary` moves it
1 error, 0 warnings in 1 prompt, 3 versions

"#]]);
}

#[test]
fn label_policy() {
    let sandbox = with_versions();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hey"));
    sandbox
        .run([
            "create",
            "greeting",
            "--version",
            "2.0.0-rc.1",
            "--label",
            "staging",
            "-m",
            "Candidate",
        ])
        .succeeds();
    sandbox.file(
        "promptctl.toml",
        "format = 1\n[labels.staging]\nprerelease = false\n",
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[label-policy]: 2.0.0-rc.1 is a pre-release, and `staging` is for releases
  --> prompts/greeting/changelog.jsonl
  hint: `promptctl promote greeting@V --label staging` moves it to another version, with `--override REASON` past the policy
1 error, 0 warnings in 1 prompt, 4 versions

"#]]);
}

#[test]
fn retired_in_use() {
    let sandbox = with_versions();
    let id = identity(&sandbox, "greeting@1.0.1");
    append(
        &sandbox,
        &format!("\"op\":\"retire\",\"parents\":[\"[HEAD]\"],\"version\":\"1.0.1#{id}\""),
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[retired-in-use]: the label `production` points to 1.0.1, which is retired
  --> prompts/greeting/changelog.jsonl
  hint: `promptctl promote greeting@V --label production` moves it
1 error, 0 warnings in 1 prompt, 3 versions

"#]]);
}

#[test]
fn log_heads() {
    let sandbox = with_versions();
    both(
        &sandbox,
        || {
            sandbox.run(["note", "greeting", "-m", "Here"]).succeeds();
        },
        || {
            sandbox.run(["note", "greeting", "-m", "There"]).succeeds();
        },
    );
    sandbox.run(["validate", "-v"]).succeeds().prints(str![[r#"
info[log-heads]: the log has 2 ends, from a merge; the next event joins them
  --> prompts/greeting/changelog.jsonl
0 errors, 0 warnings, 1 remark in 1 prompt, 3 versions

"#]]);
    sandbox.run(["note", "greeting", "-m", "Joined"]).succeeds();
    sandbox
        .run(["validate", "-v"])
        .succeeds()
        .prints("0 errors, 0 warnings in 1 prompt, 3 versions\n");
}

#[test]
fn log_parent_missing() {
    let sandbox = with_versions();
    let log = sandbox.read(LOG);
    let lines: Vec<&str> = log.lines().collect();
    sandbox.run(["note", "greeting", "-m", "Last"]).succeeds();
    let last = sandbox.read(LOG).lines().last().unwrap().to_owned();
    sandbox.file(LOG, format!("{}\n{}\n{last}\n", lines[0], lines[1]));
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[log-parent-missing]: event b7d23712262d is not in the log, and others build upon it
  --> prompts/greeting/changelog.jsonl
  hint: `promptctl resolve greeting` settles it
1 error, 0 warnings, 2 remarks in 1 prompt, 3 versions

"#]]);
}

#[test]
fn log_roots() {
    let sandbox = crate::sandbox::sandbox();
    sandbox.draft("greeting", GREETING);
    both(
        &sandbox,
        || {
            sandbox.run(["create", "greeting"]).succeeds();
        },
        || {
            sandbox
                .run(["create", "greeting", "-m", "Also first"])
                .succeeds();
        },
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[log-roots]: `greeting` was created 2 times, on branches that know nothing of each other
  --> prompts/greeting/changelog.jsonl
  hint: `promptctl resolve greeting` settles it
1 error, 0 warnings, 1 remark in 1 prompt, 1 version

"#]]);
    sandbox.refuses(
        ["show", "greeting"],
        3,
        str![[r#"
error: `greeting` was created 2 times, on branches that know nothing of each other
hint: `promptctl resolve greeting` settles it

"#]],
    );
}

#[test]
fn version_conflict() {
    let sandbox = with_greeting();
    both(
        &sandbox,
        || {
            sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
            sandbox.run(["patch", "greeting", "-m", "Hi"]).succeeds();
            sandbox.remove("prompts/greeting/1.0.1.prompt");
        },
        || {
            sandbox.draft("greeting", &GREETING.replace("Hello", "Hey"));
            sandbox.run(["patch", "greeting", "-m", "Hey"]).succeeds();
        },
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[label-conflict]: the label `production` is in conflict: 1.0.1 (72c8f9fb0d84) or 1.0.1 (96835c8ed07d)
  --> prompts/greeting/changelog.jsonl
  hint: `promptctl resolve greeting` settles it
error[version-conflict]: 1.0.1 was published 2 times with different content
  --> prompts/greeting/changelog.jsonl
  hint: `promptctl resolve greeting` settles it
2 errors, 0 warnings, 1 remark in 1 prompt, 2 versions

"#]]);
    sandbox.refuses(
        ["show", "greeting@1.0.1"],
        3,
        str![[r#"
error: `greeting@1.0.1` was published 2 times with different content
hint: `promptctl resolve greeting` settles it

"#]],
    );
    sandbox.run(["show", "greeting@1.0.0"]).succeeds();
}

#[test]
fn an_unknown_operation() {
    let sandbox = with_versions();
    append(&sandbox, "\"op\":\"publish\",\"parents\":[\"[HEAD]\"]");
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[log-malformed]: column 207: expected an operation of this format, not `publish`
  --> prompts/greeting/changelog.jsonl:4:1
  hint: `git checkout -- prompts/greeting/changelog.jsonl` brings the committed log back; `promptctl resolve greeting` keeps every line that verifies
1 error, 0 warnings in 1 prompt, 3 versions

"#]]);
}

#[test]
fn an_unknown_member() {
    let sandbox = with_versions();
    append(
        &sandbox,
        "\"op\":\"note\",\"parents\":[\"[HEAD]\"],\"mood\":\"good\"",
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[log-malformed]: column 204: expected `,"by":`, or a member of this operation in its order
  --> prompts/greeting/changelog.jsonl:4:1
  hint: `git checkout -- prompts/greeting/changelog.jsonl` brings the committed log back; `promptctl resolve greeting` keeps every line that verifies
1 error, 0 warnings in 1 prompt, 3 versions

"#]]);
}

#[test]
fn a_member_that_stands_twice() {
    let sandbox = with_versions();
    append(
        &sandbox,
        "\"op\":\"note\",\"op\":\"note\",\"parents\":[\"[HEAD]\"]",
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[log-malformed]: column 125: expected `,"by":`, or a member of this operation in its order
  --> prompts/greeting/changelog.jsonl:4:1
  hint: `git checkout -- prompts/greeting/changelog.jsonl` brings the committed log back; `promptctl resolve greeting` keeps every line that verifies
1 error, 0 warnings in 1 prompt, 3 versions

"#]]);
}
