//! `list`: the prompts there are, and how they stand.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Ctx;
use super::error::{ErrorKind, Result};
use super::prompt::Prompt;
use crate::model::{Entry, Label, LabelState, NumberState, Op, PromptName, Version};
use crate::store::Folder;
use crate::text::document::{Document, Limits};

/// What `list` is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// Which names; none: all.
    pub pattern: Option<String>,
    /// Only prompts that have this label.
    pub label: Option<Label>,
    /// Only prompts with a label that is behind the latest release.
    pub behind: bool,
    /// Only prompts with this tag.
    pub tag: Option<String>,
    /// Retired prompts too.
    pub retired: bool,
}

/// The prompts there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// Those that were asked for, by name.
    pub prompts: Vec<Row>,
    /// How many retired prompts are not shown.
    pub hidden: usize,
    /// Those that could not be read, and why.
    pub unreadable: Vec<Unreadable>,
}

/// How a prompt stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// The highest release in use.
    pub latest: Option<String>,
    /// Labels and the versions they point to; null: in conflict.
    pub labels: BTreeMap<String, Option<String>>,
    /// The labels that point below the latest release.
    pub behind: Vec<String>,
    /// How many versions there are, retired ones included.
    pub versions: usize,
    /// How many of them are retired.
    pub retired_versions: usize,
    /// When it last changed, by the clock of whoever changed it.
    pub changed: Option<String>,
    /// Its working copy.
    pub draft: Draft,
    /// Whether it is out of use.
    pub retired: bool,
    /// What branches disagree about; `resolve` settles it.
    pub conflicts: Vec<String>,
}

/// How a working copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Draft {
    /// There is none.
    Absent,
    /// It is the text of some version.
    Published,
    /// It differs from every version.
    Edited,
}

/// A prompt that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// Its name, or its folder.
    pub name: String,
    /// What sort of failure it is.
    pub kind: &'static str,
    /// Why.
    pub message: String,
    /// What helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// Lists prompts.
pub fn list(ctx: &Ctx, request: &List) -> Result<Listing> {
    let mut listing = Listing::default();
    for folder in ctx.prompt_folders(request.pattern.as_deref())? {
        let name = folder.path.clone();
        match ctx.row(&folder, request) {
            Ok(Some(row)) if row.retired && !request.retired => listing.hidden += 1,
            Ok(Some(row)) => listing.prompts.push(row),
            Ok(None) => {}
            Err(error) => listing.unreadable.push(Unreadable::new(name, &error)),
        }
    }
    Ok(listing)
}

impl Unreadable {
    /// Says why a prompt could not be read.
    #[must_use]
    pub fn new(name: String, error: &super::Error) -> Self {
        Self {
            name,
            kind: error.kind().name(),
            message: error.message().to_owned(),
            hint: error.hint_text().map(str::to_owned),
        }
    }
}

impl Ctx {
    /// The folders that hold prompts whose names match a pattern, by name.
    pub(super) fn prompt_folders(&self, pattern: Option<&str>) -> Result<Vec<Folder>> {
        let mut folders = self.store.folders()?;
        folders.retain(|folder| {
            // Files in the root itself belong to no prompt; `validate` names them.
            folder.is_prompt()
                && !folder.path.is_empty()
                && pattern.is_none_or(|pattern| fast_glob::glob_match(pattern, &folder.path))
        });
        Ok(folders)
    }

    fn row(&self, folder: &Folder, request: &List) -> Result<Option<Row>> {
        let name = folder.name()?;
        let prompt = self.find_prompt(&name)?;
        let row = match &prompt {
            Some(prompt) => self.row_of(prompt)?,
            // A first write that was cut short leaves at most one file.
            None if folder.versions.len() < 2 => Row::unpublished(&name, folder.has_draft),
            None => {
                return Err(super::Error::new(
                    ErrorKind::Damaged,
                    format!("`{name}` has version files and no changelog"),
                )
                .hint(format!(
                    "`git log -- {}/{name}` may show where it went",
                    self.store.root()
                )));
            }
        };
        let has_label = |label: &Label| row.labels.contains_key(label.as_str());
        let is_wanted = request.label.as_ref().is_none_or(has_label)
            && (!request.behind || !row.behind.is_empty());
        if !is_wanted {
            return Ok(None);
        }
        if let Some(tag) = &request.tag
            && !self.has_tag(&name, prompt.as_ref(), tag)?
        {
            return Ok(None);
        }
        Ok(Some(row))
    }

