//! A template together with the partials that it includes, all the way down.
//!
//! What a published version includes is fixed by its pins. What a draft includes is found now, and
//! becomes its pins when it is published; so both compose in the same way.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Ctx;
use super::error::{Error, ErrorKind, Result};
use super::prompt::Prompt;
use super::publish::DIALECT;
use super::resolution::Resolved;
use crate::model::{Held, Identity, PinnedVersion, PromptName, Publish, Reference, Version};
use crate::text::document::{Document, Limits, Metadata, split};
use crate::text::fault::Fault;
use crate::text::suggest::nearest;
use crate::text::template::{self, File, PartialUse, Template};

/// The most inclusions that rendering a prompt may come to.
pub(super) const INCLUSIONS: usize = 1_000;

/// Pins, keyed by the partial's name as it is written in the template.
pub(super) type Pins = BTreeMap<String, PinnedVersion>;

/// A template and, behind it, every partial that it includes.
#[derive(Debug, Clone)]
pub(super) struct Composition {
    /// The template itself first.
    pub(super) files: Vec<File>,
}

/// A version found through its identity.
pub(super) struct Pinned {
    pub(super) prompt: Prompt,
    pub(super) version: Version,
    pub(super) held: Held,
}

impl Ctx {
    /// Finds what the partials of a template mean now.
    pub(super) fn find_pins(
        &self,
        template: &Template,
        metadata: &Metadata,
    ) -> std::result::Result<Pins, Vec<Fault>> {
        self.find_pins_except(template, metadata, |_| false)
    }

