use snapbox::str;

use crate::sandbox::{Sandbox, TONE, TRIAGE, sandbox, with_partial};

fn rendered(sandbox: &Sandbox, reference: &str) -> String {
    let run = sandbox.run([
        "render",
        reference,
        "--example",
        "refund",
        "--format",
        "json",
    ]);
    run.succeeds().stdout()
}

fn with_newer_tone() -> Sandbox {
    let sandbox = with_partial();
    sandbox.draft("shared/tone", &TONE.replace("kind", "brief"));
    sandbox
        .run(["patch", "shared/tone", "-m", "Brevity"])
        .succeeds();
    sandbox
}

#[test]
fn gives_the_same_bytes_after_the_partial_got_a_new_version() {
    let before = rendered(&with_partial(), "support/triage@1.0.0");
    assert!(before.contains("Be kind."));
    assert_eq!(rendered(&with_newer_tone(), "support/triage@1.0.0"), before);
    assert_eq!(
        rendered(&with_newer_tone(), "support/triage").replace("production", "1.0.0"),
        before
    );
}

#[test]
fn gives_the_same_bytes_after_the_partial_was_retired() {
    let sandbox = with_partial();
    let before = rendered(&sandbox, "support/triage@1.0.0");
    sandbox
        .run(["retire", "shared/tone", "--unlabel"])
        .succeeds();
    assert_eq!(rendered(&sandbox, "support/triage@1.0.0"), before);
}

#[test]
fn gives_the_same_bytes_after_the_partials_version_was_voided() {
    let sandbox = with_newer_tone();
    let before = rendered(&sandbox, "support/triage@1.0.0");
    let log = sandbox
        .run(["log", "shared/tone", "--format", "json"])
        .json();
    let first = log["events"][1]["id"].as_str().unwrap().to_owned();
    sandbox
        .run(["void", "shared/tone", &first, "-m", "A name was in it"])
        .succeeds();
    assert_eq!(rendered(&sandbox, "support/triage@1.0.0"), before);
}

#[test]
fn gives_the_same_bytes_after_the_partial_lost_its_label_or_was_renamed() {
    let sandbox = with_newer_tone();
    let before = rendered(&sandbox, "support/triage@1.0.0");
    sandbox
        .run(["rename", "shared/tone", "shared/voice"])
        .succeeds();
    assert_eq!(rendered(&sandbox, "support/triage@1.0.0"), before);
}

#[test]
fn takes_the_newer_partial_when_published_again() {
    let sandbox = with_newer_tone();
    sandbox.draft("support/triage", &TRIAGE.replace("Sorts", "Orders"));
    sandbox
        .run(["patch", "support/triage", "-m", "Wording"])
        .succeeds()
        .prints(str![[r#"
published support/triage@1.0.1, after 1.0.0
  production: 1.0.0 -> 1.0.1
  {{> shared/tone}} is shared/tone@1.0.1

"#]]);
    assert!(rendered(&sandbox, "support/triage").contains("Be brief."));
    assert!(rendered(&sandbox, "support/triage@1.0.0").contains("Be kind."));
}

#[test]
fn takes_an_alias_with_a_range() {
    let sandbox = with_newer_tone();
    sandbox.draft(
        "note",
        "---\npromptctl.partials:\n  tone: shared/tone@~1.0.0\n  first: shared/tone@1.0.0\n---\n\
         {{> tone}}{{> first}}",
    );
    sandbox.run(["create", "note"]).succeeds().prints(str![[r#"
published note@1.0.0
  production: nothing -> 1.0.0
  {{> first}} is shared/tone@1.0.0
  {{> tone}} is shared/tone@1.0.1

"#]]);
    sandbox
        .run(["render", "note"])
        .succeeds()
        .prints("Be brief.\nBe kind.\n");
}

#[test]
fn follows_the_pins_of_partials_within_partials() {
    let sandbox = with_partial();
    sandbox.draft("shared/rules", "Rules. {{> shared/tone}}");
    sandbox.run(["create", "shared/rules"]).succeeds();
    sandbox.draft("outer", "{{> shared/rules}}End\n");
    sandbox.run(["create", "outer"]).succeeds();
    sandbox.draft("shared/tone", "Be brief.\n");
    sandbox
        .run(["patch", "shared/tone", "-m", "Brevity"])
        .succeeds();
    sandbox
        .run(["render", "outer"])
        .succeeds()
        .prints("Rules. Be kind.\nEnd\n");
}

#[test]
fn gives_partials_the_values_they_are_called_with() {
    let sandbox = sandbox();
    sandbox.draft("shared/line", "- {{name}} ({{unit}})\n");
    sandbox.run(["create", "shared/line"]).succeeds();
    sandbox.draft(
        "list",
        "{{#each items}}{{> shared/line unit=\"kg\"}}{{/each}}",
    );
    sandbox.run(["create", "list"]).succeeds();
    sandbox
        .run([
            "render",
            "list",
            "--var-json",
            r#"items=[{"name":"a"},{"name":"b"}]"#,
        ])
        .succeeds()
        .prints("- a (kg)\n- b (kg)\n");
}

#[test]
fn refuses_a_pin_whose_bytes_were_changed() {
    let sandbox = with_partial();
    sandbox.file(
        "prompts/shared/tone/1.0.0.prompt",
        TONE.replace("kind", "rude"),
    );
    sandbox.refuses(
        ["render", "support/triage", "--example", "refund"],
        4,
        str![[r#"
error: `prompts/shared/tone/1.0.0.prompt` was changed after it was published: its SHA-256 begins 651277bd3f8b, the changelog says d4c40999ec7c
hint: `git checkout -- prompts/shared/tone/1.0.0.prompt` brings it back; publish your edit with `promptctl patch shared/tone --file FILE`

"#]],
    );
}
