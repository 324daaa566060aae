//! `promote`, at the terminal.

use clap_complete::ArgValueCompleter;

use super::args::WriteArgs;
use super::complete;
use super::create::rehearsed;
use super::env::Environment;
use super::exit::Outcome;
use super::ui::{Format, Mood, Ui, styled};
use crate::model::{Label, Reference};
use crate::ops::{self, Ctx, Promote, Promoted, Status, Way};

/// Move a label to a version, back, or away
///
/// A bare NAME means the version of the label that the policy's `from` names, else the latest
/// release. --rollback goes back to where the label was before, and is never held up by a policy.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  promptctl promote support/triage                          production goes to the latest
  promptctl promote support/triage@1.2.0 --label staging
  promptctl promote support/triage --rollback               production goes one step back
  promptctl promote support/triage --label staging --remove")]
pub(super) struct Args {
    /// The prompt, and the version: NAME or NAME@SELECTOR
    #[arg(value_name = "REF", add = ArgValueCompleter::new(complete::references))]
    reference: Reference,

    /// The label [default: the default label]
    #[arg(long, value_name = "LABEL", add = ArgValueCompleter::new(complete::labels))]
    label: Option<Label>,

    /// Go back to the version before, or to the one that is named
    #[arg(long, conflicts_with_all = ["remove", "overriding"])]
    rollback: bool,

    /// Take the label away
    #[arg(long, conflicts_with = "overriding")]
    remove: bool,

    /// Go past the label's policy; the reason is kept in the changelog
    #[arg(long = "override", value_name = "REASON", id = "overriding")]
    overriding: Option<String>,

    #[command(flatten)]
    write: WriteArgs,
}

impl Args {
    pub(super) fn run(self, ctx: &Ctx, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let way = match (self.rollback, self.remove) {
            (true, _) => Way::Back,
            (false, true) => Way::Remove,
            (false, false) => Way::Forward,
        };
        let request = Promote {
            reference: self.reference,
            label: self.label,
            way,
            overriding: self.overriding,
            write: self.write.request(env)?,
        };
        let promoted = ops::promote(ctx, &request)?;
        if format == Format::Json {
            ui.json("promptctl.promote.v1", &promoted)?;
        } else {
            tell(ui, &promoted)?;
        }
        Ok(Outcome::Done)
    }
}

fn tell(ui: &mut Ui, promoted: &Promoted) -> std::io::Result<()> {
    let Promoted {
        name,
        label,
        was,
        version,
        ..
    } = promoted;
    let name = styled(name, Mood::Name);
    let was = was.as_deref().unwrap_or("nothing");
    match (promoted.status, version) {
        (Status::Rehearsed, _) => rehearsed(ui, promoted.recorded.as_ref()),
        (Status::Unchanged, Some(version)) => ui.say(format!(
            "{label} of {name} is at {version} already; nothing was written"
        )),
        (Status::Unchanged, None) => {
            ui.say(format!("{name} has no label {label}; nothing was written"))
        }
        (Status::Written, Some(version)) if promoted.rollback => ui.say(format!(
            "{label} of {name} is back at {version} (it was at {was})"
        )),
        (Status::Written, Some(version)) => {
            ui.say(format!("{label} of {name}: {was} -> {version}"))
        }
        (Status::Written, None) => ui.say(format!("{label} of {name} is gone (it was at {was})")),
    }
}
