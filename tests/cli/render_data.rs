//! What a dotprompt runtime hands over, and what is lent to a file.

use snapbox::{IntoData, str};

use crate::sandbox::{GREETING, Run, Sandbox, TONE, empty, sandbox, with_greeting, with_partial};

const CHAT: &str = r#"---
model: example/model
config: {temperature: 0.5, topK: 3}
input:
  schema:
    question: string, what to answer
  default: {question: Why?}
output:
  schema:
    answer: string
promptctl.tags: [chat]
---
{{role "system"}}
Answer {{@auth.email}} as {{@metadata.prompt.model}}.
{{role "user"}}
{{question}}
"#;

const HISTORY: &str = r#"{"messages": [
  {"role": "user", "content": [{"text": "Hi"}]},
  {"role": "model", "content": [{"text": "Hello"}]}
]}"#;

/// Renders a file that no store has, with this data.
fn rendered(text: &str, data: &str, more: &[&str]) -> Run {
    let sandbox = empty();
    sandbox
        .file("a.prompt", text)
        .file("data.json", data)
        .run_with(
            &[
                &["render", "--file", "a.prompt", "--data", "data.json"],
                more,
            ]
            .concat(),
            |_| {},
            "",
        )
}

#[track_caller]
fn refuses_data(data: &str, expected: impl IntoData) {
    let run = rendered("{{a}}\n", data, &[]);
    run.exits(2).prints("").complains(expected);
}

#[test]
fn takes_the_input_of_the_data() {
    rendered(
        "{{a}} {{b.c}}\n",
        r#"{"input": {"a": 1, "b": {"c": 2}}}"#,
        &[],
    )
    .succeeds()
    .prints("1 2\n")
    .complains("");
}

#[test]
fn gives_templates_what_the_context_says() {
    rendered(
        "{{@auth.email}} {{@state.count}} {{#each list}}{{@index}}-{{@state.count}} {{/each}}{{@nothing}}\n",
        r#"{"input": {"list": [1, 2]},
            "context": {"auth": {"email": "ada@example.com"}, "state": {"count": 3}}}"#,
        &[],
    )
    .succeeds()
    .prints("ada@example.com 3 0-3 1-3 \n");
}

