//! `man`, at the terminal.

use clap::CommandFactory;

use super::Cli;
use super::exit::Outcome;
use super::ui::Ui;
use crate::ops::{Error, ErrorKind};

/// Print a manual page
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  promptctl man | man -l -\n  promptctl man patch | man -l -")]
pub(super) struct Args {
    /// The command [default: the program]
    command: Option<String>,
}

impl Args {
    pub(super) fn run(self, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let mut program = Cli::command();
        program.build();
        let page = match &self.command {
            None => program,
            Some(name) => program
                .find_subcommand(name)
                .cloned()
                .ok_or_else(|| {
                    Error::new(ErrorKind::NotFound, format!("there is no command `{name}`"))
                        .hint("`promptctl help` shows the commands")
                })?
                .name(format!("promptctl-{name}")),
        };
        let mut bytes = Vec::new();
        clap_mangen::Man::new(page).render(&mut bytes)?;
        ui.text(&String::from_utf8_lossy(&bytes))?;
        Ok(Outcome::Done)
    }
}
