use snapbox::{IntoData, str};

use crate::sandbox::{empty, sandbox, with_greeting};

#[test]
fn makes_a_store_of_a_folder() {
    let sandbox = empty();
    sandbox
        .run(["init"])
        .succeeds()
        .prints(str![[r#"
this folder is a store now: promptctl.toml, .gitattributes, prompts/

"#]])
        .complains(str![[r#"
next: write prompts/NAME/draft.prompt, then `promptctl create NAME`

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

"#]]);
    assert!(sandbox.exists("prompts"));
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings in 0 prompts, 0 versions

"#]]);
}

#[test]
fn makes_the_folder_that_is_named() {
    let sandbox = empty();
    sandbox.run(["init", "team/store"]).succeeds();
    assert!(sandbox.exists("team/store/promptctl.toml"));
    assert!(!sandbox.exists("promptctl.toml"));
    sandbox
        .run(["--store", "team/store", "list"])
        .succeeds()
        .complains(str![[r#"
no prompts: write prompts/NAME/draft.prompt, then `promptctl create NAME`

"#]]);
}

#[test]
fn changes_nothing_the_second_time() {
    let sandbox = with_greeting();
    let before = sandbox.disk();
    sandbox.run(["init"]).succeeds().prints(str![[r#"
this folder is a store already

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn keeps_the_settings_that_are_there() {
    let sandbox = empty();
    let settings = "format = 1 # ours\n\n[store]\nroot = \"texts\"\n";
    sandbox.file("promptctl.toml", settings);
    sandbox.run(["init"]).succeeds();
    assert_eq!(sandbox.read("promptctl.toml"), settings);
    assert!(sandbox.read(".gitattributes").starts_with("texts/**/"));
}

#[test]
fn adds_only_the_lines_that_gitattributes_lacks() {
    let sandbox = sandbox();
    let attributes = "*.png binary\nprompts/**/draft.prompt text eol=lf";
    sandbox.file(".gitattributes", attributes);
    sandbox.run(["init"]).succeeds().prints(str![[r#"
this folder is a store now: .gitattributes

"#]]);
    snapbox::assert_data_eq!(
        sandbox.read(".gitattributes"),
        str![[r#"
*.png binary
prompts/**/draft.prompt text eol=lf
prompts/**/[0-9]*.prompt -text -merge
prompts/**/changelog.jsonl -text merge=union
prompts/.schemas/** -text

"#]]
        .raw()
    );
}

#[test]
fn ignores_its_own_folder_in_git() {
    let sandbox = empty();
    sandbox.git(["init", "--quiet"]).succeeds();
    sandbox.run(["init"]).succeeds();
    sandbox.draft("greeting", crate::sandbox::GREETING);
    sandbox.run(["create", "greeting"]).succeeds();
    sandbox
        .git(["status", "--short", "--untracked-files=all"])
        .succeeds()
        .prints(str![[r#"
?? .gitattributes
?? promptctl.toml
?? prompts/greeting/1.0.0.prompt
?? prompts/greeting/changelog.jsonl
?? prompts/greeting/draft.prompt

"#]]);
}

#[test]
fn refuses_settings_that_cannot_be_read() {
    let sandbox = empty();
    sandbox.file("promptctl.toml", "format = 1\n[store\n");
    sandbox.refuses(
        ["init"],
        2,
        str![[r#"
error: `[ROOT]/promptctl.toml`, line 2, column 7: unclosed table, expected `]`
 --> [ROOT]/promptctl.toml:2:7
2 | [store
  |       ^

"#]],
    );
}

#[test]
fn refuses_a_folder_that_is_a_file() {
    let sandbox = empty();
    sandbox.file("notes", "a file\n");
    sandbox.refuses(
        ["init", "notes"],
        4,
        str![[r#"
error: cannot create `notes`: file exists

"#]],
    );
}
