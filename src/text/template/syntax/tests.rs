use super::super::{Expression, Form, Node, PartialName, Template};
use super::{Limits, MAX_ERRORS, Parsed, parse};

fn read(input: &str) -> Parsed {
    parse(input, &Limits::default())
}

/// Draws a tree on one line: what encloses is followed by what it holds.
fn draw(nodes: &[Node], source: &str) -> String {
    let drawn: Vec<String> = nodes.iter().map(|node| draw_node(node, source)).collect();
    drawn.join(" ")
}

fn draw_node(node: &Node, source: &str) -> String {
    let named = |raw: &str, params: &[Expression], source: &str| {
        let params = params
            .iter()
            .map(|param| &source[param.span().start..param.span().end]);
        std::iter::once(raw)
            .chain(params)
            .collect::<Vec<_>>()
            .join(" ")
    };
    match node {
        Node::Text(span) => format!("{:?}", &source[span.start..span.end]),
        Node::Comment(_) => "!".to_owned(),
        Node::Output(output) => match &output.value {
            Expression::Sub(call) => format!("({})", named(&call.name.raw, &call.params, source)),
            value if output.escaped => source[value.span().start..value.span().end].to_owned(),
            value => format!("&{}", &source[value.span().start..value.span().end]),
        },
        Node::Block(block) => {
            let kind = format!("{:?}", block.kind).to_lowercase();
            let head = named(&block.call.name.raw, &block.call.params, source);
            let bars = block
                .block_params
                .iter()
                .map(|name| format!(" |{}", name.text));
            let bars = bars.collect::<Vec<_>>().concat();
            let body = draw(&block.body, source);
            let inverse = block.inverse.as_ref();
            let inverse = inverse.map(|nodes| format!("else[{}]", draw(nodes, source)));
            format!("{kind} {head}{bars}[{body}]{}", inverse.unwrap_or_default())
        }
        Node::Partial(partial) => {
            let name = match &partial.name {
                PartialName::Static(name) => name,
                PartialName::Dynamic => "?",
            };
            let block = partial
                .block
                .as_ref()
                .map(|nodes| format!("[{}]", draw(nodes, source)));
            format!(">{name}{}", block.unwrap_or_default())
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
    let errors = read(input).errors;
    let told = |error: &super::SyntaxError| {
        format!(
            "{} {}..{} {error}",
            error.kind.rule(),
            error.span.start,
            error.span.end
        )
    };
    let told: Vec<String> = errors.iter().map(told).collect();
    assert_eq!(told, expected, "{input}");
}

#[test]
fn reads_the_tags_of_a_prompt() {
    check("Hi {{user.name}}!", "\"Hi \" user.name \"!\"");
    check("{{{x}}}{{&x}}{{~x~}}{{{~x~}}}{{~{x}~}}", "&x &x x &x &x");
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
fn leaves_text_and_json_and_escapes_alone() {
    check("{\"a\":{\"b\":1}}", "\"{\\\"a\\\":{\\\"b\\\":1}}\"");
    check("}} { } {x}", "\"}} { } {x}\"");
    check("{\"x\":{{v}}}", "\"{\\\"x\\\":\" v \"}\"");
    check("\\{{x}} {{y}}", "\"\\\\{{x}} \" y");
    check("\\\\{{x}}", "\"\\\\\\\\\" x");
    check(
        "{{{{raw}}}} {{x}} {{#if {{{{/raw}}}}z",
        "raw raw[\" {{x}} {{#if \"] \"z\"",
    );
    check("{{!-- }} {{x --}}{{! y }}{{!}}", "! ! !");
}

#[test]
fn reads_partials() {
    check(
        "{{> a/b.c}}{{>@partial-block}}{{> p user k=1}}",
        ">a/b.c >@partial-block >p",
    );
    check(
        "{{#> layout}}x{{/layout}}{{#*inline \"n\"}}y{{/inline}}",
        ">layout[\"x\"] *n[\"y\"]",
    );
    check("{{> \"quoted/name\"}}", ">quoted/name");
    complains(
        "{{> (dyn) }}",
        &[
            "dynamic-partial 4..9 `{{> (dyn) }}` computes which partial to include: write the name of the partial itself",
        ],
    );
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
        "{{#if a}}{{elseif b}}{{/if}}",
        &[
            "template-syntax 11..17 `elseif` cannot stand here: `{{else if ..}}` is written as two words",
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
        "{{#if x} y {{/if}}",
        &["unbalanced-brace 0..8 `{{#if x}` has to end with `}}`"],
    );
    let operator = "template-syntax 8..10 `==` cannot stand here: there are no operators, only helpers such as `(eq a b)`, `(and a b)`, `(not a)`, and `name=value` for a plain name";
    complains("{{#if a == 1}}{{/if}}", &[operator]);
    complains(
        "{{name\u{a0}}}",
        &["template-syntax 6..8 `U+00A0` cannot stand here: this white space is not a plain space"],
    );
    let empty = "template-syntax 0..4 `{{}}` is empty: a tag needs a name, and braces that are text are written `\\{{`";
    complains("{{}}", &[empty]);
    complains(
        "{{! x",
        &["template-syntax 0..4 the comment that `{{!` opens is never closed: `}}` is missing"],
    );
    complains(
        "{{f \"a}} x",
        &["template-syntax 4..10 the string `\"a}} x` is not closed on its line"],
    );
}

#[test]
fn finds_several_mistakes_in_one_run() {
    let errors = read("{{#if (a}}{{x?}}{{/if}}{{/each}}{{#with y}}{{z!}}").errors;
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
    assert_eq!(
        rule(&format!("{{{{a{}}}}}", ".a".repeat(32))),
        Some("too-deep")
    );
    assert_eq!(
        rule(&format!("{{{{f{}}}}}", " a".repeat(10_001))),
        Some("too-many-tags")
    );
}

/// Were it not linear, this would not end.
#[test]
fn reads_a_hostile_megabyte_to_its_end() {
    let pieces = [
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
    ];
    for piece in pieces {
        let source = piece.repeat(1_000_000 / piece.len());
        let parsed = parse(&source, &Limits::default());
        assert!(parsed.errors.len() <= MAX_ERRORS);
        drop(parsed.template.usage());
    }
}

#[test]
fn marks_what_only_other_engines_render() {
    let forms = |input: &str| {
        read(input)
            .unsupported
            .iter()
            .map(|found| found.form)
            .collect::<Vec<_>>()
    };
    assert_eq!(forms("{{.}}{{lookup . \"x\"}}"), [Form::Dot, Form::Dot]);
    assert_eq!(forms("{{^x}}a{{/x}}"), [Form::InverseSection]);
    assert_eq!(
        forms("{{> \"p\"}}{{> 'p'}}"),
        [Form::QuotedPartial, Form::QuotedPartial]
    );
    assert_eq!(
        forms("{{#a.b}}{{/a.b}}{{a.b c}}"),
        [Form::PathCallee, Form::PathCallee]
    );
    assert_eq!(
        forms("{{elsewhere}}{{&f x}}{{~! c}}"),
        [Form::ElsePrefix, Form::UnescapedCall, Form::StrippedComment]
    );
    assert_eq!(forms("{{#if x}}{{else}}{{../y}}{{@root.z}}{{/if}}"), []);
}

#[test]
fn lists_partials_that_the_template_does_not_define() {
    let names = |template: &Template| {
        template
            .partials()
            .into_iter()
            .map(|used| used.name)
            .collect::<Vec<_>>()
    };
    let template = read(
        "{{> a}}{{> n}}{{#*inline \"n\"}}{{> b}}{{/inline}}{{> n}}{{> a}}{{> @partial-block}}",
    )
    .template;
    assert_eq!(names(&template), ["a", "n", "b", "a"]);
    // Whether the inline partial is defined depends on the input: the name may mean a stored one.
    let template = read("{{#if x}}{{#*inline \"n\"}}{{> n}}{{/inline}}{{/if}}{{> n}}").template;
    assert_eq!(names(&template), ["n"]);
    assert_eq!(template.inlines()[0].includes[0].name, "n");
}

#[test]
fn lists_helpers_with_their_arguments() {
    let helpers = read("{{x}}{{history}}{{f a b k=(g 1)}}{{#if (eq a 1)}}{{else foo z}}{{/if}}{{#items}}{{/items}}").template.helpers();
    let told: Vec<_> = helpers
        .iter()
        .map(|used| format!("{} {} {}", used.name, used.is_block, used.arguments))
        .collect();
    assert_eq!(
        told,
        [
            "history false 0",
            "f false 2",
            "g false 1",
            "if true 1",
            "eq false 2",
            "foo true 1"
        ]
    );
}
