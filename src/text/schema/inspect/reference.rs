//! References that lead nowhere.

use serde_json::Value;

use super::inspector::Inspector;
use crate::text::schema::mistake::MistakeKind;
use crate::text::schema::reference::{Unresolved, resolve};
use crate::text::schema::{limit, words};

impl Inspector<'_> {
    pub(super) fn reference(&mut self, text: &str) {
        let mut at = self.path[..self.path.len() - 1].to_vec();
        let mut text = text;
        let mut visited = Vec::new();
        loop {
            let (target, place) = match resolve(self.root, &at, text) {
                Ok(found) => found,
                Err(Unresolved::Missing) if visited.is_empty() => {
                    let message = format!("nothing stands at {}", words::quoted(text));
                    return self.complain(MistakeKind::Invalid, message, self.known_places(text));
                }
                // It leads out of the schema; or what is wrong is said where it stands.
                Err(_) => return,
            };
            if !(target.is_object() || target.is_boolean()) {
                let message = format!("what stands at {} is no schema", words::quoted(text));
                return self.complain(MistakeKind::Invalid, message, None);
            }
            if visited.len() >= limit::DEPTH {
                return self.complain(MistakeKind::TooLarge, limit::message(), None);
            }
            if visited.contains(&place) || place == self.path[..self.path.len() - 1] {
                let message = "the reference leads back to itself";
                return self.complain(MistakeKind::Invalid, message, None);
            }
            let Some(Value::String(next)) = target.get("$ref") else {
                return;
            };
            at.clone_from(&place);
            visited.push(place);
            text = next;
        }
    }

    fn known_places(&self, text: &str) -> Option<String> {
        let (start, name) = text.rsplit_once('/')?;
        let (map, _) = resolve(self.root, &[], start).ok()?;
        let names = map.as_object()?.keys().map(String::as_str);
        words::meant(name, names).map(|meant| format!("did you mean `{start}/{meant}`?"))
    }
}
