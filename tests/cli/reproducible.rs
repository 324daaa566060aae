//! A published version gives the same bytes for ever; a draft gives what it would be published with.

use snapbox::str;

use crate::sandbox::{Sandbox, TONE, sandbox, with_partial};

/// Three levels with an alias, a range and a named schema: `memo` includes `shared/rules` as
/// `rules` and `shared/tone` as `tone`; `shared/rules` includes `shared/tone`.
fn with_memo() -> Sandbox {
    let sandbox = sandbox();
    sandbox.file("schemas/Person.yaml", "name: string\n");
    sandbox.draft("shared/tone", TONE);
    sandbox.run(["create", "shared/tone"]).succeeds();
    sandbox.draft("shared/rules", "Rules for {{to.name}}: {{> shared/tone}}");
    sandbox.run(["create", "shared/rules"]).succeeds();
    sandbox.draft(
        "memo",
        "---\ninput:\n  schema: {to: Person}\npromptctl.partials:\n  tone: shared/tone@^1\n  rules: \
         shared/rules\n---\n{{> rules}}{{> tone}}\n",
    );
    sandbox.run(["create", "memo"]).succeeds();
    sandbox
}

fn rendered(sandbox: &Sandbox) -> String {
    let run = sandbox.run([
        "render",
        "memo@1.0.0",
        "--var",
        r#"to={"name": "Ada"}"#,
        "--format",
        "json",
    ]);
    run.succeeds().complains("").stdout()
}

fn publish_tone(sandbox: &Sandbox, word: &str, bump: &str) {
    sandbox.draft("shared/tone", &TONE.replace("kind", word));
    sandbox
        .run([
            "create",
            "shared/tone",
            "--bump",
            bump,
            "--label",
            "production",
            "-m",
            "Another word",
        ])
        .succeeds();
}

#[test]
fn gives_the_same_bytes_whatever_becomes_of_what_it_names() {
    let sandbox = with_memo();
    let before = rendered(&sandbox);
    assert!(
        before.contains("Rules for Ada: Be kind.\\nBe kind."),
        "{before}"
    );
    let changed = |what: &str| assert_eq!(rendered(&sandbox), before, "after {what}");

    publish_tone(&sandbox, "brief", "minor");
    changed("a minor version of the partial");
    publish_tone(&sandbox, "loud", "major");
    changed("a major version of the partial");
    sandbox.draft("shared/rules", "No rules.\n");
    sandbox
        .run(["patch", "shared/rules", "-m", "None"])
        .succeeds();
    changed("a patch of the partial between");
    sandbox.file("schemas/Person.yaml", "nick: string\n");
    changed("another schema of that name");
    sandbox.remove("schemas/Person.yaml");
    changed("the schema's end");
    let log = sandbox
        .run(["log", "shared/tone", "--format", "json"])
        .json();
    let events = log["events"].as_array().unwrap();
    let first = events.last().unwrap()["id"].as_str().unwrap();
    sandbox
        .run(["void", "shared/tone", first, "-m", "A name was in it"])
        .succeeds();
    changed("the void of the partial's version");
    sandbox
        .run(["retire", "shared/rules", "--unlabel"])
        .succeeds();
    changed("the partial's retirement");
    sandbox
        .run(["rename", "shared/tone", "shared/voice"])
        .succeeds();
    changed("another name of the partial");
    sandbox.draft("memo", "Nothing.\n");
    sandbox.run(["patch", "memo", "-m", "Nothing"]).succeeds();
    changed("a patch of the prompt itself");
}

