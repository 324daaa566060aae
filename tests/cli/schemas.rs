//! Schemas that have a name, and the copies that versions are published with.

use snapbox::str;

use crate::sandbox::{Sandbox, sandbox};

const PERSON: &str = "name: string, what to call them\nage?: integer\n";

const MEETING: &str =
    "---\ninput:\n  schema: Person\n---\nMeet {{name}}{{#if age}}, {{age}}{{/if}}.\n";

/// A store with the schema `Person` and the prompt `meeting`, which takes one.
fn with_person() -> Sandbox {
    let sandbox = sandbox();
    sandbox.file("schemas/Person.yaml", PERSON);
    sandbox.draft("meeting", MEETING);
    sandbox.run(["create", "meeting"]).succeeds();
    sandbox
}

/// The files that versions keep of schemas.
fn copies(sandbox: &Sandbox) -> Vec<String> {
    let mut files = sandbox.files();
    files.retain(|file| file.starts_with("prompts/.schemas/"));
    files
}

#[test]
fn checks_the_input_against_a_schema_of_that_name() {
    let sandbox = with_person();
    sandbox
        .run(["render", "meeting", "--var", "name=Ada", "--var", "age=36"])
        .succeeds()
        .prints("Meet Ada, 36.\n");
    sandbox.refuses(
        ["render", "meeting", "--var", "age=36"],
        2,
        str![[r#"
error: `meeting` needs `name`
hint: give it with `--var name=...`

"#]],
    );
    sandbox.refuses(
        ["render", "meeting", "--var", "nam=Ada"],
        2,
        str![[r#"
error: `meeting`: `name` is missing: it must be text; `nam` is not declared; did you mean `name`?
hint: `input.schema` in the front matter says what it takes

"#]],
    );
}

#[test]
fn keeps_a_copy_of_the_schema_with_the_version() {
    let sandbox = sandbox();
    sandbox
        .file("schemas/Person.yaml", PERSON)
        .file(
            "schemas/Answer.json",
            "{\"type\": \"object\",\n \"properties\": {\"a\": {}}}\n",
        )
        .file("schemas/Unused.yaml", "a: string\n");
    sandbox.draft(
        "meeting",
        "---\ninput:\n  schema:\n    guests(array): Person\n    host?: Person, who invites\n\
         output:\n  schema: Answer\n---\n{{#each guests}}{{name}} {{/each}}{{host.name}}\n",
    );
    sandbox
        .run(["create", "meeting"])
        .succeeds()
        .prints(str![[r#"
published meeting@1.0.0
  production: nothing -> 1.0.0

"#]]);
    sandbox.remove(".gitattributes").remove("promptctl.toml");
    sandbox.holds(str![[r#"
== prompts/.schemas/a7f06892abe8860bf58427b0493cf3a33104046d480b96a7b8ac5e4c6e7e0cc7.json
{"type": "object",
 "properties": {"a": {}}}
== prompts/.schemas/b67c3fc26f78a5ac8c7fc2760cb45ceaa3428e53ea968ae46b84f3b0ce497f4c.json
{"name":"string, what to call them","age?":"integer"}(no newline)
== prompts/meeting/1.0.0.prompt
---
input:
  schema:
    guests(array): Person
    host?: Person, who invites
output:
  schema: Answer
---
{{#each guests}}{{name}} {{/each}}{{host.name}}
== prompts/meeting/changelog.jsonl
{"id":"1d679cfff466b5fcbd4a8c15743b8b4d90854dbb66c48a6b0d9ff9003ee26960","v":1,"kind":"prompt","name":"meeting","op":"create","version":"1.0.0","sha256":"02c359d8707a494b593e417a2eed5806ddae38083860d114e6e12ac01ae9562b","labels":["production"],"was":{"production":null},"schemas":{"Answer":"a7f06892abe8860bf58427b0493cf3a33104046d480b96a7b8ac5e4c6e7e0cc7","Person":"b67c3fc26f78a5ac8c7fc2760cb45ceaa3428e53ea968ae46b84f3b0ce497f4c"},"dialect":1,"message":"First version","by":"Ada Example <ada@example.com>","at":"2026-11-20T10:00:00Z"}
== prompts/meeting/draft.prompt
---
input:
  schema:
    guests(array): Person
    host?: Person, who invites
output:
  schema: Answer
---
{{#each guests}}{{name}} {{/each}}{{host.name}}
== schemas/Answer.json
{"type": "object",
 "properties": {"a": {}}}
== schemas/Person.yaml
name: string, what to call them
age?: integer
== schemas/Unused.yaml
a: string

"#]]);
}

#[test]
fn uses_schemas_in_fields_lists_and_outputs() {
    let sandbox = sandbox();
    sandbox.file("schemas/Person.yaml", PERSON);
    sandbox.draft(
        "meeting",
        "---\ninput:\n  schema:\n    guests(array): Person\n    host?: Person\noutput:\n  schema: \
         Person\n---\n{{#each guests}}{{name}} {{/each}}{{host.name}}\n",
    );
    sandbox.run(["create", "meeting"]).succeeds();
    sandbox
        .run([
            "render",
            "meeting",
            "--var",
            r#"guests=[{"name": "Ada"}, {"name": "Eve"}]"#,
            "--var",
            r#"host={"name": "Bob"}"#,
        ])
        .succeeds()
        .prints("Ada Eve Bob\n");
    sandbox.refuses(
        [
            "render",
            "meeting",
            "--var",
            r#"guests=[{"name": "Ada"}, {"nme": "Eve"}]"#,
        ],
        2,
        str![[r#"
error: `meeting`: `guests[1].name` is missing: it must be text; `guests[1].nme` is not declared; did you mean `name`?
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    let answer = sandbox.run([
        "render",
        "meeting",
        "--var",
        "guests=[]",
        "--format",
        "dotprompt",
    ]);
    assert_eq!(
        answer.succeeds().json()["output"]["schema"]["properties"]["age"]["type"],
        serde_json::json!(["integer", "null"])
    );
}

#[test]
fn uses_schemas_within_schemas() {
    let sandbox = sandbox();
    sandbox
        .file("schemas/Team.yaml", "lead: Person\nmembers?(array): Person\n")
        .file("schemas/Person.yml", "name: string\nhome?: Place\n")
        .file(
            "schemas/Place.json",
            r#"{"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}"#,
        );
    sandbox.draft("team", "---\ninput:\n  schema: Team\n---\n{{lead.name}}\n");
    sandbox.run(["create", "team"]).succeeds();
    assert_eq!(copies(&sandbox).len(), 3, "{:?}", copies(&sandbox));
    sandbox
        .run([
            "render",
            "team",
            "--var",
            r#"lead={"name": "Ada", "home": {"city": "Ulm"}}"#,
        ])
        .succeeds()
        .prints("Ada\n");
    sandbox.refuses(
        [
            "render",
            "team",
            "--var",
            r#"lead={"name": "Ada", "home": {}}"#,
        ],
        2,
        str![[r#"
error: `team`: `lead.home.city` is missing: it must be text
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    sandbox.file("schemas/Place.json", "{\"type\": \"string\"}");
    sandbox.refuses(
        [
            "render",
            "team",
            "--var",
            r#"lead={"name": "Ada", "home": "Ulm"}"#,
        ],
        2,
        str![[r#"
error: `team`: `lead.home` must be an object or null, found the text "Ulm"
hint: `input.schema` in the front matter says what it takes

"#]],
    );
}

#[test]
fn spells_out_schemas_that_contain_each_other() {
    let sandbox = sandbox();
    sandbox
        .file("schemas/Person.yaml", "friend?: Team\n")
        .file("schemas/Team.yaml", "members(array): Person\n");
    sandbox.draft("team", "---\ninput:\n  schema: Team\n---\nx\n");
    sandbox.refuses(["create", "team"], 2, str![[r#"
error: `prompts/team/draft.prompt`, line 3, column 3: `input.schema`: in the schema `Person`, at `["friend?"]`: the schema `Team` contains itself: Team -> Person -> Team
 --> prompts/team/draft.prompt:3:3
3 |   schema: Team
  |   ^^^^^^

"#]]);
}

#[test]
fn checks_a_published_version_against_the_schema_that_it_was_published_with() {
    let sandbox = with_person();
    sandbox.file("schemas/Person.yaml", "nick: string\n");
    let published = ["render", "meeting@1.0.0", "--var", "name=Ada"];
    sandbox.run(published).succeeds().prints("Meet Ada.\n");
    sandbox.refuses(
        [
            "render",
            "--file",
            "prompts/meeting/draft.prompt",
            "--var",
            "name=Ada",
        ],
        2,
        str![[r#"
error: `prompts/meeting/draft.prompt`: `nick` is missing: it must be text; `name` is not declared
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    sandbox.remove("schemas/Person.yaml");
    sandbox.run(published).succeeds().prints("Meet Ada.\n");
}

#[test]
fn takes_a_new_schema_when_asked_to() {
    let sandbox = with_person();
    sandbox.file("schemas/Person.yaml", "nick: string\n");
    let before = sandbox.disk();
    sandbox
        .run(["patch", "meeting", "-m", "Nothing new"])
        .succeeds()
        .prints(str![[r#"
meeting@1.0.0 is just that already; nothing was written

"#]]);
    assert_eq!(sandbox.disk(), before);
    sandbox
        .run(["patch", "meeting", "--repin", "-m", "People have nicknames"])
        .succeeds()
        .prints(str![[r#"
published meeting@1.0.1, after 1.0.0
  production: 1.0.0 -> 1.0.1

"#]]);
    assert_eq!(copies(&sandbox).len(), 2);
    sandbox.refuses(
        ["render", "meeting", "--var", "name=Ada"],
        2,
        str![[r#"
error: `meeting`: `nick` is missing: it must be text; `name` is not declared
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    sandbox
        .run(["render", "meeting@1.0.0", "--var", "name=Ada"])
        .succeeds()
        .prints("Meet Ada.\n");
    let before = sandbox.disk();
    sandbox
        .run(["patch", "meeting", "--repin", "-m", "Once more"])
        .succeeds()
        .prints(str![[r#"
meeting@1.0.1 is just that already; nothing was written

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn takes_the_schema_of_the_day_with_a_new_text() {
    let sandbox = with_person();
    sandbox.file("schemas/Person.yaml", "nick: string\n");
    sandbox.draft("meeting", &MEETING.replace("{{name}}", "{{nick}}"));
    sandbox
        .run(["patch", "meeting", "-m", "Nicknames"])
        .succeeds();
    sandbox
        .run(["render", "meeting", "--var", "nick=Ad"])
        .succeeds()
        .prints("Meet Ad.\n");
}

#[test]
fn writes_one_copy_however_many_use_it() {
    let sandbox = with_person();
    sandbox.draft("other", MEETING);
    sandbox.run(["create", "other"]).succeeds();
    assert_eq!(copies(&sandbox).len(), 1);
}

#[test]
fn writes_nothing_when_asked_to_rehearse() {
    let sandbox = sandbox();
    sandbox.file("schemas/Person.yaml", PERSON);
    sandbox.draft("meeting", MEETING);
    let before = sandbox.disk();
    let run = sandbox.run(["create", "meeting", "--dry-run"]);
    run.succeeds().mentions("\"schemas\":{\"Person\":\"");
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn refuses_a_type_that_nobody_knows() {
    let sandbox = sandbox();
    sandbox.file("schemas/Person.yaml", PERSON);
    for (schema, expected) in [
        (
            "  schema:\n    a: string\n    who: Persn\n",
            str![[r#"
error: `prompts/meeting/draft.prompt`, line 5, column 5: `input.schema.who`: "Persn" is neither a type nor the name of a schema
 --> prompts/meeting/draft.prompt:5:5
5 |     who: Persn
  |     ^^^
hint: did you mean `Person`?

"#]],
        ),
        (
            "  schema: Persn\n",
            str![[r#"
error: `prompts/meeting/draft.prompt`, line 3, column 3: `input.schema`: "Persn" is neither a type nor the name of a schema
 --> prompts/meeting/draft.prompt:3:3
3 |   schema: Persn
  |   ^^^^^^
hint: did you mean `Person`?

"#]],
        ),
        (
            "  schema:\n    a: strng\n",
            str![[r#"
error: `prompts/meeting/draft.prompt`, line 4, column 5: `input.schema.a`: "strng" is neither a type nor the name of a schema
 --> prompts/meeting/draft.prompt:4:5
4 |     a: strng
  |     ^
hint: did you mean `string`?

"#]],
        ),
        (
            "  schema:\n    a: ../secrets\n",
            str![[r#"
error: `prompts/meeting/draft.prompt`, line 4, column 5: `input.schema.a`: "../secrets" is neither a type nor the name of a schema
 --> prompts/meeting/draft.prompt:4:5
4 |     a: ../secrets
  |     ^
hint: a schema of its own is `schemas/NAME.yaml` beside promptctl.toml; `--schema NAME=FILE` lends one to `render --file`

"#]],
        ),
    ] {
        sandbox.draft("meeting", &format!("---\ninput:\n{schema}---\nHi\n"));
        sandbox.refuses(["create", "meeting"], 2, expected);
    }
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[schema-invalid]: `input.schema.a`: "../secrets" is neither a type nor the name of a schema
 --> prompts/meeting/draft.prompt:4:5
4 |     a: ../secrets
  |     ^
  hint: a schema of its own is `schemas/NAME.yaml` beside promptctl.toml; `--schema NAME=FILE` lends one to `render --file`
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]]);
}

#[test]
fn refuses_schemas_that_cannot_be_read() {
    let sandbox = sandbox();
    for (schema, expected) in [
        (
            "a: [\n",
            str![[r#"
error: `schemas/Person.yaml` is no YAML: did not find expected node content at line 2 column 1, while parsing a flow node
  the schemas of `prompts/meeting/draft.prompt`

"#]],
        ),
        (
            "a: 5\n",
            str![[r#"
error: `prompts/meeting/draft.prompt`, line 3, column 3: `input.schema`: in the schema `Person`, at `a`: a type belongs here, not the number 5
 --> prompts/meeting/draft.prompt:3:3
3 |   schema: Person
  |   ^^^^^^
hint: a field that always has one value is written `name(enum): [value]`

"#]],
        ),
        (
            "- a\n",
            str![[r#"
error: `prompts/meeting/draft.prompt`, line 3, column 3: `input.schema`: in the schema `Person`: a type belongs here, not a list of 1 item
 --> prompts/meeting/draft.prompt:3:3
3 |   schema: Person
  |   ^^^^^^
hint: write `name(enum): [..]` for one of several values, `name(array): type` for a list

"#]],
        ),
        (
            "",
            str![[r#"
error: `prompts/meeting/draft.prompt`, line 3, column 3: `input.schema`: in the schema `Person`: a type is missing
 --> prompts/meeting/draft.prompt:3:3
3 |   schema: Person
  |   ^^^^^^
hint: the type that allows only null is `"null"`, in quotes

"#]],
        ),
        (
            "a: b\na: c\n",
            str![[r#"
error: `schemas/Person.yaml` is no YAML: duplicate key `a`
  the schemas of `prompts/meeting/draft.prompt`

"#]],
        ),
    ] {
        sandbox.file("schemas/Person.yaml", schema);
        sandbox.draft("meeting", MEETING);
        sandbox.refuses(["create", "meeting"], 2, expected);
    }
}

#[test]
fn refuses_a_schema_that_is_there_twice() {
    let sandbox = sandbox();
    sandbox
        .file("schemas/Person.yaml", PERSON)
        .file("schemas/Person.json", "{\"type\": \"object\"}");
    sandbox.draft("meeting", MEETING);
    sandbox.refuses(
        ["create", "meeting"],
        2,
        str![[r#"
error: the schema `Person` is there twice: `schemas/Person.json` and `schemas/Person.yaml`
  the schemas of `prompts/meeting/draft.prompt`
hint: delete one of them

"#]],
    );
}

#[test]
fn refuses_a_schema_behind_a_link() {
    let sandbox = sandbox();
    sandbox
        .file("elsewhere.yaml", PERSON)
        .file("schemas/A.yaml", "a: string\n");
    std::os::unix::fs::symlink(
        sandbox.join("elsewhere.yaml"),
        sandbox.join("schemas/Person.yaml"),
    )
    .unwrap();
    sandbox.draft("meeting", MEETING);
    sandbox
        .run(["create", "meeting"])
        .exits(4)
        .complains(str![[r#"
error: `[ROOT]/schemas/Person.yaml` is, or lies behind, a symbolic link; the store's files are never links
  the schemas of `prompts/meeting/draft.prompt`

"#]]);
}

#[test]
fn says_how_a_copy_comes_back_that_is_gone() {
    let sandbox = with_person();
    let copy = copies(&sandbox).remove(0);
    sandbox.remove(&copy);
    sandbox.refuses(["render", "meeting", "--var", "name=Ada"], 4, str![[r#"
error: the copy of the schema `Person`, `prompts/.schemas/b67c3fc26f78a5ac8c7fc2760cb45ceaa3428e53ea968ae46b84f3b0ce497f4c.json`, is missing
hint: `git checkout -- prompts/.schemas/b67c3fc26f78a5ac8c7fc2760cb45ceaa3428e53ea968ae46b84f3b0ce497f4c.json` brings it back

"#]]);
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[schema-missing]: the copy of the schema `Person`, `prompts/.schemas/b67c3fc26f78a5ac8c7fc2760cb45ceaa3428e53ea968ae46b84f3b0ce497f4c.json`, is missing
  --> prompts/meeting/1.0.0.prompt
  hint: `git checkout -- prompts/.schemas/b67c3fc26f78a5ac8c7fc2760cb45ceaa3428e53ea968ae46b84f3b0ce497f4c.json` brings it back
1 error, 0 warnings in 1 prompt, 1 version

"#]]);
}

#[test]
fn says_how_a_copy_comes_back_that_was_changed() {
    let sandbox = with_person();
    let copy = copies(&sandbox).remove(0);
    let text = sandbox.read(&copy).replace("integer", "string");
    sandbox.file(&copy, text);
    sandbox.refuses(["render", "meeting", "--var", "name=Ada"], 4, str![[r#"
error: the copy of the schema `Person`, `prompts/.schemas/b67c3fc26f78a5ac8c7fc2760cb45ceaa3428e53ea968ae46b84f3b0ce497f4c.json`, was changed after it was published
hint: `git checkout -- prompts/.schemas/b67c3fc26f78a5ac8c7fc2760cb45ceaa3428e53ea968ae46b84f3b0ce497f4c.json` brings it back

"#]]);
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[schema-missing]: the copy of the schema `Person`, `prompts/.schemas/b67c3fc26f78a5ac8c7fc2760cb45ceaa3428e53ea968ae46b84f3b0ce497f4c.json`, was changed after it was published
  --> prompts/meeting/1.0.0.prompt
  hint: `git checkout -- prompts/.schemas/b67c3fc26f78a5ac8c7fc2760cb45ceaa3428e53ea968ae46b84f3b0ce497f4c.json` brings it back
1 error, 0 warnings in 1 prompt, 1 version

"#]]);
}

#[test]
fn writes_a_copy_again_that_is_gone() {
    let sandbox = with_person();
    let copy = copies(&sandbox).remove(0);
    let text = sandbox.read(&copy);
    sandbox.remove(&copy);
    sandbox.draft("meeting", &MEETING.replace("Meet", "Greet"));
    sandbox.run(["patch", "meeting", "-m", "Warmer"]).succeeds();
    assert_eq!(sandbox.read(&copy), text);
    sandbox
        .run(["render", "meeting@1.0.0", "--var", "name=Ada"])
        .succeeds();
}

#[test]
fn validates_a_store_with_schemas() {
    let sandbox = with_person();
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 1 version

"#]]);
}

#[test]
fn keeps_the_copies_of_a_version_that_is_repeated_or_renamed() {
    let sandbox = with_person();
    sandbox.file("schemas/Person.yaml", "nick: string\n");
    sandbox
        .run(["patch", "meeting", "--repin", "-m", "Nicknames"])
        .succeeds();
    sandbox
        .run([
            "revert",
            "meeting",
            "--to",
            "1.0.0",
            "--label",
            "production",
            "-m",
            "Names",
        ])
        .succeeds();
    sandbox.run(["rename", "meeting", "party"]).succeeds();
    sandbox.remove("schemas/Person.yaml");
    sandbox
        .run(["render", "party", "--var", "name=Ada"])
        .succeeds()
        .prints("Meet Ada.\n");
}