    /// Finds what the partials of a template mean now, except those that are known otherwise.
    pub(super) fn find_pins_except(
        &self,
        template: &Template,
        metadata: &Metadata,
        is_known: impl Fn(&str) -> bool,
    ) -> std::result::Result<Pins, Vec<Fault>> {
        let mut pins = Pins::new();
        let mut faults = Vec::new();
        for used in template.partials() {
            if pins.contains_key(&used.name) || is_known(&used.name) {
                continue;
            }
            match self.find_partial(&used.name, metadata) {
                Ok(resolved) => {
                    let pinned = PinnedVersion {
                        name: resolved.prompt.name.clone(),
                        id: resolved.id(),
                    };
                    pins.insert(used.name, pinned);
                }
                // What the tag encloses is shown instead.
                Err(error)
                    if is_section(&used)
                        && matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Invalid) => {}
                Err(error) => {
                    let span = used.span.start..used.span.end;
                    let message = format!("`{{{{> {}}}}}`: {error}", used.name);
                    let mut fault = Fault::new("missing-partial", span, message);
                    fault.hint = error.hint_text().map(str::to_owned);
                    faults.push(fault);
                }
            }
        }
        if faults.is_empty() {
            Ok(pins)
        } else {
            Err(faults)
        }
    }

    /// Returns why a partial cannot be read, where that is no mistake of the template: its files are
    /// damaged, or its label is in conflict.
    pub(super) fn unreadable_partial(
        &self,
        template: &Template,
        metadata: &Metadata,
    ) -> Option<Error> {
        let is_elsewhere = |error: &Error| {
            use ErrorKind::{Conflicted, Damaged, Io, NewerFormat};
            matches!(error.kind(), Conflicted | Damaged | Io | NewerFormat)
        };
        let mut used = template.partials().into_iter();
        used.find_map(|used| {
            let error = self.find_partial(&used.name, metadata).err()?;
            is_elsewhere(&error).then_some(error)
        })
    }

    /// Refuses a text that includes the prompt it belongs to.
    pub(super) fn check_itself(
        name: &PromptName,
        template: &Template,
        metadata: &Metadata,
    ) -> std::result::Result<(), Vec<Fault>> {
        let is_itself = |written: &str| {
            partial_reference(written, metadata).is_ok_and(|meant| meant.name == *name)
        };
        let found = template
            .partials()
            .into_iter()
            .find(|used| is_itself(&used.name));
        found.map_or(Ok(()), |used| {
            let message = format!("partials form a circle: {name} > {name}");
            let span = used.span.start..used.span.end;
            Err(vec![Fault::new("circular-partial", span, message)])
        })
    }

    /// Finds the version that a partial means now.
    pub(super) fn find_partial(&self, written: &str, metadata: &Metadata) -> Result<Resolved> {
        let reference = partial_reference(written, metadata)?;
        self.resolve_reference(&reference, false)
    }

    /// Finds the version that a pin holds, whatever became of it since. Its file must be there.
    pub(super) fn find_pinned(&self, pin: &PinnedVersion) -> Result<Pinned> {
        let prompt = self.prompt(&pin.name)?;
        let Some(held) = prompt.history.find_identity(&pin.id.identity) else {
            return Err(Error::new(
                ErrorKind::Damaged,
                format!(
                    "the changelog of `{}` does not know version {} with identity {}, which is \
                     pinned",
                    pin.name,
                    pin.id.version,
                    pin.id.identity.short()
                ),
            )
            .hint("`promptctl validate` shows what is missing; `git log` may show where it went"));
        };
        // A void number has no holder any more; its file may still be there.
        let version = prompt
            .history
            .current(&pin.id)
            .unwrap_or_else(|| pin.id.version.clone());
        Ok(Pinned {
            prompt,
            version,
            held,
        })
    }

    /// Composes a template with what its pins hold.
    pub(super) fn compose(&self, root: File, pins: &Pins) -> Result<Composition> {
        let mut composition = Composition { files: vec![root] };
        let mut known = HashMap::new();
        self.include(&mut composition, 0, pins, &mut known)?;
        composition.check_inclusions()?;
        Ok(composition)
    }

    /// Adds what one file includes. Pins are digests of what was there before, so they form no
    /// cycle, and `known` keeps each version from being read twice.
    pub(super) fn include(
        &self,
        composition: &mut Composition,
        part: usize,
        pins: &Pins,
        known: &mut HashMap<(PromptName, Identity), usize>,
    ) -> Result<()> {
        for used in composition.files[part].template.partials() {
            let Some(pin) = pins.get(&used.name) else {
                if used.optional || composition.files[part].partials.contains_key(&used.name) {
                    continue;
                }
                return Err(Error::new(
                    ErrorKind::Damaged,
                    format!(
                        "the partial `{}` was not pinned when this was published",
                        used.name
                    ),
                ));
            };
            let key = (pin.name.clone(), pin.id.identity);
            let place = if let Some(place) = known.get(&key) {
                *place
            } else {
                let pinned = self.find_pinned(pin)?;
                let text = self.text_of(&pinned.prompt, &pinned.version, pinned.held)?;
                let what = format!("{}@{}", pin.name, pinned.version);
                check_dialect(pinned.prompt.history.publish(pinned.held), &what)?;
                if composition.files.len() > INCLUSIONS {
                    return Err(too_many_inclusions(composition.files.len()));
                }
                let place = composition.files.len();
                composition.files.push(partial_file(&text, &what)?);
                known.insert(key, place);
                let deeper = pinned.prompt.history.publish(pinned.held).pins.clone();
                self.include(composition, place, &deeper, known)?;
                place
            };
            composition.files[part].partials.insert(used.name, place);
        }
        Ok(())
    }
}

/// Refuses a version whose templates mean something that this program does not know.
pub(super) fn check_dialect(facts: &Publish, what: &str) -> Result<()> {
    if facts.dialect == DIALECT {
        return Ok(());
    }
    let message = format!(
        "`{what}` was published with dialect {} of templates; this promptctl knows {DIALECT}",
        facts.dialect
    );
    Err(Error::new(ErrorKind::NewerFormat, message).hint("a newer promptctl can render it"))
}

/// Tells whether a partial may be missing: `{{#> rules}}` marks a section that others replace, while a
/// name with a `/` is a prompt's.
pub(super) fn is_section(used: &PartialUse) -> bool {
    used.optional && !used.name.contains('/')
}

/// Tells what a partial's name refers to: an alias of the front matter, else a prompt.
pub(super) fn partial_reference(written: &str, metadata: &Metadata) -> Result<Reference> {
    if let Some(reference) = metadata.partials.get(written) {
        return Ok(reference.clone());
    }
    let name = written.parse().map_err(|error: crate::model::NameError| {
        let aliases = metadata.partials.keys().map(String::as_str);
        let meant = nearest(written, aliases).map(|a| format!("did you mean `{a}`?"));
        Error::from(error).maybe_hint(meant)
    })?;
    let selector = None;
    Ok(Reference { name, selector })
}

