use snapbox::str;

use crate::sandbox::{Sandbox, TONE, TRIAGE, sandbox, with_greeting, with_partial};

/// `shared/tone` is in `shared/rules`, which is in `letter`; `letter` includes `shared/tone` too.
fn with_letter() -> Sandbox {
    let sandbox = sandbox();
    sandbox.draft("shared/tone", TONE);
    sandbox.run(["create", "shared/tone"]).succeeds();
    sandbox.draft("shared/rules", "Rules: {{> shared/tone}}");
    sandbox.run(["create", "shared/rules"]).succeeds();
    sandbox.draft(
        "letter",
        "---\npromptctl.partials: {tone: shared/tone@^1}\n---\n{{> shared/rules}}{{> tone}}\n",
    );
    sandbox.run(["create", "letter"]).succeeds();
    sandbox
}

fn publish_tone(sandbox: &Sandbox, word: &str) {
    sandbox.draft("shared/tone", &TONE.replace("kind", word));
    sandbox
        .run(["patch", "shared/tone", "-m", "Another word"])
        .succeeds();
}

#[test]
fn tells_who_includes_a_prompt() {
    with_letter()
        .run(["impact", "shared/tone"])
        .succeeds()
        .prints(str![[r#"
letter@1.0.0 (production, latest)
  through shared/rules@1.0.0: {{> shared/tone}} is shared/tone@1.0.0
letter@1.0.0 (production, latest)
  {{> tone}} is shared/tone@1.0.0
shared/rules@1.0.0 (production, latest)
  {{> shared/tone}} is shared/tone@1.0.0

"#]])
        .complains("");
}

#[test]
fn tells_who_is_behind() {
    let sandbox = with_letter();
    publish_tone(&sandbox, "brief");
    sandbox
        .run(["impact", "shared/tone"])
        .succeeds()
        .prints(str![[r#"
letter@1.0.0 (production, latest)
  through shared/rules@1.0.0: {{> shared/tone}} is shared/tone@1.0.0, and means shared/tone@1.0.1 now
  `promptctl patch shared/rules --repin -m WHY` takes the newer one
letter@1.0.0 (production, latest)
  {{> tone}} is shared/tone@1.0.0, and means shared/tone@1.0.1 now
  `promptctl patch letter --repin -m WHY` takes the newer one
shared/rules@1.0.0 (production, latest)
  {{> shared/tone}} is shared/tone@1.0.0, and means shared/tone@1.0.1 now
  `promptctl patch shared/rules --repin -m WHY` takes the newer one

"#]]);
    sandbox
        .run(["patch", "shared/rules", "--repin", "-m", "New tone"])
        .succeeds();
    sandbox
        .run(["impact", "shared/tone"])
        .succeeds()
        .prints(str![[r#"
letter@1.0.0 (production, latest)
  through shared/rules@1.0.0: {{> shared/tone}} is shared/tone@1.0.0, and means shared/tone@1.0.1 now
  `promptctl patch letter --repin -m WHY` takes the newer one
letter@1.0.0 (production, latest)
  {{> tone}} is shared/tone@1.0.0, and means shared/tone@1.0.1 now
  `promptctl patch letter --repin -m WHY` takes the newer one
shared/rules@1.0.1 (production, latest)
  {{> shared/tone}} is shared/tone@1.0.1

"#]]);
    sandbox
        .run(["patch", "letter", "--repin", "-m", "New rules"])
        .succeeds();
    sandbox
        .run(["impact", "shared/tone"])
        .succeeds()
        .prints(str![[r#"
letter@1.0.1 (production, latest)
  through shared/rules@1.0.1: {{> shared/tone}} is shared/tone@1.0.1
letter@1.0.1 (production, latest)
  {{> tone}} is shared/tone@1.0.1
shared/rules@1.0.1 (production, latest)
  {{> shared/tone}} is shared/tone@1.0.1

"#]]);
}

#[test]
fn finds_nobody() {
    with_greeting()
        .run(["impact", "greeting"])
        .succeeds()
        .prints(str![[r#"
no version in use includes greeting

"#]]);
}

#[test]
fn looks_at_versions_in_use_only() {
    let sandbox = with_partial();
    sandbox.draft("support/triage", &TRIAGE.replace("{{> shared/tone}}\n", ""));
    sandbox
        .run(["patch", "support/triage", "-m", "Without tone"])
        .succeeds();
    sandbox
        .run(["impact", "shared/tone"])
        .succeeds()
        .prints(str![[r#"
no version in use includes shared/tone

"#]]);
    sandbox
        .run(["promote", "support/triage@1.0.0", "--rollback"])
        .succeeds();
    sandbox
        .run(["impact", "shared/tone"])
        .succeeds()
        .prints(str![[r#"
support/triage@1.0.0 (production)
  {{> shared/tone}} is shared/tone@1.0.0

"#]]);
    sandbox
        .run(["retire", "support/triage", "--unlabel"])
        .succeeds();
    sandbox
        .run(["impact", "shared/tone"])
        .succeeds()
        .prints(str![[r#"
no version in use includes shared/tone

"#]]);
}

#[test]
fn tells_all_labels_of_a_version() {
    let sandbox = with_partial();
    sandbox
        .run(["promote", "support/triage@1.0.0", "--label", "staging"])
        .succeeds();
    sandbox
        .run(["impact", "shared/tone"])
        .succeeds()
        .prints(str![[r#"
support/triage@1.0.0 (production, staging, latest)
  {{> shared/tone}} is shared/tone@1.0.0

"#]]);
}

#[test]
fn looks_into_drafts() {
    let sandbox = with_partial();
    sandbox.draft("new", "{{> shared/tone}}\n");
    sandbox.draft(
        "alias",
        "---\npromptctl.partials: {t: shared/tone@1.0.0}\n---\n{{> t}}\n",
    );
    sandbox.draft("broken", "{{> shared/tone}} {{#if}}\n");
    sandbox.draft("support/triage", &TRIAGE.replace("Sorts", "Orders"));
    sandbox
        .run(["impact", "shared/tone"])
        .succeeds()
        .prints(str![[r#"
support/triage@1.0.0 (production, latest)
  {{> shared/tone}} is shared/tone@1.0.0
alias (its draft)
broken (its draft)
new (its draft)
support/triage (its draft)

"#]]);
}

#[test]
fn is_not_behind_within_its_range() {
    let sandbox = with_letter();
    sandbox.draft("shared/tone", &TONE.replace("kind", "loud"));
    sandbox
        .run([
            "create",
            "shared/tone",
            "--bump",
            "major",
            "--label",
            "production",
            "-m",
            "Loud",
        ])
        .succeeds();
    sandbox
        .run(["impact", "shared/tone"])
        .succeeds()
        .prints(str![[r#"
letter@1.0.0 (production, latest)
  through shared/rules@1.0.0: {{> shared/tone}} is shared/tone@1.0.0, and means shared/tone@2.0.0 now
  `promptctl patch shared/rules --repin -m WHY` takes the newer one
letter@1.0.0 (production, latest)
  {{> tone}} is shared/tone@1.0.0
shared/rules@1.0.0 (production, latest)
  {{> shared/tone}} is shared/tone@1.0.0, and means shared/tone@2.0.0 now
  `promptctl patch shared/rules --repin -m WHY` takes the newer one

"#]]);
}

#[test]
fn tells_of_users_of_a_retired_prompt() {
    let sandbox = with_partial();
    sandbox
        .run(["retire", "shared/tone", "--unlabel"])
        .succeeds();
    sandbox
        .run(["impact", "shared/tone"])
        .succeeds()
        .prints(str![[r#"
support/triage@1.0.0 (production, latest)
  {{> shared/tone}} is shared/tone@1.0.0

"#]]);
}

#[test]
fn tells_of_prompts_that_it_cannot_read() {
    let sandbox = with_partial();
    sandbox.draft("other", "{{> shared/tone}}\n");
    sandbox.run(["create", "other"]).succeeds();
    sandbox.file("prompts/other/changelog.jsonl", "garbage\n");
    sandbox
        .run(["impact", "shared/tone"])
        .exits(4)
        .prints(str![[r#"
support/triage@1.0.0 (production, latest)
  {{> shared/tone}} is shared/tone@1.0.0

"#]])
        .complains(str![[r#"
warning: `other` cannot be read: `prompts/other/changelog.jsonl`, line 1: column 1: expected `{"id":`
hint: `git checkout -- prompts/other/changelog.jsonl` brings the committed log back; `promptctl resolve other` keeps every line that verifies

"#]]);
}

#[test]
fn refuses_a_prompt_that_is_not_there() {
    with_partial().refuses(
        ["impact", "shared/tona"],
        2,
        str![[r#"
error: there is no prompt `shared/tona`
hint: did you mean `shared/tone`?

"#]],
    );
    with_partial().refuses(["impact", "shared/tone@1.0.0"], 2, str![[r#"
error: `tone@1.0.0` is no segment of a name: a lower-case letter, then at most 63 of a-z, 0-9, `_`, `-`
hint: `--help` shows what `<NAME>` may be

"#]]);
}
