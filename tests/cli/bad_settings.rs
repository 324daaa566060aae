use snapbox::str;

use crate::sandbox::with_greeting;

#[test]
fn a_setting_that_is_unknown() {
    let sandbox = with_greeting();
    sandbox.file(
        "promptctl.toml",
        "format = 1\n\n[store]\nrot = \"prompts\"\n",
    );
    sandbox.refuses(
        ["list"],
        2,
        str![[r#"
error: `[ROOT]/promptctl.toml`, line 4, column 1: unknown key `rot` in `[store]`
 --> [ROOT]/promptctl.toml:4:1
4 | rot = "prompts"
  | ^^^
hint: did you mean `root`?

"#]],
    );
    sandbox.file(
        "promptctl.toml",
        "format = 1\n\n[lint]\nstray-fil = \"off\"\n",
    );
    sandbox.refuses(
        ["list"],
        2,
        str![[r#"
error: `promptctl.toml`, `[lint]`: there is no rule `stray-fil`
hint: did you mean `stray-file`?

"#]],
    );
    sandbox.file(
        "promptctl.toml",
        "format = 1\n\n[lint]\nstray-file = \"of\"\n",
    );
    sandbox.refuses(["list"], 2, str![[r#"
error: `[ROOT]/promptctl.toml`, line 4, column 14: expected "error", "warning", "info" or "off", found: string
 --> [ROOT]/promptctl.toml:4:14
4 | stray-file = "of"
  |              ^^^^

"#]]);
}

#[test]
fn settings_that_are_no_toml() {
    let sandbox = with_greeting();
    sandbox.file("promptctl.toml", "format = 1\n[store\nroot = \"a\"\n");
    sandbox.refuses(
        ["list"],
        2,
        str![[r#"
error: `[ROOT]/promptctl.toml`, line 2, column 7: unclosed table, expected `]`
 --> [ROOT]/promptctl.toml:2:7
2 | [store
  |       ^

"#]],
    );
    sandbox.file("promptctl.toml", "format = 1\n[store]\nroot = 5\n");
    sandbox.refuses(
        ["list"],
        2,
        str![[r#"
error: `[ROOT]/promptctl.toml`, line 3, column 8: expected a string, found: integer
 --> [ROOT]/promptctl.toml:3:8
3 | root = 5
  |        ^

"#]],
    );
    sandbox.file("promptctl.toml", [0xff, 0xfe]);
    sandbox.refuses(
        ["list"],
        4,
        str![[r#"
error: `[ROOT]/promptctl.toml` is not UTF-8

"#]],
    );
}

#[test]
fn settings_of_a_newer_program() {
    let sandbox = with_greeting();
    sandbox.file("promptctl.toml", "format = 2\n");
    let before = sandbox.disk();
    sandbox
        .run(["list"])
        .exits(4)
        .mentions("promptctl.toml:1:10")
        .mentions("hint: install a newer promptctl");
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn settings_without_a_format() {
    let sandbox = with_greeting();
    sandbox.file("promptctl.toml", "");
    sandbox.refuses(
        ["list"],
        2,
        str![[r#"
error: `[ROOT]/promptctl.toml`, line 1, column 1: `format = 1` is missing
  --> [ROOT]/promptctl.toml:1:1
hint: put `format = 1` on the first line

"#]],
    );
}

#[test]
fn a_root_outside_the_store() {
    let sandbox = with_greeting();
    for root in ["../elsewhere", "/tmp", "."] {
        sandbox.file(
            "promptctl.toml",
            format!("format = 1\n[store]\nroot = \"{root}\"\n"),
        );
        sandbox.run(["list"]).exits(2).prints("");
    }
}
