use snapbox::str;

use crate::sandbox::{GREETING, TONE, sandbox, with_greeting, with_partial, with_versions};

#[test]
fn publishes_the_draft_and_moves_production() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox
        .run(["patch", "greeting", "-m", "Less stiff"])
        .succeeds()
        .prints(str![[r#"
published greeting@1.0.1, after 1.0.0
  production: 1.0.0 -> 1.0.1

"#]]);
    sandbox.holds(str![[r#"
== .gitattributes
prompts/**/[0-9]*.prompt -text -merge
prompts/**/draft.prompt text eol=lf
prompts/**/changelog.jsonl -text merge=union
prompts/.schemas/** -text
== promptctl.toml
format = 1

[store]
# The label that a bare name means.
default-label = "production"
# What the first version of a new prompt gets.
first-labels = ["production"]

[labels.production]
prerelease = false
# A version must have carried this label before:
# from = "staging"
== prompts/greeting/1.0.0.prompt
---
description: Greets
model: example/model
input:
  schema:
    who: string
---
Hello {{who}}!
== prompts/greeting/1.0.1.prompt
---
description: Greets
model: example/model
input:
  schema:
    who: string
---
Hi {{who}}!
== prompts/greeting/changelog.jsonl
{"id":"44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7","v":1,"kind":"prompt","name":"greeting","op":"create","version":"1.0.0","sha256":"0bf8184aa99cb3f10dcc9789241cf4aac8645d4d4bbd86630c75bd128ba437ab","labels":["production"],"was":{"production":null},"dialect":1,"message":"First version","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
{"id":"97763be145a15318caa49afac562f5eb9a8009752a084f1cce506abc091e6a67","v":1,"kind":"prompt","name":"greeting","op":"patch","parents":["44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7"],"version":"1.0.1","sha256":"2f872bba9c2524ae8808a3a16b811a30d5c62c829f8d9cdffbf1e60e7d6824a2","from":"1.0.0#cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1","labels":["production"],"was":{"production":"1.0.0#cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1"},"dialect":1,"message":"Less stiff","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
== prompts/greeting/draft.prompt
---
description: Greets
model: example/model
input:
  schema:
    who: string
---
Hi {{who}}!

"#]]);
}

#[test]
fn patches_the_line_of_another_label() {
    let sandbox = with_versions();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hey"));
    sandbox
        .run(["patch", "greeting", "--label", "staging", "-m", "Shorter"])
        .succeeds()
        .prints(str![[r#"
published greeting@1.1.1, after 1.1.0
  staging: 1.1.0 -> 1.1.1

"#]]);
}

#[test]
fn begins_a_label_that_is_not_set_at_productions_version() {
    let sandbox = with_versions();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hey"));
    sandbox
        .run(["patch", "greeting", "--label", "beta", "-m", "Shorter"])
        .succeeds()
        .prints(str![[r#"
published greeting@1.0.2, after 1.0.1
  beta: nothing -> 1.0.2

"#]]);
}

#[test]
fn leaves_the_label_with_no_promote() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox
        .run(["patch", "greeting", "--no-promote", "-m", "Less stiff"])
        .succeeds()
        .prints(str![[r#"
published greeting@1.0.1, after 1.0.0

"#]]);
    sandbox
        .run(["show", "greeting"])
        .succeeds()
        .prints(GREETING);
}

#[test]
fn changes_the_body_and_keeps_the_front_matter() {
    let sandbox = with_greeting();
    sandbox.file("body.txt", "Howdy {{who}}!\n");
    sandbox
        .run(["patch", "greeting", "--body", "body.txt", "-m", "Howdy"])
        .succeeds();
    assert_eq!(
        sandbox.read("prompts/greeting/1.0.1.prompt"),
        GREETING.replace("Hello", "Howdy")
    );
}

#[test]
fn goes_from_release_candidate_to_release_candidate() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    sandbox
        .run([
            "create",
            "greeting",
            "--version",
            "1.0.0-rc.1",
            "--label",
            "staging",
        ])
        .succeeds();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox
        .run(["patch", "greeting", "--label", "staging", "-m", "Shorter"])
        .succeeds()
        .prints(str![[r#"
published greeting@1.0.0-rc.2, after 1.0.0-rc.1
  staging: 1.0.0-rc.1 -> 1.0.0-rc.2

"#]]);
}

#[test]
fn pins_anew_when_a_partial_has_moved_on() {
    let sandbox = with_partial();
    sandbox.draft("shared/tone", &TONE.replace("kind", "brief"));
    sandbox
        .run(["patch", "shared/tone", "-m", "Brevity"])
        .succeeds();
    sandbox
        .run(["patch", "support/triage", "-m", "Nothing new"])
        .succeeds()
        .prints(str![[r#"
support/triage@1.0.0 is just that already; nothing was written

"#]]);
    sandbox
        .run([
            "patch",
            "support/triage",
            "--repin",
            "-m",
            "Take the new tone",
        ])
        .succeeds()
        .prints(str![[r#"
published support/triage@1.0.1, after 1.0.0
  production: 1.0.0 -> 1.0.1
  {{> shared/tone}} is shared/tone@1.0.1

"#]]);
    sandbox
        .run(["patch", "support/triage", "--repin", "-m", "Once more"])
        .succeeds()
        .prints(str![[r#"
support/triage@1.0.1 is just that already; nothing was written

"#]]);
}

#[test]
fn writes_nothing_if_nothing_is_new() {
    let sandbox = with_greeting();
    let before = sandbox.disk();
    sandbox
        .run(["patch", "greeting", "-m", "Nothing"])
        .succeeds()
        .prints(str![[r#"
greeting@1.0.0 is just that already; nothing was written

"#]]);
    assert_eq!(sandbox.disk(), before);
}
