use snapbox::str;

use crate::sandbox::{with_greeting, with_versions};

#[test]
fn adds_a_remark_that_changes_nothing_else() {
    let sandbox = with_versions();
    let before = sandbox.run(["list", "--format", "json"]).stdout();
    sandbox
        .run(["note", "greeting", "-m", "Reviewed by support\n\nAll good."])
        .succeeds()
        .prints(str![[r#"
noted in the changelog of greeting

"#]]);
    sandbox
        .run(["list", "--format", "json"])
        .succeeds()
        .prints(before);
    sandbox.run(["log", "greeting"]).succeeds().prints(str![[r#"
0c3a29b371f5 note
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Reviewed by support
  
  All good.
b7d23712262d create 1.1.0 -> staging
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Polite
97763be145a1 patch 1.0.1 -> production
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Less stiff
44f102ac9290 create 1.0.0 -> production
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  First version

"#]]);
    sandbox.run(["validate"]).succeeds();
}

#[test]
fn refuses_an_empty_remark() {
    let sandbox = with_greeting();
    sandbox.refuses(
        ["note", "greeting"],
        2,
        str![[r#"
error: this needs a message: it stays in the changelog for good
hint: say why, with `-m 'Ask for the order number'`

"#]],
    );
    sandbox.refuses(
        ["note", "greeting", "-m", ""],
        2,
        str![[r#"
error: the message is empty

"#]],
    );
    sandbox.refuses(
        ["note", "greeting", "-m", "  "],
        2,
        str![[r#"
error: the message is empty

"#]],
    );
}

#[test]
fn refuses_control_characters_and_long_remarks() {
    let sandbox = with_greeting();
    sandbox.refuses(
        ["note", "greeting", "-m", "a\u{1b}[31mb"],
        2,
        str![[r#"
error: the message holds a control character

"#]],
    );
    let long = "a".repeat(8 * 1024 + 1);
    sandbox.refuses(
        ["note", "greeting", "-m", &long],
        2,
        str![[r#"
error: the message has 8193 bytes; the limit is 8192

"#]],
    );
    let author = "a".repeat(201);
    sandbox.refuses(
        ["note", "greeting", "-m", "Hm", "--by", &author],
        2,
        str![[r#"
error: the author has 201 bytes; the limit is 200
hint: `--by 'Ada Example <ada@example.com>'`, PROMPTCTL_AUTHOR, or git's user.name say who writes

"#]],
    );
}

#[test]
fn refuses_a_prompt_that_is_not_there() {
    with_greeting().refuses(
        ["note", "greetings", "-m", "Hm"],
        2,
        str![[r#"
error: there is no prompt `greetings`
hint: did you mean `greeting`?

"#]],
    );
}
