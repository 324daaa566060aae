//! Values that make much of little: each ends with the exit code that it should.

use serde_json::{Value, json};

use crate::attack::{Attack, all_end_as_they_should, around, list, template};

/// How often a large value is repeated: enough to go over the limit of the output.
const TIMES: usize = 20;

/// How long a long name is.
const LONG: usize = 10_000;

/// Rendering this with that input.
fn with(name: &'static str, body: &str, input: Value, code: i32) -> Attack {
    template(name, format!("{body}\n"), code).input(input.to_string())
}

fn numbers(count: usize) -> Value {
    (0..count).collect()
}

/// Writing more than is allowed.
fn writers() -> Vec<Attack> {
    let megabyte = "x".repeat(1_000_000);
    let large = json!({"a": numbers(TIMES), "b": megabyte});
    let often = |name, inside| {
        let body = format!("{{{{#each a}}}}{inside}{{{{/each}}}}");
        with(name, &body, large.clone(), 2)
    };
    let history = json!({
        "input": {"a": numbers(TIMES)},
        "messages": [{"role": "user", "content": [{"text": megabyte}]}]
    });
    let deep = format!("{{\"a\": {}}}", around("[", 100, &list(100_000), "]"));
    let nested = |inside| around("{{#each @root.a}}", 2, inside, "{{/each}}");
    let wide = format!("{}{{{{> p}}}}", " ".repeat(100_000));
    vec![
        often("a large value", "{{@root.b}}"),
        often("large JSON", "{{json @root.b}}"),
        often("a large address", "{{media url=@root.b}}"),
        often("a large type", "{{media url='u' contentType=@root.b}}"),
        often("a large section", "{{section @root.b}}"),
        template(
            "a history again and again",
            "{{#each a}}{{history}}{{/each}}",
            2,
        )
        .data(history.to_string()),
        with(
            "escapes",
            "{{json a}}",
            json!({"a": "\0".repeat(4_000_000)}),
            2,
        ),
        with(
            "HTML",
            "{{a}}{{a}}{{a}}",
            json!({"a": "&".repeat(6_000_000)}),
            2,
        ),
        template("JSON with a deep indent", "{{json a indent=10}}", 2).input(deep),
        with(
            "lines with a wide indent",
            &wide,
            json!({"a": numbers(1_000)}),
            2,
        )
        .partial("p", "{{#each a}}\nx\n{{/each}}\n"),
        with(
            "messages",
            &nested("{{role 'user'}}x{{role 'model'}}y"),
            json!({"a": numbers(300)}),
            2,
        ),
        with(
            "sections",
            &nested("{{section 'x'}}"),
            json!({"a": numbers(300)}),
            2,
        ),
    ]
}

/// Taking long.
fn workers() -> Vec<Attack> {
    let keys = "{{#each a}}{{lookup @root.b @root.c}}{{/each}}";
    let compared = "{{#each a}}{{#ifEquals @root.c @root.d}}{{/ifEquals}}{{/each}}";
    let looked_up = json!({"a": numbers(100_000), "b": {"x": 1}, "c": numbers(10_000)});
    let equal = json!({"a": numbers(100_000), "c": numbers(10_000), "d": numbers(10_000)});
    let types = "{type: array, items: {$ref: '#/$defs/t'}}, ".repeat(10);
    let schema = format!(
        "---\ninput:\n  schema:\n    type: object\n    properties:\n      a: {{$ref: '#/$defs/t'}}\n    \
         $defs:\n      t: {{anyOf: [{types}]}}\n---\n{{{{json a}}}}\n"
    );
    let name = "x".repeat(LONG / 4);
    let long = "y".repeat(LONG);
    let declared = format!(
        "---\ninput:\n  schema:\n    type: object\n    properties:\n      ? {name}\n      : {{}}\n    additionalProperties: false\n---\nx\n"
    );
    vec![
        with("large keys", keys, looked_up, 2),
        with("large values that are compared", compared, equal, 0),
        with(
            "a list of 150,000",
            "{{#each a}}{{this}} {{/each}}",
            json!({"a": numbers(150_000)}),
            0,
        ),
        with(
            "a list of a million",
            "{{#each a}}{{this}} {{/each}}",
            json!({"a": numbers(1_000_000)}),
            2,
        ),
        with(
            "JSON with an endless indent",
            "{{json a indent=1e308}}",
            json!({"a": [1]}),
            0,
        ),
        with(
            "JSON with a large word for an indent",
            "{{json a indent=b}}",
            json!({"a": [1], "b": long}),
            0,
        ),
        template("deep JSON", "{{a}}", 2).input(format!("{{\"a\": {}", "[".repeat(100_000))),
        template("JSON as deep as can be", "{{json a}} {{a}}\n", 0)
            .input(format!("{{\"a\": {}}}", around("[", 120, "", "]"))),
        template("deep data", "{{@a}}", 2)
            .data(format!("{{\"context\": {}", "{\"a\":".repeat(100_000))),
        template("a long number", "{{a}}\n", 2)
            .input(format!("{{\"a\": {}}}", "9".repeat(100_000))),
        template("a value that fits in many ways", schema, 2)
            .input(format!("{{\"a\": {}}}", around("[", 60, "1", "]"))),
        Attack::new("a long name beside a long one", declared, 2)
            .input(json!({&long: 1}).to_string()),
        Attack::new(
            "a long name that the template does not read",
            format!("{{{{{name}}}}}"),
            2,
        )
        .input(json!({&name: 1, &long: 1}).to_string()),
        Attack::new("a member with a long name", "x", 2).data(json!({&long: 1}).to_string()),
        Attack::new(
            "an example with a long name",
            format!("---\npromptctl.examples:\n  ? {name}\n  : {{}}\n---\nx\n"),
            2,
        )
        .arg(&format!("--example={long}")),
        Attack::new("100,000 names that nobody reads", "{{a}}", 2).input(
            Value::Object(
                (0..100_000)
                    .map(|at| (format!("n{at}"), json!(at)))
                    .collect(),
            )
            .to_string(),
        ),
    ]
}

#[test]
fn ends_however_much_a_template_would_write() {
    all_end_as_they_should(writers());
}

#[test]
fn ends_however_long_a_template_would_take() {
    all_end_as_they_should(workers());
}
