//! The floor of a cold start: a program that parses the arguments of `render` with clap and ends.

#![allow(missing_docs, reason = "a yardstick, not a library")]

use clap::Parser;

#[derive(Parser)]
#[command(name = "floor", version)]
enum Floor {
    /// Takes what `render` takes.
    Render {
        /// The prompt.
        reference: String,
        /// Values.
        #[arg(long = "var", value_name = "NAME=TEXT")]
        vars: Vec<String>,
        /// An example.
        #[arg(long)]
        example: Option<String>,
    },
    /// Takes what `list` takes.
    List {
        /// A pattern.
        pattern: Option<String>,
    },
}

fn main() {
    match Floor::parse() {
        Floor::Render {
            reference,
            vars,
            example,
        } => drop((reference, vars, example)),
        Floor::List { pattern } => drop(pattern),
    }
}
