use proptest::prelude::*;

use super::super::{Base, Expression, Node, PartialName, Path, Span, Template, check as accept};
use super::{Limits, MAX_ERRORS, Parsed, parse};
use crate::text::template::tree::visit_paths;
use crate::text::template::walk::CallPlace;

fn read(input: &str) -> Parsed {
    parse(input, &Limits::default())
}

/// Draws a tree on one line: what encloses is followed by what it holds.
fn draw(nodes: &[Node], source: &str) -> String {
    let drawn: Vec<String> = nodes.iter().map(|node| draw_node(node, source)).collect();
    drawn.join(" ")
}

fn draw_node(node: &Node, source: &str) -> String {
    let named = |name: &str, params: &[Expression]| {
        let params = params.iter().map(|param| param.span().of(source));
        let words: Vec<&str> = std::iter::once(name).chain(params).collect();
        words.join(" ")
    };
    match node {
        Node::Text(text) => format!("{:?}", text.shown.of(source)),
        Node::Comment(_) => "!".to_owned(),
        Node::Output(output) => match &output.value {
            Expression::Sub(call) => format!("({})", named(&call.name.original, &call.params)),
            Expression::Path(path) => path.original.clone(),
            value @ Expression::Literal(..) => value.span().of(source).to_owned(),
        },
        Node::Block(block) => {
            let kind = format!("{:?}", block.kind).to_lowercase();
            let head = named(&block.call.name.original, &block.call.params);
            let bars = block.block_params.iter();
            let bars: Vec<String> = bars.map(|name| format!(" |{}", name.text)).collect();
            let bars = bars.concat();
            let first = draw(&block.first, source);
            let second = block.second.as_ref();
            let second = second.map(|nodes| format!("else[{}]", draw(nodes, source)));
            format!("{kind} {head}{bars}[{first}]{}", second.unwrap_or_default())
        }
        Node::Partial(partial) => {
            let name = match &partial.name {
                PartialName::Static(name) => name,
                PartialName::Dynamic => "?",
            };
            let context = partial.context.as_slice();
            let block = partial.block.as_ref();
            let block = block.map(|nodes| format!("[{}]", draw(nodes, source)));
            format!(">{}{}", named(name, context), block.unwrap_or_default())
        }
        Node::Inline(inline) => format!("*{}[{}]", inline.name, draw(&inline.body, source)),
    }
}

#[track_caller]
fn check(input: &str, expected: &str) {
    let parsed = read(input);
    assert_eq!(parsed.errors, [], "{input}");
    assert_eq!(draw(&parsed.template.nodes, input), expected, "{input}");
}

/// Compares each error as `rule start..end sentence`.
#[track_caller]
fn complains(input: &str, expected: &[&str]) {
    let told = |error: &super::SyntaxError| {
        let (rule, span) = (error.kind.rule(), error.span);
        format!("{rule} {}..{} {error}", span.start, span.end)
    };
    let told: Vec<String> = read(input).errors.iter().map(told).collect();
    assert_eq!(told, expected, "{input}");
}

/// Checks that each of the inputs is refused, and that the first error breaks that rule.
#[track_caller]
fn refuses(rule: &str, inputs: &[&str]) {
    for input in inputs {
        let errors = read(input).errors;
        let found = errors.first().map(|error| error.kind.rule());
        assert_eq!(found, Some(rule), "{input}");
    }
}

/// Reads a tag that writes a path.
#[track_caller]
fn path(input: &str) -> Path {
    let parsed = read(input);
    assert_eq!(parsed.errors, [], "{input}");
    match parsed.template.nodes.as_slice() {
        [Node::Output(output)] => match &output.value {
            Expression::Path(path) => path.clone(),
            other => panic!("{input} writes {other:?}"),
        },
        other => panic!("{input} is {other:?}"),
    }
}

