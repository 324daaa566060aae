//! What `create`, `patch`, `revert` and `rename` have in common: a version comes into being.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Ctx;
use super::composition::Pins;
use super::error::{Error, ErrorKind, Result};
use super::prompt::Prompt;
use super::schemas::SchemaCopies;
use super::session::{DraftAfter, Recorded, Session};
use super::source::Checked;
use crate::model::{
    Digest, Held, Label, NumberState, Origin, PinnedVersion, PromptName, Publish, Version,
    VersionId,
};
use crate::text::digest::{identity, sha256};

/// The version of the template semantics that this program publishes with.
pub(super) const DIALECT: u32 = 1;

/// A version that came into being, or was there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// The prompt.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The version's identity.
    pub identity: String,
    /// Whether it is new.
    pub status: Status,
    /// The version it was made from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The version whose content it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// The labels that moved, and where they were.
    pub labels: Vec<Moved>,
    /// The partials and the versions they are pinned to.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub pins: BTreeMap<String, String>,
    /// What became of the draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftAfter>,
    /// The event.
    #[serde(flatten)]
    pub recorded: Option<Recorded>,
}

/// Whether something was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// An event was recorded.
    Written,
    /// It would be: this was a rehearsal.
    Rehearsed,
    /// Everything was as asked already.
    Unchanged,
}

/// A label that moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The label.
    pub label: String,
    /// The version it pointed to before.
    pub was: Option<String>,
}

/// The content of a version: everything its identity is made of.
#[derive(Debug, Clone)]
pub(super) struct Content {
    pub(super) text: String,
    pub(super) pins: Pins,
    pub(super) schemas: BTreeMap<String, Digest>,
    /// The copies of those schemas that are new.
    pub(super) copies: SchemaCopies,
    pub(super) dialect: u32,
}

/// A version that is about to be published.
pub(super) struct NewVersion {
    pub(super) version: Version,
    pub(super) content: Content,
    pub(super) from: Option<VersionId>,
    pub(super) labels: Vec<Label>,
    pub(super) copy: Option<PinnedVersion>,
    pub(super) origin: Option<Origin>,
}

impl Content {
    /// New content, in the semantics of today.
    pub(super) fn new(checked: Checked) -> Self {
        let digests = checked.schemas.iter();
        Self {
            text: checked.text,
            pins: checked.pins,
            schemas: digests
                .map(|(name, copy)| (name.clone(), copy.digest))
                .collect(),
            copies: checked.schemas,
            dialect: DIALECT,
        }
    }

    /// The content of a version, to be published again as it was. Everything that it needs must be there.
    pub(super) fn again(ctx: &Ctx, text: String, publish: &Publish) -> Result<Self> {
        for (name, digest) in &publish.schemas {
            ctx.schema_copy(name, digest)?;
        }
        Ok(Self {
            text,
            pins: publish.pins.clone(),
            schemas: publish.schemas.clone(),
            copies: SchemaCopies::new(),
            dialect: publish.dialect,
        })
    }

    pub(super) fn sha256(&self) -> Digest {
        sha256(self.text.as_bytes())
    }
}

impl NewVersion {
    /// The facts that the event records.
    pub(super) fn facts(&self, prompt: Option<&Prompt>) -> Result<Publish> {
        let content = &self.content;
        let sha256 = content.sha256();
        let mut labels = self.labels.clone();
        labels.sort_unstable();
        labels.dedup();
        let was = match prompt {
            Some(prompt) => prompt.was(&labels)?,
            None => labels.iter().map(|label| (label.clone(), None)).collect(),
        };
        Ok(Publish {
            version: self.version.clone(),
            sha256,
            identity: identity(sha256, &content.pins, &content.schemas, content.dialect),
            from: self.from.clone(),
            labels,
            was,
            pins: content.pins.clone(),
            schemas: content.schemas.clone(),
            dialect: content.dialect,
            copy: self.copy.clone(),
            origin: self.origin.clone(),
            allow_breaking: None,
        })
    }
}

