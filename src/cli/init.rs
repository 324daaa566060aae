//! `init`, at the terminal.

use std::path::PathBuf;

use super::Global;
use super::args::LockArgs;
use super::env::Environment;
use super::exit::Outcome;
use super::ui::{Format, Ui};
use crate::ops::{self, Init};

/// Make a folder a store
///
/// Writes promptctl.toml, the folder prompts/ and the lines of .gitattributes that keep git from
/// converting published files. Run twice it changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  promptctl init\n  promptctl init prompts-repo")]
pub(super) struct Args {
    /// The folder [default: the current one]
    dir: Option<PathBuf>,

    #[command(flatten)]
    lock: LockArgs,
}

impl Args {
    pub(super) fn run(
        self,
        global: &Global,
        env: &Environment,
        ui: &mut Ui,
    ) -> anyhow::Result<Outcome> {
        let format = ui.format(&[Format::Text, Format::Json])?;
        let (folder, name) = match self.dir.or_else(|| global.store.clone()) {
            Some(folder) => (folder.clone(), folder.display().to_string()),
            None => (env.folder()?.to_owned(), "this folder".to_owned()),
        };
        let wait = self.lock.wait();
        let done = ops::init(&Init { folder, wait }, Environment::now()?)?;
        if format == Format::Json {
            ui.json("promptctl.init.v1", &done)?;
            return Ok(Outcome::Done);
        }
        if done.written.is_empty() {
            ui.say(format!("{name} is a store already"))?;
        } else {
            ui.say(format!(
                "{name} is a store now: {}",
                done.written.join(", ")
            ))?;
            ui.note("next: write prompts/NAME/draft.prompt, then `promptctl create NAME`")?;
        }
        Ok(Outcome::Done)
    }
}
