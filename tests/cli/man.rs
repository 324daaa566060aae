use snapbox::str;

use crate::sandbox::empty;

const COMMANDS: [&str; 23] = [
    "init",
    "create",
    "patch",
    "promote",
    "revert",
    "retire",
    "restore",
    "rename",
    "void",
    "note",
    "list",
    "show",
    "log",
    "status",
    "diff",
    "render",
    "validate",
    "why",
    "manifest",
    "resolve",
    "repair",
    "completions",
    "man",
];

#[test]
fn prints_a_page_for_the_program_and_for_every_command() {
    let folder = empty();
    folder.run(["man"]).succeeds().mentions(".TH promptctl 1");
    for command in COMMANDS {
        folder
            .run(["man", command])
            .succeeds()
            .complains("")
            .mentions(&format!(".TH promptctl-{command} 1"));
    }
}

#[test]
fn refuses_a_command_that_is_not_there() {
    empty().refuses(
        ["man", "publish"],
        2,
        str![[r#"
error: there is no command `publish`
hint: `promptctl help` shows the commands

"#]],
    );
}

#[test]
fn shows_examples_in_the_help_of_every_command() {
    let folder = empty();
    folder.run(["--help"]).succeeds().mentions("Examples:");
    for command in COMMANDS {
        folder
            .run([command, "--help"])
            .succeeds()
            .mentions("Examples:")
            .mentions(&format!("promptctl {command}"));
    }
}

#[test]
fn tells_its_version() {
    let version = concat!("promptctl ", env!("CARGO_PKG_VERSION"), "\n");
    empty().run(["--version"]).succeeds().prints(version);
}