#[test]
fn reads_the_tags_of_a_prompt() {
    check("Hi {{user.name}}!", "\"Hi \" user.name \"!\"");
    check("{{{x}}}{{&x}}{{~x~}}{{~{x}~}}{{ x\n}}", "x x x x x");
    check(
        "{{role \"system\"}}{{json a.b indent=2}}",
        "(role \"system\") (json a.b)",
    );
    check(
        "{{lookup map (f key \"}}\")}}",
        "(lookup map (f key \"}}\"))",
    );
    check(
        "{{~#if flag~}}y{{~else~}}n{{~/if~}}",
        "plain if flag[\"y\"]else[\"n\"]",
    );
    check(
        "{{#each items}}{{this.x}}{{/each}}",
        "plain each items[this.x]",
    );
    check(
        "{{#each a as |x i|}}{{/each}}{{#with a as |b|}}{{/with}}",
        "plain each a |x |i[] plain with a |b[]",
    );
    check(
        "{{#if a}}1{{else if b}}2{{else}}3{{/if}}",
        "plain if a[\"1\"]else[chained if b[\"2\"]else[\"3\"]]",
    );
    check("{{#items}}{{@index}}{{/items}}", "plain items[@index]");
}

#[test]
fn reads_what_only_handlebars_js_reads() {
    check("{{.}}{{lookup . \"x\"}}", ". (lookup . \"x\")");
    check("{{^x}}a{{^}}b{{/x}}", "inverted x[\"a\"]else[\"b\"]");
    check("{{#x}}a{{^}}b{{/x}}", "plain x[\"a\"]else[\"b\"]");
    check("{{#a.b}}{{/a.b}}{{a.b c}}", "plain a.b[] (a.b c)");
    check("{{elsewhere}}{{&f x}}", "elsewhere (f x)");
    check("{{\"a b\"}}{{1}}{{true}}{{[a b]}}", "a b 1 true a b");
    check("{{#[a b]}}x{{/\"a b\"}}", "plain a b[\"x\"]");
    check(
        "{{#if else}}{{/if}}{{as}}{{f as}}",
        "plain if else[] as (f as)",
    );
}

#[test]
fn reads_paths() {
    let told = |input: &str| {
        let path = path(input);
        (path.base, path.parents, path.segments, path.original)
    };
    let of = |base, parents, segments: &[&str], original: &str| {
        let segments = segments.iter().map(|name| (*name).to_owned()).collect();
        (base, parents, segments, original.to_owned())
    };
    assert_eq!(
        told("{{a.b/c}}"),
        of(Base::Context, 0, &["a", "b", "c"], "a.b/c")
    );
    assert_eq!(told("{{this}}"), of(Base::Context, 0, &[], "this"));
    assert_eq!(told("{{this.x}}"), of(Base::Context, 0, &["x"], "this.x"));
    assert_eq!(told("{{../../x}}"), of(Base::Context, 2, &["x"], "../../x"));
    assert_eq!(
        told("{{a.[b c].[1]}}"),
        of(Base::Context, 0, &["a", "b c", "1"], "a.b c.1")
    );
    assert_eq!(told("{{[a\\]b]}}"), of(Base::Context, 0, &["a]b"], "a]b"));
    assert_eq!(
        told("{{[this].x}}"),
        of(Base::Context, 0, &["this", "x"], "this.x")
    );
    assert_eq!(told("{{@root.x}}"), of(Base::Root, 0, &["x"], "@root.x"));
    assert_eq!(
        told("{{@auth.email}}"),
        of(Base::Data, 0, &["auth", "email"], "@auth.email")
    );
    assert_eq!(
        told("{{@../index}}"),
        of(Base::Data, 1, &["index"], "@../index")
    );
    assert_eq!(
        told("{{größe.名}}"),
        of(Base::Context, 0, &["größe", "名"], "größe.名")
    );
    refuses(
        "template-syntax",
        &["{{a/}}", "{{a.this}}", "{{a.[]}}", "{{[a\nb]}}"],
    );
    refuses(
        "template-syntax",
        &["{{a[0]}}", "{{a.0}}", "{{a.true}}", "{{#if a.1}}{{/if}}"],
    );
}

#[test]
fn tells_which_paths_name_a_helper() {
    let names = |input: &str| path(input).helper.map(super::super::Helper::name);
    assert_eq!(names("{{history}}"), Some("history"));
    assert_eq!(names("{{[history]}}"), Some("history"));
    for input in [
        "{{this.history}}",
        "{{./history}}",
        "{{../history}}",
        "{{a.history}}",
        "{{x}}",
    ] {
        assert_eq!(names(input), None, "{input}");
    }
}

