use snapbox::str;

use crate::sandbox::{TONE, with_partial, with_versions};

#[test]
fn explains_a_bare_name() {
    with_versions()
        .run(["why", "greeting"])
        .succeeds()
        .prints(str![[r#"
greeting is 1.0.1: the label production
  label set by patch 97763be145a1 (2026-11-20T10:00:00Z, Ada Example <ada@example.com>): Less stiff
  published by patch 97763be145a1 (2026-11-20T10:00:00Z, Ada Example <ada@example.com>): Less stiff
  file         prompts/greeting/1.0.1.prompt
  sha256       2f872bba9c2524ae8808a3a16b811a30d5c62c829f8d9cdffbf1e60e7d6824a2 (checked)
  identity     96835c8ed07db9495af280782e7c3dda9f20a53ad90da3ba1f3ff0101d0cc966

"#]]);
}

#[test]
fn explains_exact_versions_ranges_and_latest() {
    let sandbox = with_versions();
    for (reference, expected) in [
        (
            "greeting@1.0.0",
            "greeting@1.0.0 is 1.0.0: the exact version",
        ),
        (
            "greeting@^1",
            "greeting@^1 is 1.1.0: the highest release in ^1",
        ),
        (
            "greeting@latest",
            "greeting@latest is 1.1.0: the latest release in use",
        ),
        (
            "greeting@staging",
            "greeting@staging is 1.1.0: the label staging",
        ),
    ] {
        let run = sandbox.run(["why", reference]);
        assert_eq!(run.succeeds().stdout().lines().next(), Some(expected));
    }
}

#[test]
fn names_the_event_that_moved_the_label_last() {
    let sandbox = with_versions();
    sandbox
        .run(["promote", "greeting", "-m", "Ready"])
        .succeeds();
    sandbox.run(["why", "greeting"]).succeeds().prints(str![[r#"
greeting is 1.1.0: the label production
  label set by promote 3c15080eefcc (2026-11-20T10:00:00Z, Ada Example <ada@example.com>): Ready
  published by create b7d23712262d (2026-11-20T10:00:00Z, Ada Example <ada@example.com>): Polite
  file         prompts/greeting/1.1.0.prompt
  sha256       5d7efd3ef43cb0cf3031161a8aa5d2ae57cf0eb5263327350538bd8fc4dd65f5 (checked)
  identity     067bd00a2f0ce6939509991a01064fabe29e2627542b221790b703d1a657c3fe

"#]]);
}

#[test]
fn shows_pins_and_what_is_newer() {
    let sandbox = with_partial();
    sandbox.draft("shared/tone", &TONE.replace("kind", "brief"));
    sandbox
        .run(["patch", "shared/tone", "-m", "Brevity"])
        .succeeds();
    sandbox
        .run(["why", "support/triage"])
        .succeeds()
        .prints(str![[r#"
support/triage is 1.0.0: the label production
  label set by create 4c94566e1bce (2026-11-20T10:00:00Z, Ada Example <ada@example.com>): First version
  published by create 4c94566e1bce (2026-11-20T10:00:00Z, Ada Example <ada@example.com>): First version
  file         prompts/support/triage/1.0.0.prompt
  sha256       bd505392f452c3453be59cf236709758d89971eb0efb9e1175ce2443c62f4e94 (checked)
  identity     3ef585f9eb70af57f75cc23bd0e3fdad31cf6fcc9ed147ed39e84b29f888be61
  {{> shared/tone}} is shared/tone@1.0.0 (its latest is 1.0.1)

"#]]);
}

#[test]
fn refuses_a_file_that_was_changed() {
    let sandbox = with_versions();
    sandbox.file("prompts/greeting/1.0.0.prompt", "Mine\n");
    sandbox.refuses(["why", "greeting@1.0.0"], 4, str![[r#"
error: `prompts/greeting/1.0.0.prompt` was changed after it was published: its SHA-256 begins e69c2b8d22c0, the changelog says 0bf8184aa99c
hint: `git checkout -- prompts/greeting/1.0.0.prompt` brings it back; publish your edit with `promptctl patch greeting --file FILE`

"#]]);
}
