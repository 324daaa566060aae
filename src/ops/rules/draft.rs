//! Rules about drafts: they are checked like what they will become.

use std::collections::BTreeMap;

use super::{Finding, document, weigh};
use crate::model::PromptName;
use crate::ops::prompt::Prompt;
use crate::ops::schemas::{Named, SchemaError};
use crate::ops::{Ctx, Error};
use crate::store::{StoreError, draft_path};
use crate::text::document::normalized;

/// Checks a prompt's draft, if there is one.
pub(in crate::ops) fn check(
    ctx: &Ctx,
    name: &PromptName,
    prompt: Option<&Prompt>,
) -> std::result::Result<Vec<Finding>, StoreError> {
    let settings = ctx.store.settings();
    let path = draft_path(settings.root.as_str(), name);
    let Some(bytes) = ctx.store.read_draft(name)? else {
        return Ok(Vec::new());
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return Ok(vec![Finding::new(
            "not-utf8",
            path,
            "the draft is not UTF-8",
        )]);
    };
    let text = normalized(&text);
    let mut findings = match document::check(&text, &path, settings) {
        Ok(readable) => {
            let mut findings = document::portability(&readable, &path, &text);
            findings.extend(composed(ctx, name, &path, &text, readable));
            findings
        }
        Err(findings) => findings,
    };
    let is_in_use = prompt.is_none_or(|prompt| !prompt.history.is_retired());
    if is_in_use && !prompt.is_some_and(|prompt| prompt.has_published(&text)) {
        let (message, command) = match prompt {
            Some(_) => (
                "the draft has unpublished edits",
                format!("`promptctl patch {name} -m WHY` publishes them"),
            ),
            None => (
                "the draft was never published",
                format!("`promptctl create {name}` publishes it"),
            ),
        };
        let finding = Finding::new("draft-unpublished", path, message);
        findings.push(finding.hint(command));
    }
    Ok(weigh(findings, settings))
}

/// Checks what the draft includes.
fn composed(
    ctx: &Ctx,
    name: &PromptName,
    path: &str,
    text: &str,
    readable: document::Readable,
) -> Vec<Finding> {
    let document::Readable {
        metadata,
        file,
        body_start,
        ..
    } = readable;
    let pins = Ctx::check_itself(name, &file.template, &metadata)
        .and_then(|()| ctx.find_pins(&file.template, &metadata))
        .and_then(|pins| ctx.check_cycle(name, &file, pins));
    let lent = BTreeMap::new();
    let named = Named::Now {
        ctx: Some(ctx),
        lent: &lent,
    };
    let schemas = match named.schemas(&metadata) {
        Ok(_) => Vec::new(),
        Err(SchemaError::Unreadable(error)) => {
            vec![Finding::new("schema-invalid", path, error.message())]
        }
        Err(error) => error
            .faults(text, body_start)
            .iter()
            .map(|fault| Finding::in_text(path, text, fault))
            .collect(),
    };
    let mut findings: Vec<Finding> = match pins {
        Ok(pins) => {
            let error = ctx.compose(file, &pins).err();
            error.iter().map(|error| broken(path, error)).collect()
        }
        Err(faults) => faults
            .into_iter()
            .map(|fault| Finding::in_text(path, text, &fault.moved(body_start)))
            .collect(),
    };
    findings.extend(schemas);
    findings
}

fn broken(path: &str, error: &Error) -> Finding {
    let rule = match error.kind() {
        crate::ops::ErrorKind::Limit => "too-many-inclusions",
        _ => "pin-missing",
    };
    Finding::new(rule, path, error.message())
}
