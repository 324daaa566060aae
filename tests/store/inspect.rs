//! What the tests look at, read without the program's help.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::sandbox::{Sandbox, empty};

/// The path of the log of `greeting`.
pub const LOG: &str = "prompts/greeting/changelog.jsonl";

/// A second wording of the prompt `greeting`.
pub const EDITED: &str = "---\ndescription: Greets\nmodel: example/model\ninput:\n  schema:\n    \
                          who: string\n---\nGood day, {{who}}!\n";

/// The prompt `greeting` in words of its own.
pub fn wording(words: &str) -> String {
    EDITED.replace("Good day", words)
}

/// A sandbox with the same files.
pub fn copy_of(sandbox: &Sandbox) -> Sandbox {
    let copy = empty();
    copy_folder(sandbox.path(), copy.path());
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The events of a log whose lines are terminated and have the id that their bytes ask for.
pub fn events(sandbox: &Sandbox, log: &str) -> Vec<Value> {
    if !sandbox.exists(log) {
        return Vec::new();
    }
    let text = sandbox.read(log);
    let lines = text
        .split_inclusive('\n')
        .filter_map(|line| line.strip_suffix('\n'));
    lines
        .filter(|line| is_event(line))
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The ids of a log's events.
pub fn ids(log: &str) -> BTreeSet<String> {
    let lines = log.lines().filter(|line| is_event(line));
    lines.map(|line| line[7..71].to_owned()).collect()
}

/// Tells whether a line has the id that its bytes ask for, as docs/format.md defines it.
pub fn is_event(line: &str) -> bool {
    let Some(rest) = line.get(73..).filter(|_| line.starts_with("{\"id\":\"")) else {
        return false;
    };
    let bytes = [b"promptctl-event-v1\n", rest.as_bytes()].concat();
    let digest = Sha256::digest(&bytes);
    let stated = line.as_bytes()[7..71].chunks(2);
    let stated = stated.map(|hex| u8::from_str_radix(str::from_utf8(hex).ok()?, 16).ok());
    line[7..71].to_lowercase() == line[7..71] && stated.eq(digest.iter().map(|byte| Some(*byte)))
}

/// How many events publish a version.
pub fn publications(events: &[Value], version: &str) -> usize {
    let publishes = |event: &&Value| {
        matches!(event["op"].as_str(), Some("create" | "patch")) && event["version"] == version
    };
    events.iter().filter(publishes).count()
}

/// The rules of the errors that `validate` finds.
pub fn errors(sandbox: &Sandbox) -> Vec<String> {
    findings(sandbox, "error")
}

/// The rules of the findings of one severity.
pub fn findings(sandbox: &Sandbox, severity: &str) -> Vec<String> {
    let run = sandbox.run(["validate", "--format", "json"]);
    assert!(
        matches!(run.status().code(), Some(0 | 1)),
        "validate: {}",
        run.stderr()
    );
    let report = run.json();
    let findings = report["findings"].as_array().unwrap();
    let wanted = findings
        .iter()
        .filter(|finding| finding["severity"] == severity);
    wanted
        .map(|finding| {
            format!(
                "{}: {}",
                finding["rule"].as_str().unwrap(),
                finding["message"]
            )
        })
        .collect()
}
