//! The process's environment, clock and streams: read here and nowhere else.

#![allow(clippy::disallowed_methods, reason = "this is the room for them")]

use std::env;
use std::io::{self, IsTerminal, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context as _;

use crate::model::Timestamp;
use crate::ops::{Error, ErrorKind, system_message};

/// The author, if `--by` does not say.
const AUTHOR: &str = "PROMPTCTL_AUTHOR";

/// Seconds since 1970 that stand for now, for builds that must come out the same twice.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The most bytes that are read of any input; every limit for what it may hold is lower.
const INPUT_BYTES: u64 = 64 * 1024 * 1024;

/// What the process was started with.
#[derive(Debug)]
pub(super) struct Environment {
    folder: io::Result<PathBuf>,
}

impl Environment {
    pub(super) fn of_process() -> Self {
        Self {
            folder: env::current_dir(),
        }
    }

    /// The first argument of the process.
    pub(super) fn first_argument() -> Option<std::ffi::OsString> {
        env::args_os().nth(1)
    }

    /// The folder that the process was started in.
    pub(super) fn folder(&self) -> anyhow::Result<&Path> {
        match &self.folder {
            Ok(folder) => Ok(folder),
            Err(error) => Err(anyhow::anyhow!(
                "the current folder cannot be read: {error}"
            )),
        }
    }

    pub(super) fn now() -> anyhow::Result<Timestamp> {
        let seconds = match env::var(EPOCH) {
            Ok(text) => text
                .parse()
                .with_context(|| format!("{EPOCH}: `{text}` is no number of seconds"))?,
            Err(_) => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .ok()
                .and_then(|since| i64::try_from(since.as_secs()).ok())
                .context("the clock is before 1970")?,
        };
        Timestamp::from_unix_seconds(seconds)
            .with_context(|| format!("{seconds} seconds since 1970 is no time"))
    }

    /// Who writes: the flag, the environment, or git's settings.
    pub(super) fn author(&self, flag: Option<&str>) -> anyhow::Result<String> {
        let given = flag.map(str::to_owned).or_else(|| env::var(AUTHOR).ok());
        if let Some(author) = given.or_else(|| self.git_author()) {
            return Ok(author);
        }
        Err(Error::new(ErrorKind::Invalid, "nobody says who writes this")
            .hint(format!(
                "`--by 'Ada Example <ada@example.com>'`, {AUTHOR}, or `git config user.name 'Ada Example'`"
            ))
            .into())
    }

    fn git_author(&self) -> Option<String> {
        let output = Command::new("git")
            .args(["config", "--get-regexp", r"^user\.(name|email)$"])
            .current_dir(self.folder.as_ref().ok()?)
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        // The last one wins, as it does for git.
        let find = |key: &str| {
            let value = text.lines().rev().find_map(|line| line.strip_prefix(key));
            value.map(|value| value.trim().to_owned())
        };
        match (find("user.name "), find("user.email ")) {
            (Some(name), Some(email)) => Some(format!("{name} <{email}>")),
            (name, email) => name.or(email),
        }
    }

    /// Reads a file, or standard input for `-`. What it is called in messages comes with it.
    pub(super) fn read(file: &str) -> anyhow::Result<(String, Vec<u8>)> {
        if file != "-" {
            let mut bytes = Vec::new();
            std::fs::File::open(file)
                .and_then(|opened| opened.take(INPUT_BYTES + 1).read_to_end(&mut bytes))
                .map_err(|error| cannot_read(file, &error))?;
            return Ok((file.to_owned(), within_limit(file, bytes)?));
        }
        let mut bytes = Vec::new();
        io::stdin()
            .take(INPUT_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| cannot_read("standard input", &error))?;
        let name = "standard input".to_owned();
        Ok((name.clone(), within_limit(&name, bytes)?))
    }

    /// The variables whose names begin with a prefix, without it, in the order of their names.
    pub(super) fn with_prefix(prefix: &str) -> anyhow::Result<Vec<(String, String)>> {
        if prefix.is_empty() {
            let message = "`--env` needs a prefix: without one it would take the whole environment";
            return Err(Error::new(ErrorKind::Invalid, message).into());
        }
        let mut found = Vec::new();
        for (name, value) in env::vars_os() {
            let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(prefix)) else {
                continue;
            };
            let value = value.into_string().map_err(|_| {
                let message = format!("the variable `{prefix}{rest}` is not UTF-8");
                Error::new(ErrorKind::Invalid, message)
            })?;
            if !rest.is_empty() {
                found.push((rest.to_owned(), value));
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// The store that the environment names.
    pub(super) fn store() -> Option<PathBuf> {
        env::var_os("PROMPTCTL_STORE").map(PathBuf::from)
    }

    /// Whether people read what goes to standard output.
    pub(super) fn is_terminal() -> bool {
        io::stdout().is_terminal()
    }

    /// Whether the arguments ask for JSON; asked when they could not be read.
    pub(super) fn wants_json() -> bool {
        let args: Vec<_> = env::args_os().collect();
        args.iter().any(|arg| arg == "--format=json")
            || args.windows(2).any(|pair| pair == ["--format", "json"])
    }
}

fn within_limit(what: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
    if bytes.len() as u64 <= INPUT_BYTES {
        return Ok(bytes);
    }
    let message = format!("`{what}` has more than {INPUT_BYTES} bytes");
    Err(Error::new(ErrorKind::Limit, message))
}

fn cannot_read(what: &str, error: &io::Error) -> Error {
    let kind = match error.kind() {
        io::ErrorKind::NotFound => ErrorKind::NotFound,
        _ => ErrorKind::Io,
    };
    Error::new(
        kind,
        format!("cannot read `{what}`: {}", system_message(error)),
    )
}
