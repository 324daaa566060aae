//! What is open, and how it is settled: by the caller's choice, never by a guess.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::Evidence;
use super::{Keep, Resolve};
use crate::model::{
    EventId, Held, History, Identity, Label, LabelState, NumberState, Resolve as ResolveEvent,
    Version, VersionId, Was,
};
use crate::ops::Ctx;
use crate::ops::error::{Error, ErrorKind, Result};
use crate::ops::prompt::Prompt;
use crate::ops::resolution::in_words;

/// Everything that a `resolve` event will say.
#[derive(Default)]
pub(super) struct Choices {
    /// Numbers in dispute, who keeps them, and what the others get.
    pub(super) versions: Vec<Renumbering>,
    pub(super) labels: Was,
    pub(super) absent: Vec<EventId>,
    pub(super) roots: Vec<EventId>,
}

/// Where a label goes.
enum Place {
    At(VersionId),
    Nowhere,
    /// Somebody has to say.
    Open,
}

/// One number in dispute.
pub(super) struct Renumbering {
    pub(super) version: Version,
    pub(super) keeps: Held,
    pub(super) others: Vec<(Version, Held)>,
}

impl Choices {
    pub(super) fn make(
        ctx: &Ctx,
        prompt: &Prompt,
        evidence: &Evidence,
        request: &Resolve,
    ) -> Result<Self> {
        let history = &prompt.history;
        let mut open = Vec::new();
        let mut choices = Self {
            versions: Vec::new(),
            labels: Was::new(),
            absent: history.unsettled_parents().to_vec(),
            roots: history.unsettled_roots().to_vec(),
        };
        choices.settle_numbers(ctx, prompt, evidence, request.keep, &mut open)?;
        choices.settle_labels(prompt, evidence, request, &mut open)?;
        if open.is_empty() {
            return Ok(choices);
        }
        let name = &prompt.name;
        let error = Error::new(
            ErrorKind::Conflicted,
            format!("`{name}`: there is a choice to make: {}", open.join("; ")),
        );
        Err(error.hint(format!(
            "`promptctl resolve {name} --keep ours` (or theirs); `--take LABEL=VERSION` says where \
             a label points"
        )))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.versions.is_empty()
            && self.labels.is_empty()
            && self.absent.is_empty()
            && self.roots.is_empty()
    }

    /// Versions that get another number.
    pub(super) fn renumbered(&self) -> impl Iterator<Item = (&Version, &Version)> {
        self.versions.iter().flat_map(|settled| {
            let others = settled.others.iter();
            others.map(|(new, _)| (&settled.version, new))
        })
    }

    /// The number that an identity holds after this.
    fn number_after(&self, history: &History, id: &VersionId) -> Option<Version> {
        let settled = self.versions.iter().find_map(|settled| {
            if settled.version == id.version && settled.keeps.identity == id.identity {
                return Some(settled.version.clone());
            }
            let others = settled.others.iter();
            others
                .filter(|_| settled.version == id.version)
                .find(|(_, held)| held.identity == id.identity)
                .map(|(new, _)| new.clone())
        });
        settled.or_else(|| history.current(id))
    }

    pub(super) fn event(&self) -> ResolveEvent {
        let mut versions: BTreeMap<Version, Identity> = BTreeMap::new();
        for settled in &self.versions {
            versions.insert(settled.version.clone(), settled.keeps.identity);
            for (new, held) in &settled.others {
                versions.insert(new.clone(), held.identity);
            }
        }
        ResolveEvent {
            versions,
            labels: self.labels.clone(),
            absent: self.absent.clone(),
            roots: self.roots.clone(),
            allow_breaking: BTreeMap::new(),
        }
    }

    fn settle_numbers(
        &mut self,
        ctx: &Ctx,
        prompt: &Prompt,
        evidence: &Evidence,
        keep: Option<Keep>,
        open: &mut Vec<String>,
    ) -> Result<()> {
        let history = &prompt.history;
        let mut taken: BTreeSet<Version> = history.numbers().keys().cloned().collect();
        for (version, state) in history.numbers() {
            let NumberState::Conflicted(claims) = state else {
                continue;
            };
            let sides = evidence.sides(ctx, prompt, version, claims);
            let described: Vec<String> = claims
                .iter()
                .map(|held| sides.describe(prompt, *held))
                .collect();
            let Some(keep) = keep else {
                open.push(format!("{version} is {}", described.join(" or ")));
                continue;
            };
            let keeps = sides.only(keep).ok_or_else(|| {
                Error::new(
                    ErrorKind::Conflicted,
                    format!(
                        "`{}@{version}` is {}, and git does not tell which of them is {}",
                        prompt.name,
                        described.join(" or "),
                        keep.name()
                    ),
                )
                .hint(format!(
                    "put the file of the one to keep in its place, then `promptctl resolve {} --keep ours`",
                    prompt.name
                ))
            })?;
            let mut others = Vec::new();
            for held in claims.iter().filter(|held| **held != keeps) {
                let new = next_free(version, &taken)?;
                taken.insert(new.clone());
                others.push((new, *held));
            }
            self.versions.push(Renumbering {
                version: version.clone(),
                keeps,
                others,
            });
        }
        Ok(())
    }

