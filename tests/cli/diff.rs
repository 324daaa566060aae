use snapbox::str;

use crate::sandbox::{GREETING, with_greeting, with_partial, with_versions};

#[test]
fn compares_production_with_the_edited_draft() {
    let sandbox = with_versions();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Howdy"));
    sandbox
        .run(["diff", "greeting"])
        .succeeds()
        .prints(str![[r#"
--- greeting@1.0.1
+++ greeting (draft)
@@ -5,4 +5,4 @@
   schema:
     who: string
 ---
-Hi {{who}}!
+Howdy {{who}}!

"#]]);
}

#[test]
fn compares_production_with_the_latest_if_the_draft_is_clean() {
    with_versions()
        .run(["diff", "greeting"])
        .succeeds()
        .prints(str![[r#"
--- greeting@1.0.1
+++ greeting@1.1.0
@@ -5,4 +5,4 @@
   schema:
     who: string
 ---
-Hi {{who}}!
+Good day, {{who}}!

"#]]);
}

#[test]
fn compares_two_versions() {
    let sandbox = with_versions();
    sandbox
        .run(["diff", "greeting", "1.0.0", "staging"])
        .succeeds()
        .prints(str![[r#"
--- greeting@1.0.0
+++ greeting@1.1.0
@@ -5,4 +5,4 @@
   schema:
     who: string
 ---
-Hello {{who}}!
+Good day, {{who}}!

"#]]);
    sandbox
        .run(["diff", "greeting", "1.0.0", "draft"])
        .succeeds()
        .prints(str![[r#"
--- greeting@1.0.0
+++ greeting (draft)
@@ -5,4 +5,4 @@
   schema:
     who: string
 ---
-Hello {{who}}!
+Good day, {{who}}!

"#]]);
}

#[test]
fn compares_two_prompts() {
    with_partial()
        .run(["diff", "shared/tone", "support/triage@1.0.0"])
        .succeeds()
        .prints(str![[r#"
--- shared/tone@1.0.0
+++ support/triage@1.0.0
@@ -1,4 +1,15 @@
 ---
-description: How we sound
+description: Sorts tickets
+model: example/model
+input:
+  schema:
+    ticket: string, the customer's words
+    product?: string
+promptctl.tags: [support]
+promptctl.examples:
+  refund: {ticket: I want my money back}
 ---
-Be kind.
+{{role "system"}}
+{{> shared/tone}}
+{{role "user"}}
+{{ticket}}

"#]]);
}

#[test]
fn counts_lines() {
    with_versions()
        .run(["diff", "greeting", "1.0.0", "1.1.0", "--stat"])
        .succeeds()
        .prints(str![[r#"
greeting@1.0.0 -> greeting@1.1.0: 1 line added, 1 line removed

"#]]);
}

#[test]
fn shows_where_a_newline_is_missing() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", GREETING.trim_end());
    sandbox
        .run(["diff", "greeting"])
        .succeeds()
        .prints(str![[r#"
--- greeting@1.0.0
+++ greeting (draft)
@@ -5,4 +5,4 @@
   schema:
     who: string
 ---
-Hello {{who}}!
+Hello {{who}}!
\ No newline at end of file

"#]]);
}

#[test]
fn tells_scripts_by_the_exit_code() {
    let sandbox = with_versions();
    sandbox.run(["diff", "greeting", "--exit-code"]).exits(1);
    sandbox
        .run(["diff", "greeting", "1.0.0", "1.0.0", "--exit-code"])
        .succeeds()
        .prints("")
        .complains(str![[r#"
greeting@1.0.0 and greeting@1.0.0 are the same

"#]]);
    sandbox
        .run(["diff", "greeting", "--exit-code", "--stat"])
        .exits(1);
}

#[test]
fn reads_retired_versions() {
    let sandbox = with_versions();
    sandbox.run(["retire", "greeting@1.0.0"]).succeeds();
    sandbox
        .run(["diff", "greeting", "1.0.0", "1.0.1", "--stat"])
        .succeeds()
        .prints(str![[r#"
greeting@1.0.0 -> greeting@1.0.1: 1 line added, 1 line removed

"#]]);
}

#[test]
fn compares_schemas_line_by_line_with_context() {
    let sandbox = with_partial();
    let text = sandbox.read("prompts/support/triage/draft.prompt");
    sandbox.draft(
        "support/triage",
        &text
            .replace("model: example/model", "model: example/other")
            .replace("{{ticket}}", "Ticket: {{ticket}}"),
    );
    sandbox
        .run(["diff", "support/triage"])
        .succeeds()
        .prints(str![[r#"
--- support/triage@1.0.0
+++ support/triage (draft)
@@ -1,6 +1,6 @@
 ---
 description: Sorts tickets
-model: example/model
+model: example/other
 input:
   schema:
     ticket: string, the customer's words
@@ -12,4 +12,4 @@
 {{role "system"}}
 {{> shared/tone}}
 {{role "user"}}
-{{ticket}}
+Ticket: {{ticket}}

"#]]);
}

#[test]
fn refuses_what_is_not_there() {
    let sandbox = with_versions();
    sandbox.refuses(
        ["diff", "greeting", "1.0.0", "1.0.9"],
        2,
        str![[r#"
error: `greeting` has no version 1.0.9
hint: did you mean `greeting@1.0.1`?

"#]],
    );
    sandbox.remove("prompts/greeting/draft.prompt");
    sandbox.refuses(
        ["diff", "greeting", "1.0.0", "draft"],
        2,
        str![[r#"
error: `greeting` has no draft

"#]],
    );
}

#[test]
fn refuses_two_selectors_without_a_name() {
    with_versions().refuses(
        ["diff", "1.0.0", "1.0.1"],
        2,
        str![[r#"
error: `1.0.0` is no segment of a name: a lower-case letter, then at most 63 of a-z, 0-9, `_`, `-`
hint: two versions of one prompt are `diff NAME A B`, or `diff NAME@A NAME@B`

"#]],
    );
}
