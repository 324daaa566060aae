//! `create`: a new prompt, or a further version of one.

use super::Ctx;
use super::composition::published_file;
use super::ctx::Write;
use super::error::{Error, ErrorKind, Result};
use super::prompt::{Prompt, decoded};
use super::publish::{Content, NewVersion, Published};
use super::session::Session;
use super::source::Source;
use crate::model::{
    Bump, Held, Label, NumberState, Op, PinnedVersion, PromptName, Reference, Selector, Version,
    VersionId,
};
use crate::store::draft_path;
use crate::text::document::with_body;

/// What `create` is asked for.
#[derive(Debug, Clone)]
pub struct Create {
    /// The prompt.
    pub name: PromptName,
    /// Its text.
    pub source: Source,
    /// The number; none: 1.0.0 for a new prompt.
    pub number: Option<Number>,
    /// The version that it builds upon; none: the highest release.
    pub from: Option<Selector>,
    /// The labels to move to it.
    pub labels: Vec<Label>,
    /// Whether a new prompt goes without its first labels.
    pub no_label: bool,
    /// How to write.
    pub write: Write,
}

/// How a new version gets its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// It is given.
    Exact(Version),
    /// It follows from the version it builds upon.
    Bump(Bump),
}

/// Publishes a new prompt or a further version.
pub fn create(ctx: &Ctx, request: &Create) -> Result<Published> {
    check_before_lock(ctx, &request.name, &request.source)?;
    ctx.write(&request.write, |session| {
        match session.find_prompt(&request.name)? {
            None => first(session, request),
            Some(prompt) => further(session, request, &prompt),
        }
    })
}

fn first(session: &Session, request: &Create) -> Result<Published> {
    let ctx = session.ctx;
    let name = &request.name;
    check_place(ctx, name)?;
    let version = match &request.number {
        None => Version::first(),
        Some(Number::Exact(version)) => version.clone(),
        Some(Number::Bump(_)) => {
            return Err(Error::new(
                ErrorKind::Invalid,
                format!("`{name}` has no version yet that could be bumped"),
            )
            .hint(format!("`promptctl create {name}` publishes it as 1.0.0")));
        }
    };
    if request.from.is_some() {
        return Err(ctx.no_such_prompt(name));
    }
    let labels = match (&request.labels[..], request.no_label) {
        ([], false) => ctx.store.settings().first_labels.clone(),
        (labels, _) => labels.to_vec(),
    };
    let way_out = "`--no-label` publishes it without one, `--label` with another";
    ctx.store
        .settings()
        .check_new_version(&version, &labels, way_out)?;
    session.check_expected(None, &labels)?;
    let (content, copy) = content(session, request, None)?;
    let new = NewVersion {
        version,
        content,
        from: None,
        labels,
        copy,
        origin: None,
    };
    session.publish_version(name, None, &new, Op::Create, "First version")
}

fn further(session: &Session, request: &Create, prompt: &Prompt) -> Result<Published> {
    let ctx = session.ctx;
    let name = &request.name;
    prompt.check_settled()?;
    prompt.check_in_use()?;
    let base = match (base(ctx, request, prompt), &request.number) {
        (Ok(base), _) => Some(base),
        // Where everything was voided a number of its own is the way on.
        (Err(_), Some(Number::Exact(_))) if prompt.numbers_in_use().next().is_none() => None,
        (Err(error), _) => return Err(error),
    };
    let version = match (&request.number, &base) {
        (Some(Number::Exact(version)), _) => version.clone(),
        (Some(Number::Bump(bump)), Some(base)) => prompt.next_free(&base.version, *bump)?,
        (_, base) => {
            let latest = base
                .as_ref()
                .map_or_else(String::new, |base| base.version.to_string());
            return Err(Error::new(
                ErrorKind::Exists,
                format!("`{name}` exists already; its highest release is {latest}"),
            )
            .hint(format!(
                "`promptctl patch {name} -m WHY` publishes new wording, `promptctl create {name} \
                 --bump minor -m WHY` (or major) more than that"
            )));
        }
    };
    let (content, copy) = content(session, request, base.as_ref().map(|base| (prompt, base)))?;
    session.check_expected(Some(prompt), &request.labels)?;
    if let Some(unchanged) = unchanged(request, prompt, base.as_ref(), &version, &content)? {
        return Ok(unchanged);
    }
    if prompt.history.numbers().contains_key(&version) {
        return Err(number_taken(prompt, &version));
    }
    if let (Source::Draft, Some(base)) = (&request.source, &base) {
        prompt.check_new_text(&content.text, base.held)?;
    }
    session.need_message()?;
    let way_out =
        format!("publish it without the label, then `promptctl promote {name}@{version}`");
    ctx.store
        .settings()
        .check_new_version(&version, &request.labels, &way_out)?;
    let new = NewVersion {
        version,
        content,
        from: base.map(|base| base.id()),
        labels: request.labels.clone(),
        copy,
        origin: None,
    };
    session.publish_version(name, Some(prompt), &new, Op::Create, "")
}

