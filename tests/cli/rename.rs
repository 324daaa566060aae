use std::fs;

use snapbox::str;

use crate::sandbox::{GREETING, with_greeting, with_partial, with_versions};

#[test]
fn goes_on_under_another_name() {
    let sandbox = with_versions();
    sandbox
        .run(["rename", "greeting", "hello/world"])
        .succeeds()
        .prints(str![[r#"
greeting is hello/world now: 1.0.1, 1.1.0
  greeting is retired; its exact versions can still be read

"#]])
        .complains(str![]);
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
{"id":"97763be145a15318caa49afac562f5eb9a8009752a084f1cce506abc091e6a67","v":1,"kind":"prompt","name":"greeting","op":"patch","parents":["44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7"],"version":"1.0.1","sha256":"2f872bba9c2524ae8808a3a16b811a30d5c62c829f8d9cdffbf1e60e7d6824a2","from":"1.0.0#cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1","labels":["production"],"was":{"production":"1.0.0#cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1"},"dialect":1,"message":"Less stiff","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
{"id":"b7d23712262d6535c0f10055b0c1527b85623ccb633620b81c85312cc0b92bef","v":1,"kind":"prompt","name":"greeting","op":"create","parents":["97763be145a15318caa49afac562f5eb9a8009752a084f1cce506abc091e6a67"],"version":"1.1.0","sha256":"5d7efd3ef43cb0cf3031161a8aa5d2ae57cf0eb5263327350538bd8fc4dd65f5","from":"1.0.1#96835c8ed07db9495af280782e7c3dda9f20a53ad90da3ba1f3ff0101d0cc966","labels":["staging"],"was":{"staging":null},"dialect":1,"message":"Polite","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
{"id":"795c104b3e94ccdff7fb835d8b826df733c15c1ae8c024f43bec589d3320f4c8","v":1,"kind":"prompt","name":"greeting","op":"retire","parents":["b7d23712262d6535c0f10055b0c1527b85623ccb633620b81c85312cc0b92bef"],"labels":["production","staging"],"was":{"production":"1.0.1#96835c8ed07db9495af280782e7c3dda9f20a53ad90da3ba1f3ff0101d0cc966","staging":"1.1.0#067bd00a2f0ce6939509991a01064fabe29e2627542b221790b703d1a657c3fe"},"successor":"hello/world","message":"Retire","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
== prompts/greeting/draft.prompt
---
description: Greets
model: example/model
input:
  schema:
    who: string
---
Good day, {{who}}!
== prompts/hello/world/1.0.1.prompt
---
description: Greets
model: example/model
input:
  schema:
    who: string
---
Hi {{who}}!
== prompts/hello/world/1.1.0.prompt
---
description: Greets
model: example/model
input:
  schema:
    who: string
---
Good day, {{who}}!
== prompts/hello/world/changelog.jsonl
{"id":"f85ab7332319051268e40ca2c09407fbfea967f8c28d76d449f0e9c989e69cfb","v":1,"kind":"prompt","name":"hello/world","op":"create","version":"1.0.1","sha256":"2f872bba9c2524ae8808a3a16b811a30d5c62c829f8d9cdffbf1e60e7d6824a2","labels":["production"],"was":{"production":null},"dialect":1,"origin":{"kind":"prompt","name":"greeting","heads":["b7d23712262d6535c0f10055b0c1527b85623ccb633620b81c85312cc0b92bef"]},"message":"Renamed from greeting","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
{"id":"bd93d6a17cbdcfa937e91cb6bb77572db8c01c56390bf402626dd46a77b90eaa","v":1,"kind":"prompt","name":"hello/world","op":"create","parents":["f85ab7332319051268e40ca2c09407fbfea967f8c28d76d449f0e9c989e69cfb"],"version":"1.1.0","sha256":"5d7efd3ef43cb0cf3031161a8aa5d2ae57cf0eb5263327350538bd8fc4dd65f5","labels":["staging"],"was":{"staging":null},"dialect":1,"origin":{"kind":"prompt","name":"greeting","heads":["b7d23712262d6535c0f10055b0c1527b85623ccb633620b81c85312cc0b92bef"]},"message":"Renamed from greeting","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
== prompts/hello/world/draft.prompt
---
description: Greets
model: example/model
input:
  schema:
    who: string
---
Good day, {{who}}!

"#]]);
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings in 2 prompts, 5 versions

"#]]);
    sandbox.run(["list"]).succeeds().prints(str![[r#"
NAME         LATEST  LABELS                     CHANGED  DRAFT
hello/world  1.1.0   production 1.0.1, staging  now      -

"#]]);
}

#[test]
fn reads_exact_versions_of_the_old_name_with_a_warning() {
    let sandbox = with_versions();
    sandbox.run(["rename", "greeting", "hello"]).succeeds();
    sandbox
        .run(["render", "greeting@1.0.0", "--var", "who=Ada"])
        .succeeds()
        .prints("Hello Ada!\n")
        .complains(str![[r#"
warning: `greeting` is retired; use `hello@1.0.0`

"#]]);
    sandbox
        .run(["render", "greeting@1.0.1", "--var", "who=Ada"])
        .succeeds()
        .prints("Hi Ada!\n");
}

#[test]
fn points_other_references_to_the_new_name() {
    let sandbox = with_versions();
    sandbox.run(["rename", "greeting", "hello"]).succeeds();
    sandbox.refuses(
        ["show", "greeting"],
        2,
        str![[r#"
error: `greeting` is retired
hint: use `hello`; `--retired` reads `greeting` itself

"#]],
    );
    sandbox.refuses(
        ["show", "greeting@staging"],
        2,
        str![[r#"
error: `greeting` is retired
hint: use `hello@staging`; `--retired` reads `greeting` itself

"#]],
    );
}

#[test]
fn tells_the_history_of_both_names() {
    let sandbox = with_versions();
    sandbox
        .run(["rename", "greeting", "hello", "-m", "Shorter name"])
        .succeeds();
    sandbox.run(["log", "hello"]).succeeds().prints(str![[r#"
ea74de42a387 create 1.1.0 -> staging
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Shorter name
0b917d094c6e create 1.0.1 -> production
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Shorter name
35f62ab4607a retire -production -staging (use hello) (greeting)
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Shorter name
b7d23712262d create 1.1.0 -> staging (greeting)
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Polite
97763be145a1 patch 1.0.1 -> production (greeting)
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Less stiff
44f102ac9290 create 1.0.0 -> production (greeting)
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  First version

"#]]);
}

#[test]
fn takes_the_latest_where_there_is_no_label() {
    let sandbox = with_versions();
    for label in ["production", "staging"] {
        sandbox
            .run(["promote", "greeting", "--remove", "--label", label])
            .succeeds();
    }
    sandbox
        .run(["rename", "greeting", "hello"])
        .succeeds()
        .prints(str![[r#"
greeting is hello now: 1.1.0
  greeting is retired; its exact versions can still be read

"#]]);
}

#[test]
fn keeps_pins_and_what_pins_the_old_name() {
    let sandbox = with_partial();
    let render = ["render", "support/triage@1.0.0", "--example", "refund"];
    let before = sandbox.run(render).stdout();
    sandbox
        .run(["rename", "shared/tone", "shared/voice"])
        .succeeds();
    sandbox.run(render).succeeds().prints(&before);
    sandbox
        .run(["rename", "support/triage", "support/intake"])
        .succeeds();
    sandbox
        .run(["render", "support/intake", "--example", "refund"])
        .succeeds()
        .prints(&before);
}

#[test]
fn points_drafts_that_use_the_old_name_to_the_new_one() {
    let sandbox = with_partial();
    sandbox
        .run(["rename", "shared/tone", "shared/voice"])
        .succeeds();
    sandbox
        .run(["validate", "support/triage"])
        .exits(1)
        .prints(str![[r#"
error[missing-partial]: `{{> shared/tone}}`: `shared/tone` is retired
  --> prompts/support/triage/draft.prompt:13:5
13 | {{> shared/tone}}
   |     ^^^^^^^^^^^
  hint: use `shared/voice`; `--retired` reads `shared/tone` itself
1 error, 0 warnings in 1 prompt, 1 version

"#]]);
}

#[test]
fn takes_unpublished_edits_along() {
    let sandbox = with_greeting();
    let edited = GREETING.replace("Hello", "Half done");
    sandbox.draft("greeting", &edited);
    sandbox
        .run(["rename", "greeting", "hello"])
        .succeeds()
        .complains(str![[r#"
warning: the draft of `greeting` has unpublished edits; they are in the draft of `hello` now too

"#]]);
    assert_eq!(sandbox.read("prompts/hello/draft.prompt"), edited);
    assert_eq!(sandbox.read("prompts/greeting/draft.prompt"), edited);
}

#[test]
fn writes_nothing_the_second_time() {
    let sandbox = with_versions();
    sandbox.run(["rename", "greeting", "hello"]).succeeds();
    let before = sandbox.disk();
    sandbox
        .run(["rename", "greeting", "hello"])
        .succeeds()
        .prints(str![[r#"
greeting is hello already; nothing was written

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn completes_what_was_cut_short() {
    let sandbox = with_versions();
    let old_log = "prompts/greeting/changelog.jsonl";
    let new_log = "prompts/hello/changelog.jsonl";
    let before = sandbox.read(old_log);
    sandbox.run(["rename", "greeting", "hello"]).succeeds();
    let whole = sandbox.disk();
    // As if the program had been killed after the first version of two.
    let first = sandbox
        .read(new_log)
        .split_inclusive('\n')
        .next()
        .unwrap()
        .to_owned();
    sandbox.file(old_log, before).file(new_log, first);
    fs::remove_file(sandbox.join("prompts/hello/1.1.0.prompt")).unwrap();
    sandbox
        .run(["rename", "greeting", "hello"])
        .succeeds()
        .prints(str![[r#"
greeting is hello now: 1.1.0
  greeting is retired; its exact versions can still be read

"#]]);
    assert_eq!(sandbox.disk(), whole);
}

#[test]
fn completes_a_rename_that_lacks_only_the_end_of_the_old_prompt() {
    let sandbox = with_versions();
    let old_log = "prompts/greeting/changelog.jsonl";
    let before = sandbox.read(old_log);
    sandbox.run(["rename", "greeting", "hello"]).succeeds();
    let whole = sandbox.disk();
    sandbox.file(old_log, before);
    sandbox
        .run(["rename", "greeting", "hello"])
        .succeeds()
        .mentions("greeting is retired");
    assert_eq!(sandbox.disk(), whole);
}

#[test]
fn shows_every_event_of_a_rehearsal() {
    let sandbox = with_versions();
    let before = sandbox.disk();
    let rehearsal = sandbox.run(["rename", "greeting", "hello", "--dry-run"]);
    rehearsal.succeeds();
    assert_eq!(rehearsal.stdout().lines().count(), 3);
    assert_eq!(sandbox.disk(), before);
}
