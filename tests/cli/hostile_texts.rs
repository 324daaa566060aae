//! Long tags, odd characters and front matter that grows: each ends with the exit code that it should.

use crate::attack::{Attack, all_end_as_they_should, around, template};

/// How many brackets front matter opens.
const DEEP: usize = 8_000;

fn long_tags() -> Vec<Attack> {
    let long = "x".repeat(200_000);
    let deep_calls = around("lookup (", 10_000, "a", ")");
    let named: String = (0..20_000).map(|at| format!("n{at}={at} ")).collect();
    vec![
        template("1 MB of tags", "{{a}}".repeat(200_000), 2),
        template("200 kB of tags", "{{a}}".repeat(40_000), 2),
        template("100,000 opening braces", "{{".repeat(100_000), 2),
        template("lone closing braces", "}}".repeat(100_000), 0),
        template(
            "braces of all kinds",
            "{{{a}}{{{b}}}}{{{{c}}}".repeat(5_000),
            2,
        ),
        template(
            "a string of 1 MB without an end",
            format!("{{{{a \"{}", long.repeat(5)),
            2,
        ),
        template(
            "a string of 200 kB without an end",
            format!("{{{{a \"{long}"),
            2,
        ),
        template(
            "a string of 200 kB",
            format!("{{{{json \"{long}\"}}}}\n"),
            0,
        ),
        template("a name of 200 kB", format!("{{{{{long}}}}}\n"), 0),
        template(
            "a helper's name of 200 kB",
            format!("{{{{{long} 1}}}}\n"),
            2,
        ),
        template(
            "a partial's name of 200 kB",
            format!("{{{{> {long}}}}}\n"),
            2,
        ),
        template(
            "a block's name of 200 kB",
            format!("{{{{#{long} 1}}}}{{{{/{long}x}}}}\n"),
            2,
        ),
        template(
            "200 kB of parentheses",
            format!("{{{{a {}", "(".repeat(200_000)),
            2,
        ),
        template(
            "10,000 calls in each other",
            format!("{{{{{deep_calls}}}}}"),
            2,
        ),
        template("20,000 named values", format!("{{{{> p {named}}}}}"), 2).partial("p", "x"),
        template(
            "a path of 10,000 segments",
            format!("{{{{a{}}}}}", ".b".repeat(10_000)),
            2,
        ),
        template(
            "a path of 10,000 steps up",
            format!("{{{{{}b}}}}", "../".repeat(10_000)),
            2,
        ),
        template(
            "100,000 spaces in a tag",
            format!("{{{{a{}}}}}\n", " ".repeat(100_000)),
            0,
        ),
        template(
            "100,000 lines in a tag",
            format!("{{{{a{}}}}}x\n", "\n".repeat(100_000)),
            0,
        ),
        template(
            "100,000 backslashes",
            format!("{}{{{{a}}}}\n", "\\".repeat(100_000)),
            0,
        ),
        template("40,000 tags that are text", "\\{{a}}".repeat(40_000), 0),
        template(
            "raw blocks in each other",
            around("{{{{raw}}}}", 10_000, "x", "{{{{/raw}}}}"),
            0,
        ),
        template("raw blocks without an end", "{{{{raw}}}}".repeat(10_000), 2),
        template("comments without an end", "{{!--".repeat(10_000), 2),
        template("10,000 comments", "{{!-- {{!-- --}}".repeat(10_000), 2),
        template("quotes", format!("{{{{a {}}}}}", "'\"".repeat(50_000)), 2),
        template(
            "a name of brackets",
            format!("{{{{[{}]}}}}\n", "[".repeat(100_000)),
            0,
        ),
        template(
            "names for blocks",
            format!("{{{{#each a as |{}|}}}}", "x ".repeat(10_000)),
            2,
        ),
        template(
            "controls and directions",
            "{{a\u{0}b}}\u{202e}\u{feff}\u{0}",
            2,
        ),
        template("a body of NULs", "\0".repeat(200_000), 2),
    ]
}

fn front_matter() -> Vec<Attack> {
    let with = |name, lines: String, code| template(name, format!("---\n{lines}\n---\nx\n"), code);
    let schema = |name, lines: String| with(name, format!("input:\n  schema:\n{lines}"), 2);
    let steps: String = (0..200)
        .map(|at| format!("{}a:\n", " ".repeat(at)))
        .collect();
    let aliases = |at: usize| format!("a{at}: &a{at} [*a{0}, *a{0}, *a{0}]\n", at - 1);
    let aliases: String = (1..30).map(aliases).collect();
    let unknown: String = (0..3_500).map(|at| format!("    a{at}: strng\n")).collect();
    let twice = |at: usize| format!("a: T{0}\nb: T{0}\n", at + 1);
    let doubling = schema("schemas that double", "    a: T0\n".to_owned());
    let doubling = (0..40).fold(doubling, |attack, at| {
        attack.schema(&format!("T{at}"), twice(at))
    });
    vec![
        with("deep YAML", format!("a: {}", "[".repeat(DEEP)), 2),
        with(
            "deep YAML maps",
            format!("a: {}", "{a: ".repeat(DEEP / 4)),
            2,
        ),
        with("deep YAML lists", "- ".repeat(30_000), 2),
        with("deep YAML blocks", steps, 2),
        with(
            "aliases that multiply",
            format!("a0: &a0 [x, x]\n{aliases}"),
            2,
        ),
        with("a value that is itself", "a: &a [*a]".to_owned(), 2),
        with(
            "6,500 keys",
            (0..6_500).map(|at| format!("a{at}: 1\n")).collect(),
            0,
        ),
        with("one key 10,000 times", "a: 1\n".repeat(10_000), 2),
        with(
            "a text of many quotes",
            format!("a: \"{}\"", "\\\"".repeat(30_000)),
            0,
        ),
        schema(
            "a schema that is deep",
            format!("    {}", around("{a: ", 100, "string", "}")),
        ),
        schema(
            "a schema of many values",
            format!("    a(enum): [{}]", "1,".repeat(30_000)),
        ),
        schema("a schema of unknown types", unknown),
        schema("a type of 60 kB", format!("    a: {}", "x".repeat(60_000))),
        schema(
            "a form of 60 kB",
            format!("    ? a({})\n    : string", "x".repeat(60_000)),
        ),
        doubling,
    ]
}

#[test]
fn ends_whatever_stands_in_a_tag() {
    all_end_as_they_should(long_tags());
}

#[test]
fn ends_whatever_stands_in_the_front_matter() {
    all_end_as_they_should(front_matter());
}
