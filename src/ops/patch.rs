//! `patch`: the next wording of what a label points to.

use super::Ctx;
use super::create::{Base, check_before_lock, text};
use super::ctx::Write;
use super::error::{Error, ErrorKind, Result};
use super::prompt::Prompt;
use super::publish::{Content, NewVersion, Published};
use super::source::Source;
use crate::model::{Label, Op, PromptName, Version};
use crate::text::digest::identity;

/// What `patch` is asked for.
#[derive(Debug, Clone)]
pub struct Patch {
    /// The prompt.
    pub name: PromptName,
    /// Its text: the draft, a file, or a body.
    pub source: Source,
    /// The label whose version is the base, and which moves; none: the default label.
    pub label: Option<Label>,
    /// Whether the label stays where it is.
    pub no_promote: bool,
    /// Whether to publish an unchanged text whose partials have moved on.
    pub repin: bool,
    /// How to write.
    pub write: Write,
}

/// Publishes the next patch of what a label points to, and moves the label to it.
pub fn patch(ctx: &Ctx, request: &Patch) -> Result<Published> {
    let name = &request.name;
    let label = request.label.as_ref().unwrap_or(ctx.default_label());
    check_before_lock(ctx, name, &request.source)?;
    ctx.write(&request.write, |session| {
        let prompt = session.prompt(name)?;
        prompt.check_in_use()?;
        let base = base(ctx, &prompt, label)?;
        let labels = if request.no_promote {
            Vec::new()
        } else {
            vec![label.clone()]
        };
        session.check_expected(Some(&prompt), std::slice::from_ref(label))?;
        let (text, path) = text(ctx, name, &request.source, Some((&prompt, &base)))?;
        let checked = ctx.check_text(name, text, &path)?;
        let content = Content::new(checked);
        if is_unchanged(request, &prompt, &base, &labels, &content) {
            let facts = prompt.history.publish(base.held);
            return Ok(Published::unchanged(name, &base.version, facts));
        }
        let is_repinned =
            request.repin && content.sha256() == prompt.history.publish(base.held).sha256;
        if request.source == Source::Draft && !is_repinned {
            prompt.check_new_text(&content.text, base.held)?;
        }
        session.need_message()?;
        let version = prompt.next_patch(&base.version)?;
        let way_out = "`--label staging` moves another label, `--no-promote` none";
        ctx.store
            .settings()
            .check_new_version(&version, &labels, way_out)?;
        let new = NewVersion {
            version,
            content,
            from: Some(base.id()),
            labels,
            copy: None,
            origin: None,
        };
        session.publish_version(name, Some(&prompt), &new, Op::Patch, "")
    })
}

/// The label's version; for a label that is not set yet the default label's.
fn base(ctx: &Ctx, prompt: &Prompt, label: &Label) -> Result<Base> {
    let default = ctx.default_label();
    let label = match prompt.pointed_to(label)? {
        Some(_) => label,
        None => default,
    };
    let (version, held) = prompt.labelled(label, default)?;
    Ok(Base { version, held })
}

fn is_unchanged(
    request: &Patch,
    prompt: &Prompt,
    base: &Base,
    labels: &[Label],
    content: &Content,
) -> bool {
    let facts = prompt.history.publish(base.held);
    let is_same = if request.repin {
        // What a repin would publish, but in the semantics that the base was published with.
        let again = identity(
            content.sha256(),
            &content.pins,
            &content.schemas,
            facts.dialect,
        );
        again == facts.identity
    } else {
        content.sha256() == facts.sha256
    };
    is_same && prompt.all_point_to(labels, &base.version)
}

impl Prompt {
    /// The next number on a version's line: a patch above all others, or the next pre-release.
    fn next_patch(&self, base: &Version) -> Result<Version> {
        let mut next = if base.is_prerelease() {
            base.next_prerelease()
        } else {
            self.history.next_free_patch(base)
        };
        while let Some(version) = &next
            && self.history.numbers().contains_key(version)
        {
            next = version.next_prerelease();
        }
        next.ok_or_else(|| Error::new(ErrorKind::Limit, format!("there is no number after {base}")))
    }
}