#[test]
fn leaves_text_and_json_alone() {
    check("{\"a\":{\"b\":1}}", "\"{\\\"a\\\":{\\\"b\\\":1}}\"");
    check("}} { } {x}", "\"}} { } {x}\"");
    check("{\"x\": {{v}} }", "\"{\\\"x\\\": \" v \" }\"");
    // The third brace would make it another tag.
    complains(
        "{\"x\":{{v}}}",
        &[
            "unbalanced-brace 5..11 `{{v}}}` ends with a brace too many: put a blank before one that is text",
        ],
    );
}

#[test]
fn takes_the_backslash_of_an_escaped_tag() {
    check("\\{{x}} {{y}}", "\"{{x}} \" y");
    check("a\\{{x}} \\{{y}}", "\"a\" \"{{x}} \" \"{{y}}\"");
    check("\\{{#if x}}{{y}}", "\"{{#if x}}\" y");
    check("\\\\{{x}}", "\"\\\\\" x");
    check("\\\\\\{{x}}", "\"\\\\\\\\\" x");
    check("\\{{x}}\\\\{{y}}", "\"{{x}}\" \"\\\\\" y");
    check("a\\b\\", "\"a\\\\b\\\\\"");
    check("\\{{", "\"{{\"");
}

#[test]
fn reads_comments_up_to_their_end() {
    check("{{! y }}{{!}}{{!----}}", "! ! !");
    check("{{! a }} b }}", "! \" b }}\"");
    check("{{!-- }} {{x --}}{{!-- a --~}}", "! !");
    check("{{! it's \" ( }}", "!");
    check("{{!- a -}}b", "! \"b\"");
    complains(
        "{{! x",
        &["template-syntax 0..3 the comment that `{{!` opens is never closed: `}}` is missing"],
    );
    complains(
        "{{!-- x }}",
        &["template-syntax 0..3 the comment that `{{!--` opens is never closed: `--}}` is missing"],
    );
}

#[test]
fn reads_raw_blocks_as_text() {
    check(
        "{{{{raw}}}} {{x}} {{#if {{{{/raw}}}}z",
        "raw raw[\" {{x}} {{#if \"] \"z\"",
    );
    check(
        "{{{{raw}}}}{{{{b}}}}{{{{/b}}}}\\{{x}}{{{{/raw}}}}",
        "raw raw[\"{{{{b}}}}{{{{/b}}}}\\\\{{x}}\"]",
    );
    refuses(
        "unclosed-block",
        &["{{{{raw}}}} x", "{{{{raw}}}} x {{{{/raw }}}}"],
    );
    refuses("mismatched-block", &["{{{{raw}}}} x {{{{/war}}}}"]);
}

#[test]
fn reads_partials() {
    check(
        "{{> a/b.c}}{{>@partial-block}}{{> p user k=1}}",
        ">a/b.c >@partial-block >p user",
    );
    check(
        "{{#> layout}}x{{/layout}}{{#*inline \"n\"}}y{{/inline}}",
        ">layout[\"x\"] *n[\"y\"]",
    );
    check(
        "{{> \"quoted/name\"}}{{> 'b c'}}{{> [d e]}}{{> 1}}",
        ">quoted/name >b c >d e >1",
    );
    check("{{#> \"a b\"}}x{{/[a b]}}", ">a b[\"x\"]");
    complains(
        "{{> (dyn) }}",
        &[
            "dynamic-partial 4..9 `{{> (dyn) }}` computes which partial to include: write the name of the partial itself",
        ],
    );
    refuses(
        "template-syntax",
        &[
            "{{> p a b}}",
            "{{> }}",
            "{{#*inline n}}{{/inline}}",
            "{{#*x}}{{/x}}",
            "{{*x}}",
        ],
    );
}

