//! `{{section}}`: a mark in the middle of a message.

use serde_json::json;

use crate::case::case;

cases! {
    marks_each_part_of_a_message:
        case("\
{{section \"top\"}}
Good day
{{section \"body\"}}
The news
{{section \"foot\"}}
So long
")
            .gives("messages", json!([
                {
                    "role": "user",
                    "content": [
                        {"metadata": {"purpose": "top", "pending": true}},
                        {"text": "\nGood day\n"},
                        {"metadata": {"purpose": "body", "pending": true}},
                        {"text": "\nThe news\n"},
                        {"metadata": {"purpose": "foot", "pending": true}},
                        {"text": "\nSo long\n"},
                    ],
                },
            ]));

    may_come_back_to_a_name:
        case("\
{{section \"frame\"}}
Left side
{{section \"picture\"}}
A boat
{{section \"frame\"}}
Right side
")
            .gives("messages", json!([
                {
                    "role": "user",
                    "content": [
                        {"metadata": {"purpose": "frame", "pending": true}},
                        {"text": "\nLeft side\n"},
                        {"metadata": {"purpose": "picture", "pending": true}},
                        {"text": "\nA boat\n"},
                        {"metadata": {"purpose": "frame", "pending": true}},
                        {"text": "\nRight side\n"},
                    ],
                },
            ]));
}
