use snapbox::str;

use crate::sandbox::{GREETING, sandbox, with_greeting};

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
fn refuses_a_prompt_that_is_there() {
    let sandbox = with_greeting();
    let before = sandbox.disk();
    sandbox.run(["create", "greeting"]).exits(3).complains(str![[r#"
error: `greeting` exists already; its highest release is 1.0.0
hint: `promptctl patch greeting` publishes new wording, `promptctl create greeting --bump minor` (or major) more than that

"#]]);
    assert_eq!(sandbox.disk(), before);
}
