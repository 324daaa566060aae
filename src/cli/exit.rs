//! Exit codes: one table, from the kind of an error to the number that scripts see.

use std::io;
use std::process::ExitCode;

use clap::error::ContextKind;

use super::env::Environment;
use super::ui::Ui;
use crate::ops::{Error, ErrorKind, system_message};

/// What a command that did its work has to say with its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Done.
    Done,
    /// The answer is no: findings, or a difference.
    No,
    /// Done, but some prompts could not be read.
    Damaged,
    /// Done, but some prompts are still in conflict.
    Conflicted,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::No => 1,
            Outcome::Conflicted => 3,
            Outcome::Damaged => 4,
        })
    }
}

fn code(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::Invalid
        | ErrorKind::NotFound
        | ErrorKind::Retired
        | ErrorKind::Refused
        | ErrorKind::Limit => 2,
        ErrorKind::Exists
        | ErrorKind::Expectation
        | ErrorKind::Policy
        | ErrorKind::Conflicted
        | ErrorKind::Busy => 3,
        ErrorKind::Damaged | ErrorKind::NewerFormat | ErrorKind::Replaced | ErrorKind::Io => 4,
        ErrorKind::Unknown => 6,
    }
}

/// A result that cannot be printed is no failed write: what was recorded is said with the error, so
/// that nobody does it twice.
pub(super) fn after_commit(error: anyhow::Error, recorded: Option<String>) -> anyhow::Error {
    match (error.downcast_ref::<io::Error>(), recorded) {
        (Some(cause), Some(event)) if cause.kind() != io::ErrorKind::BrokenPipe => {
            let message = format!(
                "event {} was recorded, but the result cannot be written: {}",
                &event[..12],
                system_message(cause)
            );
            Error::new(ErrorKind::Io, message)
                .hint("do not repeat the command: it is done")
                .into()
        }
        _ => error,
    }
}

/// Tells how a command ended.
pub(super) fn report(result: anyhow::Result<Outcome>, ui: &mut Ui) -> ExitCode {
    let error = match result {
        Ok(outcome) => return outcome.into(),
        Err(error) => error,
    };
    // Whoever closed the pipe has seen enough, and what was done is done.
    if error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    {
        return ExitCode::SUCCESS;
    }
    let error =
        error
            .downcast::<Error>()
            .unwrap_or_else(|error| match error.downcast_ref::<io::Error>() {
                Some(error) => Error::new(
                    ErrorKind::Io,
                    format!("cannot write the result: {}", system_message(error)),
                ),
                None => Error::new(ErrorKind::Invalid, format!("{error:#}")),
            });
    // Where even that cannot be printed, the exit code still tells.
    let _ = ui.error(&error, error.kind() == ErrorKind::Busy);
    ExitCode::from(code(error.kind()))
}

/// Tells what is wrong with the arguments; `--help` and `--version` end here too.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if Environment::wants_json() || error.kind() == clap::error::ErrorKind::ValueValidation {
        let mut ui = Ui::of_errors(Environment::wants_json());
        let _ = ui.error(&usage_error(error), false);
    } else {
        let _ = error.print();
    }
    ExitCode::from(code(ErrorKind::Invalid))
}

/// A value that cannot be read is told in the words of whoever reads it; all else in clap's.
fn usage_error(error: &clap::Error) -> Error {
    if let (Some(cause), Some(argument)) = (
        std::error::Error::source(error),
        error.get(ContextKind::InvalidArg),
    ) {
        return Error::new(ErrorKind::Invalid, cause.to_string())
            .hint(format!("`--help` shows what `{argument}` may be"));
    }
    let text = error.to_string();
    let words: Vec<&str> = text
        .split("\n\nUsage:")
        .flat_map(|part| part.split("\n\nFor more"))
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let message = words.join(" ");
    Error::new(ErrorKind::Invalid, message.trim_start_matches("error: "))
        .hint("`promptctl help` shows the commands")
}