/// The version that a new one builds upon.
pub(super) struct Base {
    pub(super) version: Version,
    pub(super) held: Held,
}

impl Base {
    pub(super) fn id(&self) -> VersionId {
        VersionId {
            version: self.version.clone(),
            identity: self.held.identity,
        }
    }
}

fn base(ctx: &Ctx, request: &Create, prompt: &Prompt) -> Result<Base> {
    if let Some(selector) = &request.from {
        let resolved = ctx.resolve_in(prompt.clone(), Some(selector), true)?;
        let (version, held) = (resolved.version, resolved.held);
        return Ok(Base { version, held });
    }
    prompt.highest_release()
}

/// There, and just as asked: nothing to do. A number that is named and free is never that.
fn unchanged(
    request: &Create,
    prompt: &Prompt,
    base: Option<&Base>,
    version: &Version,
    content: &Content,
) -> Result<Option<Published>> {
    let there = match (&request.number, base) {
        (Some(Number::Exact(_)), _) => prompt.held(version)?.map(|held| (version, held)),
        (_, Some(base)) => Some((&base.version, base.held)),
        (_, None) => None,
    };
    Ok(there.and_then(|(version, held)| {
        let facts = prompt.history.publish(held);
        let is_same =
            facts.sha256 == content.sha256() && prompt.all_point_to(&request.labels, version);
        is_same.then(|| Published::unchanged(&request.name, version, facts))
    }))
}

fn number_taken(prompt: &Prompt, version: &Version) -> Error {
    let name = &prompt.name;
    let bump = prompt.next_free(version, Bump::Patch);
    let message = match prompt.history.numbers().get(version) {
        Some(NumberState::Burnt) => {
            format!("`{name}@{version}` was voided, and its number is not used again")
        }
        _ => format!("`{name}@{version}` exists already, and versions never change"),
    };
    Error::new(ErrorKind::Exists, message).hint(match bump {
        Ok(next) => format!("the next free number is {next}: `--version {next}`"),
        Err(_) => format!("`promptctl log {name}` shows the numbers that are taken"),
    })
}

/// The text to publish, its pins, and what it is a copy of.
fn content(
    session: &Session,
    request: &Create,
    base: Option<(&Prompt, &Base)>,
) -> Result<(Content, Option<PinnedVersion>)> {
    let ctx = session.ctx;
    let name = &request.name;
    if let Source::Copy(reference) = &request.source {
        let (content, copy) = copied(ctx, reference)?;
        let (_, file) = published_file(&content.text, &reference.to_string())?;
        ctx.check_cycle(name, &file, content.pins.clone())
            .map_err(|faults| {
                let why = faults.first().map_or("", |fault| fault.message.as_str());
                Error::new(ErrorKind::Refused, format!("`{reference}`: {why}"))
            })?;
        return Ok((content, Some(copy)));
    }
    let (text, path) = text(ctx, name, &request.source, base)?;
    let checked = ctx.check_text(name, text, &path)?;
    Ok((Content::new(checked), None))
}

/// Checks a text before the lock is taken: nobody waits for another writer to learn of a typing
/// error. What cannot be read yet is told in its turn.
pub(super) fn check_before_lock(ctx: &Ctx, name: &PromptName, source: &Source) -> Result<()> {
    if matches!(source, Source::Draft | Source::Bytes { .. })
        && let Ok((text, path)) = text(ctx, name, source, None)
    {
        ctx.check_text(name, text, &path)?;
    }
    Ok(())
}

