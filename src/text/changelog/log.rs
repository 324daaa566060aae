//! From the bytes of a changelog to its events, and whatever is wrong with the rest.

use std::collections::HashSet;

use super::parse::{LineError, parse_line};
use crate::model::{Entry, PromptName};

/// A changelog as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The events that verify, in the order of their lines, none twice.
    pub entries: Vec<Entry>,
    /// For each of `entries` its line, from 1.
    pub lines: Vec<usize>,
    /// The terminated lines that do not.
    pub faults: Vec<Fault>,
    /// The numbers of lines that repeat an event, from 1.
    pub doubled: Vec<usize>,
    /// What follows the last newline.
    pub tail: Tail,
}

/// A terminated line that is no event of this prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// Where it starts, in bytes.
    pub start: usize,
    /// Its length without the newline, in bytes.
    pub length: usize,
    /// Why.
    pub reason: FaultReason,
}

/// Why a line is no event of this prompt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultReason {
    /// It is no event at all.
    #[error(transparent)]
    Line(#[from] LineError),
    /// It was copied from the log of another prompt.
    #[error("the event belongs to `{0}`")]
    WrongPrompt(PromptName),
}

/// What follows the last newline of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Tail {
    /// Nothing.
    #[default]
    None,
    /// A whole event that verifies, and is among the entries; its newline is missing.
    Unterminated,
    /// A piece of a line that starts at this byte: an append was cut short, or is under way.
    Torn {
        /// Where it starts, in bytes.
        start: usize,
        /// Why it is no event.
        reason: FaultReason,
    },
}

impl Log {
    /// Returns what there is of a later version of the format: such a log is nobody's to mend.
    #[must_use]
    pub fn newer(&self) -> Option<&FaultReason> {
        let tail = match &self.tail {
            Tail::Torn { reason, .. } => Some(reason),
            Tail::None | Tail::Unterminated => None,
        };
        let mut all = self.faults.iter().map(|fault| &fault.reason).chain(tail);
        all.find(|reason| matches!(reason, FaultReason::Line(LineError::NewerFormat(_))))
    }
}

/// Reads a changelog that belongs to a prompt. Nothing is skipped silently: each line is an entry,
/// a double, a fault or the tail.
#[must_use]
pub fn read(bytes: &[u8], name: &PromptName) -> Log {
    let mut log = Log::default();
    let mut seen = HashSet::new();
    let mut start = 0;
    for (line, content) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        let (line, terminated) = (line + 1, content.strip_suffix(b"\n"));
        let text = terminated.unwrap_or(content);
        match parse_own_line(text, name) {
            Ok(entry) => {
                if seen.insert(entry.id) {
                    log.entries.push(entry);
                    log.lines.push(line);
                } else {
                    log.doubled.push(line);
                }
                if terminated.is_none() {
                    log.tail = Tail::Unterminated;
                }
            }
            Err(reason) if terminated.is_none() => log.tail = Tail::Torn { start, reason },
            Err(reason) => {
                let length = text.len();
                log.faults.push(Fault {
                    line,
                    start,
                    length,
                    reason,
                });
            }
        }
        start += content.len();
    }
    log
}

/// Finds every event of a prompt in a damaged log: lines whose ends were converted, that were glued
/// together, or that stand among other things. The second number counts the lines that hold
/// something else.
#[must_use]
pub fn salvage(bytes: &[u8], name: &PromptName) -> (Vec<Entry>, usize) {
    let mut entries = Vec::new();
    let mut lost = 0;
    let mut seen = HashSet::new();
    for line in bytes.split(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut found = 0;
        let mut rest = line;
        while let Some(start) = find_start(rest) {
            let end = find_start(&rest[start + 1..]).map_or(rest.len(), |next| start + 1 + next);
            if let Some((entry, length)) = parse_beginning(&rest[start..end], name) {
                found += length;
                if seen.insert(entry.id) {
                    entries.push(entry);
                }
            }
            rest = &rest[end..];
        }
        lost += usize::from(found < line.len());
    }
    (entries, lost)
}

/// How many ends of an event are tried where something is glued behind it.
const ENDS: usize = 64;

/// Reads the event that a piece of a line begins with, and its length.
fn parse_beginning(piece: &[u8], name: &PromptName) -> Option<(Entry, usize)> {
    let ends = (1..=piece.len())
        .rev()
        .filter(|&end| piece[end - 1] == b'}');
    ends.take(ENDS)
        .find_map(|end| Some((parse_own_line(&piece[..end], name).ok()?, end)))
}

/// Where the next event begins. In texts within an event the quotes are escaped.
fn find_start(line: &[u8]) -> Option<usize> {
    const START: &[u8] = b"{\"id\":\"";
    line.windows(START.len()).position(|window| window == START)
}

fn parse_own_line(line: &[u8], name: &PromptName) -> Result<Entry, FaultReason> {
    let entry = parse_line(line)?;
    if entry.event.name == *name {
        Ok(entry)
    } else {
        Err(FaultReason::WrongPrompt(entry.event.name))
    }
}
