//! `{{json}}`: a value as JSON.

use serde_json::json;

use crate::case::case;

cases! {
    writes_a_value_on_one_line:
        case("{{json this}}")
            .input(json!({"open": false}))
            .says("{\"open\":false}");

    indents_by_two_when_told_to:
        case("{{json this indent=2}}")
            .input(json!({"open": false}))
            .says("{\n  \"open\": false\n}");

    indents_by_four_when_told_to:
        case("{{json this indent=4}}")
            .input(json!({"open": false}))
            .says("{\n    \"open\": false\n}");

    writes_objects_in_objects:
        case("{{json this}}")
            .input(json!({"house": {"room": {"chairs": 6}}}))
            .says("{\"house\":{\"room\":{\"chairs\":6}}}");

    writes_lists:
        case("{{json this}}")
            .input(json!({"sizes": [36, 38, 40]}))
            .says("{\"sizes\":[36,38,40]}");

    writes_an_object_without_members:
        case("{{json this}}")
            .input(json!({}))
            .says("{}");
}
