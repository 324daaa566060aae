//! `{{history}}`: where the earlier messages go.

use serde_json::json;

use crate::case::case;

const DOCUMENT: &str = "\
{{role \"system\"}}You sell tea
{{history}}
{{role \"user\"}}One more question
";

cases! {
    puts_the_earlier_messages_where_it_stands_and_marks_them:
        case(DOCUMENT)
            .data("messages", json!([
                {"role": "user", "content": [{"text": "Is it green?"}]},
                {"role": "model", "content": [{"text": "It is black."}]},
            ]))
            .gives("messages", json!([
                {"role": "system", "content": [{"text": "You sell tea\n"}]},
                {
                    "role": "user",
                    "content": [{"text": "Is it green?"}],
                    "metadata": {"purpose": "history"},
                },
                {
                    "role": "model",
                    "content": [{"text": "It is black."}],
                    "metadata": {"purpose": "history"},
                },
                {"role": "user", "content": [{"text": "One more question\n"}]},
            ]));

    leaves_no_trace_when_there_are_no_earlier_messages:
        case(DOCUMENT)
            .gives("messages", json!([
                {"role": "system", "content": [{"text": "You sell tea\n"}]},
                {"role": "user", "content": [{"text": "One more question\n"}]},
            ]));
}
