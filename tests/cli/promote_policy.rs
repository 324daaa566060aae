use snapbox::str;

use crate::sandbox::{GREETING, Sandbox, with_versions};

/// A store whose production asks for staging first; 1.1.0 is in staging.
fn gated() -> Sandbox {
    let sandbox = with_versions();
    sandbox.file(
        "promptctl.toml",
        "format = 1\n\n[labels.production]\nprerelease = false\nfrom = \"staging\"\n",
    );
    sandbox
}

fn with_candidate() -> Sandbox {
    let sandbox = with_versions();
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
        .succeeds();
    sandbox
}

#[test]
fn takes_the_version_of_the_label_before() {
    let sandbox = gated();
    sandbox
        .run(["promote", "greeting"])
        .succeeds()
        .prints(str![[r#"
production of greeting: 1.0.1 -> 1.1.0

"#]]);
}

#[test]
fn refuses_a_version_that_skipped_staging() {
    gated().refuses(["promote", "greeting@1.0.0"], 3, str![[r#"
error: 1.0.0 has never been `staging`, which `production` asks for
hint: `promptctl promote greeting@1.0.0 --label staging` first; `--override REASON` goes past the policy and is recorded

"#]]);
}

#[test]
fn lets_a_version_pass_that_was_in_staging_once() {
    let sandbox = gated();
    sandbox
        .run(["promote", "greeting", "--label", "staging", "--remove"])
        .succeeds();
    sandbox
        .run(["promote", "greeting@1.1.0"])
        .succeeds()
        .prints(str![[r#"
production of greeting: 1.0.1 -> 1.1.0

"#]]);
}

#[test]
fn asks_for_a_version_if_the_label_before_is_not_set() {
    let sandbox = gated();
    sandbox
        .run(["promote", "greeting", "--label", "staging", "--remove"])
        .succeeds();
    sandbox.refuses(
        ["promote", "greeting"],
        2,
        str![[r#"
error: `greeting` has no label `staging`, which the policy of `production` asks for
hint: `promptctl promote greeting@V --label staging` sets it

"#]],
    );
}

#[test]
fn goes_past_the_policy_with_a_reason_that_is_kept() {
    let sandbox = gated();
    sandbox
        .run(["promote", "greeting@1.0.0", "--override", "Outage 4711"])
        .succeeds()
        .prints(str![[r#"
production of greeting: 1.0.1 -> 1.0.0

"#]]);
    sandbox.run(["log", "greeting"]).mentions("Outage 4711");
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 3 versions

"#]]);
}

#[test]
fn never_holds_up_a_rollback() {
    let sandbox = gated();
    sandbox.run(["promote", "greeting"]).succeeds();
    sandbox
        .run(["promote", "greeting", "--rollback"])
        .succeeds()
        .prints(str![[r#"
production of greeting is back at 1.0.1 (it was at 1.1.0)

"#]]);
    sandbox.run(["validate"]).succeeds();
}

#[test]
fn refuses_a_prerelease_in_production() {
    with_candidate().refuses(["promote", "greeting@2.0.0-rc.1"], 3, str![[r#"
error: 2.0.0-rc.1 is a pre-release, and `production` is for releases
hint: publish the release first: `promptctl create greeting --copy greeting@2.0.0-rc.1 --version 2.0.0 -m WHY`; `--override REASON` goes past the policy and is recorded

"#]]);
}

#[test]
fn publishes_a_candidate_as_the_release_that_the_hint_names() {
    let sandbox = with_candidate();
    sandbox
        .run([
            "create",
            "greeting",
            "--copy",
            "greeting@2.0.0-rc.1",
            "--version",
            "2.0.0",
            "-m",
            "Release",
        ])
        .succeeds()
        .prints(str![[r#"
published greeting@2.0.0, the text of greeting@2.0.0-rc.1

"#]]);
    sandbox
        .run(["promote", "greeting@2.0.0"])
        .succeeds()
        .prints(str![[r#"
production of greeting: 1.0.1 -> 2.0.0

"#]]);
}

#[test]
fn refuses_to_go_back_in_a_store_that_only_fixes_forward() {
    let sandbox = with_versions();
    sandbox.file(
        "promptctl.toml",
        "format = 1\n[store]\nfix-forward = true\n",
    );
    sandbox.refuses(
        ["promote", "greeting", "--rollback"],
        3,
        str![[r#"
error: labels do not go back in this store (`fix-forward = true`)
hint: `promptctl revert greeting --to V --label production -m WHY` publishes the old text again

"#]],
    );
    sandbox.refuses(
        ["promote", "greeting@1.0.0", "--rollback"],
        3,
        str![[r#"
error: labels do not go back in this store (`fix-forward = true`)
hint: `promptctl revert greeting --to V --label production -m WHY` publishes the old text again

"#]],
    );
}
