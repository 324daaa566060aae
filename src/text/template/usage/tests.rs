use super::super::{Limits, Origin, Usage, parse};

fn usage(input: &str) -> Usage {
    let parsed = parse(input, &Limits::default());
    assert_eq!(parsed.errors, [], "{input}");
    parsed.template.usage()
}

/// Draws each use as `a.b`, with `?` when it is guarded and `!` when it is required.
fn draw(usage: &Usage) -> String {
    let uses = usage.variables.iter().map(|used| {
        let origin = match used.origin {
            Origin::Given => "",
            Origin::Root => "@",
        };
        let mark = match (used.guarded(), used.required) {
            (true, _) => "?",
            (false, true) => "!",
            (false, false) => "",
        };
        format!("{origin}{}{mark}", used.path.join("."))
    });
    uses.collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(input: &str, expected: &str) {
    assert_eq!(draw(&usage(input)), expected, "{input}");
}

#[test]
fn finds_what_is_read_at_the_top() {
    check(
        "{{name}} {{user.name}} {{this.a}} {{./b}} {{{c}}} {{[d e].[0]}}",
        "name! user.name! a! b! c! d e.0!",
    );
    check(
        "{{json user indent=n}} {{f (g x k=y) \"s\" 1 true}}",
        "user! n! x! y!",
    );
    check("{{@root.a}}", "@a!");
    check(
        "{{history}}{{role \"user\"}}{{undefined_thing}}",
        "undefined_thing!",
    );
}

#[test]
fn reads_nothing_above_the_top() {
    check("{{../a}}{{#if ../../b}}{{/if}}{{json ../c}}", "");
    check("{{#with u}}{{../../a}}{{/with}}", "u?");
    check("{{#*inline \"p\"}}{{../a}}{{/inline}}{{> p u}}", "u!");
}

#[test]
fn follows_each_and_with() {
    check(
        "{{#each items}}{{name}}{{this}}{{@index}}{{/each}}",
        "items? items.[].name items.[]",
    );
    check("{{#each items}}{{.}}{{/each}}", "items? items.[]");
    check(
        "{{#each a}}{{../b}}{{@root.c}}{{#each d}}{{../e}}{{../../f}}{{/each}}{{/each}}",
        "a? b @c a.[].d? a.[].e f",
    );
    check(
        "{{#with user}}{{name}}{{../x}}{{else}}{{y}}{{/with}}",
        "user? user.name x y",
    );
    check(
        "{{#each a as |x i|}}{{x.b}}{{i}}{{c}}{{/each}}",
        "a? a.[].b a.[].c",
    );
    check(
        "{{#with a as |b|}}{{b}}{{b.c}}{{d}}{{this.b}}{{/with}}",
        "a? a? a.c a.d a.b",
    );
    check("{{#if a}}{{#each b}}{{../c}}{{/each}}{{/if}}", "a? b? c");
    // A block that stays in the same context is no step for `../`.
    check(
        "{{#with u}}{{#with this}}{{../c}}{{/with}}{{/with}}",
        "u? u? c",
    );
    check(
        "{{#each m as |v k|}}{{#each v as |w|}}{{k}}{{w.x}}{{v.y}}{{/each}}{{/each}}",
        "m? m.[]? m.[].[].x m.[].y",
    );
    check(
        "{{#each (f a)}}{{b}}{{/each}}{{#each @list}}{{c}}{{/each}}",
        "a?",
    );
}

#[test]
fn reads_lookup_as_a_path() {
    check("{{lookup map key}}", "map! key!");
    check("{{lookup map \"k\"}}", "map.k!");
    check("{{lookup list 0}}", "list.0!");
    check("{{lookup . \"k\"}}", "k!");
    check(
        "{{#with (lookup people i)}}{{name}}{{/with}}",
        "people? i? people.[].name",
    );
    check("{{#each a}}{{lookup ../b @index}}{{/each}}", "a? b");
}

#[test]
fn turns_to_what_a_section_names() {
    check("{{#items}}{{name}}{{/items}}", "items? items.[?].name");
    check(
        "{{^items}}{{none}}{{else}}{{items}}{{/items}}",
        "items? items.[?].items none",
    );
    check("{{#a.b}}{{c}}{{else}}{{d}}{{/a.b}}", "a.b? a.b.[?].c d");
}

#[test]
fn knows_what_a_condition_has_checked() {
    check("{{#if a}}{{a}}{{a.b}}{{else}}{{a}}{{/if}}", "a? a? a.b a");
    check("{{#unless a}}{{a}}{{else}}{{a}}{{/unless}}", "a? a a?");
    // What a block writes when it holds comes first, wherever it stands.
    check("{{^if a}}{{a}}{{else}}{{a}}{{/if}}", "a? a? a");
    check(
        "{{#if a}}{{#if b}}{{a}}{{b}}{{/if}}{{b}}{{/if}}",
        "a? b? a? b? b",
    );
    check(
        "{{#if a}}{{else if b}}{{b}}{{else}}{{b}}{{/if}}",
        "a? b? b? b",
    );
    check(
        "{{#ifEquals a \"x\"}}{{a}}{{else}}{{a}}{{/ifEquals}}",
        "a? a? a",
    );
    check(
        "{{#unlessEquals a 1}}{{a}}{{else}}{{a}}{{/unlessEquals}}",
        "a? a a?",
    );
    check("{{#ifEquals a b}}{{a}}{{/ifEquals}}", "a? b? a");
    let used = usage("{{#if user}}{{user.name}}{{/if}}")
        .variables
        .remove(1);
    assert_eq!((used.checked, used.guarded()), (1, false));
}

#[test]
fn tells_data_and_the_whole_input_apart() {
    let data = usage("{{@auth.email}}{{#each a}}{{@key}}{{/each}}").context_data;
    assert_eq!(data.len(), 1);
    assert_eq!(data[0].path, ["auth", "email"]);
    for whole in [
        "{{this}}",
        "{{.}}",
        "{{json this}}",
        "{{@root}}",
        "{{lookup this x}}",
        "{{#each this}}{{y}}{{/each}}",
    ] {
        assert!(usage(whole).whole_context, "{whole}");
    }
    for part in [
        "{{a}}",
        "{{#each a}}{{this}}{{/each}}",
        "{{lookup this \"x\"}}",
        "{{> p this}}",
        "{{#with this}}{{x}}{{/with}}",
    ] {
        assert!(!usage(part).whole_context, "{part}");
    }
}

#[test]
fn reads_nothing_in_what_is_text() {
    check("{{{{raw}}}}{{x}}{{{{/raw}}}}\\{{y}}{{! z }}", "");
}

#[test]
fn puts_inline_partials_where_they_are_called() {
    check(
        "{{#*inline \"row\"}}{{title}}{{/inline}}{{#each items}}{{> row}}{{/each}}",
        "items.[].title items?",
    );
    check(
        "{{#each items}}{{> row}}{{/each}}{{#*inline \"row\"}}{{title}}{{/inline}}",
        "items? items.[].title",
    );
    check(
        "{{#*inline \"hi\"}}{{who}}{{x}}{{/inline}}{{> hi who=name}}",
        "x! name!",
    );
    check(
        "{{#> layout}}{{#*inline \"main\"}}{{x}}{{/inline}}{{/layout}}",
        "x",
    );
    check("{{#*inline \"a\"}}{{> a}}{{x}}{{/inline}}{{> a}}", "x!");
}

fn compose(input: &str, partials: &[(&str, &str)]) -> Usage {
    let find = |name: &str| {
        let found = partials.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| usage(text))
    };
    usage(input).compose(&find)
}

