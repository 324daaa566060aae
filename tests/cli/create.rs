use snapbox::str;

use crate::sandbox::{GREETING, TRIAGE, sandbox, with_greeting, with_partial, with_versions};

#[test]
fn publishes_the_draft_as_the_first_version() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    sandbox
        .run(["create", "greeting"])
        .succeeds()
        .prints(str![[r#"
published greeting@1.0.0
  production: nothing -> 1.0.0

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
== prompts/greeting/changelog.jsonl
{"id":"44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7","v":1,"kind":"prompt","name":"greeting","op":"create","version":"1.0.0","sha256":"0bf8184aa99cb3f10dcc9789241cf4aac8645d4d4bbd86630c75bd128ba437ab","labels":["production"],"was":{"production":null},"dialect":1,"message":"First version","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
== prompts/greeting/draft.prompt
---
description: Greets
model: example/model
input:
  schema:
    who: string
---
Hello {{who}}!

"#]]);
}

#[test]
fn publishes_a_file_and_makes_the_draft_of_it() {
    let sandbox = sandbox();
    sandbox.file("text.prompt", GREETING);
    sandbox
        .run(["create", "a/greeting", "--file", "text.prompt"])
        .succeeds()
        .prints(str![[r#"
published a/greeting@1.0.0
  production: nothing -> 1.0.0

"#]]);
    assert_eq!(sandbox.read("prompts/a/greeting/1.0.0.prompt"), GREETING);
    assert_eq!(sandbox.read("prompts/a/greeting/draft.prompt"), GREETING);
}

#[test]
fn publishes_standard_input_with_lf_line_ends() {
    let sandbox = sandbox();
    sandbox
        .run_with_input(
            ["create", "greeting", "--file", "-"],
            &GREETING.replace('\n', "\r\n"),
        )
        .succeeds();
    assert_eq!(sandbox.read("prompts/greeting/1.0.0.prompt"), GREETING);
}

#[test]
fn publishes_a_first_version_with_a_number_and_without_labels() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    sandbox
        .run(["create", "greeting", "--version", "0.3.0", "--no-label"])
        .succeeds()
        .prints(str![[r#"
published greeting@0.3.0

"#]]);
    sandbox
        .run(["render", "greeting", "--var", "who=Ada"])
        .exits(2)
        .complains(str![[r#"
error: `greeting` has no label `production`
hint: `promptctl promote greeting@0.3.0` sets it; `greeting@latest` reads 0.3.0 without a label

"#]]);
}

#[test]
fn gives_a_first_version_the_labels_that_are_named_instead() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    sandbox
        .run([
            "create", "greeting", "--label", "staging", "--label", "beta",
        ])
        .succeeds()
        .prints(str![[r#"
published greeting@1.0.0
  beta: nothing -> 1.0.0
  staging: nothing -> 1.0.0

"#]]);
}

#[test]
fn adds_a_version_and_moves_no_label_unasked() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Good day,"));
    sandbox
        .run(["create", "greeting", "--bump", "minor", "-m", "Polite"])
        .succeeds()
        .prints(str![[r#"
published greeting@1.1.0, after 1.0.0

"#]]);
    sandbox
        .run(["render", "greeting", "--var", "who=Ada"])
        .succeeds()
        .prints(str![[r#"
Hello Ada!

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
== prompts/greeting/1.1.0.prompt
---
description: Greets
model: example/model
input:
  schema:
    who: string
---
Good day, {{who}}!
== prompts/greeting/changelog.jsonl
{"id":"44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7","v":1,"kind":"prompt","name":"greeting","op":"create","version":"1.0.0","sha256":"0bf8184aa99cb3f10dcc9789241cf4aac8645d4d4bbd86630c75bd128ba437ab","labels":["production"],"was":{"production":null},"dialect":1,"message":"First version","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
{"id":"8f262fb8f32d4df9182e3504ee6852fab4d3e0e51026fe1ca2997375e22d9ef1","v":1,"kind":"prompt","name":"greeting","op":"create","parents":["44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7"],"version":"1.1.0","sha256":"5d7efd3ef43cb0cf3031161a8aa5d2ae57cf0eb5263327350538bd8fc4dd65f5","from":"1.0.0#cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1","dialect":1,"message":"Polite","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
== prompts/greeting/draft.prompt
---
description: Greets
model: example/model
input:
  schema:
    who: string
---
Good day, {{who}}!

"#]]);
}

#[test]
fn bumps_the_version_that_is_named_and_skips_numbers_that_are_taken() {
    let sandbox = with_versions();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hey"));
    sandbox
        .run([
            "create", "greeting", "--from", "1.0.0", "--bump", "patch", "-m", "Old line",
        ])
        .succeeds()
        .prints(str![[r#"
published greeting@1.0.2, after 1.0.0

"#]]);
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hey hey"));
    sandbox
        .run([
            "create", "greeting", "--from", "^1.0", "--bump", "major", "-m", "New line",
        ])
        .succeeds()
        .prints(str![[r#"
published greeting@2.0.0, after 1.1.0

"#]]);
}

#[test]
fn publishes_a_prerelease_that_latest_does_not_mean() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Yo"));
    sandbox
        .run([
            "create",
            "greeting",
            "--version",
            "2.0.0-rc.1",
            "--label",
            "staging",
            "-m",
            "Try it",
        ])
        .succeeds()
        .prints(str![[r#"
published greeting@2.0.0-rc.1, after 1.0.0
  staging: nothing -> 2.0.0-rc.1

"#]]);
    sandbox
        .run(["show", "greeting@latest"])
        .succeeds()
        .prints(GREETING);
}

#[test]
fn writes_nothing_if_the_version_is_there_just_so() {
    let sandbox = with_greeting();
    let before = sandbox.disk();
    sandbox
        .run(["create", "greeting", "--version", "1.0.0"])
        .succeeds()
        .prints(str![[r#"
greeting@1.0.0 is just that already; nothing was written

"#]]);
    sandbox
        .run(["create", "greeting", "--bump", "minor", "-m", "Again"])
        .succeeds()
        .prints(str![[r#"
greeting@1.0.0 is just that already; nothing was written

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn copies_a_version_of_another_prompt_with_its_pins() {
    let sandbox = with_partial();
    sandbox
        .run([
            "create",
            "support/escalation",
            "--copy",
            "support/triage@1.0.0",
        ])
        .succeeds()
        .prints(str![[r#"
published support/escalation@1.0.0, the text of support/triage@1.0.0
  production: nothing -> 1.0.0
  {{> shared/tone}} is shared/tone@1.0.0

"#]]);
    assert_eq!(
        sandbox.read("prompts/support/escalation/1.0.0.prompt"),
        TRIAGE
    );
}

#[test]
fn shows_the_event_of_a_rehearsal_and_writes_nothing() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    let before = sandbox.disk();
    let rehearsal = sandbox.run(["create", "greeting", "--dry-run"]);
    rehearsal.succeeds();
    assert_eq!(sandbox.disk(), before);
    sandbox.run(["create", "greeting"]).succeeds();
    assert_eq!(
        rehearsal.stdout(),
        sandbox.read("prompts/greeting/changelog.jsonl")
    );
}

#[test]
fn leaves_a_draft_with_other_edits_alone() {
    let sandbox = with_greeting();
    sandbox.file("new.prompt", GREETING.replace("Hello", "Hi"));
    sandbox.draft("greeting", &GREETING.replace("Hello", "Half done"));
    sandbox
        .run([
            "create",
            "greeting",
            "--bump",
            "minor",
            "--file",
            "new.prompt",
            "-m",
            "Shorter",
        ])
        .succeeds()
        .complains(str![[r#"
the draft of greeting has other edits and was left alone; `promptctl diff greeting` shows them

"#]]);
    assert!(
        sandbox
            .read("prompts/greeting/draft.prompt")
            .contains("Half done")
    );
}

#[test]
fn adopts_the_file_of_a_write_that_was_cut_short() {
    let sandbox = with_greeting();
    let text = GREETING.replace("Hello", "Hi");
    sandbox.file("prompts/greeting/1.1.0.prompt", &text);
    sandbox.draft("greeting", &text);
    sandbox
        .run(["create", "greeting", "--bump", "minor", "-m", "Shorter"])
        .succeeds();
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 2 versions

"#]]);
}

#[test]
fn takes_the_author_of_the_flag_before_the_environments() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    sandbox
        .run(["create", "greeting", "--by", "Grace <grace@example.com>"])
        .succeeds();
    sandbox.run(["log", "greeting"]).succeeds().prints(str![[r#"
0162ceeb8ad6 create 1.0.0 -> production
  2026-11-20T10:00:00Z  Grace <grace@example.com>
  First version

"#]]);
}
