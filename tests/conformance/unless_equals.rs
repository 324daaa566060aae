//! `{{#unlessEquals}}`: a block for two values that differ, be it only in their type.

use serde_json::json;

use crate::case::case;

const DOCUMENT: &str = "\
{{#unlessEquals left right}}
It changed
{{else}}
It stayed
{{/unlessEquals}}
";

cases! {
    takes_the_first_branch_when_numbers_differ:
        case(DOCUMENT)
            .input(json!({"left": 30, "right": 31}))
            .says("It changed\n");

    takes_the_other_branch_when_numbers_are_equal:
        case(DOCUMENT)
            .input(json!({"left": 30, "right": 30}))
            .says("It stayed\n");

    tells_a_number_from_a_text_with_its_digits:
        case(DOCUMENT)
            .input(json!({"left": 30, "right": "30"}))
            .says("It changed\n");

    finds_true_equal_to_true:
        case(DOCUMENT)
            .input(json!({"left": true, "right": true}))
            .says("It stayed\n");

    finds_false_equal_to_false:
        case(DOCUMENT)
            .input(json!({"left": false, "right": false}))
            .says("It stayed\n");

    tells_true_from_false:
        case(DOCUMENT)
            .input(json!({"left": true, "right": false}))
            .says("It changed\n");

    finds_null_equal_to_null:
        case(DOCUMENT)
            .input(json!({"left": null, "right": null}))
            .says("It stayed\n");

    tells_null_from_zero:
        case(DOCUMENT)
            .input(json!({"left": null, "right": 0}))
            .says("It changed\n");
}
