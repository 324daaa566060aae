//! Picoschema: objects and what they hold.

use serde_json::json;

use crate::case::case;

cases! {
    all_members_are_required_and_no_others_allowed:
        case("\
---
output:
  schema:
    paid: boolean
    guest: string
---
")
            .outputs(json!({
                "type": "object",
                "additionalProperties": false,
                "properties": {"paid": {"type": "boolean"}, "guest": {"type": "string"}},
                "required": ["paid", "guest"],
            }));

    a_question_mark_makes_a_member_optional_and_nullable:
        case("\
---
output:
  schema:
    guest: string, who comes
    paid?: boolean, whether it is settled
---
")
            .outputs(json!({
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "guest": {"type": "string", "description": "who comes"},
                    "paid": {
                        "type": ["boolean", "null"],
                        "description": "whether it is settled",
                    },
                },
                "required": ["guest"],
            }));

    a_list_has_a_description_and_so_have_its_items:
        case("\
---
output:
  schema:
    guests(array, all who come): string, one of them
    ages(array): integer
---
")
            .outputs(json!({
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "guests": {
                        "type": "array",
                        "description": "all who come",
                        "items": {"type": "string", "description": "one of them"},
                    },
                    "ages": {"type": "array", "items": {"type": "integer"}},
                },
                "required": ["guests", "ages"],
            }));

    an_object_may_be_in_an_object_or_in_a_list:
        case("\
---
output:
  schema:
    host?(object, who invites):
      name?: integer
    rooms(array, where they sleep):
      warm?: string
---
")
            .outputs(json!({
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "host": {
                        "type": ["object", "null"],
                        "description": "who invites",
                        "additionalProperties": false,
                        "properties": {"name": {"type": ["integer", "null"]}},
                    },
                    "rooms": {
                        "type": "array",
                        "description": "where they sleep",
                        "items": {
                            "type": "object",
                            "additionalProperties": false,
                            "properties": {"warm": {"type": ["string", "null"]}},
                        },
                    },
                },
                "required": ["rooms"],
            }));

    an_optional_choice_may_also_be_null_and_has_no_type:
        case("\
---
output:
  schema:
    meal?(enum, what is served): [SOUP, FISH, RICE]
---
")
            .outputs(json!({
                "type": "object",
                "properties": {
                    "meal": {
                        "description": "what is served",
                        "enum": ["SOUP", "FISH", "RICE", null],
                    },
                },
                "additionalProperties": false,
            }));

    any_value_has_no_type:
        case("\
---
output:
  schema:
    extra: any
    note?: any, whatever comes to mind
---
")
            .outputs(json!({
                "type": "object",
                "properties": {
                    "extra": {},
                    "note": {"description": "whatever comes to mind"},
                },
                "additionalProperties": false,
                "required": ["extra"],
            }));

    a_star_describes_all_other_members:
        case("\
---
output:
  schema:
    guest: string, who comes
    (*): any, all the rest
---
")
            .outputs(json!({
                "type": "object",
                "properties": {"guest": {"type": "string", "description": "who comes"}},
                "additionalProperties": {"description": "all the rest"},
                "required": ["guest"],
            }));

    a_star_alone_leaves_the_properties_empty:
        case("\
---
output:
  schema:
    (*): integer, a count
---
")
            .outputs(json!({
                "type": "object",
                "properties": {},
                "additionalProperties": {"type": "integer", "description": "a count"},
            }));

    a_member_may_be_a_named_schema:
        case("\
---
output:
  schema:
    price: Price
    tip?: Price, only if they liked it
---
")
            .schema("Price", json!({"type": "integer", "description": "an amount"}))
            .outputs(json!({
                "type": "object",
                "additionalProperties": false,
                "required": ["price"],
                "properties": {
                    "price": {"type": "integer", "description": "an amount"},
                    "tip": {
                        "type": ["integer", "null"],
                        "description": "only if they liked it",
                    },
                },
            }));
}
