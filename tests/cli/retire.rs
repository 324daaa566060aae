use snapbox::str;

use crate::sandbox::{TONE, with_greeting, with_partial, with_versions};

#[test]
fn takes_a_version_out_of_use() {
    let sandbox = with_versions();
    sandbox
        .run(["retire", "greeting@1.0.0", "-m", "Too stiff"])
        .succeeds()
        .prints(str![[r#"
greeting@1.0.0 is retired

"#]]);
    sandbox.refuses(
        ["show", "greeting@1.0.0"],
        2,
        str![[r#"
error: `greeting@1.0.0` is retired
hint: `promptctl restore greeting@1.0.0` brings it back; `--retired` lets readers read it all the same

"#]],
    );
    sandbox
        .run(["show", "greeting@1.0.0", "--retired"])
        .succeeds()
        .prints(crate::sandbox::GREETING);
    sandbox.run(["validate"]).succeeds();
}

#[test]
fn takes_a_prompt_out_of_use_and_brings_it_back() {
    let sandbox = with_greeting();
    sandbox
        .run(["retire", "greeting", "--unlabel"])
        .succeeds()
        .prints(str![[r#"
greeting is retired
  production is gone (it was at 1.0.0)

"#]]);
    sandbox.refuses(
        ["show", "greeting@1.0.0"],
        2,
        str![[r#"
error: `greeting` is retired
hint: `promptctl restore greeting` brings it back; `--retired` lets readers read it all the same

"#]],
    );
    sandbox.refuses(
        ["render", "greeting"],
        2,
        str![[r#"
error: `greeting` is retired
hint: `promptctl restore greeting` brings it back; `--retired` lets readers read it all the same

"#]],
    );
    sandbox
        .run(["list"])
        .succeeds()
        .prints("")
        .complains(str![[r#"
1 retired, shown by --retired

"#]]);
    sandbox
        .run(["restore", "greeting"])
        .succeeds()
        .prints(str![[r#"
greeting is in use

"#]]);
    sandbox.refuses(
        ["show", "greeting"],
        2,
        str![[r#"
error: `greeting` has no label `production`
hint: `promptctl promote greeting@1.0.0` sets it; `greeting@latest` reads 1.0.0 without a label

"#]],
    );
    sandbox.run(["show", "greeting@1.0.0"]).succeeds();
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
{"id":"f176882ea07428fc0da9023e710e749de8afe8a2e12e1bb72bff5d7cea37d16a","v":1,"kind":"prompt","name":"greeting","op":"retire","parents":["44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7"],"labels":["production"],"was":{"production":"1.0.0#cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1"},"message":"Retire","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
{"id":"6653f2d54ff002c48806a22067259c05dd714a48ab39ae4709ba015421de11fb","v":1,"kind":"prompt","name":"greeting","op":"restore","parents":["f176882ea07428fc0da9023e710e749de8afe8a2e12e1bb72bff5d7cea37d16a"],"message":"Restore","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
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
fn names_what_to_use_instead() {
    let sandbox = with_partial();
    sandbox
        .run([
            "retire",
            "shared/tone",
            "--unlabel",
            "--successor",
            "support/triage",
        ])
        .succeeds()
        .prints(str![[r#"
shared/tone is retired
  production is gone (it was at 1.0.0)

"#]]);
    sandbox.refuses(
        ["show", "shared/tone"],
        2,
        str![[r#"
error: `shared/tone` is retired
hint: use `support/triage`; `--retired` reads `shared/tone` itself

"#]],
    );
    sandbox
        .run(["log", "shared/tone"])
        .succeeds()
        .mentions("(use support/triage)");
}

#[test]
fn means_another_version_by_latest() {
    let sandbox = with_versions();
    sandbox
        .run(["retire", "greeting@1.1.0", "--unlabel"])
        .succeeds()
        .prints(str![[r#"
greeting@1.1.0 is retired
  staging is gone (it was at 1.1.0)

"#]]);
    sandbox
        .run(["why", "greeting@latest"])
        .succeeds()
        .mentions("1.0.1");
    sandbox
        .run(["why", "greeting@^1"])
        .succeeds()
        .mentions("1.0.1");
}

#[test]
fn writes_nothing_the_second_time() {
    let sandbox = with_versions();
    sandbox.run(["retire", "greeting@1.0.0"]).succeeds();
    let before = sandbox.disk();
    sandbox
        .run(["retire", "greeting@1.0.0"])
        .succeeds()
        .prints(str![[r#"
greeting@1.0.0 is retired already; nothing was written

"#]]);
    sandbox
        .run(["restore", "greeting@1.0.1"])
        .succeeds()
        .prints(str![[r#"
greeting@1.0.1 is in use already; nothing was written

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn never_breaks_a_pin() {
    let sandbox = with_partial();
    let render = ["render", "support/triage", "--example", "refund"];
    let before = sandbox.run(render).stdout();
    sandbox
        .run(["retire", "shared/tone", "--unlabel"])
        .succeeds();
    sandbox.run(render).succeeds().prints(before);
    assert_eq!(sandbox.read("prompts/shared/tone/1.0.0.prompt"), TONE);
}
