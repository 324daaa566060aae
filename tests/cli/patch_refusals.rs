use snapbox::str;

use crate::sandbox::{GREETING, sandbox, with_greeting, with_versions};

#[test]
fn refuses_without_a_message() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox.refuses(
        ["patch", "greeting"],
        2,
        str![[r#"
error: this needs a message: it stays in the changelog for good
hint: say why, with `-m 'Ask for the order number'`

"#]],
    );
}

#[test]
fn refuses_a_prompt_that_was_never_published() {
    let sandbox = with_greeting();
    sandbox.draft("greeter", GREETING);
    sandbox.refuses(
        ["patch", "greeter", "-m", "First"],
        2,
        str![[r#"
error: there is no prompt `greeter`
hint: `prompts/greeter/draft.prompt` is not published yet: `promptctl create greeter` does that

"#]],
    );
}

#[test]
fn refuses_where_the_default_label_is_not_set() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    sandbox.run(["create", "greeting", "--no-label"]).succeeds();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox.refuses(
        ["patch", "greeting", "-m", "Less stiff"],
        2,
        str![[r#"
error: `greeting` has no label `production`
hint: `promptctl promote greeting@1.0.0` sets it; `greeting@latest` reads 1.0.0 without a label

"#]],
    );
}

#[test]
fn refuses_what_the_labels_policy_forbids_before_it_writes() {
    let sandbox = with_greeting();
    sandbox.file(
        "promptctl.toml",
        "format = 1\n[labels.production]\nfrom = \"staging\"\n",
    );
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox.refuses(
        ["patch", "greeting", "-m", "Less stiff"],
        3,
        str![[r#"
error: 1.0.1 has never been `staging`, which `production` asks for
hint: `--label staging` moves another label, `--no-promote` none

"#]],
    );
    sandbox
        .run([
            "patch",
            "greeting",
            "--label",
            "staging",
            "-m",
            "Less stiff",
        ])
        .succeeds()
        .prints(str![[r#"
published greeting@1.0.1, after 1.0.0
  staging: nothing -> 1.0.1

"#]]);
}

#[test]
fn refuses_a_draft_that_is_an_old_versions_text() {
    let sandbox = with_versions();
    sandbox.draft("greeting", GREETING);
    sandbox.refuses(["patch", "greeting", "-m", "Back"], 3, str![[r#"
error: the draft is the text of `greeting@1.0.0`, which is published already
hint: `promptctl promote greeting@1.0.0` moves a label to it, `promptctl revert greeting --to 1.0.0 -m WHY` publishes it again

"#]]);
}

#[test]
fn refuses_if_somebody_was_faster() {
    let sandbox = with_versions();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hey"));
    sandbox.refuses(
        ["patch", "greeting", "--expect", "1.0.0", "-m", "Hey"],
        3,
        str![[r#"
error: `production` points to 1.0.1, not to 1.0.0 as expected; nothing was written
hint: somebody was faster: look at `promptctl list`, then decide again

"#]],
    );
    sandbox
        .run(["patch", "greeting", "--expect", "1.0.1", "-m", "Hey"])
        .succeeds();
}
