//! `{{> name}}`: texts that are included.

use serde_json::json;

use crate::case::case;

cases! {
    puts_a_partial_in_its_place:
        case("{{> opening}} Now to the matter.\n")
            .partial("opening", "We thank you.")
            .input(json!({}))
            .says("We thank you. Now to the matter.\n");

    hands_a_value_to_a_partial_under_its_own_name:
        case("{{> farewell to=guest}}\n")
            .partial("farewell", "Safe home, {{to}}!")
            .input(json!({"guest": "Ada"}))
            .says("Safe home, Ada!");

    drops_the_line_end_behind_a_partial_on_its_own_line:
        case("{{> lone}}\n")
            .partial("lone", "All alone here.")
            .says("All alone here.");

    puts_a_partial_into_a_partial:
        case("{{> outside}}\n")
            .partial("outside", "The box holds {{> inside}}.")
            .partial("inside", "a smaller box")
            .says("The box holds a smaller box.");

    drops_a_comment_at_the_head_of_a_partial:
        case("{{> licensed place=\"Oslo\"}}\n")
            .partial("licensed", "\
{{!--
  Copyright 2026 Ada Example
  Free to use
--}}
Off to {{place}}!
")
            .input(json!({}))
            .says("Off to Oslo!\n");

    keeps_lines_with_a_hash_in_a_partial:
        case("{{> hashed}}\n")
            .partial("hashed", "\
# A heading, not a comment
Words below.
")
            .input(json!({}))
            .says("# A heading, not a comment\nWords below.\n");
}
