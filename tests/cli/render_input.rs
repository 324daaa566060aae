//! The input is what the schema says, wherever its values come from.

use snapbox::{IntoData, str};

use crate::sandbox::{Run, Sandbox, sandbox};

const ORDER: &str = r#"---
input:
  schema:
    order_id: integer
    customer: string, who ordered
    items(array, what was ordered):
      name: string
      price: number
      labels?(array): string
    speed(enum, how fast): [slow, fast]
    note?: string
    gift?: boolean
    address?(object):
      city: string
      zip?: string
  default:
    speed: slow
promptctl.examples:
  pen: {order_id: 1, customer: Ada, items: [{name: pen, price: 1.5}]}
---
{{order_id}} for {{customer}}, {{speed}}{{#if gift}}, a gift{{/if}}:{{#each items}} {{name}} {{price}}{{/each}}{{#if note}} ({{note}}){{/if}}{{#if address}} to {{address.city}}{{/if}}
"#;

/// A store with a prompt that takes an order.
fn with_order() -> Sandbox {
    with_prompt("order", ORDER)
}

fn with_prompt(name: &str, text: &str) -> Sandbox {
    let sandbox = sandbox();
    sandbox.draft(name, text);
    sandbox.run(["create", name]).succeeds();
    sandbox
}

/// A prompt of these inputs, which shows each one as JSON.
fn asking(schema: &str, names: &[&str]) -> Sandbox {
    let body: Vec<String> = names
        .iter()
        .map(|name| format!("{name}={{{{json {name}}}}}"))
        .collect();
    let text = format!("---\ninput:\n  schema:\n{schema}---\n{}\n", body.join(" "));
    with_prompt("ask", &text)
}

/// Renders the order with changes to an input that fits.
fn order_with(sandbox: &Sandbox, change: serde_json::Value) -> Run {
    let mut input = serde_json::json!({"order_id": 7, "customer": "Ada", "items": []});
    for (name, value) in change.as_object().unwrap() {
        match value {
            serde_json::Value::String(text) if text == "(gone)" => {
                input.as_object_mut().unwrap().remove(name);
            }
            value => input[name] = value.clone(),
        }
    }
    sandbox.run_with_input(["render", "order", "--input", "-"], &input.to_string())
}

#[track_caller]
fn refuses_order(change: serde_json::Value, expected: impl IntoData) {
    let run = order_with(&with_order(), change);
    run.exits(2).prints("").complains(expected);
}

#[track_caller]
fn prints_order(change: serde_json::Value, expected: &str) {
    let run = order_with(&with_order(), change);
    run.succeeds().complains("").prints(expected.to_owned());
}

#[test]
fn takes_what_fits() {
    prints_order(
        serde_json::json!({
            "items": [{"name": "pen", "price": 1.5, "labels": ["new"]}, {"name": "ink", "price": 2}],
            "note": "soon", "gift": true, "address": {"city": "Ulm"}, "speed": "fast"
        }),
        "7 for Ada, fast, a gift: pen 1.5 ink 2 (soon) to Ulm\n",
    );
}

#[test]
fn says_which_values_are_missing() {
    with_order().refuses(["render", "order"], 2, str![[r#"
error: `order` needs `order_id`, `customer`, `items`
hint: give it with `--var order_id=... --var customer=... --var items=...`, or take an example with `--example pen`

"#]]);
    refuses_order(
        serde_json::json!({"customer": "(gone)"}),
        str![[r#"
error: `order` needs `customer`
hint: give it with `--var customer=...`, or take an example with `--example pen`

"#]],
    );
}

#[test]
fn says_what_is_missing_further_down() {
    refuses_order(
        serde_json::json!({"items": [{"name": "pen", "price": 1}, {"name": "ink"}]}),
        str![[r#"
error: `order`: `items[1].price` is missing: it must be a number
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    refuses_order(
        serde_json::json!({"address": {}}),
        str![[r#"
error: `order`: `address.city` is missing: it must be text
hint: `input.schema` in the front matter says what it takes

"#]],
    );
}

#[test]
fn says_which_name_was_meant() {
    refuses_order(
        serde_json::json!({"custmer": "Eve"}),
        str![[r#"
error: `order` has no input `custmer`
hint: did you mean `customer`?

"#]],
    );
    refuses_order(
        serde_json::json!({"colour": "red"}),
        str![[r#"
error: `order` has no input `colour`
hint: its inputs are order_id, customer, items, speed, note, gift, address; `--allow-extra` ignores others

"#]],
    );
    refuses_order(
        serde_json::json!({"address": {"city": "Ulm", "zipp": "89073"}}),
        str![[r#"
error: `order`: `address.zipp` is not declared; did you mean `zip`?
hint: `input.schema` in the front matter says what it takes

"#]],
    );
}

#[test]
fn says_where_a_value_of_another_type_stands() {
    refuses_order(
        serde_json::json!({"items": [
            {"name": "pen", "price": 1}, {"name": "ink", "price": 2}, {"name": "cap", "price": "3"}
        ]}),
        str![[r#"
error: `order`: `items[2].price` must be a number, found the text "3"
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    refuses_order(
        serde_json::json!({"items": "pen"}),
        str![[r#"
error: `order`: `items` must be a list, found the text "pen"
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    refuses_order(
        serde_json::json!({"order_id": 1.5}),
        str![[r#"
error: `order`: `order_id` must be a whole number, found the number 1.5
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    refuses_order(
        serde_json::json!({"order_id": "7"}),
        str![[r#"
error: `order`: `order_id` must be a whole number, found the text "7"
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    refuses_order(
        serde_json::json!({"gift": "yes"}),
        str![[r#"
error: `order`: `gift` must be true or false or null, found the text "yes"
hint: `input.schema` in the front matter says what it takes

"#]],
    );
}

#[test]
fn takes_a_whole_number_however_it_is_written() {
    prints_order(serde_json::json!({"order_id": 7.0}), "7 for Ada, slow:\n");
}

#[test]
fn says_which_values_an_enum_has() {
    refuses_order(
        serde_json::json!({"speed": "fats"}),
        str![[r#"
error: `order`: `speed` must be "slow" or "fast", found the text "fats"; did you mean `fast`?
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    refuses_order(
        serde_json::json!({"speed": 1}),
        str![[r#"
error: `order`: `speed` must be "slow" or "fast", found the number 1
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    refuses_order(
        serde_json::json!({"speed": null}),
        str![[r#"
error: `order`: `speed` must be "slow" or "fast", found null
hint: `input.schema` in the front matter says what it takes

"#]],
    );
}

#[test]
fn tells_of_several_faults_at_once() {
    refuses_order(
        serde_json::json!({"order_id": "x", "gift": "yes", "speed": "fats"}),
        str![[r#"
error: `order`: `speed` must be "slow" or "fast", found the text "fats"; did you mean `fast`?; `order_id` must be a whole number, found the text "x"; `gift` must be true or false or null, found the text "yes"
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    refuses_order(
        serde_json::json!({"items": [1, 2, 3, 4, 5, 6, 7]}),
        str![[r#"
error: `order`: `items[0]` must be an object, found the number 1; `items[1]` must be an object, found the number 2; `items[2]` must be an object, found the number 3; `items[3]` must be an object, found the number 4; `items[4]` must be an object, found the number 5; and 2 more
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    refuses_order(
        serde_json::json!({"order_id": "x", "customer": "(gone)", "colour": 1}),
        str![[r#"
error: `order`: `order_id` must be a whole number, found the text "x"; `customer` is missing: it must be text; `colour` is not declared
hint: `input.schema` in the front matter says what it takes

"#]],
    );
}

#[test]
fn takes_null_for_what_is_optional() {
    prints_order(
        serde_json::json!({"note": null, "gift": null, "address": null}),
        "7 for Ada, slow:\n",
    );
    refuses_order(
        serde_json::json!({"customer": null}),
        str![[r#"
error: `order`: `customer` must be text, found null
hint: `input.schema` in the front matter says what it takes

"#]],
    );
}

#[test]
fn checks_examples_and_defaults_as_well() {
    let text = ORDER
        .replace("order_id: 1,", "order_id: one,")
        .replace("speed: slow", "speed: sluggish");
    let sandbox = with_prompt("order", &text);
    sandbox.refuses(["render", "order", "--example", "pen"], 2, str![[r#"
error: `order`: `speed` must be "slow" or "fast", found the text "sluggish"; `order_id` must be a whole number, found the text "one"
hint: `input.schema` in the front matter says what it takes

"#]]);
}

#[test]
fn lets_what_is_nearer_win() {
    let sandbox = with_prompt(
        "who",
        "---\ninput:\n  schema:\n    who: string\n  default: {who: default}\n\
         promptctl.examples:\n  some: {who: example}\n---\n{{who}}\n",
    );
    sandbox.file("input.json", r#"{"who": "input"}"#);
    let mut args = vec!["render", "who"];
    let mut prints = |more: &[&'static str], expected: &str| {
        args.extend_from_slice(more);
        let run = sandbox.run_with(
            &args,
            |command| {
                command.env("MY_WHO", "env");
            },
            "",
        );
        run.succeeds().prints(format!("{expected}\n"));
    };
    prints(&[], "default");
    prints(&["--example", "some"], "example");
    prints(&["--input", "input.json"], "input");
    prints(&["--env", "MY_"], "env");
    prints(&["--var", "who=var"], "var");
    sandbox
        .run([
            "render",
            "who",
            "--var-json",
            r#"who="json""#,
            "--input",
            "input.json",
        ])
        .succeeds()
        .prints("json\n");
}

#[test]
fn replaces_a_value_as_a_whole() {
    let sandbox = with_prompt(
        "who",
        "---\ninput:\n  default: {who: {name: Ada, town: Ulm}}\n---\n{{json who}}\n",
    );
    sandbox
        .run(["render", "who"])
        .succeeds()
        .prints("{\"name\":\"Ada\",\"town\":\"Ulm\"}\n");
    sandbox
        .run(["render", "who", "--var-json", r#"who={"name":"Eve"}"#])
        .succeeds()
        .prints("{\"name\":\"Eve\"}\n");
}

#[test]
fn renders_with_what_is_missing_or_too_much_on_demand() {
    let sandbox = with_order();
    sandbox
        .run(["render", "order", "--allow-missing"])
        .succeeds()
        .prints(" for , slow:\n");
    sandbox
        .run_with_input(
            ["render", "order", "--allow-missing", "--input", "-"],
            r#"{"items": [{"name": "pen"}]}"#,
        )
        .succeeds()
        .prints(" for , slow: pen \n");
    sandbox
        .run([
            "render",
            "order",
            "--example",
            "pen",
            "--allow-extra",
            "--var",
            "colour=red",
        ])
        .succeeds()
        .prints("1 for Ada, slow: pen 1.5\n");
    sandbox.refuses(
        [
            "render",
            "order",
            "--allow-missing",
            "--allow-extra",
            "--var-json",
            "order_id=\"x\"",
        ],
        2,
        str![[r#"
error: `order`: `order_id` must be a whole number, found the text "x"
hint: `input.schema` in the front matter says what it takes

"#]],
    );
}

#[test]
fn takes_json_schema() {
    let sandbox = asking(
        "    type: object\n    properties:\n      age: {type: integer, minimum: 0, maximum: 150}\n      \
         name: {type: string, minLength: 2, maxLength: 5}\n      codes: {type: array, uniqueItems: \
         true, maxItems: 3}\n      kind: {const: order}\n    required: [age]\n",
        &["age", "name"],
    );
    sandbox
        .run(["render", "ask", "--var", "age=36", "--var", "name=Ada"])
        .succeeds()
        .prints("age=36 name=\"Ada\"\n");
    sandbox
        .run(["render", "ask", "--var", "age=36", "--var", "colour=red"])
        .succeeds();
    sandbox.refuses(
        ["render", "ask", "--var", "age=151"],
        2,
        str![[r#"
error: `ask`: `age` must be at most 150, found the number 151
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    sandbox.refuses(
        [
            "render",
            "ask",
            "--var",
            "age=1",
            "--var",
            "name=A",
            "--var-json",
            "codes=[1, 1]",
            "--var",
            "kind=bill",
        ],
        2,
        str![[r#"
error: `ask`: `kind` must be "order", found the text "bill"

"#]],
    );
    sandbox.refuses(
        [
            "render",
            "ask",
            "--var",
            "age=1",
            "--var-json",
            "codes=[1, 1.0]",
            "--var",
            "name=Adelaide",
        ],
        2,
        str![[r#"
error: `ask`: `codes` must be a list of different items, found 1.0 as items 0 and 1, from 0; `name` must be text of at most 5 characters, found 8 characters
hint: `input.schema` in the front matter says what it takes

"#]],
    );
}

#[test]
fn says_what_it_could_not_check() {
    let sandbox = asking(
        "    type: object\n    properties:\n      code: {type: string, pattern: '^(a|b)+$'}\n",
        &["code"],
    );
    sandbox
        .run(["render", "ask", "--var", "code=zzz"])
        .succeeds()
        .prints("code=\"zzz\"\n")
        .complains(str![[r#"
warning: `pattern` of the schema is not understood, so it is not checked

"#]]);
}

#[test]
fn takes_other_names_where_the_schema_is_open() {
    let sandbox = asking("    a: string\n    (*): integer\n", &["a", "b"]);
    sandbox
        .run(["render", "ask", "--var", "a=1", "--var", "b=2"])
        .succeeds()
        .prints("a=\"1\" b=2\n");
    sandbox.refuses(
        ["render", "ask", "--var", "a=1", "--var-json", "b=[]"],
        2,
        str![[r#"
error: `ask`: `b` must be a whole number, found an empty list
hint: `input.schema` in the front matter says what it takes

"#]],
    );
    let sandbox = asking("    (*): any\n", &["b"]);
    sandbox
        .run(["render", "ask", "--var-json", "b=[1]"])
        .succeeds()
        .prints("b=[1]\n");
}

#[test]
fn types_the_text_of_a_single_value() {
    let sandbox = asking(
        "    whole: integer\n    number: number\n    truth: boolean\n    list(array): integer\n    \
         map(object):\n      a: string\n    kind(enum): [one, 2, null]\n    text: string\n    \
         anything: any\n    nothing?: integer\n",
        &[
            "whole", "number", "truth", "list", "map", "kind", "text", "anything", "nothing",
        ],
    );
    sandbox
        .run([
            "render",
            "ask",
            "--var",
            "whole=-12",
            "--var",
            "number=1.50",
            "--var",
            "truth=true",
            "--var",
            "list=[1, 2]",
            "--var",
            r#"map={"a": "b"}"#,
            "--var",
            "kind=2",
            "--var",
            "text=12",
            "--var",
            "anything=12",
            "--var",
            "nothing=null",
        ])
        .succeeds()
        .prints(str![[r#"
whole=-12 number=1.5 truth=true list=[1,2] map={"a":"b"} kind=2 text="12" anything="12" nothing=null

"#]]);
}

#[test]
fn says_why_a_text_is_no_value_of_its_type() {
    let sandbox = asking(
        "    whole?: integer\n    number?: number\n    truth?: boolean\n    list?(array): integer\n    \
         map?(object):\n      a: string\n    kind?(enum): [slow, fast]\n",
        &["whole"],
    );
    for (var, expected) in [
        (
            "whole=1.5",
            str![[r#"
error: `ask`: `whole` must be a whole number or null, found the text "1.5"

"#]],
        ),
        (
            "whole=",
            str![[r#"
error: `ask`: `whole` must be a whole number or null, found the text ""

"#]],
        ),
        (
            "whole=18446744073709551616",
            str![[r#"
error: `ask`: `whole` must be a whole number or null, found the text "18446744073709551616"
hint: only whole numbers of up to 64 bits are exact

"#]],
        ),
        (
            "number=1,5",
            str![[r#"
error: `ask`: `number` must be a number or null, found the text "1,5"

"#]],
        ),
        (
            "truth=yes",
            str![[r#"
error: `ask`: `truth` must be true or false or null, found the text "yes"

"#]],
        ),
        (
            "list=1, 2",
            str![[r#"
error: `ask`: `list` must be a list or null, found the text "1, 2"
hint: give it as JSON: `--var-json list=JSON`

"#]],
        ),
        (
            "map=[1]",
            str![[r#"
error: `ask`: `map` must be an object or null, found the text "[1]"
hint: give it as JSON: `--var-json map=JSON`

"#]],
        ),
        (
            "kind=fats",
            str![[r#"
error: `ask`: `kind` must be "slow", "fast" or null, found the text "fats"
hint: did you mean `fast`?

"#]],
        ),
    ] {
        sandbox.refuses(["render", "ask", "--var", var], 2, expected);
    }
}

#[test]
fn checks_what_stands_inside_a_text_that_is_json() {
    let sandbox = asking("    list(array): integer\n", &["list"]);
    sandbox.refuses(
        ["render", "ask", "--var", r#"list=[1, "2"]"#],
        2,
        str![[r#"
error: `ask`: `list[1]` must be a whole number, found the text "2"
hint: `input.schema` in the front matter says what it takes

"#]],
    );
}

#[test]
fn leaves_texts_as_they_are_without_a_schema() {
    let sandbox = with_prompt("plain", "{{json a}}\n");
    sandbox
        .run(["render", "plain", "--var", "a=12"])
        .succeeds()
        .prints("\"12\"\n");
}

#[test]
fn refuses_whole_numbers_that_other_runtimes_would_change() {
    let sandbox = asking("    n?: integer\n    list?(array): any\n", &["n"]);
    for (option, var, expected) in [
        (
            "--var",
            "n=9007199254740993",
            str![[r#"
error: `ask`: `n` is 9007199254740993, too large to be exact in every runtime
hint: numbers are exact up to 9007199254740991; give it as a text

"#]],
        ),
        (
            "--var-json",
            "n=-9007199254740992",
            str![[r#"
error: `ask`: `n` is -9007199254740992, too large to be exact in every runtime
hint: numbers are exact up to 9007199254740991; give it as a text

"#]],
        ),
        (
            "--var-json",
            r#"list=[{"a": [0, 9007199254740992]}]"#,
            str![[r#"
error: `ask`: `list[0].a[1]` is 9007199254740992, too large to be exact in every runtime
hint: numbers are exact up to 9007199254740991; give it as a text

"#]],
        ),
    ] {
        sandbox.refuses(["render", "ask", option, var], 2, expected);
    }
    for n in ["9007199254740991", "-9007199254740991"] {
        sandbox
            .run(["render", "ask", "--var", &format!("n={n}")])
            .succeeds()
            .prints(format!("n={n}\n"));
    }
    let sandbox = with_prompt("plain", "{{a}}\n");
    sandbox.refuses(
        ["render", "plain", "--var-json", "a=9007199254740993"],
        2,
        str![[r#"
error: `plain`: `a` is 9007199254740993, too large to be exact in every runtime
hint: numbers are exact up to 9007199254740991; give it as a text

"#]],
    );
    sandbox
        .run(["render", "plain", "--var", "a=9007199254740993"])
        .succeeds()
        .prints("9007199254740993\n");
}

/// Renders with `--env TICKET_` in this environment.
fn with_env(sandbox: &Sandbox, variables: &[(&str, &str)]) -> Run {
    sandbox.run_with(
        &["render", "ask", "--env", "TICKET_"],
        |command| {
            command.envs(variables.iter().copied());
        },
        "",
    )
}

#[test]
fn takes_values_of_the_environment() {
    let sandbox = asking(
        "    order_id: integer\n    dueDate?: string\n    is-late?: boolean\n",
        &["order_id", "dueDate", "[is-late]"],
    );
    with_env(
        &sandbox,
        &[
            ("TICKET_ORDER_ID", "17"),
            ("TICKET_DUE_DATE", "today"),
            ("TICKET_IS_LATE", "true"),
            ("OTHER", "x"),
        ],
    )
    .succeeds()
    .prints("order_id=17 dueDate=\"today\" [is-late]=true\n");
    with_env(&sandbox, &[("TICKET_ORDER_ID", "soon")])
        .exits(2)
        .complains(str![[r#"
error: `ask`: `order_id` must be a whole number, found the text "soon"

"#]]);
    with_env(&sandbox, &[("TICKET_ORDER_ID", "1"), ("TICKET_ODER", "2")])
        .exits(2)
        .complains(str![[r#"
error: `ask` has no input `oder`
hint: its inputs are order_id, dueDate, is-late; `--allow-extra` ignores others

"#]]);
    with_env(
        &sandbox,
        &[("TICKET_ORDER_ID", "1"), ("TICKET_DUE_DTE", "2")],
    )
    .exits(2)
    .complains(str![[r#"
error: `ask` has no input `due_dte`
hint: did you mean `dueDate`?

"#]]);
    with_env(&sandbox, &[("TICKET_", "1")])
        .exits(2)
        .complains(str![[r#"
error: `ask` needs `order_id`
hint: give it with `--var order_id=...`

"#]]);
}

#[test]
fn takes_what_the_template_reads_of_the_environment() {
    let sandbox = with_prompt("ask", "{{orderId}} {{user.name}}\n");
    sandbox
        .run_with(
            &[
                "render",
                "ask",
                "--env",
                "TICKET_",
                "--var-json",
                r#"user={"name":"Ada"}"#,
            ],
            |command| {
                command.env("TICKET_ORDER_ID", "17");
            },
            "",
        )
        .succeeds()
        .prints("17 Ada\n");
}

#[test]
fn refuses_a_prefix_that_would_take_all_of_the_environment() {
    with_order().refuses(
        ["render", "order", "--env", ""],
        2,
        str![[r#"
error: `--env` needs a prefix: without one it would take the whole environment

"#]],
    );
}

#[test]
fn refuses_a_variable_that_is_no_text() {
    use std::os::unix::ffi::OsStrExt as _;
    let sandbox = with_order();
    sandbox
        .run_with(
            &["render", "order", "--env", "TICKET_"],
            |command| {
                command.env("TICKET_NOTE", std::ffi::OsStr::from_bytes(b"\xff"));
            },
            "",
        )
        .exits(2)
        .complains(str![[r#"
error: the variable `TICKET_NOTE` is not UTF-8

"#]]);
}

#[test]
fn refuses_a_name_that_is_given_twice_on_the_command_line() {
    let sandbox = with_order();
    for args in [
        ["render", "order", "--var", "note=a", "--var", "note=b"],
        [
            "render",
            "order",
            "--var",
            "note=a",
            "--var-json",
            "note=\"b\"",
        ],
        [
            "render",
            "order",
            "--var-json",
            "note=1",
            "--var-json",
            "note=2",
        ],
    ] {
        sandbox.refuses(
            args,
            2,
            str![[r#"
error: the value `note` is given twice

"#]],
        );
    }
}