/// The text that an author gave, and what to call it in messages.
pub(super) fn text(
    ctx: &Ctx,
    name: &PromptName,
    source: &Source,
    base: Option<(&Prompt, &Base)>,
) -> Result<(String, String)> {
    Ok(match (source, base) {
        (Source::Bytes { name, bytes }, _) => (decoded(bytes, name)?, name.clone()),
        (Source::Body { name: path, bytes }, Some((prompt, base))) => {
            let body = decoded(bytes, path)?;
            let before = ctx.text_of(prompt, &base.version, base.held)?;
            let text = with_body(&before, &body)
                .map_err(|fault| Error::new(ErrorKind::Refused, fault.message))?;
            (text, path.clone())
        }
        _ => (ctx.need_draft(name)?, draft_path(ctx.store.root(), name)),
    })
}

/// The content of another version, as it was published.
pub(super) fn copied(ctx: &Ctx, reference: &Reference) -> Result<(Content, PinnedVersion)> {
    let resolved = ctx.resolve_reference(reference, true)?;
    let text = ctx.text_of(&resolved.prompt, &resolved.version, resolved.held)?;
    let facts = resolved.prompt.history.publish(resolved.held);
    let copy = PinnedVersion {
        name: reference.name.clone(),
        id: resolved.id(),
    };
    Ok((Content::again(ctx, text, facts)?, copy))
}

/// A prompt lies in no other prompt's folder, and no other prompt in its own.
pub(super) fn check_place(ctx: &Ctx, name: &PromptName) -> Result<()> {
    let nested = |outer: &str, inner: &str| {
        Error::new(
            ErrorKind::Exists,
            format!("`{inner}` would lie inside the folder of the prompt `{outer}`"),
        )
        .hint("choose a name that is neither above nor below another prompt's")
    };
    for outer in name.ancestors() {
        let folder = ctx.store.folder(&outer)?;
        if folder.is_some_and(|folder| folder.is_prompt()) {
            return Err(nested(outer.as_str(), name.as_str()));
        }
    }
    let inside = format!("{name}/");
    let inner = ctx
        .store
        .folders()?
        .into_iter()
        .find(|folder| folder.path.starts_with(&inside) && folder.is_prompt());
    match inner {
        Some(inner) => Err(nested(name.as_str(), &inner.path)),
        None => Ok(()),
    }
}

impl Prompt {
    /// Fails if the prompt is out of use: a name once retired is not silently used again.
    pub(super) fn check_in_use(&self) -> Result<()> {
        if self.history.is_retired() {
            let name = &self.name;
            return Err(
                Error::new(ErrorKind::Retired, format!("`{name}` is retired"))
                    .hint(format!("`promptctl restore {name}` brings it back")),
            );
        }
        Ok(())
    }

    /// The highest release: the base of bumps.
    pub(super) fn highest_release(&self) -> Result<Base> {
        let highest = self
            .history
            .latest()
            .or_else(|| self.history.releases().next_back())
            .or_else(|| self.numbers_in_use().next_back());
        let Some(version) = highest.cloned() else {
            return Err(Error::new(
                ErrorKind::NotFound,
                format!("every version of `{}` was voided", self.name),
            )
            .hint("`--version V` gives the new one a number of its own"));
        };
        let (version, held) = self.exact(&version)?;
        Ok(Base { version, held })
    }

    /// The number that a bump of a version leads to, above what is taken on its line.
    pub(super) fn next_free(&self, from: &Version, bump: Bump) -> Result<Version> {
        let overflow = || Error::new(ErrorKind::Limit, format!("there is no number after {from}"));
        let mut next = from.bumped(bump).ok_or_else(overflow)?;
        if bump == Bump::Patch {
            let is_free = from.is_prerelease() && !self.history.numbers().contains_key(&next);
            return if is_free {
                Ok(next)
            } else {
                self.history.next_free_patch(from).ok_or_else(overflow)
            };
        }
        let is_taken = |version: &Version| {
            let (major, minor, _) = version.numbers();
            self.history.numbers().keys().any(|taken| {
                let (m, n, _) = taken.numbers();
                !taken.is_prerelease() && m == major && (bump == Bump::Major || n == minor)
            })
        };
        while is_taken(&next) {
            next = next.bumped(bump).ok_or_else(overflow)?;
        }
        Ok(next)
    }
}
