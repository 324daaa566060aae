//! Values and defaults.

use serde_json::json;

use crate::case::case;

const DOCUMENT: &str = "Dear {{who}},\n";

cases! {
    puts_a_value_in_the_place_of_its_name:
        case(DOCUMENT)
            .input(json!({"who": "Ada"}))
            .says("Dear Ada,\n");

    uses_the_default_when_there_is_no_value:
        case(DOCUMENT)
            .input(json!({}))
            .data("options", json!({"input": {"default": {"who": "reader"}}}))
            .gives("input", json!({"default": {"who": "reader"}}))
            .says("Dear reader,\n");

    lets_a_value_win_over_the_default:
        case(DOCUMENT)
            .input(json!({"who": "Grace"}))
            .data("options", json!({"input": {"default": {"who": "reader"}}}))
            .gives("input", json!({"default": {"who": "reader"}}))
            .says("Dear Grace,\n");

    does_not_escape_for_html:
        case(DOCUMENT)
            .input(json!({"who": "<i>Grace</i>"}))
            .says("Dear <i>Grace</i>,\n");
}