    fn row_of(&self, prompt: &Prompt) -> Result<Row> {
        let history = &prompt.history;
        let latest = history.latest();
        let labels = labels(prompt);
        let is_behind = |version: &Option<String>| {
            let version = version
                .as_ref()
                .and_then(|text| text.parse::<Version>().ok());
            version.is_some_and(|version| latest.is_some_and(|latest| version < *latest))
        };
        let in_use: Vec<&Version> = prompt.numbers_in_use().collect();
        Ok(Row {
            name: prompt.name.to_string(),
            latest: latest.map(ToString::to_string),
            behind: labels
                .iter()
                .filter(|(_, version)| is_behind(version))
                .map(|(label, _)| label.clone())
                .collect(),
            labels,
            versions: in_use.len(),
            retired_versions: in_use
                .iter()
                .filter(|version| history.is_version_retired(version))
                .count(),
            changed: prompt.changed().map(|entry| entry.event.at.to_string()),
            draft: self.draft_state(prompt)?,
            retired: history.is_retired(),
            conflicts: conflicts(prompt),
        })
    }

    /// How a prompt's working copy stands.
    pub(super) fn draft_state(&self, prompt: &Prompt) -> Result<Draft> {
        Ok(match self.draft(&prompt.name)? {
            None => Draft::Absent,
            Some(draft) if prompt.has_published(&draft) => Draft::Published,
            Some(_) => Draft::Edited,
        })
    }

    fn has_tag(&self, name: &PromptName, prompt: Option<&Prompt>, tag: &str) -> Result<bool> {
        let text = match prompt {
            Some(prompt) => match prompt.labelled(self.default_label(), self.default_label()) {
                Ok((version, held)) => self.text_of(prompt, &version, held)?,
                Err(_) => match prompt.latest(true) {
                    Ok((version, held)) => self.text_of(prompt, &version, held)?,
                    Err(_) => return Ok(false),
                },
            },
            None => self.draft(name)?.unwrap_or_default(),
        };
        let document = Document::parse(&text, Limits::default());
        Ok(document.is_ok_and(|document| document.metadata.tags.iter().any(|t| t == tag)))
    }
}

/// Labels and the versions they point to; `None`: in conflict.
pub(super) fn labels(prompt: &Prompt) -> BTreeMap<String, Option<String>> {
    prompt
        .history
        .labels()
        .iter()
        .filter_map(|(label, state)| {
            let version = match state {
                LabelState::At(id) => Some(id.version.to_string()),
                LabelState::Conflicted(_) => None,
                LabelState::Removed => return None,
            };
            Some((label.to_string(), version))
        })
        .collect()
}

/// What branches disagree about, in words.
pub(super) fn conflicts(prompt: &Prompt) -> Vec<String> {
    let history = &prompt.history;
    let mut conflicts = Vec::new();
    if let Err(error) = prompt.check_settled() {
        conflicts.push(error.message().to_owned());
    }
    for (version, state) in history.numbers() {
        if matches!(state, NumberState::Conflicted(_)) {
            conflicts.push(format!("version {version}"));
        }
    }
    for (label, state) in history.labels() {
        if matches!(state, LabelState::Conflicted(_)) {
            conflicts.push(format!("label {label}"));
        }
    }
    conflicts
}

impl Prompt {
    /// The event that last changed something, remarks aside.
    pub(super) fn changed(&self) -> Option<&Entry> {
        self.history
            .entries()
            .iter()
            .rev()
            .find(|entry| entry.event.op != Op::Note)
    }
}

impl Row {
    fn unpublished(name: &PromptName, has_draft: bool) -> Self {
        Self {
            name: name.to_string(),
            latest: None,
            labels: BTreeMap::new(),
            behind: Vec::new(),
            versions: 0,
            retired_versions: 0,
            changed: None,
            draft: if has_draft {
                Draft::Edited
            } else {
                Draft::Absent
            },
            retired: false,
            conflicts: Vec::new(),
        }
    }
}
