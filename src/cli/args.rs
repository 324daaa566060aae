//! Arguments that commands share, and how they become requests.

use std::time::Duration;

use super::env::Environment;
use crate::model::{PromptName, Selector};
use crate::ops::{Error, ErrorKind, Expect, LockWait, Source, Write};

/// What every writing command takes.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Writing")]
pub(super) struct WriteArgs {
    /// Why; kept in the changelog
    #[arg(short, long, value_name = "TEXT")]
    pub(super) message: Option<String>,

    /// Who [default: PROMPTCTL_AUTHOR, else git's user.name and user.email]
    #[arg(long, value_name = "AUTHOR")]
    pub(super) by: Option<String>,

    /// Print the event that would be recorded, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Go on only if the label still points to this version, or to `none`
    #[arg(long, value_name = "VERSION", value_parser = parse_expect)]
    pub(super) expect: Option<Expect>,

    #[command(flatten)]
    pub(super) lock: LockArgs,
}

/// How long to wait for other writers.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Writing")]
pub(super) struct LockArgs {
    /// How long to wait for another writer
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = parse_seconds)]
    lock_timeout: Duration,

    /// Write without a lock, where the file system has none and nobody else writes
    #[arg(long)]
    no_lock: bool,
}

impl WriteArgs {
    pub(super) fn request(&self, env: &Environment) -> anyhow::Result<Write> {
        Ok(Write {
            message: self.message.clone(),
            dry_run: self.dry_run,
            expect: self.expect.clone(),
            wait: self.lock.wait(),
            ..Write::by(env.author(self.by.as_deref())?)
        })
    }
}

impl LockArgs {
    pub(super) fn wait(&self) -> LockWait {
        if self.no_lock {
            LockWait::NoLock
        } else {
            LockWait::Timeout(self.lock_timeout)
        }
    }
}

fn parse_expect(text: &str) -> Result<Expect, String> {
    if text == "none" {
        return Ok(Expect::Nothing);
    }
    text.parse()
        .map(Expect::Version)
        .map_err(|error: crate::model::VersionError| error.to_string())
}

/// Seconds, with a fraction or without.
pub(super) fn parse_seconds(text: &str) -> Result<Duration, String> {
    text.parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| format!("`{text}` is no number of seconds"))
}

/// The text that `--file` names, or the draft.
pub(super) fn source(file: Option<&str>) -> anyhow::Result<Source> {
    Ok(match file {
        None => Source::Draft,
        Some(file) => {
            let (name, bytes) = Environment::read(file)?;
            Source::Bytes { name, bytes }
        }
    })
}

/// `NAME` or `NAME@VERSION`, where only an exact version makes sense.
#[derive(Debug, Clone)]
pub(super) struct NameOrVersion {
    pub(super) name: PromptName,
    pub(super) version: Option<crate::model::Version>,
}

impl std::str::FromStr for NameOrVersion {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let reference: crate::model::Reference = text.parse()?;
        let version = match reference.selector {
            None => None,
            Some(Selector::Exact(version)) => Some(version),
            Some(other) => {
                return Err(Error::new(
                    ErrorKind::Invalid,
                    format!("`{other}` is no exact version; this needs one, as in NAME@1.2.0"),
                ));
            }
        };
        Ok(Self {
            name: reference.name,
            version,
        })
    }
}
