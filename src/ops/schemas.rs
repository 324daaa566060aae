//! Schemas of prompts: their named parts are found, and copied when a prompt is published.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use serde_json::Value;

use super::Ctx;
use super::error::{Error, ErrorKind, Result};
use crate::model::Digest;
use crate::store::{SCHEMAS, schema_copy_path};
use crate::text::digest::sha256;
use crate::text::document::{Metadata, find_key, normalized};
use crate::text::fault::Fault;
use crate::text::schema::{Mistake, MistakeKind, Segment, to_json_schema};
use crate::text::strict;
use crate::text::suggest::nearest;

/// The copies of named schemas, by name, as a version is published with them.
pub(super) type SchemaCopies = BTreeMap<String, SchemaCopy>;

/// The copy of a named schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SchemaCopy {
    pub(super) digest: Digest,
    pub(super) bytes: Vec<u8>,
}

/// The most bytes of a named schema's file.
const SCHEMA_BYTES: usize = 256 * 1024;

/// Where named schemas come from.
pub(super) enum Named<'a> {
    /// From those that are lent, then from the store's folder of schemas.
    Now {
        ctx: Option<&'a Ctx>,
        lent: &'a BTreeMap<String, Value>,
    },
    /// From the copies that a version was published with.
    Copies {
        ctx: &'a Ctx,
        digests: &'a BTreeMap<String, Digest>,
    },
}

/// The schemas of a prompt as JSON Schema.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Schemas {
    pub(super) input: Option<Value>,
    pub(super) output: Option<Value>,
    /// The named schemas of the store that they mention, where they are not copies already.
    pub(super) copies: SchemaCopies,
}

/// What is wrong with the schemas of a prompt: mistakes by the key they are under, or files that
/// cannot be read.
#[derive(Debug)]
pub(super) enum SchemaError {
    Mistakes(Vec<(&'static str, Mistake)>),
    Unreadable(Error),
}

impl Named<'_> {
    /// Turns the schemas of a prompt into JSON Schema.
    pub(super) fn schemas(&self, metadata: &Metadata) -> std::result::Result<Schemas, SchemaError> {
        let mut schemas = Schemas::default();
        let mut mistakes = Vec::new();
        let mut convert = |key, schema: &Option<Value>, copies: &mut SchemaCopies| {
            let Some(schema) = schema else {
                return Ok(None);
            };
            let (schema, found) = self.convert(schema, copies)?;
            mistakes.extend(found.into_iter().map(|mistake| (key, mistake)));
            Ok(Some(schema))
        };
        schemas.input = convert("input", &metadata.input_schema, &mut schemas.copies)?;
        schemas.output = convert("output", &metadata.output_schema, &mut schemas.copies)?;
        // What was published is read as far as it can be, by every version of the program alike.
        if mistakes.is_empty() || matches!(self, Self::Copies { .. }) {
            Ok(schemas)
        } else {
            Err(SchemaError::Mistakes(mistakes))
        }
    }

    fn convert(
        &self,
        schema: &Value,
        copies: &mut SchemaCopies,
    ) -> std::result::Result<(Value, Vec<Mistake>), SchemaError> {
        let mut failed = None;
        let mut unknown = Vec::new();
        let converted = to_json_schema(schema, &mut |name| match self.find(name) {
            Ok(Some((schema, copy))) => {
                copies.extend(copy.map(|copy| (name.to_owned(), copy)));
                Some(schema)
            }
            Ok(None) => {
                unknown.push(name.to_owned());
                None
            }
            Err(error) => {
                failed.get_or_insert(error);
                None
            }
        });
        if let Some(error) = failed {
            return Err(SchemaError::Unreadable(error));
        }
        let mut mistakes = converted.mistakes;
        for mistake in &mut mistakes {
            if mistake.kind == MistakeKind::UnknownType && mistake.hint.is_none() {
                let name = unknown
                    .iter()
                    .find(|name| mistake.message.contains(&format!("\"{name}\"")));
                mistake.hint = name.and_then(|name| self.did_you_mean(name));
            }
        }
        // What is suspicious can be read: a warning's matter.
        mistakes.retain(|mistake| mistake.kind != MistakeKind::Suspicious);
        Ok((converted.schema, mistakes))
    }

    /// Guesses which named schema was meant.
    fn did_you_mean(&self, name: &str) -> Option<String> {
        let Self::Now { ctx, lent } = self else {
            return None;
        };
        let stored = ctx.map(|ctx| ctx.store.schema_names()).unwrap_or_default();
        let known = stored.iter().chain(lent.keys()).map(String::as_str);
        nearest(name, known).map(|meant| format!("did you mean `{meant}`?"))
    }

    fn find(&self, name: &str) -> Result<Option<(Value, Option<SchemaCopy>)>> {
        match self {
            Self::Now { ctx, lent } => match (lent.get(name), ctx) {
                (Some(schema), _) => Ok(Some((schema.clone(), None))),
                (None, Some(ctx)) => ctx.named_schema(name),
                (None, None) => Ok(None),
            },
            Self::Copies { ctx, digests } => match digests.get(name) {
                Some(digest) => Ok(Some((ctx.schema_copy(name, digest)?, None))),
                None => Ok(None),
            },
        }
    }
}

impl SchemaError {
    /// Shows the places in a text; none for what is no mistake of the text.
    pub(super) fn faults(&self, text: &str, body_start: usize) -> Vec<Fault> {
        let Self::Mistakes(mistakes) = self else {
            return Vec::new();
        };
        let fault = |(under, mistake): &(&'static str, Mistake)| {
            let keys = mistake.path.0.iter().rev().filter_map(|step| match step {
                Segment::Key(key) => Some(key.as_str()),
                Segment::Index(_) => None,
            });
            let spans = keys
                .chain(["schema"])
                .map(|key| find_key(text, body_start, key));
            let span = spans
                .into_iter()
                .find(|span| !span.is_empty())
                .unwrap_or(0..0);
            let message = format!("`{}`: {}", place_of(under, mistake), mistake.message);
            let mut fault = Fault::new("schema-invalid", span, message);
            fault.hint = mistake.hint.clone().or_else(|| {
                let is_name = mistake.kind == MistakeKind::UnknownType;
                is_name.then(|| {
                    "a schema of its own is `schemas/NAME.yaml` beside promptctl.toml; `--schema NAME=FILE` \
                     lends one to `render --file`"
                        .to_owned()
                })
            });
            fault
        };
        mistakes.iter().map(fault).collect()
    }
}

/// The keys to a mistake, as the author wrote them: `input.schema.items(array).price`.
fn place_of(under: &str, mistake: &Mistake) -> String {
    let mut place = format!("{under}.schema");
    for step in &mistake.path.0 {
        match step {
            Segment::Key(key) => place.push_str(&format!(".{key}")),
            Segment::Index(index) => place.push_str(&format!("[{index}]")),
        }
    }
    place
}

impl Ctx {
    /// Reads a schema from the store's folder of schemas, with what a version would keep of it.
    fn named_schema(&self, name: &str) -> Result<Option<(Value, Option<SchemaCopy>)>> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        if name.is_empty()
            || name.len() > 64
            || name.starts_with('.')
            || !name.chars().all(is_plain)
        {
            return Ok(None);
        }
        let mut found: Option<(String, Value, Vec<u8>)> = None;
        for ending in ["json", "yaml", "yml"] {
            let path = format!("{SCHEMAS}/{name}.{ending}");
            let Some(bytes) = self.store.read(&path)? else {
                continue;
            };
            if let Some((earlier, ..)) = &found {
                let message =
                    format!("the schema `{name}` is there twice: `{earlier}` and `{path}`");
                return Err(Error::new(ErrorKind::Refused, message).hint("delete one of them"));
            }
            let (schema, bytes) = parse_schema(&path, bytes)?;
            found = Some((path, schema, bytes));
        }
        Ok(found.map(|(_, schema, bytes)| {
            let digest = sha256(&bytes);
            (schema, Some(SchemaCopy { digest, bytes }))
        }))
    }

