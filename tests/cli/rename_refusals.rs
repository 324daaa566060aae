use snapbox::str;

use crate::sandbox::{with_greeting, with_partial};

#[test]
fn refuses_a_name_that_is_taken() {
    let sandbox = with_partial();
    sandbox.refuses(
        ["rename", "shared/tone", "support/triage"],
        3,
        str![[r#"
error: there is a prompt `support/triage` already
hint: choose another name

"#]],
    );
}

#[test]
fn refuses_the_same_name() {
    with_greeting().refuses(
        ["rename", "greeting", "greeting"],
        2,
        str![[r#"
error: the two names are the same

"#]],
    );
}

#[test]
fn refuses_a_place_inside_another_prompt() {
    with_partial().refuses(
        ["rename", "shared/tone", "support/triage/tone"],
        3,
        str![[r#"
error: `support/triage/tone` would lie inside the folder of the prompt `support/triage`
hint: choose a name that is neither above nor below another prompt's

"#]],
    );
}

#[test]
fn refuses_a_prompt_that_is_retired_for_another_reason() {
    let sandbox = with_greeting();
    sandbox.run(["retire", "greeting", "--unlabel"]).succeeds();
    sandbox.refuses(
        ["rename", "greeting", "hello"],
        2,
        str![[r#"
error: `greeting` is retired
hint: `promptctl restore greeting` brings it back

"#]],
    );
}
