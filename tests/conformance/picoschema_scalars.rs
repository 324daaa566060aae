//! Picoschema: schemas of one value, and schemas that are JSON Schema already.

use serde_json::json;

use crate::case::case;

cases! {
    a_type_alone_is_a_schema:
        case("\
---
output:
  schema: boolean
---
")
            .outputs(json!({"type": "boolean"}));

    input_and_output_both_have_a_schema:
        case("\
---
input:
  schema: integer
output:
  schema: integer
---
")
            .outputs(json!({"type": "integer"}))
            .gives("input", json!({"schema": {"type": "integer"}}));

    what_follows_the_comma_describes_the_value:
        case("\
---
output:
  schema: integer, years since birth
---
")
            .outputs(json!({"type": "integer", "description": "years since birth"}));

    the_comma_needs_no_space:
        case("\
---
output:
  schema: integer,years since birth
---
")
            .outputs(json!({"type": "integer", "description": "years since birth"}));

    only_the_first_comma_counts:
        case("\
---
output:
  schema: integer,years, months left out, since birth
---
")
            .outputs(json!({
                "type": "integer",
                "description": "years, months left out, since birth",
            }));

    spaces_before_the_description_are_dropped:
        case("\
---
output:
  schema: integer,      years since birth
---
")
            .outputs(json!({"type": "integer", "description": "years since birth"}));

    an_object_with_a_type_is_json_schema:
        case("\
---
output:
  schema:
    type: integer
---
")
            .outputs(json!({"type": "integer"}));

    an_object_with_properties_is_json_schema_of_an_object:
        case("\
---
output:
  schema:
    properties:
      age: {type: integer}
---
")
            .outputs(json!({"type": "object", "properties": {"age": {"type": "integer"}}}));

    a_named_schema_takes_the_description_given_here:
        case("\
---
output:
  schema: Price, what the guest pays
---
")
            .schema("Price", json!({"type": "integer", "description": "an amount"}))
            .outputs(json!({"type": "integer", "description": "what the guest pays"}));

    line_ends_of_windows_are_understood:
        case("---\r\ninput:\r\n  schema: integer\r\noutput:\r\n  schema: integer\r\n---\r\n")
            .outputs(json!({"type": "integer"}))
            .gives("input", json!({"schema": {"type": "integer"}}));
}
