use snapbox::str;

use crate::sandbox::{GREETING, sandbox, with_greeting, with_versions};

#[test]
fn refuses_a_prompt_that_is_there() {
    let sandbox = with_greeting();
    sandbox.refuses(["create", "greeting"], 3, str![[r#"
error: `greeting` exists already; its highest release is 1.0.0
hint: `promptctl patch greeting -m WHY` publishes new wording, `promptctl create greeting --bump minor -m WHY` (or major) more than that

"#]]);
}

#[test]
fn refuses_to_publish_without_a_draft() {
    sandbox().refuses(
        ["create", "greeting"],
        2,
        str![[r#"
error: there is nothing to publish: `prompts/greeting/draft.prompt` does not exist
hint: write the prompt there, or give it with `--file FILE` (`-` for standard input)

"#]],
    );
}

#[test]
fn refuses_a_file_that_is_not_there() {
    let sandbox = sandbox();
    sandbox.refuses(
        ["create", "greeting", "--file", "no.prompt"],
        2,
        str![[r#"
error: cannot read `no.prompt`: no such file or directory

"#]],
    );
}

#[test]
fn refuses_a_further_version_without_a_message() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox.refuses(
        ["create", "greeting", "--bump", "minor"],
        2,
        str![[r#"
error: this needs a message: it stays in the changelog for good
hint: say why, with `-m 'Ask for the order number'`

"#]],
    );
}

#[test]
fn refuses_a_number_that_is_taken() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox.refuses(
        ["create", "greeting", "--version", "1.0.0", "-m", "Again"],
        3,
        str![[r#"
error: `greeting@1.0.0` exists already, and versions never change
hint: the next free number is 1.0.1: `--version 1.0.1`

"#]],
    );
}

#[test]
fn refuses_a_draft_that_is_an_old_versions_text() {
    let sandbox = with_versions();
    sandbox.draft("greeting", GREETING);
    sandbox.refuses(
        ["create", "greeting", "--bump", "minor", "-m", "Back"],
        3,
        str![[r#"
error: the draft is the text of `greeting@1.0.0`, which is published already
hint: `promptctl promote greeting@1.0.0` moves a label to it, `promptctl revert greeting --to 1.0.0 -m WHY` publishes it again

"#]],
    );
}

#[test]
fn refuses_a_prerelease_under_a_label_for_releases() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    sandbox.refuses(
        ["create", "greeting", "--version", "1.0.0-rc.1"],
        3,
        str![[r#"
error: 1.0.0-rc.1 is a pre-release, and `production` is for releases
hint: `--no-label` publishes it without one, `--label` with another

"#]],
    );
}

#[test]
fn refuses_a_version_that_is_none() {
    let sandbox = with_greeting();
    sandbox.refuses(
        ["create", "greeting", "--version", "1.2"],
        2,
        str![[r#"
error: `1.2` is no version: three numbers are needed, as in 1.2.0 or 1.3.0-rc.1
hint: `--help` shows what `--version <VERSION>` may be

"#]],
    );
    sandbox.refuses(
        ["create", "greeting", "--version", "1.2.0+7"],
        2,
        str![[r#"
error: `1.2.0+7` has build metadata, which versions of prompts do not have; drop what follows `+`
hint: `--help` shows what `--version <VERSION>` may be

"#]],
    );
}

#[test]
fn refuses_a_bump_of_nothing() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    sandbox.refuses(
        ["create", "greeting", "--bump", "major"],
        2,
        str![[r#"
error: `greeting` has no version yet that could be bumped
hint: `promptctl create greeting` publishes it as 1.0.0

"#]],
    );
}

#[test]
fn refuses_a_prompt_inside_the_folder_of_another() {
    let sandbox = with_greeting();
    sandbox.file("text.prompt", GREETING);
    sandbox.refuses(
        ["create", "greeting/formal", "--file", "text.prompt"],
        3,
        str![[r#"
error: `greeting/formal` would lie inside the folder of the prompt `greeting`
hint: choose a name that is neither above nor below another prompt's

"#]],
    );
    sandbox.draft("a/b", GREETING);
    sandbox.run(["create", "a/b"]).succeeds();
    sandbox.refuses(
        ["create", "a", "--file", "text.prompt"],
        3,
        str![[r#"
error: `a/b` would lie inside the folder of the prompt `a`
hint: choose a name that is neither above nor below another prompt's

"#]],
    );
}

#[test]
fn refuses_a_text_that_breaks_rules_and_shows_the_place() {
    let sandbox = sandbox();
    sandbox.draft(
        "greeting",
        "---\ndescription: Greets\n---\nHello {{#if who}}{{who}}!\n",
    );
    sandbox.refuses(["create", "greeting"], 2, str![[r#"
error: `prompts/greeting/draft.prompt`, line 4, column 7: `{{#if who}}` opened here is never closed: `{{/if}}` is missing
 --> prompts/greeting/draft.prompt:4:7
4 | Hello {{#if who}}{{who}}!
  |       ^^^^^^^^^^^

"#]]);
}

#[test]
fn counts_the_other_faults_of_a_text() {
    let sandbox = sandbox();
    sandbox.draft("greeting", "{{> missing/one}} and\n{{> missing/two}}\n");
    sandbox.refuses(["create", "greeting"], 2, str![[r#"
error: `prompts/greeting/draft.prompt`, line 1, column 5: `{{> missing/one}}`: there is no prompt `missing/one` (and 1 more)
 --> prompts/greeting/draft.prompt:1:5
1 | {{> missing/one}} and
  |     ^^^^^^^^^^^
hint: `promptctl list` shows the prompts there are
also: `{{> missing/two}}`: there is no prompt `missing/two`
 --> prompts/greeting/draft.prompt:2:5
2 | {{> missing/two}}
  |     ^^^^^^^^^^^
hint: `promptctl list` shows the prompts there are

"#]]);
}

#[test]
fn refuses_if_the_label_is_not_where_it_was_expected() {
    let sandbox = with_versions();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hey"));
    sandbox.refuses(
        [
            "create", "greeting", "--bump", "minor", "-m", "Hey", "--label", "staging", "--expect",
            "1.0.1",
        ],
        3,
        str![[r#"
error: `staging` points to 1.1.0, not to 1.0.1 as expected; nothing was written
hint: somebody was faster: look at `promptctl list`, then decide again

"#]],
    );
    sandbox.refuses(
        [
            "create", "greeting", "--bump", "minor", "-m", "Hey", "--label", "beta", "--expect",
            "1.0.1",
        ],
        3,
        str![[r#"
error: `beta` points to nothing, not to 1.0.1 as expected; nothing was written
hint: somebody was faster: look at `promptctl list`, then decide again

"#]],
    );
    sandbox
        .run([
            "create", "greeting", "--bump", "minor", "-m", "Hey", "--label", "beta", "--expect",
            "none",
        ])
        .succeeds();
}

#[test]
fn refuses_the_name_of_a_retired_prompt() {
    let sandbox = with_greeting();
    sandbox.run(["retire", "greeting", "--unlabel"]).succeeds();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox.refuses(
        ["create", "greeting", "--bump", "minor", "-m", "Anew"],
        2,
        str![[r#"
error: `greeting` is retired
hint: `promptctl restore greeting` brings it back

"#]],
    );
}

#[test]
fn keeps_a_file_that_no_event_mentions_before_it_takes_its_place() {
    let sandbox = with_greeting();
    sandbox.file("prompts/greeting/1.1.0.prompt", "Somebody's work\n");
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox
        .run(["create", "greeting", "--bump", "minor", "-m", "Shorter"])
        .succeeds()
        .complains(str![[r#"
warning: a file of 1.1.0 lay there that no event mentioned; it is kept in `.promptctl/recovered/`

"#]]);
    assert!(sandbox.disk().contains("Somebody's work\n"));
    sandbox.run(["validate"]).succeeds();
}

#[test]
fn refuses_two_sources() {
    let sandbox = with_greeting();
    let before = sandbox.disk();
    sandbox
        .run(["create", "other", "--file", "f", "--copy", "greeting"])
        .exits(2);
    assert_eq!(sandbox.disk(), before);
}