#[test]
fn takes_newer_partials_within_the_range_when_pinned_anew() {
    let sandbox = with_memo();
    publish_tone(&sandbox, "brief", "minor");
    publish_tone(&sandbox, "loud", "major");
    sandbox
        .run(["patch", "memo", "--repin", "-m", "Newer partials"])
        .succeeds()
        .prints(str![[r#"
published memo@1.0.1, after 1.0.0
  production: 1.0.0 -> 1.0.1
  {{> rules}} is shared/rules@1.0.0
  {{> tone}} is shared/tone@1.1.0

"#]]);
    let render = |reference: &str| {
        let run = sandbox.run(["render", reference, "--var", r#"to={"name": "Ada"}"#]);
        run.succeeds().stdout()
    };
    // The one between has not been published anew.
    assert_eq!(render("memo"), "Rules for Ada: Be kind.\nBe brief.\n");
    sandbox
        .run(["patch", "shared/rules", "--repin", "-m", "Newer tone"])
        .succeeds();
    assert_eq!(render("memo"), "Rules for Ada: Be kind.\nBe brief.\n");
    sandbox
        .run(["patch", "memo", "--repin", "-m", "Newer rules"])
        .succeeds();
    assert_eq!(render("memo"), "Rules for Ada: Be loud.\nBe brief.\n");
    assert_eq!(render("memo@1.0.0"), "Rules for Ada: Be kind.\nBe kind.\n");
}

#[test]
fn gives_a_draft_the_partials_of_the_day() {
    let sandbox = with_partial();
    sandbox.file("a.prompt", "{{> shared/tone}}");
    let draft = ["render", "--file", "a.prompt"];
    sandbox.run(draft).succeeds().prints("Be kind.\n");
    sandbox.draft("shared/tone", &TONE.replace("kind", "brief"));
    // Not yet published.
    sandbox.run(draft).succeeds().prints("Be kind.\n");
    sandbox
        .run(["patch", "shared/tone", "-m", "Brevity"])
        .succeeds();
    sandbox.run(draft).succeeds().prints("Be brief.\n");
    sandbox
        .run(["retire", "shared/tone", "--unlabel"])
        .succeeds();
    sandbox.refuses(
        draft,
        2,
        str![[r#"
error: `a.prompt`, line 1, column 5: `{{> shared/tone}}`: `shared/tone` is retired
 --> a.prompt:1:5
1 | {{> shared/tone}}
  |     ^^^^^^^^^^^
hint: `promptctl restore shared/tone` brings it back; `--retired` lets readers read it all the same

"#]],
    );
}

const BASE: &str = "---\ndescription: The frame of all mails\n---\nDear {{who}},\n{{#> body}}\nwe have \
                    no news.\n{{/body}}\n{{#> closing}}\nYours, Ada\n{{/closing}}\n";

const MAIL: &str = "---\ninput:\n  schema:\n    who: string\n    news: string\n---\n{{#> shared/base}}\n\
                    {{#*inline \"body\"}}\nnews: {{news}}\n{{/inline}}\n{{/shared/base}}\n";

fn with_mail() -> Sandbox {
    let sandbox = sandbox();
    sandbox.draft("shared/base", BASE);
    sandbox.run(["create", "shared/base"]).succeeds();
    sandbox.draft("mail", MAIL);
    sandbox.run(["create", "mail"]).succeeds();
    sandbox
}

#[test]
fn fills_in_the_sections_of_a_base() {
    let sandbox = sandbox();
    sandbox.draft("shared/base", BASE);
    sandbox
        .run(["create", "shared/base"])
        .succeeds()
        .prints("published shared/base@1.0.0\n  production: nothing -> 1.0.0\n");
    sandbox
        .run(["render", "shared/base", "--var", "who=Bob"])
        .succeeds()
        .prints("Dear Bob,\nwe have no news.\nYours, Ada\n");
    sandbox.draft("mail", MAIL);
    sandbox.run(["create", "mail"]).succeeds().prints(str![[r#"
published mail@1.0.0
  production: nothing -> 1.0.0
  {{> shared/base}} is shared/base@1.0.0

"#]]);
    sandbox
        .run(["render", "mail", "--var", "who=Bob", "--var", "news=rain"])
        .succeeds()
        .prints("Dear Bob,\nnews: rain\nYours, Ada\n");
}

#[test]
fn keeps_the_base_that_a_prompt_was_published_with() {
    let sandbox = with_mail();
    let render = |reference: &str| {
        let run = sandbox.run([
            "render",
            reference,
            "--var",
            "who=Bob",
            "--var",
            "news=rain",
        ]);
        run.succeeds().stdout()
    };
    sandbox.draft("shared/base", &BASE.replace("Dear", "Hi"));
    sandbox
        .run(["patch", "shared/base", "-m", "Less stiff"])
        .succeeds();
    assert_eq!(render("mail"), "Dear Bob,\nnews: rain\nYours, Ada\n");
    sandbox.draft(
        "mail",
        &MAIL.replace(
            "{{/shared",
            "{{#*inline \"closing\"}}\nBye\n{{/inline}}\n{{/shared",
        ),
    );
    sandbox
        .run(["patch", "mail", "-m", "Another closing"])
        .succeeds()
        .prints(str![[r#"
published mail@1.0.1, after 1.0.0
  production: 1.0.0 -> 1.0.1
  {{> shared/base}} is shared/base@1.0.1

"#]]);
    assert_eq!(render("mail"), "Hi Bob,\nnews: rain\nBye\n");
    assert_eq!(render("mail@1.0.0"), "Dear Bob,\nnews: rain\nYours, Ada\n");
}

#[test]
fn takes_any_word_for_the_name_of_a_section() {
    let sandbox = sandbox();
    for (at, name) in ["mainBody", "Body", "body_2", "body.main"]
        .iter()
        .enumerate()
    {
        let draft = format!("{{{{#> {name}}}}}default{{{{/{name}}}}}\n");
        let prompt = format!("base{at}");
        sandbox.draft(&prompt, &draft);
        sandbox.run(["create", &prompt]).succeeds();
        sandbox
            .run(["render", &prompt])
            .succeeds()
            .prints("default\n");
    }
}

#[test]
fn includes_a_prompt_that_has_the_name_of_a_section_when_published() {
    let sandbox = with_mail();
    sandbox.draft("body", "A prompt by accident.\n");
    sandbox.run(["create", "body"]).succeeds();
    let base = ["render", "shared/base", "--var", "who=Bob"];
    sandbox
        .run(base)
        .succeeds()
        .prints("Dear Bob,\nwe have no news.\nYours, Ada\n");
    sandbox
        .run(["patch", "shared/base", "--repin", "-m", "With the prompt"])
        .succeeds()
        .prints(str![[r#"
published shared/base@1.0.1, after 1.0.0
  production: 1.0.0 -> 1.0.1
  {{> body}} is body@1.0.0

"#]]);
    sandbox.run(base).succeeds().prints(str![[r#"
Dear Bob,
A prompt by accident.
Yours, Ada

"#]]);
}

#[test]
fn refuses_to_publish_a_prompt_that_includes_itself() {
    let sandbox = with_partial();
    sandbox.draft("shared/tone", "Kind. {{> shared/tone}}\n");
    sandbox.refuses(["patch", "shared/tone", "-m", "x"], 2, str![[r#"
error: `prompts/shared/tone/draft.prompt`, line 1, column 11: partials form a circle: shared/tone > shared/tone
 --> prompts/shared/tone/draft.prompt:1:11
1 | Kind. {{> shared/tone}}
  |           ^^^^^^^^^^^

"#]]);
    sandbox.draft("alone", "{{> alone}}\n");
    sandbox.refuses(
        ["create", "alone"],
        2,
        str![[r#"
error: `prompts/alone/draft.prompt`, line 1, column 5: partials form a circle: alone > alone
 --> prompts/alone/draft.prompt:1:5
1 | {{> alone}}
  |     ^^^^^

"#]],
    );
    sandbox.draft("shared/tone", "Kind. {{> support/triage}}\n");
    sandbox.refuses(["patch", "shared/tone", "-m", "x"], 2, str![[r#"
error: `prompts/shared/tone/draft.prompt`, line 1, column 11: partials form a circle: shared/tone > support/triage > shared/tone
 --> prompts/shared/tone/draft.prompt:1:11
1 | Kind. {{> support/triage}}
  |           ^^^^^^^^^^^^^^

"#]]);
    sandbox.draft(
        "shared/tone",
        "---\npromptctl.partials: {t: support/triage@1.0.0}\n---\nKind. {{> t}}\n",
    );
    sandbox.refuses(["patch", "shared/tone", "-m", "x"], 2, str![[r#"
error: `prompts/shared/tone/draft.prompt`, line 4, column 11: partials form a circle: shared/tone > support/triage > shared/tone
 --> prompts/shared/tone/draft.prompt:4:11
4 | Kind. {{> t}}
  |           ^

"#]]);
}

#[test]
fn refuses_an_optional_partial_that_closes_a_circle() {
    let sandbox = with_mail();
    sandbox.draft("shared/base", "{{#> mail}}default{{/mail}}\n");
    sandbox.refuses(["patch", "shared/base", "-m", "x"], 2, str![[r#"
error: `prompts/shared/base/draft.prompt`, line 1, column 6: partials form a circle: shared/base > mail > shared/base
 --> prompts/shared/base/draft.prompt:1:6
1 | {{#> mail}}default{{/mail}}
  |      ^^^^

"#]]);
}

#[test]
fn refuses_inline_partials_that_include_each_other() {
    let sandbox = sandbox();
    sandbox.draft(
        "endless",
        "{{#*inline \"a\"}}{{> b}}{{/inline}}{{#*inline \"b\"}}{{> a}}{{/inline}}{{> a}}\n",
    );
    sandbox.refuses(["create", "endless"], 2, str![[r#"
error: `prompts/endless/draft.prompt`, line 1, column 12: inline partials form a circle: a > b > a (and 1 more)
 --> prompts/endless/draft.prompt:1:12
1 | {{#*inline "a"}}{{> b}}{{/inline}}{{#*inline "b"}}{{> a}}{{/inline}}{{> a}}
  |            ^^^
also: inline partials form a circle: b > a > b
 --> prompts/endless/draft.prompt:1:46
1 | {{#*inline "a"}}{{> b}}{{/inline}}{{#*inline "b"}}{{> a}}{{/inline}}{{> a}}
  |                                              ^^^

"#]]);
}

#[test]
fn ends_what_a_caller_makes_endless() {
    let sandbox = sandbox();
    sandbox.draft("shared/item", "<{{#> more}}end{{/more}}>\n");
    sandbox.run(["create", "shared/item"]).succeeds();
    sandbox
        .run(["render", "shared/item"])
        .succeeds()
        .prints("<end>\n");
    sandbox.draft(
        "endless",
        "{{#*inline \"more\"}}{{> shared/item}}{{/inline}}{{> shared/item}}\n",
    );
    sandbox.run(["create", "endless"]).succeeds();
    sandbox.refuses(["render", "endless"], 2, str![[r#"
error: `endless`: partials and blocks nest more than 2048 levels deep while rendering: more > shared/item > more
hint: a partial that includes itself has no end; include it once

"#]]);
}
