//! Rules about the lines of a changelog.

use super::{Finding, Place};
use crate::text::changelog::{FaultReason, LineError, Log, Tail};

/// Checks the lines of a changelog.
pub(in crate::ops) fn check(path: &str, bytes: &[u8], log: &Log, name: &str) -> Vec<Finding> {
    let mut findings: Vec<Finding> = log
        .faults
        .iter()
        .map(|fault| {
            let place = Place::line(fault.line, fault.start, fault.length);
            line(path, &fault.reason, place, name)
        })
        .collect();
    findings.extend(log.doubled.iter().map(|&number| {
        Finding::new("log-duplicate-line", path, "this event stands here twice")
            .at(Place::line(number, 0, 0))
    }));
    if log.entries.is_empty() && log.faults.is_empty() {
        findings.push(
            Finding::new("log-missing", path, "the changelog has no events").hint(format!(
                "`git checkout -- {path}` brings the committed log back"
            )),
        );
    }
    let lines = bytes.split(|&byte| byte == b'\n').count() - 1;
    match &log.tail {
        Tail::None => {}
        Tail::Unterminated => findings.push(
            Finding::new("log-unterminated", path, "the last line lacks its newline")
                .at(Place::line(lines + 1, bytes.len(), 0))
                .hint("the next write mends it, and so does `promptctl repair`"),
        ),
        Tail::Torn { start, reason } => {
            let place = Place::line(lines + 1, *start, bytes.len() - start);
            findings.push(match reason {
                FaultReason::Line(LineError::NewerFormat(_)) => line(path, reason, place, name),
                _ => Finding::new(
                    "log-malformed",
                    path,
                    format!("the log ends with a piece of a line: {reason}"),
                )
                .at(place)
                .hint("the next write sets it aside, and so does `promptctl repair`"),
            });
        }
    }
    findings
}

fn line(path: &str, reason: &FaultReason, place: Place, name: &str) -> Finding {
    let rule = match reason {
        FaultReason::WrongPrompt(_) => "log-wrong-prompt",
        FaultReason::Line(LineError::NewerFormat(_)) => "log-newer-format",
        FaultReason::Line(LineError::IdMismatch { .. }) => "log-id-mismatch",
        FaultReason::Line(LineError::ConflictMarker) => "log-conflict-marker",
        FaultReason::Line(LineError::LineEnding) => "log-line-ending",
        FaultReason::Line(_) => "log-malformed",
    };
    let hint = match reason {
        FaultReason::Line(LineError::NewerFormat(_)) => "install a newer promptctl".to_owned(),
        FaultReason::Line(LineError::ConflictMarker) => {
            format!("`promptctl resolve {name}` keeps the events of both sides")
        }
        FaultReason::Line(LineError::LineEnding) => format!(
            "`promptctl init` writes the .gitattributes that prevent it; `promptctl resolve \
             {name}` mends the log"
        ),
        _ => format!(
            "`git checkout -- {path}` brings the committed log back; `promptctl resolve {name}` \
             keeps every line that verifies"
        ),
    };
    Finding::new(rule, path, reason.to_string())
        .at(place)
        .hint(hint)
}
