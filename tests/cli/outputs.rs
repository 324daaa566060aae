use std::process::Command;

use snapbox::str;

use crate::sandbox::{GREETING, Sandbox, sandbox, with_partial, with_versions};

const ESCAPE: char = '\u{1b}';

fn list(sandbox: &Sandbox, args: &[&str], change: impl FnOnce(&mut Command)) -> String {
    let run = sandbox.run_with(&[&["list"], args].concat(), change, "");
    run.succeeds().stdout()
}

#[test]
fn uses_no_colour_in_a_pipe() {
    let sandbox = with_versions();
    assert!(!list(&sandbox, &[], |_| {}).contains(ESCAPE));
    let error = sandbox.run(["show", "nobody"]);
    assert!(!error.exits(2).stderr().contains(ESCAPE));
}

#[test]
fn uses_colour_always_if_asked() {
    let sandbox = with_versions();
    assert!(list(&sandbox, &["--color", "always"], |_| {}).contains(ESCAPE));
    let error = sandbox.run(["show", "nobody", "--color", "always"]);
    assert!(error.exits(2).stderr().contains(ESCAPE));
}

#[test]
fn does_as_the_environment_says_about_colour() {
    let sandbox = with_versions();
    let forced = list(&sandbox, &[], |command| {
        command.env("CLICOLOR_FORCE", "1");
    });
    assert!(forced.contains(ESCAPE));
    let none = list(&sandbox, &[], |command| {
        command.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    });
    assert!(!none.contains(ESCAPE));
    let never = list(&sandbox, &["--color", "never"], |command| {
        command.env("CLICOLOR_FORCE", "1");
    });
    assert!(!never.contains(ESCAPE));
}

#[test]
fn says_the_same_with_colour_and_without() {
    let sandbox = with_versions();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Howdy"));
    for command in [
        &["list"][..],
        &["log", "greeting"],
        &["diff", "greeting"],
        &["why", "greeting"],
        &["status"],
        &["validate", "-v"],
    ] {
        let plain = sandbox.run_with(command, |_| {}, "").stdout();
        let args = [command, &["--color", "always"]].concat();
        let colourful = sandbox.run_with(&args, |_| {}, "").stdout();
        assert_ne!(plain, colourful, "{command:?}");
        assert_eq!(plain, without_styles(&colourful), "{command:?}");
    }
}

/// Leaves the sequences of colours out.
fn without_styles(text: &str) -> String {
    let mut pieces = text.split(ESCAPE);
    let mut plain = pieces.next().unwrap().to_owned();
    for piece in pieces {
        plain.push_str(piece.split_once('m').unwrap().1);
    }
    plain
}

#[test]
fn gives_control_characters_unchanged_to_a_pipe() {
    let sandbox = sandbox();
    let text = "Hello \u{1b}[31m\u{7}{{who}}\n";
    sandbox.draft("odd", text);
    sandbox.run(["create", "odd"]).succeeds();
    sandbox.run(["show", "odd"]).succeeds().prints(text);
    sandbox
        .run(["render", "odd", "--var", "who=\u{1b}[0m"])
        .succeeds()
        .prints("Hello \u{1b}[31m\u{7}\u{1b}[0m\n");
}

#[test]
fn says_nothing_of_success_when_asked_to_be_quiet() {
    let sandbox = with_versions();
    sandbox
        .run(["promote", "greeting", "-q"])
        .succeeds()
        .prints("")
        .complains("");
    sandbox
        .run(["show", "greeting", "-q"])
        .succeeds()
        .prints(GREETING.replace("Hello", "Good day,"));
    sandbox
        .run(["show", "nobody", "-q"])
        .exits(2)
        .complains(str![[r#"
error: there is no prompt `nobody`
hint: `promptctl list` shows the prompts there are

"#]]);
}

#[test]
fn keeps_standard_output_for_data() {
    let sandbox = with_partial();
    sandbox
        .run(["rename", "shared/tone", "shared/voice"])
        .succeeds();
    let run = sandbox.run(["show", "shared/tone@1.0.0"]);
    run.succeeds()
        .prints(crate::sandbox::TONE)
        .complains(str![[r#"
warning: `shared/tone` is retired; use `shared/voice@1.0.0`

"#]]);
}

#[test]
fn refuses_a_format_that_the_command_does_not_have() {
    let sandbox = with_versions();
    sandbox.refuses(
        ["list", "--format", "markdown"],
        2,
        str![[r#"
error: this command does not print in that format
hint: its formats are text, json

"#]],
    );
    sandbox.refuses(
        ["promote", "greeting", "--format", "messages"],
        2,
        str![[r#"
error: this command does not print in that format
hint: its formats are text, json

"#]],
    );
    sandbox
        .run(["list", "--format", "xml"])
        .exits(2)
        .complains(str![[r#"
error: invalid value 'xml' for '--format <FORMAT>'
  [possible values: text, json, markdown, messages, dotprompt]

For more information, try '--help'.

"#]]);
}