/// Reads a text that was checked when it was published.
pub(super) fn published_file(text: &str, what: &str) -> Result<(Metadata, File)> {
    let document = published(text, what)?;
    let file = file_of(document.template()).map_err(|faults| broken(what, &faults))?;
    Ok((document.metadata, file))
}

/// Reads a published text as others include it: its front matter is not looked at.
fn partial_file(text: &str, what: &str) -> Result<File> {
    let start = split(text)
        .map_err(|fault| broken(what, &[fault]))?
        .body_start;
    file_of(&text[start..]).map_err(|faults| broken(what, &faults))
}

/// Reads a template.
pub(super) fn file_of(text: &str) -> std::result::Result<File, Vec<Fault>> {
    Ok(File {
        text: text.to_owned(),
        template: template::check(text, &template::Limits::default())?,
        partials: BTreeMap::new(),
    })
}

/// Limits are for what is new: what was published can be read.
fn published<'a>(text: &'a str, what: &str) -> Result<Document<'a>> {
    let limits = Limits {
        front_matter_bytes: usize::MAX,
        template_bytes: usize::MAX,
    };
    Document::parse(text, limits).map_err(|faults| broken(what, &faults))
}

fn broken(what: &str, faults: &[Fault]) -> Error {
    let why = faults.first().map_or("", |fault| fault.message.as_str());
    Error::new(
        ErrorKind::Refused,
        format!("`{what}` cannot be read: {why}"),
    )
    .hint("it was published by another version of promptctl, or by hand")
}

pub(super) fn too_many_inclusions(count: usize) -> Error {
    Error::new(
        ErrorKind::Limit,
        format!("rendering would include {count} partials; the limit is {INCLUSIONS}"),
    )
    .hint("partials that include others several times multiply; include each once")
}

impl Composition {
    /// Tells whether rendering makes messages of its own: `chat`, else `text`.
    pub(super) fn kind(&self) -> &'static str {
        let is_chat = self
            .files
            .iter()
            .any(|file| template::is_chat(&file.template));
        if is_chat { "chat" } else { "text" }
    }

    /// Counts how often rendering would go into a partial, loops aside.
    pub(super) fn check_inclusions(&self) -> Result<()> {
        let mut counts = vec![0_usize; self.files.len()];
        // Files stand behind those that include them first, but a file may include an earlier one:
        // count from the leaves up.
        let total = self.count(0, &mut counts);
        if total > INCLUSIONS {
            return Err(too_many_inclusions(total));
        }
        Ok(())
    }

    fn count(&self, part: usize, counts: &mut [usize]) -> usize {
        if counts[part] == 0 {
            let mut total = 0_usize;
            for used in self.files[part].template.partials() {
                let below = self.files[part]
                    .partials
                    .get(&used.name)
                    .map_or(0, |&place| self.count(place, counts));
                total = total.saturating_add(below).saturating_add(1);
            }
            counts[part] = total;
        }
        counts[part]
    }
}

impl Ctx {
    /// Refuses a text that includes the prompt it belongs to, by itself or through others: the next
    /// publication would include the one before, for ever.
    pub(super) fn check_cycle(
        &self,
        name: &PromptName,
        file: &File,
        pins: Pins,
    ) -> std::result::Result<Pins, Vec<Fault>> {
        for used in file.template.partials() {
            let Some(pin) = pins.get(&used.name) else {
                continue;
            };
            if let Some(trail) = self.trail_to(name, pin, &mut BTreeSet::new()) {
                let trail: Vec<String> = trail.iter().map(ToString::to_string).collect();
                let span = used.span.start..used.span.end;
                let message = format!("partials form a circle: {name} > {}", trail.join(" > "));
                return Err(vec![Fault::new("circular-partial", span, message)]);
            }
        }
        Ok(pins)
    }

    fn trail_to(
        &self,
        name: &PromptName,
        pin: &PinnedVersion,
        seen: &mut BTreeSet<PinnedVersion>,
    ) -> Option<Vec<PromptName>> {
        if pin.name == *name {
            return Some(vec![name.clone()]);
        }
        if !seen.insert(pin.clone()) {
            return None;
        }
        let pinned = self.find_pinned(pin).ok()?;
        let mut deeper = pinned.prompt.history.publish(pinned.held).pins.values();
        deeper
            .find_map(|deeper| self.trail_to(name, deeper, seen))
            .map(|mut trail| {
                trail.insert(0, pin.name.clone());
                trail
            })
    }
}
