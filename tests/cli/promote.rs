use snapbox::str;

use crate::sandbox::{GREETING, with_greeting, with_versions};

#[test]
fn moves_production_to_the_latest() {
    let sandbox = with_versions();
    sandbox
        .run(["promote", "greeting"])
        .succeeds()
        .prints(str![[r#"
production of greeting: 1.0.1 -> 1.1.0

"#]]);
    sandbox.run(["log", "greeting"]).succeeds().prints(str![[r#"
dd99436392c4 promote 1.1.0 -> production
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Point production to 1.1.0
b7d23712262d create 1.1.0 -> staging
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Polite
97763be145a1 patch 1.0.1 -> production
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Less stiff
44f102ac9290 create 1.0.0 -> production
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  First version

"#]]);
}

#[test]
fn moves_the_label_that_is_named_to_the_version_that_is_named() {
    let sandbox = with_versions();
    sandbox
        .run(["promote", "greeting@1.0.0", "--label", "canary"])
        .succeeds()
        .prints(str![[r#"
canary of greeting: nothing -> 1.0.0

"#]]);
    sandbox
        .run(["promote", "greeting@~1.0.0", "--label", "canary"])
        .succeeds()
        .prints(str![[r#"
canary of greeting: 1.0.0 -> 1.0.1

"#]]);
    sandbox
        .run(["promote", "greeting@staging", "--label", "canary"])
        .succeeds()
        .prints(str![[r#"
canary of greeting: 1.0.1 -> 1.1.0

"#]]);
}

#[test]
fn writes_nothing_if_the_label_is_there() {
    let sandbox = with_versions();
    let before = sandbox.disk();
    sandbox
        .run(["promote", "greeting@1.0.1"])
        .succeeds()
        .prints(str![[r#"
production of greeting is at 1.0.1 already; nothing was written

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn goes_one_step_back() {
    let sandbox = with_versions();
    sandbox.run(["promote", "greeting"]).succeeds();
    sandbox
        .run(["promote", "greeting", "--rollback"])
        .succeeds()
        .prints(str![[r#"
production of greeting is back at 1.0.1 (it was at 1.1.0)

"#]]);
    sandbox
        .run(["show", "greeting", "--meta"])
        .succeeds()
        .prints(str![[r#"
prompt     greeting@1.0.1
kind       text
labels     production
file       prompts/greeting/1.0.1.prompt
sha256     2f872bba9c2524ae8808a3a16b811a30d5c62c829f8d9cdffbf1e60e7d6824a2
identity   96835c8ed07db9495af280782e7c3dda9f20a53ad90da3ba1f3ff0101d0cc966
published  2026-11-20T10:00:00Z by Ada Example <ada@example.com>
message    Less stiff
event      97763be145a15318caa49afac562f5eb9a8009752a084f1cce506abc091e6a67

"#]]);
}

#[test]
fn goes_back_to_the_version_that_is_named() {
    let sandbox = with_versions();
    sandbox.run(["promote", "greeting"]).succeeds();
    sandbox
        .run(["promote", "greeting@1.0.0", "--rollback"])
        .succeeds()
        .prints(str![[r#"
production of greeting is back at 1.0.0 (it was at 1.1.0)

"#]]);
}

#[test]
fn goes_further_back_with_each_rollback() {
    let sandbox = with_versions();
    sandbox.run(["promote", "greeting"]).succeeds();
    sandbox
        .run(["promote", "greeting", "--rollback"])
        .succeeds()
        .prints("production of greeting is back at 1.0.1 (it was at 1.1.0)\n");
    sandbox
        .run(["promote", "greeting", "--rollback"])
        .succeeds()
        .prints("production of greeting is back at 1.0.0 (it was at 1.0.1)\n");
}

#[test]
fn refuses_to_go_back_where_the_label_never_was() {
    let sandbox = with_versions();
    sandbox.refuses(
        ["promote", "greeting@1.1.0", "--rollback"],
        3,
        str![[r#"
error: `production` has never pointed to 1.1.0, so it cannot go back there
hint: `promptctl promote greeting@1.1.0 --label production` moves it there

"#]],
    );
}

#[test]
fn refuses_to_go_back_from_the_first_version() {
    let sandbox = with_greeting();
    sandbox.refuses(
        ["promote", "greeting", "--rollback"],
        2,
        str![[r#"
error: there is no earlier version that `production` of `greeting` could go back to
hint: `promptctl log greeting` shows where it has been

"#]],
    );
}

#[test]
fn takes_a_label_away() {
    let sandbox = with_versions();
    sandbox
        .run(["promote", "greeting", "--label", "staging", "--remove"])
        .succeeds()
        .prints(str![[r#"
staging of greeting is gone (it was at 1.1.0)

"#]]);
    let before = sandbox.disk();
    sandbox
        .run(["promote", "greeting", "--label", "staging", "--remove"])
        .succeeds()
        .prints(str![[r#"
greeting has no label staging; nothing was written

"#]]);
    assert_eq!(sandbox.disk(), before);
    sandbox
        .run(["show", "greeting@staging"])
        .exits(2)
        .complains(str![[r#"
error: `greeting` has no label `staging`
hint: `promptctl promote greeting@1.1.0 --label staging` sets it

"#]]);
}

#[test]
fn refuses_a_version_that_is_not_there() {
    with_versions().refuses(
        ["promote", "greeting@1.0.7"],
        2,
        str![[r#"
error: `greeting` has no version 1.0.7
hint: did you mean `greeting@1.0.1`?

"#]],
    );
}

#[test]
fn refuses_a_retired_version() {
    let sandbox = with_versions();
    sandbox.run(["retire", "greeting@1.0.0"]).succeeds();
    sandbox.refuses(
        ["promote", "greeting@1.0.0"],
        2,
        str![[r#"
error: `greeting@1.0.0` is retired
hint: `promptctl restore greeting@1.0.0` brings it back; `--retired` lets readers read it all the same

"#]],
    );
}

#[test]
fn refuses_the_reserved_label() {
    with_versions().refuses(
        ["promote", "greeting", "--label", "latest"],
        2,
        str![[r#"
error: `latest` is computed from the versions and cannot be moved by hand
hint: `--help` shows what `--label <LABEL>` may be

"#]],
    );
}

#[test]
fn refuses_if_the_label_is_not_where_it_was_expected() {
    let sandbox = with_versions();
    sandbox.refuses(
        ["promote", "greeting", "--expect", "1.0.0"],
        3,
        str![[r#"
error: `production` points to 1.0.1, not to 1.0.0 as expected; nothing was written
hint: somebody was faster: look at `promptctl list`, then decide again

"#]],
    );
    sandbox.refuses(
        ["promote", "greeting", "--expect", "none"],
        3,
        str![[r#"
error: `production` points to 1.0.1, not to nothing as expected; nothing was written
hint: somebody was faster: look at `promptctl list`, then decide again

"#]],
    );
    sandbox
        .run(["promote", "greeting", "--expect", "1.0.1"])
        .succeeds();
}

#[test]
fn shows_the_event_of_a_rehearsal() {
    let sandbox = with_versions();
    let before = sandbox.disk();
    let rehearsal = sandbox.run(["promote", "greeting", "--dry-run"]);
    rehearsal.succeeds();
    assert_eq!(sandbox.disk(), before);
    sandbox.run(["promote", "greeting"]).succeeds();
    let log = sandbox.read("prompts/greeting/changelog.jsonl");
    assert!(log.ends_with(&rehearsal.stdout()));
    assert!(sandbox.read("prompts/greeting/1.0.0.prompt") == GREETING);
}
