//! Starting up: where the first argument names a command, only that one is built.
//!
//! Building the arguments of all commands takes longer than most commands do. Whatever else stands
//! first (`--help`, an option, a mistyped name) gets all of them.

use clap::{ArgMatches, Args as _, Command, CommandFactory};

use super::env::Environment;
use super::{Cli, Global};

/// Adds the arguments of a command.
type Build = fn(Command) -> Command;

/// Every command with its name and what builds it.
const COMMANDS: [(&str, Build); 24] = [
    ("init", super::init::Args::augment_args),
    ("create", super::create::Args::augment_args),
    ("patch", super::patch::Args::augment_args),
    ("promote", super::promote::Args::augment_args),
    ("revert", super::revert::Args::augment_args),
    ("retire", super::retire::RetireArgs::augment_args),
    ("restore", super::retire::RestoreArgs::augment_args),
    ("rename", super::rename::Args::augment_args),
    ("void", super::void::Args::augment_args),
    ("note", super::note::Args::augment_args),
    ("list", super::list::Args::augment_args),
    ("show", super::show::Args::augment_args),
    ("log", super::log::Args::augment_args),
    ("status", super::status::Args::augment_args),
    ("diff", super::diff::Args::augment_args),
    ("render", super::render::Args::augment_args),
    ("validate", super::validate::Args::augment_args),
    ("why", super::why::Args::augment_args),
    ("impact", super::impact::Args::augment_args),
    ("manifest", super::manifest::Args::augment_args),
    ("resolve", super::resolve::Args::augment_args),
    ("repair", super::repair::Args::augment_args),
    ("completions", super::completions::Args::augment_args),
    ("man", super::man::Args::augment_args),
];

/// Reads the arguments of the process.
pub(super) fn arguments() -> Result<ArgMatches, clap::Error> {
    let first = Environment::first_argument();
    let known = COMMANDS
        .iter()
        .find(|(name, _)| first.as_deref().is_some_and(|first| first == *name));
    match known {
        Some((name, build)) => one(name, *build).try_get_matches(),
        None => Cli::command().try_get_matches(),
    }
}

/// The program with one command.
fn one(name: &'static str, build: Build) -> Command {
    let program = Cli::about(Command::new("promptctl"));
    Global::augment_args(program).subcommand(build(Command::new(name)))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{COMMANDS, one};
    use crate::cli::Cli;

    #[test]
    fn each_command_alone_is_what_it_is_among_all() {
        let mut all = Cli::command();
        all.build();
        let names: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
        let known: Vec<&str> = COMMANDS
            .iter()
            .map(|(name, _)| *name)
            .chain(["help"])
            .collect();
        assert_eq!(names, known);
        for (name, build) in COMMANDS {
            let mut alone = one(name, build);
            alone.build();
            let help = |command: &clap::Command| {
                let command = command.find_subcommand(name).unwrap();
                (
                    command.clone().render_long_help().to_string(),
                    command.clone().render_version(),
                )
            };
            assert_eq!(help(&alone), help(&all), "{name}");
        }
    }
}
