//! Composing a text with the partials that it is lent and those of the store.

use std::collections::{BTreeMap, HashMap};

use super::target::Lent;
use crate::ops::Ctx;
use crate::ops::composition::{
    Composition, INCLUSIONS, Pins, file_of, is_section, too_many_inclusions,
};
use crate::ops::error::{Error, ErrorKind, Result};
use crate::ops::prompt::decoded;
use crate::ops::rules::Finding;
use crate::ops::source::refusal;
use crate::text::document::{Document, Limits, Metadata, normalized};
use crate::text::fault::Fault;
use crate::text::suggest::nearest;
use crate::text::template::{File, Template};

/// Why a text could not be composed.
pub(super) enum Failure {
    /// Faults of the text itself.
    Faults(Vec<Fault>),
    Error(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl Failure {
    pub(super) fn told(self, name: &str, text: &str, start: usize) -> Error {
        match self {
            Self::Error(error) => error,
            Self::Faults(faults) => {
                let faults = faults.into_iter().map(|fault| fault.moved(start));
                let findings = faults.map(|fault| Finding::in_text(name, text, &fault));
                refusal(name, findings.collect())
            }
        }
    }
}

/// Composes a text with lent partials and those of the store.
pub(super) struct Lending<'a> {
    pub(super) ctx: Option<&'a Ctx>,
    pub(super) lent: &'a Lent,
}

impl Lending<'_> {
    pub(super) fn compose(
        &self,
        root: File,
        metadata: &Metadata,
    ) -> std::result::Result<Composition, Failure> {
        let mut composition = Composition { files: vec![root] };
        let mut places = BTreeMap::new();
        self.link(&mut composition, 0, metadata, &mut places, &mut Vec::new())?;
        if let Some(unused) = self
            .lent
            .partials
            .keys()
            .find(|name| !places.contains_key(*name))
        {
            return Err(nobody_includes(unused, &composition).into());
        }
        composition.check_inclusions()?;
        Ok(composition)
    }

    /// Finds what one file includes: what is lent, and what the store has.
    fn link(
        &self,
        composition: &mut Composition,
        at: usize,
        metadata: &Metadata,
        places: &mut BTreeMap<String, usize>,
        trail: &mut Vec<String>,
    ) -> std::result::Result<(), Failure> {
        let template = composition.files[at].template.clone();
        for used in template.partials() {
            let Some((path, bytes)) = self.lent.partials.get(&used.name) else {
                continue;
            };
            if trail.contains(&used.name) {
                trail.push(used.name.clone());
                let circle = trail.join(" > ");
                let message = format!("partials form a circle: {circle}");
                return Err(Error::new(ErrorKind::Refused, message)
                    .hint("a partial that includes itself has no end")
                    .into());
            }
            if let Some(place) = places.get(&used.name) {
                let partials = &mut composition.files[at].partials;
                partials.insert(used.name.clone(), *place);
                continue;
            }
            let place = composition.files.len();
            if place > INCLUSIONS {
                return Err(too_many_inclusions(place).into());
            }
            let (metadata, file) = lent_file(path, bytes, self.limits())?;
            composition.files.push(file);
            places.insert(used.name.clone(), place);
            let partials = &mut composition.files[at].partials;
            partials.insert(used.name.clone(), place);
            trail.push(used.name.clone());
            self.link(composition, place, &metadata, places, trail)
                .map_err(|failure| match failure {
                    Failure::Error(error) => Failure::Error(error),
                    Failure::Faults(faults) => Failure::Error(in_partial(path, &faults)),
                })?;
            trail.pop();
        }
        let pins = self.pins(&template, metadata).map_err(Failure::Faults)?;
        if let (Some(ctx), Some(pins)) = (self.ctx, pins) {
            ctx.include(composition, at, &pins, &mut HashMap::new())?;
        }
        Ok(())
    }

    fn limits(&self) -> Limits {
        self.ctx
            .map_or_else(Limits::default, |ctx| ctx.store.settings().limits)
    }

    fn pins(
        &self,
        template: &Template,
        metadata: &Metadata,
    ) -> std::result::Result<Option<Pins>, Vec<Fault>> {
        let is_lent = |name: &str| self.lent.partials.contains_key(name);
        if let Some(ctx) = self.ctx {
            return ctx.find_pins_except(template, metadata, is_lent).map(Some);
        }
        let missing = template
            .partials()
            .into_iter()
            .filter(|used| !is_section(used) && !is_lent(&used.name))
            .map(|used| {
                let message = format!("there is no partial `{}` here, and no store", used.name);
                Fault::new("missing-partial", used.span.start..used.span.end, message)
                    .hint(format!("`--partial {}=FILE` lends it", used.name))
            });
        let missing: Vec<Fault> = missing.collect();
        if missing.is_empty() {
            Ok(None)
        } else {
            Err(missing)
        }
    }
}

/// Reads a lent partial: all of its body, as the store's are included, and what its front matter says of
/// the partials that it includes itself.
fn lent_file(path: &str, bytes: &[u8], limits: Limits) -> Result<(Metadata, File)> {
    let text = normalized(&decoded(bytes, path)?);
    let refused = |faults: Vec<Fault>, by: usize| {
        let faults = faults.into_iter().map(|fault| fault.moved(by));
        let findings = faults.map(|fault| Finding::in_text(path, &text, &fault));
        refusal(path, findings.collect())
    };
    let document = Document::parse(&text, limits).map_err(|faults| refused(faults, 0))?;
    let start = document.body_start;
    let file = file_of(&text[start..]).map_err(|faults| refused(faults, start))?;
    Ok((document.metadata, file))
}

fn nobody_includes(name: &str, composition: &Composition) -> Error {
    let uses = composition
        .files
        .iter()
        .flat_map(|file| file.template.partials());
    let names: Vec<String> = uses.map(|used| used.name).collect();
    let message = format!("`--partial {name}=...` lends what nothing includes");
    Error::new(ErrorKind::Invalid, message).hint(
        match nearest(name, names.iter().map(String::as_str)) {
            Some(meant) if meant != name => format!("did you mean `--partial {meant}=...`?"),
            // A partial of the store includes it, and keeps what it was published with.
            Some(_) => "what the store's partials include is theirs".to_owned(),
            None if names.is_empty() => "the template includes no partials".to_owned(),
            None => format!("it includes {}", names.join(", ")),
        },
    )
}

fn in_partial(path: &str, faults: &[Fault]) -> Error {
    let first = faults.first();
    let what = first.map_or("", |fault| fault.message.as_str());
    Error::new(ErrorKind::Refused, format!("`{path}`: {what}"))
        .maybe_hint(first.and_then(|fault| fault.hint.clone()))
}
