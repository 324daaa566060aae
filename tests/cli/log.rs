use snapbox::str;

use crate::sandbox::{Sandbox, with_partial, with_versions};

fn eventful() -> Sandbox {
    let sandbox = with_versions();
    sandbox.run(["promote", "greeting"]).succeeds();
    sandbox
        .run(["promote", "greeting", "--rollback"])
        .succeeds();
    sandbox
        .run([
            "revert",
            "greeting",
            "--to",
            "1.0.0",
            "-m",
            "Back to *basics*",
        ])
        .succeeds();
    sandbox
        .run(["retire", "greeting@1.0.0", "--successor", "1.1.0"])
        .succeeds();
    sandbox
        .run(["note", "greeting", "-m", "Two\nlines", "--by", "Grace"])
        .succeeds();
    sandbox
}

#[test]
fn tells_what_happened_newest_first() {
    eventful()
        .run(["log", "greeting"])
        .succeeds()
        .prints(str![[r#"
7c584c375a65 note
  2026-11-20T10:00:00Z  Grace
  Two
  lines
4630831e30aa retire 1.0.0 (use 1.1.0)
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Retire 1.0.0
a698fa10c4e0 create 2.0.0 (the text of greeting@1.0.0)
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Back to *basics*
dd6fbd69599a rollback 1.0.1 -> production
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Roll production back to 1.0.1
dd99436392c4 promote 1.1.0 -> production
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  Point production to 1.1.0
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
}

#[test]
fn makes_a_changelog_page() {
    eventful()
        .run(["log", "greeting", "--format", "markdown"])
        .succeeds()
        .prints(str![[r#"
# Changelog of greeting

### Labels and life cycle

- note: Two lines (2026-11-20, Grace)
- retire 1.0.0 (use 1.1.0): Retire 1.0.0 (2026-11-20, Ada Example \<ada@example.com\>)

## [2.0.0] - 2026-11-20

### Changed

- Back to \*basics\* (Ada Example \<ada@example.com\>)

### Labels and life cycle

- rollback 1.0.1 -\> production: Roll production back to 1.0.1 (2026-11-20, Ada Example \<ada@example.com\>)
- promote 1.1.0 -\> production: Point production to 1.1.0 (2026-11-20, Ada Example \<ada@example.com\>)

## [1.1.0] - 2026-11-20

### Changed

- Polite (Ada Example \<ada@example.com\>)

## [1.0.1] - 2026-11-20

### Changed

- Less stiff (Ada Example \<ada@example.com\>)

## [1.0.0] - 2026-11-20

### Added

- First version (Ada Example \<ada@example.com\>)

"#]]);
}

#[test]
fn tells_ids_and_pins_when_asked_for_more() {
    with_partial()
        .run(["log", "support/triage", "--verbose"])
        .succeeds()
        .prints(str![[r#"
4c94566e1bcefc7b4691e09ba2822b4e746a79912afe9fb1a353e8d04c9c43a8 create 1.0.0 -> production
  2026-11-20T10:00:00Z  Ada Example <ada@example.com>
  First version
  {{> shared/tone}} is shared/tone@1.0.0

"#]]);
}

#[test]
fn tells_of_a_retired_prompt_too() {
    let sandbox = with_versions();
    sandbox.run(["retire", "greeting", "--unlabel"]).succeeds();
    sandbox
        .run(["log", "greeting"])
        .succeeds()
        .mentions("retire");
}

#[test]
fn refuses_a_prompt_that_is_not_there() {
    with_versions().refuses(
        ["log", "greting"],
        2,
        str![[r#"
error: there is no prompt `greting`
hint: did you mean `greeting`?

"#]],
    );
}
