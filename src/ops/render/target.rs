//! What is rendered: a published version, or a text with what was lent to it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Prepared;
use super::lending::Lending;
use crate::model::Reference;
use crate::ops::Ctx;
use crate::ops::composition::{check_dialect, published_file};
use crate::ops::error::{Error, ErrorKind, Result};
use crate::ops::prompt::decoded;
use crate::ops::rules;
use crate::ops::schemas::{Named, SchemaError, parse_schema};
use crate::ops::source::{refusal, schema_refusal};
use crate::text::document::Metadata;
use crate::text::schema::mentions;
use crate::text::settings::Settings;
use crate::text::suggest::nearest;

/// What is rendered.
#[derive(Debug, Clone)]
pub enum Target {
    /// A published version.
    Version {
        /// Which.
        reference: Reference,
        /// Whether retired ones count.
        retired: bool,
    },
    /// A text that is not published; what it names is found as it is now.
    Text {
        /// What to call it.
        name: String,
        /// The document.
        bytes: Vec<u8>,
        /// What it is lent.
        lent: Lent,
    },
}

/// Files that stand in for what a text names: the bytes, and what to call them.
#[derive(Debug, Clone, Default)]
pub struct Lent {
    /// Partials, by the name that templates use.
    pub partials: BTreeMap<String, (String, Vec<u8>)>,
    /// Named schemas.
    pub schemas: BTreeMap<String, (String, Vec<u8>)>,
}

/// Reads a published version with what it was published with.
pub(super) fn published<'a>(
    ctx: &'a Ctx,
    reference: &Reference,
    retired: bool,
) -> Result<Prepared<'a>> {
    let resolved = ctx.resolve_reference(reference, retired)?;
    let text = ctx.text_of(&resolved.prompt, &resolved.version, resolved.held)?;
    let what = format!("{}@{}", reference.name, resolved.version);
    let (metadata, file) = published_file(&text, &what)?;
    let facts = resolved.prompt.history.publish(resolved.held);
    check_dialect(facts, &what)?;
    let named = Named::Copies {
        ctx,
        digests: &facts.schemas,
    };
    let schemas = named.schemas(&metadata).map_err(|error| match error {
        SchemaError::Unreadable(error) => error,
        SchemaError::Mistakes(_) => schema_refusal(&what, &text, 0, error),
    })?;
    Ok(Prepared {
        ctx: Some(ctx),
        name: reference.name.to_string(),
        version: Some((resolved.version.to_string(), facts.identity.to_string())),
        has_front_matter: !metadata.raw.is_empty(),
        metadata,
        schemas,
        composition: ctx.compose(file, &facts.pins)?,
    })
}

/// Reads a text; where there is a store, what it names and is not lent is found there.
pub(super) fn given<'a>(
    ctx: Option<&'a Ctx>,
    name: &str,
    bytes: &[u8],
    lent: &Lent,
    may_be_blank: bool,
) -> Result<Prepared<'a>> {
    let text = decoded(bytes, name)?;
    let defaults = Settings::default();
    let settings = ctx.map_or(&defaults, |ctx| ctx.store.settings());
    let check = if may_be_blank {
        rules::document::read
    } else {
        rules::document::check
    };
    let readable = check(&text, name, settings).map_err(|findings| refusal(name, findings))?;
    let start = readable.body_start;
    let composition = Lending { ctx, lent }
        .compose(readable.file, &readable.metadata)
        .map_err(|error| error.told(name, &text, start))?;
    let lent_schemas = lent_schemas(lent)?;
    let named = Named::Now {
        ctx,
        lent: &lent_schemas,
    };
    let schemas = named
        .schemas(&readable.metadata)
        .map_err(|error| schema_refusal(name, &text, start, error))?;
    check_schemas_are_used(&readable.metadata, &lent_schemas)?;
    Ok(Prepared {
        ctx,
        name: name.to_owned(),
        version: None,
        has_front_matter: readable.has_front_matter,
        metadata: readable.metadata,
        schemas,
        composition,
    })
}

fn lent_schemas(lent: &Lent) -> Result<BTreeMap<String, Value>> {
    let parsed = lent
        .schemas
        .iter()
        .map(|(name, (path, bytes))| Ok((name.clone(), parse_schema(path, bytes.clone())?.0)));
    parsed.collect()
}

fn check_schemas_are_used(metadata: &Metadata, lent: &BTreeMap<String, Value>) -> Result<()> {
    let own = [&metadata.input_schema, &metadata.output_schema];
    let schemas = own.into_iter().flatten().chain(lent.values());
    let wanted: Vec<String> = schemas.flat_map(mentions).collect();
    let Some(unused) = lent.keys().find(|name| !wanted.contains(name)) else {
        return Ok(());
    };
    let message = format!("`--schema {unused}=...` lends what no schema mentions");
    let meant = nearest(unused, wanted.iter().map(String::as_str));
    let hint = meant.map(|meant| format!("did you mean `--schema {meant}=...`?"));
    Err(Error::new(ErrorKind::Invalid, message).maybe_hint(hint))
}
