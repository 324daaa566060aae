use std::ffi::OsStr;

use snapbox::str;

use crate::sandbox::{GREETING, empty, sandbox, with_greeting, with_partial, with_versions};

#[test]
fn where_there_is_no_store() {
    let folder = empty();
    folder.refuses(
        ["list"],
        2,
        str![[r#"
error: no `promptctl.toml` in `[ROOT]` or above
hint: `promptctl init` makes a store here; `--store DIR` names another one

"#]],
    );
    folder.refuses(
        ["create", "greeting"],
        2,
        str![[r#"
error: no `promptctl.toml` in `[ROOT]` or above
hint: `promptctl init` makes a store here; `--store DIR` names another one

"#]],
    );
    folder.refuses(
        ["list", "--store", "nowhere"],
        2,
        str![[r#"
error: `nowhere` has no `promptctl.toml`
hint: `promptctl init nowhere` makes it one

"#]],
    );
}

#[test]
fn a_prompt_that_is_not_there() {
    let sandbox = with_partial();
    sandbox.refuses(
        ["show", "suport/triage"],
        2,
        str![[r#"
error: there is no prompt `suport/triage`
hint: did you mean `support/triage`?

"#]],
    );
    sandbox.refuses(
        ["promote", "zebra"],
        2,
        str![[r#"
error: there is no prompt `zebra`
hint: `promptctl list` shows the prompts there are

"#]],
    );
}

#[test]
fn a_prompt_that_was_never_published() {
    let sandbox = with_greeting();
    sandbox.draft("new", GREETING);
    sandbox.refuses(
        ["show", "new"],
        2,
        str![[r#"
error: there is no prompt `new`
hint: `prompts/new/draft.prompt` is not published yet: `promptctl create new` does that

"#]],
    );
}

#[test]
fn a_version_that_is_not_there() {
    with_versions().refuses(
        ["show", "greeting@1.0.2"],
        2,
        str![[r#"
error: `greeting` has no version 1.0.2
hint: did you mean `greeting@1.0.1`?

"#]],
    );
}

#[test]
fn a_label_that_is_not_there() {
    let sandbox = with_versions();
    sandbox.refuses(
        ["show", "greeting@stagin"],
        2,
        str![[r#"
error: `greeting` has no label `stagin`
hint: did you mean `greeting@staging`?

"#]],
    );
    sandbox.refuses(
        ["show", "greeting@canary"],
        2,
        str![[r#"
error: `greeting` has no label `canary`
hint: `promptctl promote greeting@1.1.0 --label canary` sets it

"#]],
    );
}

#[test]
fn names_that_no_prompt_can_have() {
    let sandbox = with_greeting();
    for name in [
        "../x",
        "/etc/passwd",
        "a//b",
        "a/",
        "con",
        "a/nul",
        "Greeting",
        "grüße",
        "a b",
        "a\\b",
        "this",
        "a/draft",
        "1.0.0",
        "",
        "a/b/c/d/e/f/g/h/i",
        &"a".repeat(65),
    ] {
        let before = sandbox.disk();
        sandbox.run(["create", name]).exits(2).prints("");
        sandbox.run(["show", name]).exits(2).prints("");
        assert_eq!(sandbox.disk(), before);
    }
    sandbox.run(["create", "../x"]).complains(str![[r#"
error: `..` is no segment of a name: a lower-case letter, then at most 63 of a-z, 0-9, `_`, `-`
hint: `--help` shows what `<NAME>` may be

"#]]);
    sandbox.run(["create", "con"]).complains(str![[r#"
error: `con` is a reserved word and cannot be a segment of a name
hint: `--help` shows what `<NAME>` may be

"#]]);
    sandbox.run(["create", "Greeting"]).complains(str![[r#"
error: `Greeting` is no segment of a name: a lower-case letter, then at most 63 of a-z, 0-9, `_`, `-`
hint: `--help` shows what `<NAME>` may be

"#]]);
    sandbox
        .run(["create", "a/b/c/d/e/f/g/h/i"])
        .complains(str![[r#"
error: a name has at most 8 segments, this one has 9
hint: `--help` shows what `<NAME>` may be

"#]]);
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt as _;

    let sandbox = with_greeting();
    let output = sandbox
        .command()
        .arg("show")
        .arg(OsStr::from_bytes(b"gr\xff"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_closed_standard_output() {
    let sandbox = with_greeting();
    let output = std::process::Command::new("sh")
        .args(["-c", "exec \"$0\" show greeting >&-"])
        .arg(env!("CARGO_BIN_EXE_promptctl"))
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn nobody_who_writes() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    let before = sandbox.disk();
    sandbox
        .run_with(
            &["create", "greeting"],
            |command| {
                command
                    .env_remove("PROMPTCTL_AUTHOR")
                    .env("GIT_CONFIG_GLOBAL", "/dev/null")
                    .env("GIT_CONFIG_SYSTEM", "/dev/null");
            },
            "",
        )
        .exits(2)
        .complains(str![[r#"
error: nobody says who writes this
hint: `--by 'Ada Example <ada@example.com>'`, PROMPTCTL_AUTHOR, or `git config user.name 'Ada Example'`

"#]]);
    assert_eq!(sandbox.disk(), before);
}
