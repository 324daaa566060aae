//! `promote`: a label moves to a version, back to one, or away.

use serde::Serialize;

use super::Ctx;
use super::ctx::Write;
use super::error::{Error, ErrorKind, Result};
use super::prompt::Prompt;
use super::publish::Status;
use super::session::{Recorded, Session};
use crate::model::{
    Label, LabelState, Op, Promote as PromoteEvent, Reference, Selector, Unlabel, Version,
    VersionId, Was, check_message,
};

/// What `promote` is asked for.
#[derive(Debug, Clone)]
pub struct Promote {
    /// The prompt, and the version where it is said.
    pub reference: Reference,
    /// The label; none: the default label.
    pub label: Option<Label>,
    /// What to do with it.
    pub way: Way,
    /// Why the label's policy does not count this time.
    pub overriding: Option<String>,
    /// How to write.
    pub write: Write,
}

/// Where a label goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the version.
    Forward,
    /// Back to where it was before.
    Back,
    /// Away.
    Remove,
}

/// A label that moved, or was where it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Promoted {
    /// The prompt.
    pub name: String,
    /// The label.
    pub label: String,
    /// The version it pointed to before.
    pub was: Option<String>,
    /// The version it points to now.
    pub version: Option<String>,
    /// Whether that is a change.
    pub status: Status,
    /// Whether it went back.
    pub rollback: bool,
    /// The event.
    #[serde(flatten)]
    pub recorded: Option<Recorded>,
}

/// Moves a label.
pub fn promote(ctx: &Ctx, request: &Promote) -> Result<Promoted> {
    let label = request.label.as_ref().unwrap_or(ctx.default_label());
    if let Some(reason) = &request.overriding {
        check_message(reason)?;
    }
    ctx.write(&request.write, |session| {
        let prompt = session.prompt(&request.reference.name)?;
        session.check_expected(Some(&prompt), std::slice::from_ref(label))?;
        match request.way {
            Way::Remove => {
                if let Some(selector) = &request.reference.selector {
                    return Err(Error::new(
                        ErrorKind::Invalid,
                        format!("`--remove` takes the label away wherever it is; `@{selector}` says nothing"),
                    )
                    .hint(format!(
                        "`promptctl promote {} --label {label} --remove`",
                        prompt.name
                    )));
                }
                remove(session, &prompt, label)
            }
            Way::Forward => {
                prompt.check_in_use()?;
                let id = target(ctx, &prompt, label, request.reference.selector.as_ref())?;
                if prompt.all_point_to(std::slice::from_ref(label), &id.version) {
                    return advance(session, &prompt, label, id, None);
                }
                check_forward(ctx, &prompt, label, &id.version)?;
                let overriding = check_policy(ctx, request, &prompt, label, &id.version)?;
                advance(session, &prompt, label, id, overriding)
            }
            Way::Back => {
                prompt.check_in_use()?;
                let id = earlier(ctx, request, &prompt, label)?;
                go_back(session, &prompt, label, id)
            }
        }
    })
}

/// The version that a bare name means here: where the label that the policy names is, else the
/// latest.
fn target(
    ctx: &Ctx,
    prompt: &Prompt,
    label: &Label,
    selector: Option<&Selector>,
) -> Result<VersionId> {
    let from = ctx.store.settings().policy(label).from;
    let from = from.filter(|_| selector.is_none());
    let selector = match (selector, &from) {
        (Some(selector), _) => selector.clone(),
        (None, Some(from)) => Selector::Label(from.clone()),
        (None, None) => Selector::Latest,
    };
    let resolved = ctx.resolve_in(prompt.clone(), Some(&selector), false);
    Ok(resolved
        .map_err(|error| match from {
            Some(from) if error.kind() == ErrorKind::NotFound => Error::new(
                ErrorKind::NotFound,
                format!("{error}, which the policy of `{label}` asks for"),
            )
            .hint(format!(
                "`promptctl promote {}@V --label {from}` sets it",
                prompt.name
            )),
            _ => error,
        })?
        .id())
}

/// Where labels do not go back, they do not go back by a plain move either.
fn check_forward(ctx: &Ctx, prompt: &Prompt, label: &Label, to: &Version) -> Result<()> {
    let is_back = match prompt.history.label(label) {
        Some(LabelState::At(now)) => *to < now.version && prompt.history.has_carried(to, label),
        _ => false,
    };
    if is_back && ctx.store.settings().fix_forward {
        return Err(no_way_back(prompt, label));
    }
    Ok(())
}

fn no_way_back(prompt: &Prompt, label: &Label) -> Error {
    let name = &prompt.name;
    Error::new(
        ErrorKind::Policy,
        "labels do not go back in this store (`fix-forward = true`)",
    )
    .hint(format!(
        "`promptctl revert {name} --to V --label {label} -m WHY` publishes the old text again"
    ))
}