#[test]
fn composes_the_usage_of_partials() {
    let check = |input: &str, partials: &[(&str, &str)], expected: &str| {
        assert_eq!(draw(&compose(input, partials)), expected, "{input}");
    };
    let hi = [("hi", "{{name}}{{#if x}}{{x}}{{/if}}")];
    check("{{> hi}}", &hi, "name! x? x?");
    check("{{> \"hi\"}}", &hi, "name! x? x?");
    check("{{> hi user}}", &hi, "user! user.name! user.x? user.x?");
    check("{{> hi name=a.b x=1}}", &hi, "a.b!");
    check("{{#if name}}{{> hi}}{{/if}}", &hi, "name? name? x? x?");
    check(
        "{{#each items}}{{> hi}}{{/each}}",
        &hi,
        "items? items.[].name items.[].x? items.[].x?",
    );
    // `../` ends at the top of the partial.
    check(
        "{{> a u}}",
        &[
            ("a", "{{> b v k=w}}{{> b}}"),
            ("b", "{{k.z}}{{../up}}{{@root.r}}"),
        ],
        "u! u.v! u.w! u.w.z! @r! u.k.z!",
    );
    assert!(compose("{{> p}}", &[("p", "{{this}}")]).whole_context);
    check("{{> p a}}", &[("p", "{{this}}")], "a! a!");
}

#[test]
fn survives_partials_that_go_round_or_double() {
    let round = compose("{{> a}}", &[("a", "{{x}}{{> b}}"), ("b", "{{y}}{{> a}}")]);
    assert_eq!(draw(&round), "x! y!");
    let texts: Vec<_> = (0..40)
        .map(|i| {
            (
                format!("p{i}"),
                format!("{{{{> p{0} a}}}}{{{{> p{0} b}}}}", i + 1),
            )
        })
        .collect();
    let partials: Vec<_> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert!(compose("{{> p0}}", &partials).truncated);
    assert_eq!(compose("{{> gone}}", &[]).partial_calls.len(), 1);
}
