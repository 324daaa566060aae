//! Is a JSON Schema itself well formed?

mod inspector;
mod names;
mod reference;
#[cfg(test)]
mod tests;
mod together;

use std::collections::HashSet;

use serde_json::Value;

use super::mistake::{Mistake, MistakeKind};
use super::path::Path;
use super::{equality, limit, words};
use inspector::Inspector;

/// Lists what is wrong with a JSON Schema, as far as its keywords are known here; the first 100 things.
#[must_use]
pub fn inspect(schema: &Value) -> Vec<Mistake> {
    if !limit::is_within(schema) {
        let path = Path::default();
        return vec![Mistake::new(MistakeKind::TooLarge, path, limit::message())];
    }
    Inspector::new(schema).inspect()
}

/// Says whether nothing is wrong with a JSON Schema; what is merely suspicious does not count.
#[must_use]
pub fn is_valid_schema(schema: &Value) -> bool {
    let mistakes = inspect(schema);
    mistakes
        .iter()
        .all(|mistake| mistake.kind == MistakeKind::Suspicious)
}

/// Lists what is wrong with the values of an enumeration.
pub(super) fn enum_mistakes(values: &[Value]) -> Vec<Mistake> {
    if values.is_empty() {
        let message = "the enum allows no value";
        return vec![Mistake::new(
            MistakeKind::EnumEmpty,
            Path::default(),
            message,
        )];
    }
    let mut seen = HashSet::new();
    let mut mistakes = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if !seen.insert(equality::canonical(value)) {
            let message = format!("the enum names {} twice", words::literal(value));
            let path = Path::default().index(index);
            mistakes.push(Mistake::new(MistakeKind::EnumDuplicate, path, message));
        }
    }
    mistakes
}
