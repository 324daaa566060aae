//! `{{role}}`: who speaks from here on.

use serde_json::json;

use crate::case::case;

cases! {
    fills_in_values_in_the_messages_of_each_role:
        case("\
{{role \"system\"}}{{rule}} at all times
{{role \"user\"}}{{wish}} if you can
")
            .input(json!({"rule": "whisper", "wish": "sing"}))
            .gives("messages", json!([
                {"role": "system", "content": [{"text": "whisper at all times\n"}]},
                {"role": "user", "content": [{"text": "sing if you can\n"}]},
            ]));

    begins_a_message_at_each_role:
        case("\
{{role \"system\"}}rules of the house
{{role \"user\"}}a first wish
{{role \"model\"}}an answer
{{role \"user\"}}a second wish
")
            .gives("messages", json!([
                {"role": "system", "content": [{"text": "rules of the house\n"}]},
                {"role": "user", "content": [{"text": "a first wish\n"}]},
                {"role": "model", "content": [{"text": "an answer\n"}]},
                {"role": "user", "content": [{"text": "a second wish\n"}]},
            ]));

    appends_the_earlier_messages_unmarked_to_a_lone_system_message:
        case("{{role \"system\"}}Rules of the house\n")
            .data("messages", json!([{"role": "user", "content": [{"text": "knock"}]}]))
            .gives("messages", json!([
                {"role": "system", "content": [{"text": "Rules of the house\n"}]},
                {"role": "user", "content": [{"text": "knock"}]},
            ]));
}
