//! Templates that nest, recurse and multiply: each ends with the exit code that it should.

use std::fmt::Write as _;

use crate::attack::{Attack, all_end_as_they_should, around, list, template};

/// How many partials include all that follow: rendering would include 2 to the power of that many.
const FOLLOWING: usize = 14;

/// How often partials double.
const DOUBLED: usize = 13;

/// Inline partials `i0` to `i{count}`, each with this body, which is told the next one's number.
pub fn inlines(count: usize, body: impl Fn(usize) -> String, last: &str) -> String {
    let mut text = format!("{{{{#*inline \"i{count}\"}}}}{last}{{{{/inline}}}}");
    for at in 0..count {
        let body = body(at + 1);
        let _ = write!(text, "{{{{#*inline \"i{at}\"}}}}{body}{{{{/inline}}}}");
    }
    text + "{{> i0}}\n"
}

/// Nesting, recursion and multiplication.
fn attacks() -> Vec<Attack> {
    let chain = |at: usize, last: usize| {
        let next = format!("{{{{> p{}}}}}", at + 1);
        let inside = if at < last { &next } else { "x" };
        around("{{#if true}}", 60, inside, "{{/if}}")
    };
    vec![
        template(
            "inline partials that include each other",
            "{{#*inline \"a\"}}{{> b}}{{/inline}}{{#*inline \"b\"}}{{> a}}{{/inline}}{{> a}}",
            2,
        ),
        template(
            "an inline partial that includes itself in a branch",
            "{{#*inline \"a\"}}{{#if x}}{{> a}}{{/if}}{{/inline}}{{> a}}",
            2,
        ),
        template(
            "a caller's inline partial that makes a partial endless",
            "{{#*inline \"more\"}}{{> shared/item}}{{/inline}}{{> shared/item}}",
            2,
        )
        .published("shared/item", "<{{#> more}}end{{/more}}>\n"),
        template(
            "the same with a context that grows",
            "{{#*inline \"more\"}}{{> shared/item x=. y=.}}{{/inline}}{{> shared/item}}",
            2,
        )
        .published("shared/item", "<{{#> more}}end{{/more}}>\n"),
        template(
            "the same, writing the context each time",
            "{{#*inline \"more\"}}{{> shared/item x=. y=.}}{{/inline}}{{> shared/item}}",
            2,
        )
        .published("shared/item", "{{json .}}{{#> more}}end{{/more}}\n"),
        template(
            "a block that is handed itself",
            "{{#> p}}{{> @partial-block}}{{/p}}",
            2,
        )
        .partial("p", "{{> @partial-block}}"),
        template(
            "blocks handed on through each other",
            around("{{#> p}}", 60, "x", "{{/p}}"),
            2,
        )
        .partial("p", "{{> @partial-block}}{{> @partial-block}}"),
        template(
            "10,000 blocks in each other",
            around("{{#if a}}", 10_000, "x", "{{/if}}"),
            2,
        ),
        template("a chain of 20 partials of 60 blocks", "{{> p0}}", 0)
            .partials(20, |at| chain(at, 19)),
        template("a chain of 60 partials of 60 blocks", "{{> p0}}", 2)
            .partials(60, |at| chain(at, 59)),
        template("a chain of 3,000 partials", "{{> p0}}", 2).partials(3_000, |at| match at {
            2_999 => "x".to_owned(),
            _ => format!("{{{{> p{}}}}}", at + 1),
        }),
        template("partials that double", "{{> p0}}", 2).partials(DOUBLED + 1, |at| match at {
            DOUBLED => "x".to_owned(),
            _ => format!("{{{{> p{0}}}}}{{{{> p{0}}}}}", at + 1),
        }),
        template("partials that include all that follow", "{{> p0}}", 2).partials(
            FOLLOWING,
            |at| {
                let following = at + 1..FOLLOWING;
                following.map(|next| format!("{{{{> p{next}}}}}")).collect()
            },
        ),
        template(
            "inline partials that double 30 times",
            inlines(
                30,
                |next| format!("{{{{> i{next}}}}}{{{{> i{next}}}}}"),
                "x",
            ),
            2,
        ),
        template(
            "inline partials that double 400 times",
            inlines(
                400,
                |next| format!("{{{{> i{next}}}}}{{{{> i{next}}}}}"),
                "{{a}}",
            ),
            2,
        ),
        template(
            "a context that doubles 60 times",
            inlines(
                60,
                |next| format!("{{{{> i{next} x=. y=.}}}}"),
                "{{json .}}",
            ),
            2,
        ),
        template(
            "a context that doubles 60 times and is compared",
            inlines(
                60,
                |next| format!("{{{{> i{next} x=. y=.}}}}"),
                "{{#ifEquals . x}}a{{/ifEquals}}",
            ),
            0,
        ),
        template(
            "four loops in each other",
            around("{{#each @root.a}}", 4, "x", "{{/each}}"),
            2,
        )
        .input(format!("{{\"a\": {}}}", list(1000))),
        template(
            "10,000 branches",
            format!(
                "{{{{#if a}}}}{}x{{{{/if}}}}",
                "{{else if a}}x".repeat(10_000)
            ),
            2,
        ),
        template(
            "1,000 branches",
            format!(
                "{{{{#if a}}}}{}x{{{{/if}}}}",
                "{{else if a}}x".repeat(1_000)
            ),
            2,
        ),
    ]
}

#[test]
fn ends_however_a_template_nests_and_multiplies() {
    all_end_as_they_should(attacks());
}
