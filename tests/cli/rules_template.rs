//! One firing test for each rule about templates, with the place.

use snapbox::{IntoData, str};

use crate::sandbox::{sandbox, with_partial};

/// A draft on which `validate` has just this to say.
#[track_caller]
fn finds(draft: &str, expected: impl IntoData) {
    let sandbox = sandbox();
    sandbox.draft("broken", draft);
    sandbox.run(["validate"]).exits(1).prints(expected);
}

#[test]
fn circular_partial() {
    let sandbox = with_partial();
    sandbox.draft("shared/tone", "Kind. {{> support/triage}}\n");
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[circular-partial]: partials form a circle: shared/tone > support/triage > shared/tone
 --> prompts/shared/tone/draft.prompt:1:11
1 | Kind. {{> support/triage}}
  |           ^^^^^^^^^^^^^^
1 error, 0 warnings, 1 remark in 2 prompts, 2 versions

"#]]);
}

#[test]
fn circular_partial_of_oneself() {
    let sandbox = with_partial();
    sandbox.draft("shared/tone", "Kind. {{> shared/tone}}\n");
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[circular-partial]: partials form a circle: shared/tone > shared/tone
 --> prompts/shared/tone/draft.prompt:1:11
1 | Kind. {{> shared/tone}}
  |           ^^^^^^^^^^^
1 error, 0 warnings, 1 remark in 2 prompts, 2 versions

"#]]);
}

