use snapbox::str;

use crate::sandbox::{GREETING, Sandbox, with_greeting, with_partial, with_versions};

const LOG: &str = "prompts/greeting/changelog.jsonl";

/// A store in a git repository, with everything staged.
fn staged() -> Sandbox {
    let sandbox = with_greeting();
    sandbox.git(["init", "--quiet"]).succeeds();
    sandbox.git(["add", "."]).succeeds();
    sandbox
}

#[test]
fn finds_nothing_in_a_clean_store() {
    with_partial()
        .run(["validate"])
        .succeeds()
        .prints(str![[r#"
0 errors, 0 warnings in 2 prompts, 2 versions

"#]])
        .complains("");
    with_versions()
        .run(["validate"])
        .succeeds()
        .prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 3 versions

"#]]);
}

#[test]
fn finds_nothing_in_an_empty_store() {
    crate::sandbox::sandbox()
        .run(["validate"])
        .succeeds()
        .prints(str![[r#"
0 errors, 0 warnings in 0 prompts, 0 versions

"#]]);
}

#[test]
fn looks_only_at_what_is_named() {
    let sandbox = with_partial();
    sandbox.draft("broken", "{{#if\n");
    sandbox.run(["validate"]).exits(1);
    sandbox
        .run(["validate", "support/triage"])
        .succeeds()
        .prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 1 version

"#]]);
    sandbox
        .run(["validate", "prompts/support"])
        .succeeds()
        .prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 1 version

"#]]);
    sandbox
        .run(["validate", "prompts/broken/draft.prompt"])
        .exits(1);
    sandbox
        .run_with(
            &["validate", "triage/draft.prompt"],
            |command| {
                command.current_dir(sandbox.join("prompts/support"));
            },
            "",
        )
        .succeeds();
}

#[test]
fn refuses_a_target_that_is_not_there() {
    with_partial().refuses(
        ["validate", "suport"],
        2,
        str![[r#"
error: there is nothing called `suport` in this store
hint: name a prompt, or a file or folder below the store

"#]],
    );
}

#[test]
fn takes_levels_from_the_settings() {
    let sandbox = with_greeting();
    sandbox.file("prompts/greeting/notes.txt", "Mine\n");
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
warning[stray-file]: the file is none of a prompt's
  --> prompts/greeting/notes.txt
  hint: move it away
0 errors, 1 warning in 1 prompt, 1 version

"#]]);
    sandbox.file(
        "promptctl.toml",
        "format = 1\n[lint]\nstray-file = \"error\"\n",
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[stray-file]: the file is none of a prompt's
  --> prompts/greeting/notes.txt
  hint: move it away
1 error, 0 warnings in 1 prompt, 1 version

"#]]);
    sandbox.file(
        "promptctl.toml",
        "format = 1\n[lint]\nstray-file = \"error\"\n\
         [[lint.path]]\nmatch = \"greeting/**\"\nstray-file = \"off\"\n",
    );
    sandbox.run(["validate"]).succeeds();
}

#[test]
fn accepts_a_lost_last_newline_of_a_log_with_a_warning() {
    let sandbox = with_greeting();
    let log = sandbox.read(LOG);
    sandbox.file(LOG, log.trim_end());
    let before = sandbox.disk();
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
warning[log-unterminated]: the last line lacks its newline
  --> prompts/greeting/changelog.jsonl:1:1
  hint: the next write mends it, and so does `promptctl repair`
0 errors, 1 warning in 1 prompt, 1 version

"#]]);
    assert_eq!(sandbox.disk(), before);
    sandbox
        .run(["show", "greeting"])
        .succeeds()
        .prints(GREETING);
}

#[test]
fn refuses_to_stage_a_log_without_its_last_newline() {
    let sandbox = staged();
    sandbox
        .run(["validate", "--staged"])
        .succeeds()
        .prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 1 version

"#]]);
    let log = sandbox.read(LOG);
    sandbox.file(LOG, log.trim_end());
    sandbox.run(["validate", "--staged"]).succeeds();
    sandbox.git(["add", "."]).succeeds();
    sandbox
        .run(["validate", "--staged"])
        .exits(1)
        .prints(str![[r#"
error[log-unterminated]: the last line lacks its newline
  --> prompts/greeting/changelog.jsonl:1:1
  hint: the next write mends it, and so does `promptctl repair`
1 error, 0 warnings in 1 prompt, 1 version

"#]]);
}

#[test]
fn looks_at_what_is_staged_and_not_at_the_working_tree() {
    let sandbox = staged();
    sandbox.file("prompts/greeting/1.0.0.prompt", "Mine\n");
    sandbox.run(["validate"]).exits(1);
    sandbox.run(["validate", "--staged"]).succeeds();
    sandbox.git(["add", "."]).succeeds();
    sandbox.file("prompts/greeting/1.0.0.prompt", GREETING);
    sandbox.run(["validate"]).succeeds();
    sandbox
        .run(["validate", "--staged"])
        .exits(1)
        .prints(str![[r#"
error[released-content-changed]: the file was changed after it was published
  --> prompts/greeting/1.0.0.prompt
  hint: `git checkout -- prompts/greeting/1.0.0.prompt` brings it back, and so does `promptctl resolve greeting`; publish an edit with `promptctl patch`
1 error, 0 warnings in 1 prompt, 1 version

"#]]);
}

#[test]
fn finds_a_staged_log_without_its_version_file() {
    let sandbox = staged();
    sandbox
        .git(["rm", "--quiet", "--cached", "prompts/greeting/1.0.0.prompt"])
        .succeeds();
    sandbox
        .run(["validate", "--staged"])
        .exits(1)
        .prints(str![[r#"
error[version-file-missing]: the file of 1.0.0 is missing
  --> prompts/greeting/1.0.0.prompt
  hint: `git checkout -- prompts/greeting/1.0.0.prompt`, or `promptctl resolve greeting`
1 error, 0 warnings in 1 prompt, 0 versions

"#]]);
}

#[test]
fn needs_git_for_what_is_staged() {
    with_greeting().refuses(
        ["validate", "--staged"],
        4,
        str![[r#"
error: git: fatal: not a git repository (or any of the parent directories): .git

"#]],
    );
}

#[test]
fn shows_remarks_only_when_asked_for_more() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings, 1 remark in 1 prompt, 1 version

"#]]);
    sandbox
        .run(["validate", "--verbose"])
        .succeeds()
        .prints(str![[r#"
info[draft-unpublished]: the draft has unpublished edits
  --> prompts/greeting/draft.prompt
  hint: `promptctl patch greeting -m WHY` publishes them
0 errors, 0 warnings, 1 remark in 1 prompt, 1 version

"#]]);
}

#[test]
fn prints_nothing_about_a_clean_store_when_asked_to_be_quiet() {
    with_greeting()
        .run(["validate", "--quiet"])
        .succeeds()
        .prints("");
}
