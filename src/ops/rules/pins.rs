//! Rules about pins: the partials and the schemas of a version can be read for ever.

use std::collections::BTreeMap;

use super::Finding;
use crate::model::{Identity, NumberState, PromptName};
use crate::ops::Ctx;
use crate::ops::prompt::Prompt;
use crate::store::version_path;

/// Pins that were looked at already, and what is wrong with them.
#[derive(Debug, Default)]
pub(in crate::ops) struct Seen(BTreeMap<(PromptName, Identity), Option<String>>);

/// Checks the pins of a prompt's versions.
pub(in crate::ops) fn check(ctx: &Ctx, prompt: &Prompt, seen: &mut Seen) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (version, state) in prompt.history.numbers() {
        let NumberState::Held(held) = state else {
            continue;
        };
        let publish = prompt.history.publish(*held);
        for (name, digest) in &publish.schemas {
            if let Err(error) = ctx.schema_copy(name, digest) {
                let path = version_path(ctx.store.root(), &prompt.name, version);
                let finding = Finding::new("schema-missing", path, error.message());
                findings.push(finding.hint(error.hint_text().unwrap_or_default()));
            }
        }
        for (written, pin) in &publish.pins {
            let key = (pin.name.clone(), pin.id.identity);
            let problem = seen.0.entry(key).or_insert_with(|| {
                let read = ctx
                    .find_pinned(pin)
                    .and_then(|found| ctx.text_of(&found.prompt, &found.version, found.held));
                read.err().map(|error| error.message().to_owned())
            });
            if let Some(problem) = problem {
                let path = version_path(ctx.store.root(), &prompt.name, version);
                let message = format!("the partial `{written}` cannot be read: {problem}");
                findings.push(Finding::new("pin-missing", path, message));
            }
        }
    }
    findings
}