impl Session<'_> {
    /// Publishes a version and brings the draft up to it.
    pub(super) fn publish_version(
        &self,
        name: &PromptName,
        prompt: Option<&Prompt>,
        new: &NewVersion,
        as_op: fn(Box<Publish>) -> crate::model::Op,
        default_message: &str,
    ) -> Result<Published> {
        let facts = new.facts(prompt)?;
        if prompt.is_some_and(|prompt| prompt.only_void(&facts.id())) {
            return Err(Error::new(
                ErrorKind::Refused,
                format!("this very content of `{name}` was voided and is not published again"),
            )
            .hint("change the text"));
        }
        let heads = prompt.map_or_else(Vec::new, |prompt| prompt.history.heads());
        let op = as_op(Box::new(facts.clone()));
        self.keep_schemas(&new.content.copies)?;
        let file = (&new.version, new.content.text.as_str());
        let recorded = self.publish(name, heads, op, default_message, file)?;
        let draft = self.refresh_draft(prompt, name, &new.content.text);
        Ok(Published {
            status: self.status(),
            draft: Some(draft),
            recorded: Some(recorded),
            ..Published::of(name, &facts)
        })
    }

    /// What a write came to.
    pub(super) fn status(&self) -> Status {
        if self.is_rehearsal() {
            Status::Rehearsed
        } else {
            Status::Written
        }
    }
}

impl Published {
    fn of(name: &PromptName, facts: &Publish) -> Self {
        let was = |label: &Label| {
            let id = facts.was.get(label).cloned().flatten();
            id.map(|id| id.version.to_string())
        };
        Self {
            name: name.to_string(),
            version: facts.version.to_string(),
            identity: facts.identity.to_string(),
            status: Status::Unchanged,
            from: facts.from.as_ref().map(|id| id.version.to_string()),
            copy: facts
                .copy
                .as_ref()
                .map(|copy| format!("{}@{}", copy.name, copy.id.version)),
            labels: facts
                .labels
                .iter()
                .map(|label| Moved {
                    label: label.to_string(),
                    was: was(label),
                })
                .collect(),
            pins: shown_pins(&facts.pins),
            draft: None,
            recorded: None,
        }
    }

    /// A version that is there already, just as it was asked for.
    pub(super) fn unchanged(name: &PromptName, version: &Version, facts: &Publish) -> Self {
        Self {
            version: version.to_string(),
            labels: Vec::new(),
            from: None,
            copy: None,
            ..Self::of(name, facts)
        }
    }
}

/// Pins without identities, for people and outcomes.
pub(super) fn shown_pins(pins: &Pins) -> BTreeMap<String, String> {
    pins.iter()
        .map(|(written, pin)| (written.clone(), format!("{}@{}", pin.name, pin.id.version)))
        .collect()
}

impl Prompt {
    /// Tells whether content was voided and stands under no number: it must not come back unseen.
    fn only_void(&self, id: &VersionId) -> bool {
        let is_it = |held: &Held| held.identity == id.identity;
        let stands = self.history.numbers().values().any(|state| match state {
            NumberState::Held(held) => is_it(held),
            NumberState::Conflicted(claims) => claims.iter().any(is_it),
            NumberState::Burnt => false,
        });
        !stands && self.history.find_identity(&id.identity).is_some()
    }

    /// Tells whether all labels point to this number already.
    pub(super) fn all_point_to(&self, labels: &[Label], version: &Version) -> bool {
        labels.iter().all(|label| {
            self.pointed_to(label)
                .is_ok_and(|at| at.is_some_and(|id| id.version == *version))
        })
    }

    /// Refuses a draft that is an old version's text: publishing it would hide that nothing is new.
    pub(super) fn check_new_text(&self, text: &str, base: Held) -> Result<()> {
        let digest = sha256(text.as_bytes());
        let published = self.history.numbers().iter().rev().find(|(_, state)| {
            matches!(state, NumberState::Held(held)
                if self.history.publish(*held).sha256 == digest)
        });
        let Some((version, state)) = published else {
            return Ok(());
        };
        let name = &self.name;
        let is_base = matches!(state, NumberState::Held(held) if *held == base);
        let what = if is_base {
            format!("the text is that of `{name}@{version}`: there is nothing new to publish")
        } else {
            format!("the draft is the text of `{name}@{version}`, which is published already")
        };
        let hint = if is_base {
            format!(
                "edit the draft first; `promptctl promote {name}@{version}` moves a label to it"
            )
        } else {
            format!(
                "`promptctl promote {name}@{version}` moves a label to it, `promptctl revert \
                 {name} --to {version} -m WHY` publishes it again"
            )
        };
        Err(Error::new(ErrorKind::Exists, what).hint(hint))
    }
}