#[test]
fn takes_white_space_at_a_tilde() {
    check("a {{~x~}}\n b", "\"a\" x \"b\"");
    check("a {{~! c ~}} b", "\"a\" ! \"b\"");
    check("{{#if a~}} x {{~/if}} y", "plain if a[\"x\"] \" y\"");
    check(
        "a {{~#if b}} x {{~else~}} y {{/if~}} z",
        "\"a\" plain if b[\" x\"]else[\"y \"] \"z\"",
    );
    check(
        "{{#a}}1 {{~else if b~}} 2{{/a}}",
        "plain a[\"1\"]else[chained if b[\"2\"]]",
    );
    check("a {{~> p ~}} b", "\"a\" >p \"b\"");
    // A tilde reaches into the text beside it, not into blocks.
    check("{{#if a}} x {{/if}}{{~y}}", "plain if a[\" x \"] y");
}

#[test]
fn takes_the_lines_that_tags_have_to_themselves() {
    check(
        "a\n  {{#if b}}\nc\n{{else}}\nd\n {{/if}} \ne",
        "\"a\\n\" plain if b[\"c\\n\"]else[\"d\\n\"] \"e\"",
    );
    check("{{! c }}\r\na", "! \"a\"");
    check("a\n {{! c }} b", "\"a\\n \" ! \" b\"");
    check("a\n {{x}}\nb", "\"a\\n \" x \"\\nb\"");
    check(
        "{{#*inline \"p\"}}\na\n{{/inline}}\nb",
        "*p[\"a\\n\"] \"b\"",
    );
    check("{{#> p}}\na\n{{/p}}\nb", ">p[\"a\\n\"] \"b\"");
    check("{{#if a}} {{/if}}\nb", "plain if a[\" \"] \"\\nb\"");
}

#[test]
fn keeps_the_indentation_of_a_partial() {
    let indent = |input: &str| {
        let parsed = read(input);
        let found = parsed.template.nodes.iter().find_map(|node| match node {
            Node::Partial(partial) => partial.indent,
            _ => None,
        });
        found.map(|span| span.of(input).to_owned())
    };
    assert_eq!(indent("a\n \t{{> p}}\nb").as_deref(), Some(" \t"));
    assert_eq!(indent("  {{> p}}").as_deref(), Some("  "));
    assert_eq!(indent("a\n{{> p}}\nb"), None);
    assert_eq!(indent("a\n  {{> p}} b"), None);
    assert_eq!(indent("a\n  {{~> p}}\nb"), None);
    assert_eq!(indent("a\n  {{#> p}}{{/p}}\nb"), None);
}

#[test]
fn says_which_block_is_open() {
    complains(
        "{{#if urgent}} x",
        &[
            "unclosed-block 0..14 `{{#if urgent}}` opened here is never closed: `{{/if}}` is missing",
        ],
    );
    complains(
        "a{{/if}}",
        &["unmatched-closing-block 1..8 `{{/if}}` closes nothing: no block is open here"],
    );
    let wrong_order =
        "mismatched-block 21..28 `{{/if}}` closes nothing here: the open block is `{{#each b}}`";
    complains("{{#if a}}{{#each b}} {{/if}}{{/each}}", &[wrong_order]);
    complains(
        "{{#if a}}{{#each b}} {{/if}}",
        &["unclosed-block 9..20 `{{#each b}}` opened here is never closed: `{{/each}}` is missing"],
    );
    complains(
        "{{#each b}}{{/eahc}}",
        &[
            "mismatched-block 11..20 `{{/eahc}}` closes nothing here: the open block is `{{#each b}}`",
        ],
    );
    let related = read("{{#each b}}{{/if}}{{/each}}").errors.remove(0).related;
    assert_eq!(related.map(|related| related.span.end), Some(11));
}

#[test]
fn says_where_an_else_belongs() {
    let stray = "template-syntax 0..8 `{{else}}` belongs to no block: it stands between `{{#if ..}}` and `{{/if}}` or the like";
    complains("{{else}}", &[stray]);
    complains(
        "{{#if a}}{{else}}{{else}}{{/if}}",
        &[
            "template-syntax 17..25 `{{else}}` comes after the `{{else}}` of this block, which is its last part",
        ],
    );
    complains(
        "{{^a}}{{else if b}}{{/a}}",
        &[
            "template-syntax 6..12 `{{else` cannot continue a block that begins with `{{^`: only `{{else}}` can",
        ],
    );
    refuses(
        "template-syntax",
        &[
            "{{^}}",
            "{{#else}}{{/else}}",
            "{{#> p}}{{else}}{{/p}}",
            "{{#if a}}{{else}}{{else if b}}{{/if}}",
        ],
    );
}

