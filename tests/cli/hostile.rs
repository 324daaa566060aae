//! No input, however hostile, ends the program by a signal or a panic.

use crate::sandbox::{Run, sandbox, with_greeting};

/// It ended with an exit code of the table.
#[track_caller]
fn survives(run: &Run) {
    let code = run.status().code();
    assert!(
        matches!(code, Some(0..=6)),
        "{}: {}",
        run.status(),
        run.stderr()
    );
}

#[test]
fn survives_hostile_drafts() {
    let deep = 20_000;
    for draft in [
        "{{#if a}}".repeat(deep),
        format!("{{{{a {}{}}}}}", "(b ".repeat(deep), ")".repeat(deep)),
        format!("{{{{{}}}}}", "../".repeat(deep)),
        format!("{{{{{}}}}}", "a.".repeat(deep)),
        "{{else}}".repeat(deep),
        "{{/if}}".repeat(deep),
        "{{{{raw}}}}".repeat(deep),
        "{{> a}}".repeat(deep),
        "{".repeat(200_000),
        "{{!--".repeat(deep),
        "\\{{a}}".repeat(deep),
        "{{a\u{0}b}}\u{202e}\u{feff}".to_owned(),
        format!("---\na: {}\n---\nx\n", "[".repeat(deep)),
        format!("---\na: {}\n---\nx\n", "{a: ".repeat(deep / 2)),
        format!("---\n{}\n---\nx\n", "- ".repeat(deep)),
        format!("---\ninput: {{schema: {}}}\n---\nx\n", "[".repeat(deep)),
        "---\na: &a [*a]\n---\nx\n".to_owned(),
        "---\n? [a, b]\n: c\n---\nx\n".to_owned(),
        "---\n<<: {a: b}\n1: 2\nnull: 3\n---\nx\n".to_owned(),
        "---\n---\n---\n---\n".to_owned(),
        "---\n\u{feff}---\n".to_owned(),
        "\u{feff}---\nmodel: a\n---\nx\n".to_owned(),
        "---\ninput:\n  schema:\n    a(array(array: string\n    b(enum): 5\n---\n{{a}}\n"
            .to_owned(),
    ] {
        let sandbox = sandbox();
        sandbox.draft("hostile", &draft);
        survives(&sandbox.run(["validate"]));
        survives(&sandbox.run(["create", "hostile"]));
        survives(&sandbox.run(["render", "--file", "prompts/hostile/draft.prompt"]));
    }
}

#[test]
fn survives_hostile_values() {
    let sandbox = with_greeting();
    for value in [
        "[".repeat(100_000),
        "{\"a\":".repeat(20_000),
        "1e999999".to_owned(),
        "\"\\ud800\"".to_owned(),
        "-0".to_owned(),
        "123456789012345678901234567890".to_owned(),
    ] {
        let var = format!("who={value}");
        survives(&sandbox.run(["render", "greeting", "--var-json", &var]));
    }
    for args in [
        ["--max-output", "18446744073709551616"],
        ["--timeout", "1e300"],
        ["--timeout", "-1"],
        ["--timeout", "nan"],
        ["--var", "=x"],
        ["--input", "/"],
    ] {
        survives(&sandbox.run(["render", "greeting", args[0], args[1]]));
    }
}

#[test]
fn survives_hostile_logs() {
    let sandbox = with_greeting();
    let path = "prompts/greeting/changelog.jsonl";
    let whole = sandbox.read(path);
    let id = "0".repeat(64);
    for log in [
        String::new(),
        "\n".repeat(10_000),
        "\0".repeat(1000),
        "[".repeat(200_000) + "\n",
        format!("{{\"id\":\"{id}\",\"v\":99999999999999999999}}\n"),
        format!("{{\"id\":\"{id}\",\"v\":1}}\n"),
        format!("{{\"id\":\"{id}\",\"v\":-1}}"),
        format!("{whole}{{\"id\":\"{}\",\n", "é".repeat(32)),
        whole.repeat(2000),
        format!(
            "{whole}{{\"id\":\"{id}\",\"ext\":{}\n",
            "{\"a\":".repeat(10_000)
        ),
    ] {
        sandbox.file(path, log);
        survives(&sandbox.run(["validate"]));
        survives(&sandbox.run(["list"]));
        survives(&sandbox.run(["log", "greeting"]));
        survives(&sandbox.run(["note", "greeting", "-m", "Hm"]));
    }
}

#[test]
fn survives_hostile_settings() {
    let sandbox = with_greeting();
    for settings in [
        format!("a = {}", "[".repeat(50_000)),
        format!("format = 1\n{}", "[a.".repeat(10_000)),
        format!("format = 1\n[{}]", "a.".repeat(10_000)),
        "format = -1\n".to_owned(),
        "format = 9999999999999999999999\n".to_owned(),
        "format = 1\n[limits]\ntemplate-bytes = -5\n".to_owned(),
        "format = 1\n[[lint.path]]\nmatch = \"[\"\nstray-file = \"off\"\n".to_owned(),
        "format = 1\n[labels.latest]\nfrom = \"x\"\n".to_owned(),
        "\u{feff}format = 1\n".to_owned(),
    ] {
        sandbox.file("promptctl.toml", &settings);
        survives(&sandbox.run(["list"]));
        survives(&sandbox.run(["init"]));
        survives(&sandbox.run(["validate"]));
    }
}

#[test]
fn survives_hostile_arguments() {
    let sandbox = with_greeting();
    for text in [
        "",
        "@",
        "@1.0.0",
        "greeting@@",
        "greeting@99999999999999999999.0.0",
        "greeting@^99999999999999999999",
        "greeting@*",
        "greeting@>=1, <2",
        "greeting@1.0.0-",
        "--",
        "-",
        "é@é",
        &"a/".repeat(10_000),
        &format!("greeting@{}", "1".repeat(100_000)),
    ] {
        for command in ["show", "render", "why", "promote", "retire", "diff", "log"] {
            survives(&sandbox.run([command, text]));
        }
        survives(&sandbox.run(["list", text]));
        survives(&sandbox.run(["validate", text]));
        survives(&sandbox.run(["void", "greeting", text, "-m", "x"]));
    }
}