    /// Reads the copy of a schema that a version was published with.
    pub(super) fn schema_copy(&self, name: &str, digest: &Digest) -> Result<Value> {
        let path = schema_copy_path(self.store.root(), digest);
        let damaged = |what: &str| {
            Error::new(
                ErrorKind::Damaged,
                format!("the copy of the schema `{name}`, `{path}`, {what}"),
            )
            .hint(format!("`git checkout -- {path}` brings it back"))
        };
        let bytes = self.store.read_schema_copy(digest)?;
        let bytes = bytes.ok_or_else(|| damaged("is missing"))?;
        if sha256(&bytes) != *digest {
            return Err(damaged("was changed after it was published"));
        }
        let text = String::from_utf8(bytes).map_err(|_| damaged("is not UTF-8"))?;
        strict::parse_json(&text).map_err(|error| damaged(&format!("is no JSON: {error}")))
    }
}

/// Reads the file of a named schema: JSON, or YAML, of which compact JSON is kept.
pub(super) fn parse_schema(path: &str, bytes: Vec<u8>) -> Result<(Value, Vec<u8>)> {
    let refused = |what: String| Error::new(ErrorKind::Refused, format!("`{path}` {what}"));
    if bytes.len() > SCHEMA_BYTES {
        let message = format!(
            "`{path}` has {} bytes; the limit of a schema is {SCHEMA_BYTES}",
            bytes.len()
        );
        return Err(Error::new(ErrorKind::Limit, message));
    }
    let text = String::from_utf8(bytes).map_err(|_| refused("is not UTF-8".to_owned()))?;
    let ending = Path::new(path).extension().and_then(OsStr::to_str);
    if matches!(ending, Some("yaml" | "yml")) {
        let schema =
            strict::parse_yaml(&text).map_err(|error| refused(format!("is no YAML: {error}")))?;
        let bytes = schema.to_string().into_bytes();
        return Ok((schema, bytes));
    }
    let schema =
        strict::parse_json(&text).map_err(|error| refused(format!("is no JSON: {error}")))?;
    Ok((schema, normalized(&text).into_bytes()))
}