#[test]
fn says_which_brace_is_missing() {
    complains(
        "{{name",
        &["unbalanced-brace 0..6 `{{name` is never closed: `}}` is missing"],
    );
    complains(
        "{{name\nis {{x}}",
        &["unbalanced-brace 0..9 `{{name` is never closed: `}}` is missing"],
    );
    complains(
        "{{name} x {{y}}",
        &["unbalanced-brace 0..7 `{{name}` has to end with `}}`"],
    );
    complains(
        "{{{name}} x",
        &["unbalanced-brace 0..9 `{{{name}}` has to end with `}}}`"],
    );
    complains(
        "{{{name}}}} x",
        &[
            "unbalanced-brace 0..11 `{{{name}}}}` ends with a brace too many: put a blank before one that is text",
        ],
    );
    complains(
        "{{#if x} y {{/if}}",
        &["unbalanced-brace 0..8 `{{#if x}` has to end with `}}`"],
    );
}

#[test]
fn says_what_cannot_stand_in_a_tag() {
    let operator = "template-syntax 8..10 `==` cannot stand here: there are no operators and no filters: compare with `{{#ifEquals a b}}`, negate with `{{#unless a}}`, put one `{{#if}}` into another for both";
    complains("{{#if a == 1}}{{/if}}", &[operator]);
    let empty = "template-syntax 0..4 `{{}}` is empty: a tag needs a name, and braces that are text are written `\\{{`";
    complains("{{}}", &[empty]);
    complains(
        "{{f \"a}} x",
        &["template-syntax 4..5 the string `\"a}} x` is never closed"],
    );
    complains(
        "{{f a.1}}",
        &["template-syntax 6..7 `1` is no name here: write `f a.[1]`"],
    );
    refuses(
        "template-syntax",
        &[
            "{{f k=1 a}}",
            "{{f k=1 k=2}}",
            "{{f k=}}",
            "{{(f a)}}",
            "{{ #if a}}{{/if}}",
            "{{#1}}{{/1}}",
            "a\0b",
            "{{f (}}",
            "{{f a)}}",
            "{{\"\"}}",
        ],
    );
    refuses(
        "template-syntax",
        &[
            "{{x as |y|}}",
            "{{#each a as ||}}{{/each}}",
            "{{#each a as |x y z|}}{{/each}}",
            "{{#each a as |x| b}}{{/each}}",
        ],
    );
    // Any white space of JavaScript separates.
    check("{{f\u{a0}a\u{feff}}}", "(f a)");
}

#[test]
fn finds_several_mistakes_in_one_run() {
    let errors = read("{{#if (a}}{{x,}}{{/if}}{{/each}}{{#with y}}{{z!}}").errors;
    let rules: Vec<_> = errors.iter().map(|error| error.kind.rule()).collect();
    let expected = [
        "template-syntax",
        "template-syntax",
        "unmatched-closing-block",
        "unclosed-block",
        "template-syntax",
    ];
    assert_eq!(rules, expected);
    assert_eq!(read(&"{{}}".repeat(100)).errors.len(), MAX_ERRORS);
}

#[test]
fn holds_to_its_limits() {
    let rule = |input: &str| read(input).errors.first().map(|error| error.kind.rule());
    let nested = |n: usize| "{{#if x}}".repeat(n) + &"{{/if}}".repeat(n);
    assert_eq!(rule(&nested(64)), None);
    assert_eq!(rule(&nested(65)), Some("too-deep"));
    let chain = |n: usize| format!("{{{{#if x}}}}{}{{{{/if}}}}", "{{else if x}}".repeat(n));
    assert_eq!(rule(&chain(63)), None);
    assert_eq!(rule(&chain(64)), Some("too-deep"));
    let calls = |n: usize| {
        format!("{{{{f {}{}}}}}", "(f ".repeat(n), ")".repeat(n)).replace("(f )", "(f 1)")
    };
    assert_eq!(rule(&calls(16)), None);
    assert_eq!(rule(&calls(17)), Some("too-deep"));
    assert_eq!(rule(&"{{x}}".repeat(2_000)), None);
    assert_eq!(rule(&"{{x}}".repeat(2_001)), Some("too-many-tags"));
    let path = |names: usize| format!("{{{{a{}}}}}", ".a".repeat(names - 1));
    assert_eq!(rule(&path(32)), None);
    assert_eq!(rule(&path(33)), Some("too-deep"));
    let arguments = |n: usize| format!("{{{{f{}}}}}", " a".repeat(n));
    assert_eq!(rule(&arguments(10_000)), None);
    assert_eq!(rule(&arguments(10_001)), Some("too-many-tags"));
}

