//! `{{#ifEquals}}`: a block for two values that are equal, types included.

use serde_json::json;

use crate::case::case;

const DOCUMENT: &str = "\
{{#ifEquals left right}}
The same
{{else}}
Not the same
{{/ifEquals}}
";

cases! {
    takes_the_first_branch_when_numbers_are_equal:
        case(DOCUMENT)
            .input(json!({"left": 12, "right": 12}))
            .says("The same\n");

    takes_the_other_branch_when_numbers_differ:
        case(DOCUMENT)
            .input(json!({"left": 12, "right": 13}))
            .says("Not the same\n");

    tells_a_number_from_a_text_with_its_digits:
        case(DOCUMENT)
            .input(json!({"left": 12, "right": "12"}))
            .says("Not the same\n");

    finds_true_equal_to_true:
        case(DOCUMENT)
            .input(json!({"left": true, "right": true}))
            .says("The same\n");

    finds_false_equal_to_false:
        case(DOCUMENT)
            .input(json!({"left": false, "right": false}))
            .says("The same\n");

    tells_true_from_false:
        case(DOCUMENT)
            .input(json!({"left": true, "right": false}))
            .says("Not the same\n");

    finds_null_equal_to_null:
        case(DOCUMENT)
            .input(json!({"left": null, "right": null}))
            .says("The same\n");

    tells_null_from_zero:
        case(DOCUMENT)
            .input(json!({"left": null, "right": 0}))
            .says("Not the same\n");
}