fn check_policy(
    ctx: &Ctx,
    request: &Promote,
    prompt: &Prompt,
    label: &Label,
    version: &Version,
) -> Result<Option<String>> {
    let name = &prompt.name;
    match ctx.store.settings().judge(Some(prompt), version, label) {
        // A reason that was not needed is no fact worth recording.
        Ok(()) => Ok(None),
        Err(_) if request.overriding.is_some() => Ok(request.overriding.clone()),
        Err(breach) => Err(breach.refusal(&match &breach {
            super::policy::Breach::From { from, .. } => format!(
                "`promptctl promote {name}@{version} --label {from}` first; `--override REASON` \
                 goes past the policy and is recorded"
            ),
            super::policy::Breach::Prerelease { .. } => format!(
                "publish the release first: `promptctl create {name} --copy {name}@{version} \
                 --version {} -m WHY`; `--override REASON` goes past the policy and is recorded",
                version
                    .bumped(crate::model::Bump::Patch)
                    .map_or_else(|| "V".to_owned(), |release| release.to_string())
            ),
        })),
    }
}

fn advance(
    session: &Session,
    prompt: &Prompt,
    label: &Label,
    id: VersionId,
    overriding: Option<String>,
) -> Result<Promoted> {
    let message = format!("Point {label} to {}", id.version);
    move_label(session, prompt, label, id, (false, overriding), &message)
}

fn go_back(session: &Session, prompt: &Prompt, label: &Label, id: VersionId) -> Result<Promoted> {
    let message = format!("Roll {label} back to {}", id.version);
    move_label(session, prompt, label, id, (true, None), &message)
}

fn move_label(
    session: &Session,
    prompt: &Prompt,
    label: &Label,
    version: VersionId,
    (rollback, overridden): (bool, Option<String>),
    message: &str,
) -> Result<Promoted> {
    let labels = vec![label.clone()];
    let was = prompt.was(&labels)?;
    let mut outcome = Promoted::unchanged(prompt, label, &was);
    outcome.version = Some(version.version.to_string());
    outcome.rollback = rollback;
    if was[label].as_ref() == Some(&version) {
        return Ok(outcome);
    }
    let op = Op::Promote(PromoteEvent {
        version,
        labels,
        was,
        rollback,
        accept_breaking: None,
        overridden,
    });
    let heads = prompt.history.heads();
    outcome.recorded = Some(session.record(&prompt.name, heads, op, message)?);
    outcome.status = session.status();
    Ok(outcome)
}

/// Where a label goes back to: what is said, if it has been there, else where it was before.
fn earlier(ctx: &Ctx, request: &Promote, prompt: &Prompt, label: &Label) -> Result<VersionId> {
    let name = &prompt.name;
    if ctx.store.settings().fix_forward {
        return Err(no_way_back(prompt, label));
    }
    let trail = prompt.history.label_trail(label);
    let Some(selector) = &request.reference.selector else {
        let now = prompt.pointed_to(label)?;
        let is_usable = |id: &&VersionId| {
            now.as_ref() != Some(*id)
                && prompt.history.current(id).is_some()
                && !prompt.history.is_version_retired(&id.version)
        };
        let before = trail.iter().rev().find(is_usable);
        return before.cloned().ok_or_else(|| {
            Error::new(
                ErrorKind::NotFound,
                format!("there is no earlier version that `{label}` of `{name}` could go back to"),
            )
            .hint(format!("`promptctl log {name}` shows where it has been"))
        });
    };
    let resolved = ctx.resolve_in(prompt.clone(), Some(selector), false)?;
    if prompt.history.has_carried(&resolved.version, label) {
        return Ok(resolved.id());
    }
    let version = &resolved.version;
    Err(Error::new(
        ErrorKind::Policy,
        format!("`{label}` has never pointed to {version}, so it cannot go back there"),
    )
    .hint(format!(
        "`promptctl promote {name}@{version} --label {label}` moves it there"
    )))
}

fn remove(session: &Session, prompt: &Prompt, label: &Label) -> Result<Promoted> {
    let labels = vec![label.clone()];
    let was = prompt.was(&labels)?;
    let mut outcome = Promoted::unchanged(prompt, label, &was);
    if prompt.history.label(label).is_none() {
        return Ok(outcome);
    }
    let op = Op::Unlabel(Unlabel { labels, was });
    let message = format!("Take {label} away");
    let heads = prompt.history.heads();
    outcome.recorded = Some(session.record(&prompt.name, heads, op, &message)?);
    outcome.status = session.status();
    Ok(outcome)
}

impl Promoted {
    fn unchanged(prompt: &Prompt, label: &Label, was: &Was) -> Self {
        let was = was.get(label).cloned().flatten();
        Self {
            name: prompt.name.to_string(),
            label: label.to_string(),
            was: was.map(|id| id.version.to_string()),
            version: None,
            status: Status::Unchanged,
            rollback: false,
            recorded: None,
        }
    }
}
