//! `~`: white space that is taken away.

use serde_json::json;

use crate::case::case;

const BLOCK: &str = "\
Open
{{~#if shown~}}
Middle
{{~/if~}}
Close
";

cases! {
    takes_the_spaces_on_both_sides:
        case("Good   {{~word~}}   day\n")
            .input(json!({"word": "Green"}))
            .says("GoodGreenday\n");

    takes_the_spaces_before:
        case("Good   {{~word}} day\n")
            .input(json!({"word": "Green"}))
            .says("GoodGreen day\n");

    takes_the_spaces_behind:
        case("Good {{word~}}   day\n")
            .input(json!({"word": "Green"}))
            .says("Good Greenday\n");

    takes_line_ends_too:
        case("\
<li>
    {{~thing~}}
</li>
")
            .input(json!({"thing": "Cup"}))
            .says("<li>Cup</li>\n");

    takes_line_ends_inside_a_loop:
        case("\
Bring:{{#each things~}}
+ {{this}}
{{~/each}}Thanks
")
            .input(json!({"things": ["cup", "pot", "milk"]}))
            .says("Bring:+ cup+ pot+ milkThanks\n");

    takes_line_ends_around_a_block_that_is_shown:
        case(BLOCK)
            .input(json!({"shown": true}))
            .says("OpenMiddleClose\n");

    takes_line_ends_around_a_block_that_is_not_shown:
        case(BLOCK)
            .input(json!({"shown": false}))
            .says("OpenClose\n");

    keeps_the_spaces_without_a_tilde:
        case("Good {{ word }} day\n")
            .input(json!({"word": "Green"}))
            .says("Good Green day\n");
}
