use snapbox::str;

use crate::sandbox::{GREETING, Sandbox, TRIAGE, with_partial, with_versions};

/// Three prompts, one with edits, and a draft that was never published.
fn team() -> Sandbox {
    let sandbox = with_partial();
    sandbox.draft("greeting", GREETING);
    sandbox.run(["create", "greeting"]).succeeds();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox
        .run(["create", "greeting", "--bump", "minor", "-m", "Shorter"])
        .succeeds();
    sandbox.draft("support/triage", &TRIAGE.replace("Sorts", "Orders"));
    sandbox.draft("support/new", GREETING);
    sandbox
}

#[test]
fn lists_prompts_with_labels_and_drafts() {
    team()
        .run(["list"])
        .succeeds()
        .prints(str![[r#"
NAME            LATEST  LABELS            CHANGED  DRAFT
greeting        1.1.0   production 1.0.0  now      -
shared/tone     1.0.0   production        now      -
support/new     -       -                 -        never published
support/triage  1.0.0   production        now      edited

"#]])
        .complains("");
}

#[test]
fn lists_only_names_that_match() {
    let sandbox = team();
    sandbox
        .run(["list", "support/*"])
        .succeeds()
        .prints(str![[r#"
NAME            LATEST  LABELS      CHANGED  DRAFT
support/new     -       -           -        never published
support/triage  1.0.0   production  now      edited

"#]]);
    sandbox
        .run(["list", "shared/**", "-q"])
        .succeeds()
        .prints(str![[r#"
shared/tone  1.0.0  production  now  -

"#]]);
}

#[test]
fn lists_only_what_is_behind() {
    team().run(["list", "--behind"]).succeeds().prints(str![[r#"
NAME      LATEST  LABELS            CHANGED  DRAFT
greeting  1.1.0   production 1.0.0  now      -

"#]]);
}

#[test]
fn lists_only_what_has_a_label() {
    let sandbox = with_versions();
    sandbox
        .run(["list", "--label", "staging"])
        .succeeds()
        .prints(str![[r#"
NAME      LATEST  LABELS                     CHANGED  DRAFT
greeting  1.1.0   production 1.0.1, staging  now      -

"#]]);
    sandbox
        .run(["list", "--label", "canary"])
        .succeeds()
        .prints("");
}

#[test]
fn lists_only_what_has_a_tag() {
    team()
        .run(["list", "--tag", "support"])
        .succeeds()
        .prints(str![[r#"
NAME            LATEST  LABELS      CHANGED  DRAFT
support/triage  1.0.0   production  now      edited

"#]]);
}

#[test]
fn counts_what_it_hides_and_shows_it_on_demand() {
    let sandbox = team();
    sandbox
        .run(["retire", "shared/tone", "--unlabel"])
        .succeeds();
    sandbox.run(["list"]).succeeds().complains(str![[r#"
1 retired, shown by --retired

"#]]);
    sandbox
        .run(["list", "--retired", "shared/*"])
        .succeeds()
        .prints(str![[r#"
NAME                   LATEST  LABELS  CHANGED  DRAFT
shared/tone (retired)  -       -       now      -

"#]]);
}

#[test]
fn says_how_to_begin() {
    crate::sandbox::sandbox()
        .run(["list"])
        .succeeds()
        .prints("")
        .complains(str![[r#"
no prompts: write prompts/NAME/draft.prompt, then `promptctl create NAME`

"#]]);
}

#[test]
fn finds_the_store_from_a_folder_within() {
    let sandbox = team();
    sandbox
        .run_with(
            &["list", "greeting"],
            |command| {
                command.current_dir(sandbox.join("prompts/support"));
            },
            "",
        )
        .succeeds()
        .prints(str![[r#"
NAME      LATEST  LABELS            CHANGED  DRAFT
greeting  1.1.0   production 1.0.0  now      -

"#]]);
}

#[test]
fn finds_the_store_that_the_environment_names() {
    let sandbox = team();
    let elsewhere = crate::sandbox::empty();
    elsewhere
        .run_with(
            &["list", "-q", "greeting"],
            |command| {
                command.env("PROMPTCTL_STORE", sandbox.path());
            },
            "",
        )
        .succeeds()
        .prints(str![[r#"
greeting  1.1.0  production 1.0.0  now  -

"#]]);
}

#[test]
fn says_how_old_the_last_change_is() {
    let sandbox = with_versions();
    sandbox
        .run_with(
            &["list"],
            |command| {
                command.env("SOURCE_DATE_EPOCH", "1795428000");
            },
            "",
        )
        .succeeds()
        .prints(str![[r#"
NAME      LATEST  LABELS                     CHANGED  DRAFT
greeting  1.1.0   production 1.0.1, staging  3 d ago  -

"#]]);
}
