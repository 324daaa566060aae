//! The floor of a cold start: a program that parses the arguments of `render` with clap, all that the real
//! one takes, and ends.

#![allow(missing_docs, reason = "a yardstick, not a library")]

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

#[derive(Parser)]
#[command(name = "floor", version, max_term_width = 100)]
struct Floor {
    /// The store's folder
    #[arg(long, global = true, value_name = "DIR", env = "FLOOR_STORE")]
    store: Option<PathBuf>,
    /// How to print the result
    #[arg(long, global = true, value_name = "FORMAT")]
    format: Option<Format>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// Print no more than is asked for
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Print more
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
    Messages,
    Dotprompt,
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Render a prompt
    Render(Render),
}

#[derive(clap::Args)]
struct Render {
    /// Which version
    #[arg(value_name = "REF", required_unless_present = "file")]
    reference: Option<String>,
    /// Render a file
    #[arg(long, value_name = "FILE", conflicts_with = "reference")]
    file: Option<String>,
    /// Give a value
    #[arg(long = "var", value_name = "NAME=TEXT")]
    vars: Vec<String>,
    /// Give a value as JSON
    #[arg(long = "var-json", value_name = "NAME=JSON")]
    json_vars: Vec<String>,
    /// Give values as JSON
    #[arg(long, value_name = "FILE")]
    input: Option<String>,
    /// Take values from the environment
    #[arg(long, value_name = "PREFIX")]
    env: Option<String>,
    /// Give what a runtime gives
    #[arg(long, value_name = "FILE", conflicts_with = "input")]
    data: Option<String>,
    /// Lend a partial
    #[arg(long = "partial", value_name = "NAME=FILE", requires = "file")]
    partials: Vec<String>,
    /// Lend a schema
    #[arg(long = "schema", value_name = "NAME=FILE", requires = "file")]
    schemas: Vec<String>,
    /// Begin with an example
    #[arg(long, value_name = "NAME")]
    example: Option<String>,
    /// Render missing values as nothing
    #[arg(long)]
    allow_missing: bool,
    /// Ignore values that nothing asks for
    #[arg(long)]
    allow_extra: bool,
    /// Read retired versions too
    #[arg(long)]
    retired: bool,
    /// The most bytes of output
    #[arg(long, value_name = "BYTES", default_value = "16777216")]
    max_output: usize,
    /// The most time
    #[arg(long, value_name = "SECONDS", default_value = "5")]
    timeout: f64,
}

fn main() {
    let floor = Floor::parse();
    // What was parsed must not be found useless and left out.
    std::hint::black_box(&floor);
    let Command::Render(render) = &floor.command;
    std::hint::black_box((&render.reference, &render.vars, &render.timeout));
}
