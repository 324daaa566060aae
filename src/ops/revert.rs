//! `revert`: an old version's content, published again with its old pins.

use super::Ctx;
use super::create::copied;
use super::ctx::Write;
use super::error::Result;
use super::publish::{NewVersion, Published};
use crate::model::{Bump, Label, Op, PromptName, Reference, Selector, Version};

/// What `revert` is asked for.
#[derive(Debug, Clone)]
pub struct Revert {
    /// The prompt.
    pub name: PromptName,
    /// The version whose content comes back.
    pub to: Selector,
    /// The labels to move to the new version.
    pub labels: Vec<Label>,
    /// How to write.
    pub write: Write,
}

/// Publishes old content as a new version, on top of the highest release.
pub fn revert(ctx: &Ctx, request: &Revert) -> Result<Published> {
    let name = &request.name;
    ctx.write(&request.write, |session| {
        let prompt = session.prompt(name)?;
        prompt.check_in_use()?;
        let base = prompt.highest_release()?;
        let reference = Reference {
            name: name.clone(),
            selector: Some(request.to.clone()),
        };
        let (content, copy) = copied(ctx, &reference)?;
        session.check_expected(Some(&prompt), &request.labels)?;
        let facts = prompt.history.publish(base.held);
        if facts.identity == copy.id.identity && prompt.all_point_to(&request.labels, &base.version)
        {
            return Ok(Published::unchanged(name, &base.version, facts));
        }
        session.need_message()?;
        let version = prompt.next_free(&base.version, bump(&base.version, &copy.id.version))?;
        let way_out = format!("leave the label away, then `promptctl promote {name}@{version}`");
        ctx.store
            .settings()
            .check_new_version(&version, &request.labels, &way_out)?;
        let new = NewVersion {
            version,
            content,
            from: Some(base.id()),
            labels: request.labels.clone(),
            copy: Some(copy),
            origin: None,
        };
        session.publish_version(name, Some(&prompt), &new, Op::Create, "")
    })
}

/// What going back is worth, as far as the numbers tell: on one minor line only the wording
/// differs; anything else takes away what callers may rely on.
fn bump(from: &Version, to: &Version) -> Bump {
    let line = |version: &Version| {
        let (major, minor, _) = version.numbers();
        (major, minor)
    };
    if line(from) == line(to) && !to.is_prerelease() {
        Bump::Patch
    } else {
        Bump::Major
    }
}

#[cfg(test)]
mod tests {
    use super::bump;
    use crate::model::Bump;

    #[test]
    fn going_back_across_minor_lines_breaks_callers() {
        let check = |from: &str, to: &str, expected| {
            assert_eq!(bump(&from.parse().unwrap(), &to.parse().unwrap()), expected);
        };
        check("1.0.2", "1.0.0", Bump::Patch);
        check("1.1.0", "1.0.0", Bump::Major);
        check("2.0.0", "1.0.0", Bump::Major);
        check("1.0.2", "1.0.0-rc.1", Bump::Major);
    }
}