#[test]
fn dynamic_partial() {
    finds(
        "Hello\n{{> (lookup . 'name')}}\n",
        str![[r#"
error[dynamic-partial]: `{{> (lookup . 'name')}}` computes which partial to include: write the name of the partial itself
 --> prompts/broken/draft.prompt:2:5
2 | {{> (lookup . 'name')}}
  |     ^^^^^^^^^^^^^^^^^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn mismatched_block() {
    finds(
        "{{#if a}}\nx\n{{/each}}\n",
        str![[r#"
error[mismatched-block]: `{{/each}}` closes nothing here: the open block is `{{#if a}}`
 --> prompts/broken/draft.prompt:3:1
3 | {{/each}}
  | ^^^^^^^^^
  hint: line 1: `{{#if a}}` is opened here
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn missing_partial() {
    finds(
        "Hello\n  {{> shared/tone}}\n",
        str![[r#"
error[missing-partial]: `{{> shared/tone}}`: there is no prompt `shared/tone`
 --> prompts/broken/draft.prompt:2:7
2 |   {{> shared/tone}}
  |       ^^^^^^^^^^^
  hint: `promptctl list` shows the prompts there are
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn missing_partial_with_a_name_nearby() {
    let sandbox = with_partial();
    sandbox.draft("broken", "Hello\n  {{> shared/tona}}\n");
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[missing-partial]: `{{> shared/tona}}`: there is no prompt `shared/tona`
 --> prompts/broken/draft.prompt:2:7
2 |   {{> shared/tona}}
  |       ^^^^^^^^^^^
  hint: did you mean `shared/tone`?
1 error, 0 warnings, 1 remark in 3 prompts, 2 versions

"#]]);
}

#[test]
fn template_syntax() {
    finds(
        "Hello {{who is}\n{{a b=}}\n",
        str![[r#"
error[unbalanced-brace]: `{{who is}` has to end with `}}`
 --> prompts/broken/draft.prompt:1:7
1 | Hello {{who is}
  |       ^^^^^^^^^
error[template-syntax]: `}}` cannot stand here: an argument is a name, a string, a number or a `(helper ..)`
 --> prompts/broken/draft.prompt:2:7
2 | {{a b=}}
  |       ^^
2 errors, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
    finds(
        "Hello {{a b=}}\n",
        str![[r#"
error[template-syntax]: `}}` cannot stand here: an argument is a name, a string, a number or a `(helper ..)`
 --> prompts/broken/draft.prompt:1:13
1 | Hello {{a b=}}
  |             ^^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn too_deep() {
    let draft = format!("{}x{}\n", "{{#if a}}".repeat(65), "{{/if}}".repeat(65));
    let sandbox = sandbox();
    sandbox.draft("broken", &draft);
    let run = sandbox.run(["validate"]);
    run.exits(1);
    snapbox::assert_data_eq!(
        run.stdout().lines().next().unwrap(),
        str!["error[too-deep]: blocks nest too deeply here: at most 64 levels are allowed"].raw()
    );
}

#[test]
fn too_many_inclusions() {
    let sandbox = sandbox();
    sandbox.draft("p0", "x\n");
    sandbox.run(["create", "p0"]).succeeds();
    for level in 1..=3 {
        let below = format!("{{{{> p{}}}}}\n", level - 1).repeat(10);
        let name = format!("p{level}");
        sandbox.draft(&name, &below);
        if level < 3 {
            sandbox.run(["create", &name]).succeeds();
        }
    }
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[too-many-inclusions]: rendering would include 1110 partials; the limit is 1000
  --> prompts/p3/draft.prompt
1 error, 0 warnings, 1 remark in 4 prompts, 3 versions

"#]]);
    sandbox.refuses(
        ["create", "p3"],
        2,
        str![[r#"
error: rendering would include 1110 partials; the limit is 1000
hint: partials that include others several times multiply; include each once

"#]],
    );
}

#[test]
fn too_many_tags() {
    finds(
        &"{{a}}\n".repeat(2001),
        str![[r#"
error[too-many-tags]: the template has too many tags: at most 2000 are allowed
    --> prompts/broken/draft.prompt:2001:1
2001 | {{a}}
     | ^^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn unclosed_block() {
    finds(
        "Hello\n{{#if a}}x\n",
        str![[r#"
error[unclosed-block]: `{{#if a}}` opened here is never closed: `{{/if}}` is missing
 --> prompts/broken/draft.prompt:2:1
2 | {{#if a}}x
  | ^^^^^^^^^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn unbalanced_brace() {
    finds(
        "Hello {{who\n",
        str![[r#"
error[unbalanced-brace]: `{{who` is never closed: `}}` is missing
 --> prompts/broken/draft.prompt:1:7
1 | Hello {{who
  |       ^^^^^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn unknown_block_helper() {
    finds(
        "{{#iff a}}x{{/iff}}\n",
        str![[r#"
error[unknown-block-helper]: there is no helper `iff`
 --> prompts/broken/draft.prompt:1:4
1 | {{#iff a}}x{{/iff}}
  |    ^^^
  hint: did you mean `if`?
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn unknown_helper() {
    finds(
        "{{uppercase who}}\n",
        str![[r#"
error[unknown-helper]: there is no helper `uppercase`
 --> prompts/broken/draft.prompt:1:3
1 | {{uppercase who}}
  |   ^^^^^^^^^
  hint: the helpers are if, unless, each, with, lookup, log, role, history, media, section, json, ifEquals, unlessEquals
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
    finds(
        "Hello {{jsn who}}\n",
        str![[r#"
error[unknown-helper]: there is no helper `jsn`
 --> prompts/broken/draft.prompt:1:9
1 | Hello {{jsn who}}
  |         ^^^
  hint: did you mean `json`?
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn unknown_role() {
    finds(
        "{{role \"sytem\"}}\nObey.\n",
        str![[r#"
error[unknown-role]: there is no role `sytem`
 --> prompts/broken/draft.prompt:1:3
1 | {{role "sytem"}}
  |   ^^^^^^^^^^^^
  hint: did you mean `{{role "system"}}`?
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
    finds(
        "{{role who}}\nObey.\n",
        str![[r#"
error[unknown-role]: a role is written out, as in `{{role "system"}}`
 --> prompts/broken/draft.prompt:1:3
1 | {{role who}}
  |   ^^^^^^^^
  hint: the roles are user, model, system, tool
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn unmatched_closing_block() {
    finds(
        "Hello\n{{/if}}\n",
        str![[r#"
error[unmatched-closing-block]: `{{/if}}` closes nothing: no block is open here
 --> prompts/broken/draft.prompt:2:1
2 | {{/if}}
  | ^^^^^^^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn several_faults_of_a_text_at_once() {
    let sandbox = sandbox();
    sandbox.draft(
        "broken",
        "---\ndescription: d\n---\nA é {{nope a}}\n\n{{role 'x'}}\n",
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[unknown-helper]: there is no helper `nope`
 --> prompts/broken/draft.prompt:4:7
4 | A é {{nope a}}
  |       ^^^^
  hint: the helpers are if, unless, each, with, lookup, log, role, history, media, section, json, ifEquals, unlessEquals
error[unknown-role]: there is no role `x`
 --> prompts/broken/draft.prompt:6:3
6 | {{role 'x'}}
  |   ^^^^^^^^
  hint: the roles are user, model, system, tool
2 errors, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]]);
}