    fn settle_labels(
        &mut self,
        prompt: &Prompt,
        evidence: &Evidence,
        request: &Resolve,
        open: &mut Vec<String>,
    ) -> Result<()> {
        let history = &prompt.history;
        for take in request.take.iter().filter(|_| request.name.is_some()) {
            let is_fine = match history.label(&take.label) {
                Some(LabelState::Conflicted(_)) => true,
                Some(LabelState::At(id)) => take.version.as_ref() == Some(&id.version),
                Some(LabelState::Removed) | None => take.version.is_none(),
            };
            if !is_fine {
                return Err(Error::new(
                    ErrorKind::Invalid,
                    format!(
                        "the label `{}` of `{}` is not in conflict",
                        take.label, prompt.name
                    ),
                )
                .hint(format!(
                    "`promptctl promote {}@V --label {}` moves it",
                    prompt.name, take.label
                )));
            }
        }
        for (label, state) in history.labels() {
            let LabelState::Conflicted(claims) = state else {
                continue;
            };
            let taken = request.take.iter().find(|take| take.label == *label);
            let settled = match taken {
                Some(take) => self.taken(prompt, take.version.as_ref())?,
                None => self.kept(prompt, evidence, request.keep, label),
            };
            match settled {
                Place::At(id) => {
                    self.labels.insert(label.clone(), Some(id));
                }
                Place::Nowhere => {
                    self.labels.insert(label.clone(), None);
                }
                Place::Open => {
                    open.push(format!("the label `{label}` is {}", in_words(claims)));
                }
            }
        }
        Ok(())
    }

    /// The version that `--take` names, by its number after resolving.
    fn taken(&self, prompt: &Prompt, version: Option<&Version>) -> Result<Place> {
        let Some(version) = version else {
            return Ok(Place::Nowhere);
        };
        let history = &prompt.history;
        let renumbered = self.versions.iter().find_map(|settled| {
            if settled.version == *version {
                return Some(settled.keeps);
            }
            let mut others = settled.others.iter();
            others
                .find(|(new, _)| new == version)
                .map(|(_, held)| *held)
        });
        let held = match renumbered {
            Some(held) => held,
            None => prompt.exact(version)?.1,
        };
        if history.is_version_itself_retired(version) {
            return Err(Error::new(
                ErrorKind::Retired,
                format!(
                    "`{}@{version}` is retired and cannot carry a label",
                    prompt.name
                ),
            )
            .hint("take another version, or `none`"));
        }
        Ok(Place::At(VersionId {
            version: version.clone(),
            identity: held.identity,
        }))
    }

    /// Where the label was on the side that is kept.
    fn kept(
        &self,
        prompt: &Prompt,
        evidence: &Evidence,
        keep: Option<Keep>,
        label: &Label,
    ) -> Place {
        let state = keep.and_then(|keep| evidence.label_of(keep, label));
        let history = &prompt.history;
        match state {
            Some(LabelState::Removed) => Place::Nowhere,
            None | Some(LabelState::Conflicted(_)) => Place::Open,
            Some(LabelState::At(id)) => match self.number_after(history, &id) {
                Some(version)
                    if !history.is_void(&id) && !history.is_version_itself_retired(&version) =>
                {
                    let identity = id.identity;
                    Place::At(VersionId { version, identity })
                }
                _ => Place::Open,
            },
        }
    }
}

impl Keep {
    fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Theirs => "theirs",
        }
    }
}

/// The next number on a line that nobody has.
fn next_free(version: &Version, taken: &BTreeSet<Version>) -> Result<Version> {
    let next = |version: &Version| {
        if version.is_prerelease() {
            version.next_prerelease()
        } else {
            version.bumped(crate::model::Bump::Patch)
        }
    };
    let mut candidate = next(version);
    while let Some(number) = &candidate
        && taken.contains(number)
    {
        candidate = next(number);
    }
    candidate.ok_or_else(|| {
        Error::new(
            ErrorKind::Limit,
            format!("there is no free number after {version}"),
        )
    })
}
