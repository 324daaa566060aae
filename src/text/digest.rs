//! What is hashed, and how: files, events and the identities of versions.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::model::{Digest, EventId, Identity, PinnedVersion};

/// Returns the SHA-256 of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// Returns the id of an event: SHA-256 over `promptctl-event-v1\n` and the bytes of its line that
/// follow the id member, without the newline.
#[must_use]
pub fn event_id(rest_of_line: &[u8]) -> EventId {
    let mut hasher = Sha256::new();
    hasher.update(b"promptctl-event-v1\n");
    hasher.update(rest_of_line);
    Digest(hasher.finalize().into())
}

/// Returns the identity of a version: SHA-256 over `promptctl-version-v1\n` and the compact JSON
/// object of the file's digest, pins, schemas and dialect, in this order, empty ones left out.
#[must_use]
pub fn identity(
    sha256: Digest,
    pins: &BTreeMap<String, PinnedVersion>,
    schemas: &BTreeMap<String, Digest>,
    dialect: u32,
) -> Identity {
    let mut json = format!("{{\"sha256\":\"{sha256}\"");
    push_object(&mut json, "pins", pins);
    push_object(&mut json, "schemas", schemas);
    let _ = write!(json, ",\"dialect\":{dialect}}}");
    let mut hasher = Sha256::new();
    hasher.update(b"promptctl-version-v1\n");
    hasher.update(json.as_bytes());
    Digest(hasher.finalize().into())
}

/// Adds `,"name":{"key":"value",..}` to a JSON text; nothing if the map is empty.
pub(crate) fn push_object<V: std::fmt::Display>(
    json: &mut String,
    name: &str,
    map: &BTreeMap<String, V>,
) {
    for (place, (key, value)) in map.iter().enumerate() {
        let opener = if place == 0 {
            format!(",\"{name}\":{{")
        } else {
            ",".to_owned()
        };
        let _ = write!(json, "{opener}{}:\"{value}\"", quoted(key));
    }
    if !map.is_empty() {
        json.push('}');
    }
}

/// Returns a text as a JSON string, escaped in the one way that logs allow.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{identity, sha256};

    #[test]
    fn identity_covers_digest_and_dialect() {
        let none = BTreeMap::new();
        let bytes = sha256(b"Hello {{name}}\n");
        // `printf 'promptctl-version-v1\n{"sha256":"%s","dialect":1}' $(printf 'Hello {{name}}\n' |
        // sha256sum | cut -d' ' -f1) | sha256sum`
        assert_eq!(
            identity(bytes, &none, &BTreeMap::new(), 1).to_string(),
            "630d57110549a736ee79e54536b22198631fb52df8c51dc652ec6e11c20b7553"
        );
    }
}
