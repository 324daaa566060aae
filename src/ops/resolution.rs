//! From a reference to the one version that it means.

use super::Ctx;
use super::error::{Error, ErrorKind, Result};
use super::prompt::Prompt;
use crate::model::{
    Held, Label, LabelState, NumberState, PromptName, Reference, Selector, Version, VersionId,
};
use crate::text::suggest::nearest;

/// The version that a reference means, and how it was found.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    pub(super) prompt: Prompt,
    pub(super) version: Version,
    pub(super) held: Held,
    /// What it was resolved through; for a bare name the default label.
    pub(super) selector: Selector,
}

impl Resolved {
    pub(super) fn id(&self) -> VersionId {
        VersionId {
            version: self.version.clone(),
            identity: self.held.identity,
        }
    }
}

impl Ctx {
    /// Resolves a reference for reading: a bare name means the default label's version, and never
    /// falls back to another.
    pub(super) fn resolve_reference(
        &self,
        reference: &Reference,
        with_retired: bool,
    ) -> Result<Resolved> {
        let prompt = self.prompt(&reference.name)?;
        self.resolve_in(prompt, reference.selector.as_ref(), with_retired)
    }

    pub(super) fn resolve_in(
        &self,
        prompt: Prompt,
        selector: Option<&Selector>,
        with_retired: bool,
    ) -> Result<Resolved> {
        prompt.check_settled()?;
        if prompt.history.is_retired() && !with_retired {
            self.check_renamed(&prompt, selector)?;
        }
        let selector = selector
            .cloned()
            .unwrap_or_else(|| Selector::Label(self.default_label().clone()));
        let (version, held) = match &selector {
            Selector::Exact(version) => prompt.exact(version)?,
            Selector::Range(range) => prompt.highest(range)?,
            Selector::Label(label) => prompt.labelled(label, self.default_label())?,
            Selector::Latest => prompt.latest(with_retired)?,
        };
        if prompt.history.is_version_itself_retired(&version) && !with_retired {
            return Err(retired_version(&prompt, &version));
        }
        Ok(Resolved {
            prompt,
            version,
            held,
            selector,
        })
    }

    /// A renamed prompt goes on answering for its exact versions, with a remark; for everything
    /// else a retired prompt asks for `--retired`.
    fn check_renamed(&self, prompt: &Prompt, selector: Option<&Selector>) -> Result<()> {
        let name = &prompt.name;
        let at = selector.map_or_else(String::new, |selector| format!("@{selector}"));
        let successor = prompt.successor();
        let is_renamed = successor
            .and_then(|text| text.parse::<PromptName>().ok())
            .and_then(|new| self.find_prompt(&new).ok().flatten())
            .is_some_and(|new| new.comes_from(name));
        match (successor, selector) {
            (Some(successor), Some(Selector::Exact(_))) if is_renamed => {
                self.remark(format!("`{name}` is retired; use `{successor}{at}`"));
                Ok(())
            }
            (Some(successor), _) => Err(format!(
                "use `{successor}{at}`; `--retired` reads `{name}` itself"
            )),
            (None, _) => Err(format!(
                "`promptctl restore {name}` brings it back; `--retired` lets readers read it all the \
                 same"
            )),
        }
        .map_err(|hint: String| {
            Error::new(ErrorKind::Retired, format!("`{name}` is retired")).hint(hint)
        })
    }
}

fn retired_version(prompt: &Prompt, version: &Version) -> Error {
    let name = &prompt.name;
    Error::new(ErrorKind::Retired, format!("`{name}@{version}` is retired")).hint(format!(
        "`promptctl restore {name}@{version}` brings it back; `--retired` lets readers read it all \
         the same"
    ))
}

impl Prompt {
    /// Returns what to use instead of a retired prompt.
    pub(super) fn successor(&self) -> Option<&str> {
        self.history
            .entries()
            .iter()
            .rev()
            .find_map(|entry| match &entry.event.op {
                crate::model::Op::Retire(l) if l.version.is_none() => Some(l.successor.as_deref()),
                _ => None,
            })
            .flatten()
    }

    /// Finds an exact version.
    pub(super) fn exact(&self, version: &Version) -> Result<(Version, Held)> {
        if let Some(held) = self.held(version)? {
            return Ok((version.clone(), held));
        }
        let name = &self.name;
        let is_void = self.history.numbers().contains_key(version);
        let message = if is_void {
            format!("`{name}@{version}` was voided")
        } else {
            format!("`{name}` has no version {version}")
        };
        let known: Vec<String> = self.numbers_in_use().map(ToString::to_string).collect();
        let hint = match nearest(&version.to_string(), known.iter().rev().map(String::as_str)) {
            Some(meant) if !is_void => format!("did you mean `{name}@{meant}`?"),
            _ => format!("`promptctl log {name}` shows the versions there are"),
        };
        Err(Error::new(ErrorKind::NotFound, message).hint(hint))
    }

