//! `completions`, at the terminal.

use clap_complete::env::Shells;

use super::exit::Outcome;
use super::ui::Ui;
use crate::ops::{Error, ErrorKind};

/// Print the script that teaches a shell to complete commands, names, versions and labels
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  promptctl completions bash >> ~/.bashrc
  promptctl completions zsh > ~/.zfunc/_promptctl
  promptctl completions fish > ~/.config/fish/completions/promptctl.fish")]
pub(super) struct Args {
    /// The shell
    #[arg(value_parser = ["bash", "zsh", "fish", "powershell", "elvish"])]
    shell: String,
}

/// bash breaks words at `@`, so that it would complete hosts behind `NAME@`.
const WHOLE_WORDS: &str = "COMP_WORDBREAKS=${COMP_WORDBREAKS//@/}\n";

impl Args {
    pub(super) fn run(self, ui: &mut Ui) -> anyhow::Result<Outcome> {
        let shells = Shells::builtins();
        let Some(shell) = shells.completer(&self.shell) else {
            let message = format!("there is no completion for `{}`", self.shell);
            return Err(Error::new(ErrorKind::Invalid, message).into());
        };
        let mut script = Vec::new();
        shell.write_registration(
            "COMPLETE",
            "promptctl",
            "promptctl",
            "promptctl",
            &mut script,
        )?;
        if self.shell == "bash" {
            script.extend_from_slice(WHOLE_WORDS.as_bytes());
        }
        ui.text(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Done)
    }
}
