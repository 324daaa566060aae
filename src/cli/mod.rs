//! The terminal: arguments in, words and exit codes out.
//!
//! One file a command: its arguments (whose comments are the help), how it runs, and its words.
//! Decisions are made in `ops`; here they are only asked for and told.

mod args;
mod complete;
mod completions;
mod create;
mod diff;
mod env;
mod exit;
mod impact;
mod init;
mod list;
mod log;
mod man;
mod manifest;
mod note;
mod patch;
mod promote;
mod rename;
mod render;
mod repair;
mod resolve;
mod retire;
mod revert;
mod show;
mod start;
mod status;
mod ui;
mod validate;
mod void;
mod why;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use self::env::Environment;
use self::exit::Outcome;
use self::ui::{ColorChoice, Format, Ui};
use crate::ops::Ctx;

/// Versions, labels and an honest changelog for LLM prompts kept in git.
///
/// A prompt is a folder of plain files: versions that never change, a draft that people edit, and a
/// changelog that proves itself. A reference names a version: NAME, NAME@1.2.0, NAME@^1.2,
/// NAME@staging, NAME@latest. A bare NAME means the version of the default label, production.
#[derive(Debug, Parser)]
#[command(
    name = "promptctl",
    version,
    max_term_width = 100,
    propagate_version = true
)]
#[command(after_help = "\
Examples:
  promptctl init                         make this folder a store
  promptctl create support/triage        publish its draft as 1.0.0
  promptctl patch support/triage -m WHY  publish the edited draft, move production
  promptctl render support/triage --var ticket='It is broken'
  promptctl validate                     check everything

Exit codes: 0 done; 1 the answer is no; 2 the request is wrong; 3 conflict; 4 damage or I/O;
5 cannot decide; 6 outcome unknown.")]
struct Cli {
    #[command(flatten)]
    global: Global,

    #[command(subcommand)]
    command: Command,
}

impl Cli {
    /// Says of the program what holds for each of its commands.
    fn about(program: clap::Command) -> clap::Command {
        program
            .version(env!("CARGO_PKG_VERSION"))
            .max_term_width(100)
            .propagate_version(true)
            .subcommand_required(true)
    }
}

/// What every command takes.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Everywhere")]
struct Global {
    /// The store's folder [default: the nearest one above with promptctl.toml]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "PROMPTCTL_STORE",
        hide_env = true
    )]
    store: Option<PathBuf>,

    /// How to print the result [default: text]
    #[arg(long, global = true, value_name = "FORMAT")]
    format: Option<Format>,

    /// When to use colour: auto, always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    color: ColorChoice,

    /// Print no more than is asked for
    #[arg(short, long, global = true)]
    quiet: bool,

    /// Print more: digests, ids of events
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Create(create::Args),
    Patch(patch::Args),
    Promote(promote::Args),
    Revert(revert::Args),
    Retire(retire::RetireArgs),
    Restore(retire::RestoreArgs),
    Rename(rename::Args),
    Void(void::Args),
    Note(note::Args),
    List(list::Args),
    Show(show::Args),
    Log(log::Args),
    Status(status::Args),
    Diff(diff::Args),
    Render(render::Args),
    Validate(validate::Args),
    Why(why::Args),
    Impact(impact::Args),
    Manifest(manifest::Args),
    Resolve(resolve::Args),
    Repair(repair::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs the program: the arguments of the process in, its exit code out.
#[must_use]
pub fn main() -> ExitCode {
    clap_complete::CompleteEnv::with_factory(Cli::command).complete();
    let environment = Environment::of_process();
    let matches = start::arguments();
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return exit::usage(&error),
    };
    let mut ui = Ui::new(&cli.global);
    let result = run(cli, &environment, &mut ui);
    exit::report(result, &mut ui)
}

fn run(cli: Cli, env: &Environment, ui: &mut Ui) -> anyhow::Result<Outcome> {
    match cli.command {
        Command::Init(args) => return args.run(&cli.global, env, ui),
        Command::Completions(args) => return args.run(ui),
        Command::Man(args) => return args.run(ui),
        Command::Render(args) if args.is_of_a_file() && !has_store(&cli.global, env) => {
            return args.run(None, ui);
        }
        _ => {}
    }
    let ctx = open(&cli.global, env)?;
    let result = run_in_store(cli.command, &ctx, env, ui);
    for remark in ctx.take_remarks() {
        // What the command came to counts, whether or not anybody reads remarks.
        let _ = ui.warn(&remark, result.is_err());
    }
    result.map_err(|error| exit::after_commit(error, ctx.recorded()))
}

fn run_in_store(
    command: Command,
    ctx: &Ctx,
    env: &Environment,
    ui: &mut Ui,
) -> anyhow::Result<Outcome> {
    match command {
        Command::Create(args) => args.run(ctx, env, ui),
        Command::Patch(args) => args.run(ctx, env, ui),
        Command::Promote(args) => args.run(ctx, env, ui),
        Command::Revert(args) => args.run(ctx, env, ui),
        Command::Retire(args) => args.run(ctx, env, ui),
        Command::Restore(args) => args.run(ctx, env, ui),
        Command::Rename(args) => args.run(ctx, env, ui),
        Command::Void(args) => args.run(ctx, env, ui),
        Command::Note(args) => args.run(ctx, env, ui),
        Command::List(args) => args.run(ctx, ui),
        Command::Show(args) => args.run(ctx, ui),
        Command::Log(args) => args.run(ctx, ui),
        Command::Status(status::Args {}) => status::run(ctx, ui),
        Command::Diff(args) => args.run(ctx, ui),
        Command::Render(args) => args.run(Some(ctx), ui),
        Command::Validate(args) => args.run(ctx, env, ui),
        Command::Why(args) => args.run(ctx, ui),
        Command::Impact(args) => args.run(ctx, ui),
        Command::Manifest(args) => args.run(ctx, ui),
        Command::Resolve(args) => args.run(ctx, env, ui),
        Command::Repair(args) => args.run(ctx, ui),
        Command::Init(_) | Command::Completions(_) | Command::Man(_) => {
            unreachable!("these run without a store")
        }
    }
}

/// Tells whether a store is named, or is found. One that is damaged is one.
fn has_store(global: &Global, env: &Environment) -> bool {
    let folder = env.folder().ok();
    global.store.is_some() || folder.is_some_and(Ctx::is_in_a_store)
}

fn open(global: &Global, env: &Environment) -> anyhow::Result<Ctx> {
    Ok(match &global.store {
        Some(folder) => Ctx::open(folder, Environment::now()?)?,
        None => Ctx::find(env.folder()?, Environment::now()?)?,
    })
}
