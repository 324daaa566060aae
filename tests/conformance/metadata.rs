//! What comes from the context (`@name`) and from the front matter.

use serde_json::json;

use crate::case::case;

const STATE: &str = "\
Step {{@state.step}}
Mood: {{@state.mood}}
";

const PEOPLE: &str = "{{greeting}} from {{@sender.city}} to {{@receiver.city}}!\n";

cases! {
    reads_the_state:
        case(STATE)
            .data("context", json!({"state": {"step": 7, "mood": "calm"}}))
            .says("Step 7\nMood: calm\n");

    leaves_an_absent_part_of_the_state_empty_and_writes_zero:
        case(STATE)
            .data("context", json!({"state": {"step": 0}}))
            .says("Step 0\nMood: \n");

    passes_over_deeper_parts_of_the_state:
        case(STATE)
            .data("context", json!({
                "state": {"step": 250, "mood": "busy", "more": {"deep": "down"}},
            }))
            .says("Step 250\nMood: busy\n");

    reads_any_member_of_the_context:
        case(PEOPLE)
            .input(json!({"greeting": "Cheers"}))
            .data("context", json!({"sender": {"city": "Oslo"}, "receiver": {"city": "Rome"}}))
            .says("Cheers from Oslo to Rome!\n");

    leaves_an_absent_member_of_the_context_empty:
        case(PEOPLE)
            .input(json!({"greeting": "Hugs"}))
            .data("context", json!({"sender": {"city": "Bergen"}}))
            .says("Hugs from Bergen to !\n");

    passes_over_deeper_members_of_the_context:
        case(PEOPLE)
            .input(json!({"greeting": "Thanks"}))
            .data("context", json!({
                "sender": {"city": "Turku", "rights": {"mayWrite": true}},
                "receiver": {"city": "Pisa"},
            }))
            .says("Thanks from Turku to Pisa!\n");

    gives_the_front_matter_as_it_was_written_too:
        case("\
---
config:
  topK: 40
house: style
---
Good day.
")
            .says("Good day.")
            .gives("config", json!({"topK": 40}))
            .gives("raw", json!({"config": {"topK": 40}, "house": "style"}));

    gathers_dotted_members_by_what_stands_before_the_last_dot:
        case("\
---
model: example/small
config:
  topK: 40
shop.name: Tea
shop.town: Oslo
shop.owner.name: Ada
shop.owner2.town: Rome
bank.name: Coin
---
")
            .gives("messages", json!([]))
            .gives("model", json!("example/small"))
            .gives("config", json!({"topK": 40}))
            .gives("ext", json!({
                "shop": {"name": "Tea", "town": "Oslo"},
                "shop.owner": {"name": "Ada"},
                "shop.owner2": {"town": "Rome"},
                "bank": {"name": "Coin"},
            }));
}
