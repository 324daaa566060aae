use snapbox::str;

use crate::sandbox::{GREETING, sandbox, with_greeting, with_partial};

#[test]
fn takes_values_of_a_file_or_standard_input() {
    let sandbox = with_greeting();
    sandbox.file("case.json", r#"{"who": "Ada"}"#);
    sandbox
        .run(["render", "greeting", "--input", "case.json"])
        .succeeds()
        .prints("Hello Ada!\n");
    sandbox
        .run_with_input(["render", "greeting", "--input", "-"], r#"{"who": "Bob"}"#)
        .succeeds()
        .prints("Hello Bob!\n");
}

#[test]
fn lets_single_values_win_over_the_files() {
    let sandbox = with_greeting();
    sandbox.file("case.json", r#"{"who": "Ada"}"#);
    sandbox
        .run([
            "render",
            "greeting",
            "--input",
            "case.json",
            "--var",
            "who=Eve",
        ])
        .succeeds()
        .prints("Hello Eve!\n");
}

#[test]
fn keeps_everything_behind_the_first_equals_sign() {
    with_greeting()
        .run(["render", "greeting", "--var", "who=a=b & \"c\" <d>\n"])
        .succeeds()
        .prints("Hello a=b & \"c\" <d>\n!\n");
}

#[test]
fn takes_json_values() {
    let sandbox = sandbox();
    sandbox.draft(
        "list",
        "{{#each items}}{{name}}: {{#if new}}new{{else}}old{{/if}}\n{{/each}}",
    );
    sandbox.run(["create", "list"]).succeeds();
    sandbox
        .run([
            "render",
            "list",
            "--var-json",
            r#"items=[{"name":"a","new":true},{"name":"b","new":false}]"#,
        ])
        .succeeds()
        .prints(str![[r#"
a: new
b: old

"#]]);
}

#[test]
fn begins_with_an_example_and_with_defaults() {
    let sandbox = sandbox();
    sandbox.draft(
        "greeting",
        "---\ninput:\n  schema:\n    who: string\n    mark?: string\n  default: {mark: '!'}\n\
         promptctl.examples:\n  ada: {who: Ada}\n---\nHello {{who}}{{mark}}\n",
    );
    sandbox.run(["create", "greeting"]).succeeds();
    sandbox
        .run(["render", "greeting", "--example", "ada"])
        .succeeds()
        .prints("Hello Ada!\n");
    sandbox
        .run(["render", "greeting", "--example", "ada", "--var", "mark=?"])
        .succeeds()
        .prints("Hello Ada?\n");
    sandbox.refuses(
        ["render", "greeting", "--example", "adda"],
        2,
        str![[r#"
error: `greeting` has no example `adda`
hint: did you mean `--example ada`?

"#]],
    );
}

#[test]
fn refuses_an_example_where_there_is_none() {
    with_greeting().refuses(
        ["render", "greeting", "--example", "ada"],
        2,
        str![[r#"
error: `greeting` has no example `ada`
hint: it has none: `promptctl.examples` in the front matter

"#]],
    );
}

#[test]
fn refuses_missing_values_unless_they_are_allowed() {
    let sandbox = with_greeting();
    sandbox.refuses(
        ["render", "greeting"],
        2,
        str![[r#"
error: `greeting` needs `who`
hint: give it with `--var who=...`

"#]],
    );
    sandbox
        .run(["render", "greeting", "--allow-missing"])
        .succeeds()
        .prints("Hello !\n");
    with_partial().refuses(
        ["render", "support/triage"],
        2,
        str![[r#"
error: `support/triage` needs `ticket`
hint: give it with `--var ticket=...`, or take an example with `--example refund`

"#]],
    );
}

#[test]
fn refuses_unknown_values_unless_they_are_allowed() {
    let sandbox = with_greeting();
    sandbox.refuses(
        [
            "render", "greeting", "--var", "who=Ada", "--var", "whom=Eve",
        ],
        2,
        str![[r#"
error: `greeting` has no input `whom`
hint: did you mean `who`?

"#]],
    );
    sandbox.refuses(
        [
            "render",
            "greeting",
            "--var",
            "who=Ada",
            "--var",
            "colour=red",
        ],
        2,
        str![[r#"
error: `greeting` has no input `colour`
hint: its inputs are who; `--allow-extra` ignores others

"#]],
    );
    sandbox
        .run([
            "render",
            "greeting",
            "--var",
            "who=Ada",
            "--var",
            "colour=red",
            "--allow-extra",
        ])
        .succeeds()
        .prints("Hello Ada!\n");
}

#[test]
fn asks_for_what_the_template_reads_where_there_is_no_schema() {
    let sandbox = sandbox();
    sandbox.draft("plain", "{{a}} {{#if b}}{{b.c}}{{/if}}\n");
    sandbox.run(["create", "plain"]).succeeds();
    sandbox.refuses(
        ["render", "plain", "--var", "a=1"],
        2,
        str![[r#"
error: `plain` needs `b`
hint: give it with `--var b=...`

"#]],
    );
    sandbox
        .run([
            "render",
            "plain",
            "--var",
            "a=1",
            "--var-json",
            r#"b={"c":2}"#,
        ])
        .succeeds()
        .prints("1 2\n");
}

#[test]
fn leaves_optional_values_out() {
    let sandbox = with_partial();
    sandbox
        .run([
            "render",
            "support/triage",
            "--var",
            "ticket=x",
            "--var",
            "product=y",
        ])
        .succeeds();
}

#[test]
fn refuses_a_value_that_is_given_twice() {
    with_greeting().refuses(
        ["render", "greeting", "--var", "who=Ada", "--var", "who=Eve"],
        2,
        str![[r#"
error: the value `who` is given twice

"#]],
    );
}

#[test]
fn refuses_what_is_no_json() {
    let sandbox = with_greeting();
    sandbox.refuses(
        ["render", "greeting", "--var-json", "who={\"a\":1,}"],
        2,
        str![[r#"
error: `--var-json who=...`: no JSON: trailing comma at line 1 column 8
hint: `--var who=TEXT` gives a text

"#]],
    );
    sandbox.refuses(
        ["render", "greeting", "--var-json", "who={\"a\":1,\"a\":2}"],
        2,
        str![[r#"
error: `--var-json who=...`: no JSON: duplicate key `a` at line 1 column 10
hint: `--var who=TEXT` gives a text

"#]],
    );
    sandbox.file("case.json", "[1, 2]\n");
    sandbox.refuses(
        ["render", "greeting", "--input", "case.json"],
        2,
        str![[r#"
error: `case.json` is no JSON object of names and values

"#]],
    );
    sandbox.file("case.json", [b'{', 0xff, b'}']);
    sandbox.refuses(
        ["render", "greeting", "--input", "case.json"],
        2,
        str![[r#"
error: `case.json` is not UTF-8: invalid utf-8 sequence of 1 bytes from index 1

"#]],
    );
    sandbox.refuses(
        ["render", "greeting", "--input", "no.json"],
        2,
        str![[r#"
error: cannot read `no.json`: no such file or directory

"#]],
    );
}

#[test]
fn refuses_a_value_without_a_name() {
    let sandbox = with_greeting();
    let before = sandbox.disk();
    sandbox
        .run(["render", "greeting", "--var", "Ada"])
        .exits(2)
        .complains(str![[r#"
error: `Ada` is not of the form NAME=VALUE
hint: `--help` shows what `--var <NAME=TEXT>` may be

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn refuses_a_reference_and_a_file_together() {
    let sandbox = with_greeting();
    sandbox.file("a.prompt", GREETING);
    sandbox
        .run(["render", "greeting", "--file", "a.prompt"])
        .exits(2)
        .prints("");
}
