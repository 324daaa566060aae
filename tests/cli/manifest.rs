use snapbox::str;

use crate::sandbox::{with_partial, with_versions};

#[test]
fn lists_what_production_means() {
    with_partial().run(["manifest"]).succeeds().prints(str![[r#"
shared/tone     1.0.0  cb7673defc69  1
support/triage  1.0.0  3ef585f9eb70  1
production 6375a9d1855a0f36662da7969cd231d882ca9be81a14a0bb15591f785363d0f2

"#]]);
}

#[test]
fn lists_what_another_label_means() {
    let sandbox = with_versions();
    sandbox
        .run(["manifest", "--label", "staging"])
        .succeeds()
        .prints(str![[r#"
greeting  1.1.0  067bd00a2f0c  3
staging 14ccc545bfe5d5a175d423c814001243590d78e9aaa302ce8093df55f3377d17

"#]]);
    sandbox.refuses(
        ["manifest", "--label", "canary"],
        2,
        str![[r#"
error: no prompt has the label `canary`
hint: `promptctl list` shows the labels there are

"#]],
    );
    sandbox.refuses(
        ["manifest", "--label", "stagin"],
        2,
        str![[r#"
error: no prompt has the label `stagin`
hint: did you mean `staging`?

"#]],
    );
}

#[test]
fn is_the_same_for_the_same_store_anywhere_and_any_time() {
    let one = with_partial();
    let other = with_partial();
    let manifest = ["manifest", "--format", "json"];
    let first = one.run(manifest);
    first.succeeds();
    other
        .run_with(
            &manifest,
            |command| {
                command.env("SOURCE_DATE_EPOCH", "1");
            },
            "",
        )
        .succeeds()
        .prints(first.stdout());
}

#[test]
fn changes_its_digest_with_every_write() {
    let sandbox = with_versions();
    let digest = || sandbox.run(["manifest", "--format", "json"]).json()["digest"].clone();
    let before = digest();
    sandbox
        .run(["note", "greeting", "-m", "Reviewed"])
        .succeeds();
    assert_ne!(digest(), before);
}

#[test]
fn leaves_retired_prompts_out() {
    let sandbox = with_partial();
    sandbox
        .run(["retire", "shared/tone", "--unlabel"])
        .succeeds();
    sandbox.run(["manifest"]).succeeds().prints(str![[r#"
support/triage  1.0.0  3ef585f9eb70  1
production 1795368d3458818aaef30002ef24d97d6b26ce91be18d6f5a067b2f61c9029fc

"#]]);
}

#[test]
fn refuses_a_store_that_cannot_be_read_whole() {
    let sandbox = with_partial();
    sandbox.file("prompts/shared/tone/changelog.jsonl", "no event\n");
    sandbox.refuses(["manifest"], 4, str![[r#"
error: `prompts/shared/tone/changelog.jsonl`, line 1: column 1: expected `{"id":`
hint: `git checkout -- prompts/shared/tone/changelog.jsonl` brings the committed log back; `promptctl resolve shared/tone` keeps every line that verifies

"#]]);
}
