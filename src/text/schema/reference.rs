//! `$ref` to another place of the same schema: a JSON Pointer (RFC 6901) behind a `#`.

use serde_json::Value;

use super::keyword::{self, Takes};
use super::path::Segment;

/// Why a reference leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// It leads out of the schema, or to an anchor; what stands there is not known.
    Elsewhere,
    /// Nothing stands there.
    Missing,
}

/// Finds what a reference leads to, and where that stands. `at` is the place of the schema that
/// holds the reference.
pub(super) fn resolve<'a>(
    root: &'a Value,
    at: &[Segment],
    reference: &str,
) -> Result<(&'a Value, Vec<Segment>), Unresolved> {
    let fragment = reference.strip_prefix('#').ok_or(Unresolved::Elsewhere)?;
    if has_own_base(root, at) || !(fragment.is_empty() || fragment.starts_with('/')) {
        return Err(Unresolved::Elsewhere);
    }
    let fragment = percent_decoded(fragment).ok_or(Unresolved::Missing)?;
    let mut here = root;
    let mut path = Vec::new();
    for token in fragment.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let segment = match here {
            Value::Array(_) => Segment::Index(index(&token).ok_or(Unresolved::Missing)?),
            _ => Segment::Key(token),
        };
        here = step(here, &segment).ok_or(Unresolved::Missing)?;
        path.push(segment);
    }
    Ok((here, path))
}

/// Moves all local references of a schema that becomes a part of another, at `place` there.
pub(super) fn rebase(schema: &mut Value, place: &[String]) {
    let Value::Object(map) = schema else { return };
    for (key, value) in map.iter_mut() {
        let Some((takes, _)) = keyword::find(key) else {
            continue;
        };
        match (takes, value) {
            (Takes::Reference, Value::String(reference)) => {
                if let Some(rest) = reference.strip_prefix('#')
                    && (rest.is_empty() || rest.starts_with('/'))
                {
                    *reference = format!("#{}{rest}", pointer(place));
                }
            }
            (Takes::Schema, value) => rebase(value, place),
            (Takes::Schemas, Value::Array(schemas)) => {
                for schema in schemas {
                    rebase(schema, place);
                }
            }
            (Takes::SchemaMap, Value::Object(schemas)) => {
                for schema in schemas.values_mut() {
                    rebase(schema, place);
                }
            }
            _ => {}
        }
    }
}

/// Says whether a schema that is not the whole one has an identity of its own, to which references
/// in it are relative.
fn has_own_base(root: &Value, at: &[Segment]) -> bool {
    let mut here = root;
    at.iter().any(|segment| {
        let next = step(here, segment);
        here = next.unwrap_or(&Value::Null);
        here.get("$id").is_some_and(Value::is_string)
    })
}

fn step<'a>(value: &'a Value, segment: &Segment) -> Option<&'a Value> {
    match segment {
        Segment::Key(key) => value.as_object()?.get(key),
        Segment::Index(index) => value.as_array()?.get(*index),
    }
}

fn index(token: &str) -> Option<usize> {
    let is_number = token.bytes().all(|byte| byte.is_ascii_digit());
    token.parse().ok().filter(|_| is_number)
}

fn pointer(place: &[String]) -> String {
    let mut pointer = String::new();
    for token in place {
        pointer.push('/');
        for byte in token.replace('~', "~0").replace('/', "~1").bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~$".contains(&byte) {
                pointer.push(char::from(byte));
            } else {
                pointer.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    pointer
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut left = text.as_bytes();
    while let Some((&byte, rest)) = left.split_first() {
        left = rest;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = rest
            .get(..2)
            .filter(|d| d.iter().all(u8::is_ascii_hexdigit))?;
        let digits = str::from_utf8(digits).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        left = &rest[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Unresolved, rebase, resolve};
    use crate::text::schema::Path;

    #[test]
    fn finds_places_of_the_same_schema() {
        let root = json!({"$defs": {"a b": {"type": "string"}, "c/d": [true, false], "~%": 1}});
        let check = |reference: &str, expected: Result<serde_json::Value, Unresolved>| {
            let found = resolve(&root, &[], reference).map(|(value, _)| value.clone());
            assert_eq!(found, expected, "{reference}");
        };
        check("#", Ok(root.clone()));
        check("#/$defs/a b/type", Ok(json!("string")));
        check("#/$defs/a%20b/type", Ok(json!("string")));
        check("#/%24defs/c~1d/1", Ok(json!(false)));
        check("#/$defs/~0%25", Ok(json!(1)));
        check("#/$defs/x", Err(Unresolved::Missing));
        check("#/$defs/c~1d/2", Err(Unresolved::Missing));
        check("#/$defs/c~1d/x", Err(Unresolved::Missing));
        check("#/%zz", Err(Unresolved::Missing));
        check("#/%+1", Err(Unresolved::Missing));
        check("#anchor", Err(Unresolved::Elsewhere));
        check("https://example.com/a.json#/x", Err(Unresolved::Elsewhere));
        check("", Err(Unresolved::Elsewhere));
    }

    #[test]
    fn leaves_schemas_with_an_own_identity_alone() {
        let root = json!({"$id": "r", "$defs": {"a": {"$id": "x", "$ref": "#"}}});
        let at = Path::default().key("$defs").key("a").0;
        assert_eq!(resolve(&root, &at, "#"), Err(Unresolved::Elsewhere));
        assert!(resolve(&root, &[], "#").is_ok());
    }

    #[test]
    fn moves_references_but_not_data() {
        let mut schema = json!({
            "properties": {"a": {"$ref": "#/$defs/x"}, "$ref": {"type": "string"}},
            "anyOf": [{"$ref": "#"}, {"$ref": "other.json"}],
            "enum": [{"$ref": "#"}],
        });
        rebase(&mut schema, &["properties".into(), "é/~".into()]);
        assert_eq!(
            schema,
            json!({
                "properties": {
                    "a": {"$ref": "#/properties/%C3%A9~1~0/$defs/x"}, "$ref": {"type": "string"},
                },
                "anyOf": [{"$ref": "#/properties/%C3%A9~1~0"}, {"$ref": "other.json"}],
                "enum": [{"$ref": "#"}],
            })
        );
    }
}
