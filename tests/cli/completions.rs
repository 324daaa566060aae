use snapbox::str;

use crate::sandbox::{empty, with_partial, with_versions};

#[test]
fn prints_a_script_for_every_shell() {
    let folder = empty();
    for (shell, word) in [
        ("bash", "complete"),
        ("zsh", "#compdef promptctl"),
        (
            "fish",
            "complete --keep-order --exclusive --command promptctl",
        ),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer"),
    ] {
        let run = folder.run(["completions", shell]);
        run.succeeds().complains("");
        assert!(run.stdout().contains(word), "{shell}:\n{}", run.stdout());
    }
}

#[test]
fn refuses_another_shell() {
    empty().refuses(
        ["completions", "tcsh"],
        2,
        str![[r#"
error: invalid value 'tcsh' for '<SHELL>'
  [possible values: bash, zsh, fish, powershell, elvish]

  tip: a similar value exists: 'zsh'

For more information, try '--help'.

"#]],
    );
}

/// What bash would offer for the last word.
fn offers(sandbox: &crate::sandbox::Sandbox, words: &[&str]) -> Vec<String> {
    let index = (words.len() - 1).to_string();
    let mut args = vec!["--"];
    args.extend(words);
    let run = sandbox.run_with(
        &args,
        |command| {
            command
                .env("COMPLETE", "bash")
                .env("_CLAP_COMPLETE_INDEX", index)
                .env("_CLAP_COMPLETE_COMP_TYPE", "9")
                .env("_CLAP_COMPLETE_SPACE", "false")
                .env("_CLAP_IFS", "\n");
        },
        "",
    );
    run.succeeds().stdout().lines().map(str::to_owned).collect()
}

#[test]
fn completes_names() {
    let sandbox = with_partial();
    assert_eq!(
        offers(&sandbox, &["promptctl", "log", "s"]),
        ["shared/tone", "support/triage"]
    );
    assert_eq!(
        offers(&sandbox, &["promptctl", "show", "su"]),
        ["support/triage"]
    );
}

#[test]
fn completes_versions_and_labels() {
    let sandbox = with_versions();
    assert_eq!(
        offers(&sandbox, &["promptctl", "show", "greeting@"]),
        [
            "greeting@1.0.0",
            "greeting@1.0.1",
            "greeting@1.1.0",
            "greeting@latest",
            "greeting@production",
            "greeting@staging"
        ]
    );
    assert_eq!(
        offers(
            &sandbox,
            &["promptctl", "promote", "greeting", "--label", "st"]
        ),
        ["staging"]
    );
}

#[test]
fn completes_nothing_without_a_store() {
    let none: [&str; 0] = [];
    assert_eq!(offers(&empty(), &["promptctl", "show", "gr"]), none);
}
