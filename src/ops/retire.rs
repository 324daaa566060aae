//! `retire` and `restore`: a version or a prompt goes out of use, and comes back.

use serde::Serialize;

use super::Ctx;
use super::ctx::Write;
use super::error::{Error, ErrorKind, Result};
use super::log::without_identity;
use super::prompt::Prompt;
use super::publish::{Moved, Status};
use super::session::{Recorded, Session};
use crate::model::{
    Label, LabelState, Lifecycle, Op, PromptName, Reference, Selector, Version, VersionId,
};

/// What `retire` is asked for.
#[derive(Debug, Clone)]
pub struct Retire {
    /// The prompt, and the version where only one goes.
    pub name: PromptName,
    /// The version.
    pub version: Option<Version>,
    /// Whether labels that point there are taken away along with it.
    pub unlabel: bool,
    /// What to use instead: a prompt, or a version of this one.
    pub successor: Option<String>,
    /// How to write.
    pub write: Write,
}

/// What `restore` is asked for.
#[derive(Debug, Clone)]
pub struct Restore {
    /// The prompt.
    pub name: PromptName,
    /// The version.
    pub version: Option<Version>,
    /// How to write.
    pub write: Write,
}

/// What went out of use or came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retired {
    /// The prompt.
    pub name: String,
    /// The version; none: the whole prompt.
    pub version: Option<String>,
    /// Whether it is out of use now.
    pub retired: bool,
    /// Whether that is a change.
    pub status: Status,
    /// The labels that were taken away.
    pub labels: Vec<Moved>,
    /// What to use instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// The event.
    #[serde(flatten)]
    pub recorded: Option<Recorded>,
}

/// Takes a version, or a prompt, out of use.
pub fn retire(ctx: &Ctx, request: &Retire) -> Result<Retired> {
    ctx.write(&request.write, |session| {
        let prompt = session.prompt(&request.name)?;
        let version = subject(&prompt, request.version.as_ref())?;
        let is_retired = match &version {
            Some(id) => prompt.history.is_version_itself_retired(&id.version),
            None => prompt.history.is_retired(),
        };
        if is_retired {
            return Ok(Retired::unchanged(&prompt, version.as_ref(), true));
        }
        let labels = prompt.labels_in_the_way(version.as_ref())?;
        if !labels.is_empty() && !request.unlabel {
            return Err(in_use(&prompt, version.as_ref(), &labels));
        }
        session.check_expected(Some(&prompt), &labels)?;
        let successor = successor(ctx, &prompt, request.successor.as_deref())?;
        record(session, &prompt, version, labels, successor)
    })
}

/// Brings a version, or a prompt, back into use.
pub fn restore(ctx: &Ctx, request: &Restore) -> Result<Retired> {
    ctx.write(&request.write, |session| {
        session.refuse_expected()?;
        let prompt = session.prompt(&request.name)?;
        let version = subject(&prompt, request.version.as_ref())?;
        let is_retired = match &version {
            Some(id) => prompt.history.is_version_itself_retired(&id.version),
            None => prompt.history.is_retired(),
        };
        if !is_retired {
            return Ok(Retired::unchanged(&prompt, version.as_ref(), false));
        }
        let message = match &version {
            Some(id) => format!("Restore {}", id.version),
            None => "Restore".to_owned(),
        };
        let op = Op::Restore(Lifecycle {
            version: version.clone(),
            labels: Vec::new(),
            was: crate::model::Was::new(),
            successor: None,
        });
        let recorded = session.record(&prompt.name, prompt.history.heads(), op, &message)?;
        Ok(Retired {
            status: session.status(),
            recorded: Some(recorded),
            ..Retired::unchanged(&prompt, version.as_ref(), false)
        })
    })
}

pub(super) fn record(
    session: &Session,
    prompt: &Prompt,
    version: Option<VersionId>,
    labels: Vec<Label>,
    successor: Option<String>,
) -> Result<Retired> {
    let was = prompt.was(&labels)?;
    let moved = was
        .iter()
        .map(|(label, id)| Moved {
            label: label.to_string(),
            was: id.as_ref().map(|id| id.version.to_string()),
        })
        .collect();
    let message = match &version {
        Some(id) => format!("Retire {}", id.version),
        None => "Retire".to_owned(),
    };
    let unchanged = Retired::unchanged(prompt, version.as_ref(), true);
    let op = Op::Retire(Lifecycle {
        version,
        labels,
        was,
        successor: successor.clone(),
    });
    let recorded = session.record(&prompt.name, prompt.history.heads(), op, &message)?;
    Ok(Retired {
        status: session.status(),
        labels: moved,
        successor: successor.map(|text| without_identity(&text)),
        recorded: Some(recorded),
        ..unchanged
    })
}

fn subject(prompt: &Prompt, version: Option<&Version>) -> Result<Option<VersionId>> {
    let Some(version) = version else {
        return Ok(None);
    };
    let (version, held) = prompt.exact(version)?;
    let identity = held.identity;
    Ok(Some(VersionId { version, identity }))
}

fn in_use(prompt: &Prompt, version: Option<&VersionId>, labels: &[Label]) -> Error {
    let name = &prompt.name;
    let what = version.map_or_else(
        || format!("`{name}`"),
        |id| format!("`{name}@{}`", id.version),
    );
    let names: Vec<String> = labels.iter().map(|label| format!("`{label}`")).collect();
    let verb = if names.len() == 1 { "points" } else { "point" };
    Error::new(
        ErrorKind::Policy,
        format!("{what} is in use: {} {verb} to it", names.join(", ")),
    )
    .hint(format!(
        "move the label first (`promptctl promote {name}@V --label {}`), or take it away along \
         with it: `--unlabel`",
        labels[0]
    ))
}

/// What to use instead must be there: a prompt, or a version of this one.
fn successor(ctx: &Ctx, prompt: &Prompt, text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text else {
        return Ok(None);
    };
    if let Ok(version) = text.parse::<Version>() {
        let (version, held) = prompt.exact(&version)?;
        let identity = held.identity;
        return Ok(Some(VersionId { version, identity }.to_string()));
    }
    let reference: Reference = text.parse()?;
    if let Some(Selector::Exact(version)) = &reference.selector
        && reference.name == prompt.name
    {
        return successor(ctx, prompt, Some(&version.to_string()));
    }
    if reference.selector.is_some() || reference.name == prompt.name {
        return Err(Error::new(
            ErrorKind::Invalid,
            format!("`{text}` is neither another prompt nor a version of this one"),
        ));
    }
    ctx.prompt(&reference.name)?;
    Ok(Some(reference.name.to_string()))
}

impl Prompt {
    /// The labels that point to what is to go out of use. One in conflict is in the way as well.
    fn labels_in_the_way(&self, version: Option<&VersionId>) -> Result<Vec<Label>> {
        let mut labels = Vec::new();
        for (label, state) in self.history.labels() {
            match (state, version) {
                (LabelState::Removed, _) => {}
                (LabelState::At(at), Some(id)) if at.version != id.version => {}
                (LabelState::At(_), _) => labels.push(label.clone()),
                (LabelState::Conflicted(_), _) => {
                    self.pointed_to(label)?;
                }
            }
        }
        Ok(labels)
    }
}

impl Retired {
    fn unchanged(prompt: &Prompt, version: Option<&VersionId>, retired: bool) -> Self {
        Self {
            name: prompt.name.to_string(),
            version: version.map(|id| id.version.to_string()),
            retired,
            status: Status::Unchanged,
            labels: Vec::new(),
            successor: None,
            recorded: None,
        }
    }
}
