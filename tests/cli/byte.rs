//! No byte of what is published can change unnoticed.

use std::fs;

use crate::sandbox::with_greeting;

/// Flips a bit of every byte of these files, one at a time.
fn notices_every_byte_of(kind: &str) {
    let sandbox = with_greeting();
    sandbox.draft("greeting", "{{who}}: hi\n");
    sandbox.run(["patch", "greeting", "-m", "Brief"]).succeeds();
    let files: Vec<String> = sandbox
        .files()
        .into_iter()
        .filter(|path| path.ends_with(kind) && !path.ends_with("draft.prompt"))
        .filter(|path| path.starts_with("prompts/"))
        .collect();
    assert!(!files.is_empty());
    for path in files {
        let whole = sandbox.bytes(&path);
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            fs::write(sandbox.join(&path), &bytes).unwrap();
            let run = sandbox.run(["validate"]);
            run.exits(1);
            let stdout = run.stdout();
            assert!(stdout.contains(&path), "byte {at} of {path}:\n{stdout}");
        }
        fs::write(sandbox.join(&path), whole).unwrap();
        sandbox.run(["validate"]).succeeds();
    }
}

#[test]
fn no_byte_of_a_version_changes_unnoticed() {
    notices_every_byte_of(".prompt");
}

#[test]
fn no_byte_of_a_changelog_changes_unnoticed() {
    notices_every_byte_of("changelog.jsonl");
}
