use snapbox::str;

use crate::sandbox::{GREETING, TONE, TRIAGE, with_partial, with_versions};

#[test]
fn publishes_the_old_text_again_and_moves_no_label_unasked() {
    let sandbox = with_versions();
    sandbox
        .run(["revert", "greeting", "--to", "1.0.0", "-m", "Too polite"])
        .succeeds()
        .prints(str![[r#"
published greeting@2.0.0, the text of greeting@1.0.0

"#]]);
    sandbox.run(["list"]).succeeds().prints(str![[r#"
NAME      LATEST  LABELS                           CHANGED  DRAFT
greeting  2.0.0   production 1.0.1, staging 1.1.0  now      -

"#]]);
    sandbox
        .run(["show", "greeting@latest"])
        .succeeds()
        .prints(GREETING);
}

#[test]
fn moves_the_label_that_is_named() {
    let sandbox = with_versions();
    sandbox
        .run([
            "revert",
            "greeting",
            "--to",
            "1.0.0",
            "--label",
            "production",
            "-m",
            "Too polite",
        ])
        .succeeds()
        .prints(str![[r#"
published greeting@2.0.0, the text of greeting@1.0.0
  production: 1.0.1 -> 2.0.0

"#]]);
    sandbox.run(["validate"]).succeeds();
}

#[test]
fn keeps_the_pins_of_the_old_version() {
    let sandbox = with_partial();
    sandbox.draft("shared/tone", &TONE.replace("kind", "brief"));
    sandbox
        .run(["patch", "shared/tone", "-m", "Brevity"])
        .succeeds();
    sandbox.draft("support/triage", &TRIAGE.replace("Sorts", "Orders"));
    sandbox
        .run(["patch", "support/triage", "-m", "Wording"])
        .succeeds();
    sandbox
        .run(["revert", "support/triage", "--to", "1.0.0", "-m", "Back"])
        .succeeds()
        .prints(str![[r#"
published support/triage@1.0.2, the text of support/triage@1.0.0
  {{> shared/tone}} is shared/tone@1.0.0

"#]]);
    sandbox
        .run(["render", "support/triage@latest", "--example", "refund"])
        .succeeds()
        .prints(str![[r#"
[system]
Be kind.

[user]
I want my money back

"#]]);
}

#[test]
fn writes_nothing_if_the_latest_is_just_that() {
    let sandbox = with_versions();
    let before = sandbox.disk();
    sandbox
        .run(["revert", "greeting", "--to", "1.1.0", "-m", "Back"])
        .succeeds()
        .prints(str![[r#"
greeting@1.1.0 is just that already; nothing was written

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn refuses_without_a_message() {
    with_versions().refuses(
        ["revert", "greeting", "--to", "1.0.0"],
        2,
        str![[r#"
error: this needs a message: it stays in the changelog for good
hint: say why, with `-m 'Ask for the order number'`

"#]],
    );
}

#[test]
fn refuses_a_version_that_is_not_there() {
    with_versions().refuses(
        ["revert", "greeting", "--to", "1.0.9", "-m", "Back"],
        2,
        str![[r#"
error: `greeting` has no version 1.0.9
hint: did you mean `greeting@1.0.1`?

"#]],
    );
}