/// Pieces that a hostile file would repeat.
const PIECES: &[&str] = &[
    "{{",
    "}}",
    "{",
    "}",
    "{{#if x}}",
    "{{!",
    "{{!--",
    "{{! -- ",
    "(",
    "{{x}}",
    "{{f (",
    "{{f [1,",
    "{{f [",
    "{{f \"",
    "{{f '\\",
    "\\",
    "\\{{",
    "{{{{",
    "{{{{raw}}}}",
    "{{else}}",
    "{{#if x}}{{else if x}}",
    "{{/if}}",
    "{{a.",
    "{{f [[",
    "{{> ",
    "{{#*inline \"x\"}}",
    "{{^",
    "{{f a=",
    "é",
    "{{#each x}}{{/if}}",
    "{{f {",
    "{{!-- --~}}",
    "{{~",
    "~}}",
    "{{@",
    "{{../",
    "{{{{/raw}}}}",
];

/// Were it not linear, this would not end.
#[test]
fn reads_a_hostile_megabyte_to_its_end() {
    for piece in PIECES {
        let source = piece.repeat(1_000_000 / piece.len());
        let parsed = parse(&source, &Limits::default());
        assert!(parsed.errors.len() <= MAX_ERRORS);
        drop(parsed.template.usage());
    }
}

#[test]
fn lists_partials_that_the_template_does_not_define() {
    let names = |input: &str| {
        let used = read(input).template.partials().into_iter();
        used.map(|used| used.name).collect::<Vec<_>>()
    };
    // An inline partial holds in the whole block that defines it, also before its definition.
    let here =
        "{{> a}}{{> n}}{{#*inline \"n\"}}{{> b}}{{/inline}}{{> n}}{{> a}}{{> @partial-block}}";
    assert_eq!(names(here), ["a", "b", "a"]);
    // Outside that block the name means a stored one.
    let inside = "{{#if x}}{{> n}}{{#*inline \"n\"}}{{> n}}{{/inline}}{{/if}}{{> n}}";
    assert_eq!(names(inside), ["n"]);
    assert_eq!(read(inside).template.inlines()[0].includes[0].name, "n");
    let handed = "{{#> layout}}{{#*inline \"n\"}}x{{/inline}}{{/layout}}{{> n}}";
    assert_eq!(names(handed), ["layout", "n"]);
    let optional: Vec<bool> = read("{{#> a}}{{/a}}{{> b}}")
        .template
        .partials()
        .iter()
        .map(|used| used.optional)
        .collect();
    assert_eq!(optional, [true, false]);
}

#[test]
fn lists_calls_with_their_arguments() {
    let calls = |input: &str| {
        let template = read(input).template;
        let mut told = Vec::new();
        template.calls(&mut |site| {
            let place = match site.place {
                CallPlace::Output => "out",
                CallPlace::Argument => "in",
                CallPlace::Block(_) => "block",
            };
            let helper = site.helper.map_or("-", super::super::Helper::name);
            let count = site.params.len();
            told.push(format!("{place} {} {helper} {count}", site.name.original));
        });
        told
    };
    assert_eq!(
        calls(
            "{{x}}{{history}}{{f a b k=(json 1)}}{{#if (f 1)}}{{else foo z}}{{/if}}{{#items}}{{/items}}"
        ),
        [
            "out history history 0",
            "out f - 2",
            "in json json 1",
            "block if if 1",
            "in f - 1",
            "block foo - 1",
            "block items - 0",
        ]
    );
    // A name that a block gave hides the helper.
    assert_eq!(
        calls("{{#each a as |history|}}{{history}}{{else}}{{history}}{{/each}}"),
        ["block each each 1", "out history history 0"]
    );
}