    fn highest(&self, range: &semver::VersionReq) -> Result<(Version, Held)> {
        let found = self
            .numbers_in_use()
            .rfind(|version| version.matches(range) && !self.history.is_version_retired(version))
            .cloned();
        match found {
            Some(version) => self.exact(&version),
            None => Err(Error::new(
                ErrorKind::NotFound,
                format!("no version of `{}` matches `{range}`", self.name),
            )
            .hint(format!(
                "`promptctl log {}` shows the versions there are",
                self.name
            ))),
        }
    }

    pub(super) fn latest(&self, with_retired: bool) -> Result<(Version, Held)> {
        let highest = if with_retired {
            self.history.releases().next_back()
        } else {
            self.history.latest()
        };
        match highest {
            Some(version) => self.exact(&version.clone()),
            None => Err(Error::new(
                ErrorKind::NotFound,
                format!("`{}` has no release that is in use", self.name),
            )
            .hint(format!(
                "`promptctl list {} --retired` shows what there is",
                self.name
            ))),
        }
    }

    /// Finds the version that a label points to.
    pub(super) fn labelled(&self, label: &Label, default: &Label) -> Result<(Version, Held)> {
        match self.pointed_to(label)? {
            None => Err(self.no_such_label(label, default)),
            Some(id) => match self.exact(&id.version)? {
                (version, held) if held.identity == id.identity => Ok((version, held)),
                _ => Err(self.dangling(label, &id)),
            },
        }
    }

    /// Returns where a label points; fails if that is in dispute.
    pub(super) fn pointed_to(&self, label: &Label) -> Result<Option<VersionId>> {
        match self.history.label(label) {
            Some(LabelState::At(id)) => Ok(Some(id.clone())),
            Some(LabelState::Conflicted(claims)) => {
                let claims = in_words(claims);
                Err(self.conflict(format!(
                    "the label `{label}` of `{}` is in conflict: {}",
                    self.name, claims
                )))
            }
            Some(LabelState::Removed) | None => Ok(None),
        }
    }

    /// The label points to content that no event published.
    pub(super) fn dangling(&self, label: &Label, id: &VersionId) -> Error {
        let name = &self.name;
        Error::new(
            ErrorKind::Damaged,
            format!(
                "the label `{label}` of `{name}` points to content of {} that was never published \
                 (identity {})",
                id.version,
                id.identity.short()
            ),
        )
        .hint(format!(
            "`promptctl promote {name}@V --label {label}` moves it to a version that is there"
        ))
    }

    fn no_such_label(&self, label: &Label, default: &Label) -> Error {
        let name = &self.name;
        let error = Error::new(
            ErrorKind::NotFound,
            format!("`{name}` has no label `{label}`"),
        );
        let set: Vec<&str> = self
            .history
            .labels()
            .keys()
            .filter(|label| self.history.label(label).is_some())
            .map(Label::as_str)
            .collect();
        let meant = nearest(label.as_str(), set.iter().copied());
        error.hint(match (meant, self.history.latest()) {
            (Some(meant), _) => format!("did you mean `{name}@{meant}`?"),
            (None, Some(latest)) if label == default => format!(
                "`promptctl promote {name}@{latest}` sets it; `{name}@latest` reads {latest} \
                 without a label"
            ),
            (None, Some(latest)) => {
                format!("`promptctl promote {name}@{latest} --label {label}` sets it")
            }
            (None, None) => format!("`promptctl log {name}` shows what happened to it"),
        })
    }

    /// The numbers that stand for something, lowest first.
    pub(super) fn numbers_in_use(&self) -> impl DoubleEndedIterator<Item = &Version> {
        self.history
            .numbers()
            .iter()
            .filter(|(_, state)| **state != NumberState::Burnt)
            .map(|(version, _)| version)
    }

    /// The labels that point to a number.
    pub(super) fn labels_at(&self, version: &Version) -> Vec<Label> {
        self.history
            .labels()
            .iter()
            .filter(|(_, state)| matches!(state, LabelState::At(id) if id.version == *version))
            .map(|(label, _)| label.clone())
            .collect()
    }
}

/// The claims to a label in words: `1.0.1 or removed`; with identities where numbers are the same.
pub(super) fn in_words(claims: &[Option<VersionId>]) -> String {
    let is_twice = |id: &VersionId| {
        let versions = claims.iter().flatten().map(|other| &other.version);
        versions.filter(|version| **version == id.version).count() > 1
    };
    let words: Vec<String> = claims
        .iter()
        .map(|claim| match claim {
            None => "removed".to_owned(),
            Some(id) if is_twice(id) => format!("{} ({})", id.version, id.identity.short()),
            Some(id) => id.version.to_string(),
        })
        .collect();
    words.join(" or ")
}