#[test]
fn gives_templates_what_the_prompt_says_of_itself() {
    rendered(
        "---\nmodel: example/model\nconfig: {temperature: 0.5}\n---\n{{@metadata.prompt.model}} \
         {{json @metadata.prompt.config}} {{json @metadata.docs}} {{json @metadata.messages}}\n",
        r#"{"docs": [{"content": [{"text": "d"}]}], "options": {"config": {"topK": 1}},
            "messages": [{"role": "user", "content": [{"text": "Hi"}]}]}"#,
        &["--format", "text"],
    )
    .succeeds()
    .prints(str![[r#"
example/model {"temperature":0.5,"topK":1} [{"content":[{"text":"d"}]}] [{"role":"user","content":[{"text":"Hi"}]}]

"#]]);
}

#[test]
fn gives_templates_nothing_of_a_context_that_is_not_there() {
    let sandbox = sandbox();
    sandbox.draft("ask", CHAT);
    sandbox.run(["create", "ask"]).succeeds();
    sandbox.run(["render", "ask"]).succeeds().prints(str![[r#"
[system]
Answer  as example/model.

[user]
Why?

"#]]);
}

#[test]
fn asks_for_nothing_and_takes_anything() {
    rendered(GREETING, "{}", &[]).succeeds().prints("Hello !\n");
    rendered(GREETING, r#"{"input": {"colour": "red"}}"#, &[])
        .succeeds()
        .prints("Hello !\n");
    rendered(GREETING, r#"{"input": {"who": 1}}"#, &[])
        .exits(2)
        .complains(str![[r#"
error: `a.prompt`: `who` must be text, found the number 1
hint: `input.schema` in the front matter says what it takes

"#]]);
}

#[test]
fn lets_single_values_win_over_the_data() {
    rendered(
        GREETING,
        r#"{"input": {"who": "Ada"}}"#,
        &["--var", "who=Eve"],
    )
    .succeeds()
    .prints("Hello Eve!\n");
}

#[test]
fn lets_options_replace_what_the_front_matter_says() {
    rendered(
        CHAT,
        r#"{"options": {"model": "other/model", "config": {"topK": 1},
            "input": {"default": {"question": "How?"}}}}"#,
        &[],
    )
    .succeeds()
    .prints(str![[r#"
[system]
Answer  as other/model.

[user]
How?

"#]]);
}

#[test]
fn puts_the_messages_so_far_before_the_last_one_of_the_user() {
    rendered(
        "{{role \"system\"}}Be kind.{{role \"user\"}}Now\n",
        HISTORY,
        &[],
    )
    .succeeds()
    .prints(str![[r#"
[system]
Be kind.

[user]
Hi

[model]
Hello

[user]
Now

"#]]);
}

#[test]
fn puts_the_messages_so_far_where_the_template_wants_them() {
    rendered(
        "{{role \"system\"}}Be kind.{{history}}Well,{{role \"user\"}}Now\n",
        HISTORY,
        &["--format", "json"],
    )
    .succeeds()
    .prints(str![[r#"
{
  "schema": "promptctl.render.v1",
  "name": "a.prompt",
  "version": null,
  "identity": null,
  "kind": "chat",
  "messages": [
    {
      "role": "system",
      "content": [
        {
          "text": "Be kind."
        }
      ]
    },
    {
      "role": "user",
      "content": [
        {
          "text": "Hi"
        }
      ],
      "metadata": {
        "purpose": "history"
      }
    },
    {
      "role": "model",
      "content": [
        {
          "text": "Hello"
        }
      ],
      "metadata": {
        "purpose": "history"
      }
    },
    {
      "role": "model",
      "content": [
        {
          "text": "Well,"
        }
      ]
    },
    {
      "role": "user",
      "content": [
        {
          "text": "Now\n"
        }
      ]
    }
  ]
}

"#]]);
}

#[test]
fn puts_the_messages_so_far_behind_what_is_not_the_users() {
    rendered("{{role \"system\"}}Be kind.\n", HISTORY, &[])
        .succeeds()
        .prints(str![[r#"
[system]
Be kind.

[user]
Hi

[model]
Hello

"#]]);
}

#[test]
fn keeps_parts_of_messages_that_it_does_not_know() {
    rendered(
        "Now\n",
        r#"{"messages": [{"role": "tool", "id": 7, "content": [
            {"toolResponse": {"name": "clock", "output": 12}},
            {"media": {"url": "https://example.com/a.png"}}]}]}"#,
        &["--format", "json"],
    )
    .succeeds()
    .prints(str![[r#"
{
  "schema": "promptctl.render.v1",
  "name": "a.prompt",
  "version": null,
  "identity": null,
  "kind": "text",
  "messages": [
    {
      "role": "tool",
      "content": [
        {
          "toolResponse": {
            "name": "clock",
            "output": 12
          }
        },
        {
          "media": {
            "url": "https://example.com/a.png"
          }
        }
      ],
      "id": 7
    },
    {
      "role": "user",
      "content": [
        {
          "text": "Now\n"
        }
      ]
    }
  ]
}

"#]]);
}

#[test]
fn refuses_data_that_is_none() {
    refuses_data(
        "[]",
        str![[r#"
error: `data.json`: no JSON object
hint: it has the members input, context, messages, docs, options

"#]],
    );
    refuses_data(
        "{\"input\": {}",
        str![[r#"
error: `data.json`: no JSON: EOF while parsing an object at line 1 column 12

"#]],
    );
    refuses_data(
        "{\"input\": {}, \"input\": {}}",
        str![[r#"
error: `data.json`: no JSON: duplicate key `input` at line 1 column 21

"#]],
    );
    refuses_data(
        r#"{"inputs": {}}"#,
        str![[r#"
error: `data.json`: there is no member `inputs`
hint: did you mean `input`?

"#]],
    );
    refuses_data(
        r#"{"question": "Why?"}"#,
        str![[r#"
error: `data.json`: there is no member `question`
hint: the members are input, context, messages, docs, options; values for the template stand in `input`

"#]],
    );
    refuses_data(
        r#"{"input": []}"#,
        str![[r#"
error: `data.json`: `input` is no object

"#]],
    );
    refuses_data(
        r#"{"docs": {}}"#,
        str![[r#"
error: `data.json`: `docs` is no list

"#]],
    );
}

#[test]
fn refuses_messages_that_are_none() {
    refuses_data(
        r#"{"messages": ["Hi"]}"#,
        str![[r#"
error: `data.json`: `messages[0]` is no object with `role` and `content`

"#]],
    );
    refuses_data(
        r#"{"messages": [{"role": "user", "content": []}, {"content": []}]}"#,
        str![[r#"
error: `data.json`: `messages[1]` has no `role`, a text

"#]],
    );
    refuses_data(
        r#"{"messages": [{"role": "user", "content": "Hi"}]}"#,
        str![[r#"
error: `data.json`: `messages[0]` has a `content` that is no list, such as `[{"text": "Hello"}]`

"#]],
    );
    refuses_data(
        r#"{"messages": [{"role": "user", "content": ["Hi"]}]}"#,
        str![[r#"
error: `data.json`: `messages[0]` has a part that is no object

"#]],
    );
    refuses_data(
        r#"{"messages": [{"role": "user", "content": [], "metadata": 1}]}"#,
        str![[r#"
error: `data.json`: `messages[0]` has a `metadata` that is no object

"#]],
    );
}

#[test]
fn takes_data_or_an_input() {
    let sandbox = with_greeting();
    sandbox.file("data.json", "{}");
    let run = sandbox.run([
        "render",
        "greeting",
        "--data",
        "data.json",
        "--input",
        "data.json",
    ]);
    run.exits(2).prints("").complains(str![[r#"
error: the argument '--data <FILE>' cannot be used with '--input <FILE>'

Usage: promptctl render --data <FILE> <REF>

For more information, try '--help'.

"#]]);
}

#[test]
fn answers_as_a_dotprompt_runtime_does() {
    rendered(
        CHAT,
        r#"{"input": {"question": "Who?"}, "context": {"auth": {"email": "a@b.c"}}}"#,
        &["--format", "dotprompt"],
    )
    .succeeds()
    .prints(str![[r#"
{
  "model": "example/model",
  "config": {
    "temperature": 0.5,
    "topK": 3
  },
  "input": {
    "schema": {
      "type": "object",
      "properties": {
        "question": {
          "type": "string",
          "description": "what to answer"
        }
      },
      "required": [
        "question"
      ],
      "additionalProperties": false
    },
    "default": {
      "question": "Why?"
    }
  },
  "output": {
    "schema": {
      "type": "object",
      "properties": {
        "answer": {
          "type": "string"
        }
      },
      "required": [
        "answer"
      ],
      "additionalProperties": false
    }
  },
  "ext": {
    "promptctl": {
      "tags": [
        "chat"
      ]
    }
  },
  "metadata": {},
  "raw": {
    "model": "example/model",
    "config": {
      "temperature": 0.5,
      "topK": 3
    },
    "input": {
      "schema": {
        "question": "string, what to answer"
      },
      "default": {
        "question": "Why?"
      }
    },
    "output": {
      "schema": {
        "answer": "string"
      }
    },
    "promptctl.tags": [
      "chat"
    ]
  },
  "messages": [
    {
      "role": "system",
      "content": [
        {
          "text": "\nAnswer a@b.c as example/model.\n"
        }
      ]
    },
    {
      "role": "user",
      "content": [
        {
          "text": "\nWho?"
        }
      ]
    }
  ]
}

"#]]);
}

#[test]
fn answers_like_that_for_a_published_version_and_without_data() {
    let sandbox = with_greeting();
    let answer = sandbox.run([
        "render",
        "greeting",
        "--var",
        "who=Ada",
        "--format",
        "dotprompt",
    ]);
    let answer = answer.succeeds().json();
    assert_eq!(answer["model"], "example/model");
    assert_eq!(
        answer["messages"],
        serde_json::json!([{"role": "user", "content": [{"text": "Hello Ada!"}]}])
    );
}

#[test]
fn renders_a_file_without_any_store() {
    let sandbox = empty();
    sandbox.file("a.prompt", GREETING);
    sandbox.refuses(
        ["render", "greeting"],
        2,
        str![[r#"
error: no `promptctl.toml` in `[ROOT]` or above
hint: `promptctl init` makes a store here; `--store DIR` names another one

"#]],
    );
    sandbox
        .run(["render", "--file", "a.prompt", "--var", "who=Ada"])
        .succeeds()
        .prints("Hello Ada!\n")
        .complains("");
    assert_eq!(sandbox.files(), ["a.prompt"]);
}

#[test]
fn lends_partials_to_a_file() {
    let sandbox = empty();
    sandbox
        .file("a.prompt", "{{> outer who=\"Ada\"}}{{> shared/tone}}")
        .file("outer.prompt", "---\ndescription: x\n---\n<{{> inner}}>\n")
        .file("inner.txt", "Hi {{who}}.")
        .file("tone.prompt", TONE);
    sandbox
        .run([
            "render",
            "--file",
            "a.prompt",
            "--partial",
            "outer=outer.prompt",
            "--partial",
            "inner=inner.txt",
            "--partial",
            "shared/tone=tone.prompt",
        ])
        .succeeds()
        .prints("<Hi Ada.>\nBe kind.\n");
}

#[test]
fn lends_partials_before_it_looks_into_the_store() {
    let sandbox = with_partial();
    sandbox
        .file("a.prompt", "{{> shared/tone}}{{> other}}")
        .file("rude.txt", "Be rude.\n")
        .file("other.txt", "Other: {{> shared/tone}}");
    sandbox
        .run([
            "render",
            "--file",
            "a.prompt",
            "--partial",
            "other=other.txt",
        ])
        .succeeds()
        .prints("Be kind.\nOther: Be kind.\n");
    sandbox
        .run([
            "render",
            "--file",
            "a.prompt",
            "--partial",
            "other=other.txt",
            "--partial",
            "shared/tone=rude.txt",
        ])
        .succeeds()
        .prints("Be rude.\nOther: Be rude.\n");
}

#[test]
fn lends_nothing_to_the_partials_of_the_store() {
    let sandbox = with_partial();
    sandbox.draft("outer", "{{> shared/tone}}");
    sandbox.run(["create", "outer"]).succeeds();
    sandbox
        .file("a.prompt", "{{> outer}}")
        .file("rude.txt", "Be rude.\n");
    sandbox.refuses(
        [
            "render",
            "--file",
            "a.prompt",
            "--partial",
            "shared/tone=rude.txt",
        ],
        2,
        str![[r#"
error: `--partial shared/tone=...` lends what nothing includes
hint: what the store's partials include is theirs

"#]],
    );
}

#[test]
fn says_which_partial_nobody_lends() {
    let sandbox = empty();
    sandbox
        .file("a.prompt", "Hi\n{{> outer}}\n")
        .file("outer.txt", "\n{{> inner}}\n");
    sandbox.refuses(
        ["render", "--file", "a.prompt"],
        2,
        str![[r#"
error: `a.prompt`, line 2, column 5: there is no partial `outer` here, and no store
 --> a.prompt:2:5
2 | {{> outer}}
  |     ^^^^^
hint: `--partial outer=FILE` lends it

"#]],
    );
    sandbox.refuses(
        [
            "render",
            "--file",
            "a.prompt",
            "--partial",
            "outer=outer.txt",
        ],
        2,
        str![[r#"
error: `outer.txt`: there is no partial `inner` here, and no store
hint: `--partial inner=FILE` lends it

"#]],
    );
    sandbox.refuses(
        ["render", "--file", "a.prompt", "--partial", "outer=no.txt"],
        2,
        str![[r#"
error: cannot read `no.txt`: no such file or directory

"#]],
    );
    let sandbox = with_partial();
    sandbox.file("a.prompt", "{{> shared/tona}}\n");
    sandbox.refuses(
        ["render", "--file", "a.prompt"],
        2,
        str![[r#"
error: `a.prompt`, line 1, column 5: `{{> shared/tona}}`: there is no prompt `shared/tona`
 --> a.prompt:1:5
1 | {{> shared/tona}}
  |     ^^^^^^^^^^^
hint: did you mean `shared/tone`?

"#]],
    );
}

#[test]
fn spells_out_a_circle_of_lent_partials() {
    let sandbox = empty();
    sandbox
        .file("a.prompt", "{{> one}}")
        .file("one.txt", "{{> two}}")
        .file("two.txt", "{{> three}}")
        .file("three.txt", "{{> two}}");
    sandbox.refuses(
        [
            "render",
            "--file",
            "a.prompt",
            "--partial",
            "one=one.txt",
            "--partial",
            "two=two.txt",
            "--partial",
            "three=three.txt",
        ],
        2,
        str![[r#"
error: partials form a circle: one > two > three > two
hint: a partial that includes itself has no end

"#]],
    );
}

#[test]
fn names_the_lent_file_that_cannot_be_read() {
    let sandbox = empty();
    sandbox
        .file("a.prompt", "{{> one}}")
        .file("one.txt", "---\nmodel: x\n---\nHi\n  {{#if who}}\n")
        .file("bytes.txt", [b'a', 0xff]);
    sandbox.refuses(
        ["render", "--file", "a.prompt", "--partial", "one=one.txt"],
        2,
        str![[r#"
error: `one.txt`, line 5, column 3: `{{#if who}}` opened here is never closed: `{{/if}}` is missing
 --> one.txt:5:3
5 |   {{#if who}}
  |   ^^^^^^^^^^^

"#]],
    );
    sandbox.refuses(
        ["render", "--file", "a.prompt", "--partial", "one=bytes.txt"],
        2,
        str![[r#"
error: `bytes.txt` is not UTF-8: line 1, byte 1
hint: save it as UTF-8

"#]],
    );
}

#[test]
fn lends_only_to_a_file_and_each_name_once() {
    let sandbox = with_partial();
    sandbox.file("a.prompt", "{{> one}}").file("one.txt", "1");
    let published = sandbox.run([
        "render",
        "support/triage",
        "--partial",
        "shared/tone=one.txt",
    ]);
    published.exits(2).prints("").complains(str![[r#"
error: `support/triage` needs `ticket`
hint: give it with `--var ticket=...`, or take an example with `--example refund`

"#]]);
    sandbox.refuses(
        [
            "render",
            "--file",
            "a.prompt",
            "--partial",
            "one=one.txt",
            "--partial",
            "one=a.prompt",
        ],
        2,
        str![[r#"
error: `--partial one=...` is given twice

"#]],
    );
}

#[test]
fn lends_schemas_to_a_file() {
    let sandbox = empty();
    sandbox
        .file(
            "a.prompt",
            "---\ninput:\n  schema:\n    who: Person\n---\n{{who.name}}\n",
        )
        .file("person.yaml", "name: string\nage?: integer\n")
        .file("bad.json", "{\"type\": ");
    sandbox.refuses(
        ["render", "--file", "a.prompt", "--var", "who={}"],
        2,
        str![[r#"
error: `a.prompt`, line 4, column 5: `input.schema.who`: "Person" is neither a type nor the name of a schema
 --> a.prompt:4:5
4 |     who: Person
  |     ^^^
hint: a schema of its own is `schemas/NAME.yaml` beside promptctl.toml; `--schema NAME=FILE` lends one to `render --file`

"#]],
    );
    let render = |who: &str| {
        let schema = "Person=person.yaml";
        sandbox.run_with(
            &[
                "render", "--file", "a.prompt", "--schema", schema, "--var", who,
            ],
            |_| {},
            "",
        )
    };
    render(r#"who={"name": "Ada"}"#).succeeds().prints("Ada\n");
    render(r#"who={"name": "Ada", "age": "36"}"#)
        .exits(2)
        .complains(str![[r#"
error: `a.prompt`: `who.age` must be a whole number or null, found the text "36"
hint: `input.schema` in the front matter says what it takes

"#]]);
    sandbox.refuses(
        [
            "render",
            "--file",
            "a.prompt",
            "--schema",
            "Person=bad.json",
        ],
        2,
        str![[r#"
error: `bad.json` is no JSON: EOF while parsing a value at line 1 column 9

"#]],
    );
    sandbox.refuses(
        [
            "render",
            "--file",
            "a.prompt",
            "--schema",
            "Person=person.yaml",
            "--schema",
            "Person=person.yaml",
        ],
        2,
        str![[r#"
error: `--schema Person=...` is given twice

"#]],
    );
}

#[test]
fn lends_a_schema_before_it_looks_into_the_store() {
    let sandbox: Sandbox = sandbox();
    sandbox
        .file("schemas/Person.yaml", "name: string\n")
        .file("other.json", r#"{"type": "object", "properties": {"nick": {"type": "string"}}, "required": ["nick"]}"#)
        .file("a.prompt", "---\ninput:\n  schema: Person\n---\n{{name}}{{nick}}\n");
    sandbox
        .run(["render", "--file", "a.prompt", "--var", "name=Ada"])
        .succeeds()
        .prints("Ada\n");
    sandbox
        .run([
            "render",
            "--file",
            "a.prompt",
            "--schema",
            "Person=other.json",
            "--var",
            "nick=Ad",
        ])
        .succeeds()
        .prints("Ad\n");
}