/// Builds texts that are mostly templates, right and wrong.
fn template() -> impl Strategy<Value = String> {
    let tags = prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(str::to_owned),
        3 => prop::sample::select(&[
            "{{/each}}", "{{/x}}", "{{/inline}}", "{{/p}}", "{{#> p}}", "{{#x}}", "{{^x}}", "{{^}}",
            "{{#each x as |y i|}}", "{{~y~}}", "{{! c }}", "{{json x}}", "}}}", "}}}}", ")", "]",
            "\"", "'", "=", "|", "as |", "\n", "\r\n", " ", "\u{a0}", "\u{feff}", "\0", "..", ".",
            "@", "1", "-", "true", "else", "{{else~}}", "{{{x}}}", "😀", "ß",
        ][..]).prop_map(str::to_owned),
        1 => ".{0,4}",
    ];
    prop::collection::vec(tags, 0..24).prop_map(|pieces| pieces.concat())
}

/// Lists every place that a tree marks.
fn spans(nodes: &[Node], found: &mut Vec<Span>) {
    for node in nodes {
        match node {
            Node::Text(text) => found.extend([text.span, text.shown]),
            Node::Comment(comment) => found.push(comment.span),
            Node::Output(output) => found.extend([output.span, output.value.span()]),
            Node::Block(block) => {
                found.extend([block.open, block.call.span]);
                found.extend(block.close);
                found.extend(block.block_params.iter().map(|name| name.span));
                found.extend(block.call.hash.iter().map(|named| named.key.span));
                found.extend(block.call.params.iter().map(Expression::span));
            }
            Node::Partial(partial) => {
                found.extend([partial.span, partial.name_span]);
                found.extend(partial.close.into_iter().chain(partial.indent));
                found.extend(partial.context.as_ref().map(Expression::span));
            }
            Node::Inline(inline) => {
                found.extend([inline.open, inline.name_span]);
                found.extend(inline.close);
            }
        }
        super::super::walk::bodies(node).for_each(|body| spans(body, found));
    }
    visit_paths(nodes, &mut |path| found.push(path.span));
}

/// Tells whether the text nodes stand in order and do not overlap.
fn texts(nodes: &[Node], found: &mut Vec<Span>) {
    for node in nodes {
        if let Node::Text(text) = node {
            found.push(text.span);
        }
        super::super::walk::bodies(node).for_each(|body| texts(body, found));
    }
}

fn is_inside(span: Span, source: &str) -> bool {
    span.start <= span.end && source.get(span.start..span.end).is_some()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn marks_only_places_of_the_text(source in template()) {
        let parsed = read(&source);
        let mut found = Vec::new();
        spans(&parsed.template.nodes, &mut found);
        for error in &parsed.errors {
            found.push(error.span);
            found.extend(error.related.as_ref().map(|related| related.span));
            prop_assert!(!error.to_string().is_empty());
        }
        for span in found {
            prop_assert!(is_inside(span, &source), "{:?} in {:?}", span, source);
        }
        if parsed.errors.is_empty() {
            let mut text = Vec::new();
            texts(&parsed.template.nodes, &mut text);
            prop_assert!(text.is_sorted_by(|one, next| one.end <= next.start), "{:?}", source);
        }
        prop_assert!(parsed.errors.is_sorted_by_key(|error| error.span.start));
        prop_assert!(parsed.errors.len() <= MAX_ERRORS);
    }

    #[test]
    fn checks_whatever_it_reads(source in template()) {
        let parsed = read(&source);
        drop(parsed.template.usage());
        match accept(&source, &Limits::default()) {
            Ok(template) => {
                prop_assert_eq!(&parsed.errors, &[]);
                prop_assert_eq!(template, parsed.template);
            }
            Err(faults) => for fault in faults {
                let (start, end) = (fault.span.start, fault.span.end);
                prop_assert!(is_inside(Span::new(start, end), &source), "{:?}", fault);
            }
        }
    }

    #[test]
    fn text_without_tags_is_one_text(source in "[^{\\\\\0]{1,40}") {
        let template: Template = read(&source).template;
        prop_assert_eq!(draw(&template.nodes, &source), format!("{source:?}"));
    }
}
