//! From a line to its event: strict, so that there is one way to write each event.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::cursor::Cursor;
use super::{FORMAT, LINE_BYTES};
use crate::model::{
    Entry, Event, EventId, Lifecycle, Op, Origin, Promote, Publish, Resolve, Unlabel, Was,
    check_author, check_message,
};
use crate::text::digest::{event_id, identity};

/// Why a line is no event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// A later version of the format.
    #[error("format version {0} needs a newer promptctl")]
    NewerFormat(u64),
    /// The bytes are not those that the id was computed from.
    #[error("the line was changed: its bytes give the id {found}…, it says {stated}…")]
    IdMismatch {
        /// The first digits of the id in the line.
        stated: String,
        /// The first digits of the id that the line should have.
        found: String,
    },
    /// Git left a marker of a conflict.
    #[error("a conflict marker of git stands here")]
    ConflictMarker,
    /// The line is whole but for its end, which was converted.
    #[error("the line ends with CR LF; git or an editor converted it")]
    LineEnding,
    /// More than [`LINE_BYTES`].
    #[error("the line has {0} bytes; the limit is {LINE_BYTES}")]
    TooLong(usize),
    /// Not UTF-8.
    #[error("the line is not UTF-8")]
    NotUtf8,
    /// Something else than the format asks for.
    #[error("column {column}: expected {expected}")]
    Malformed {
        /// The column, in characters from 1.
        column: usize,
        /// What should stand there.
        expected: String,
    },
}

/// Reads one line, given without its newline.
///
/// The format's version is looked at first, then the id, then the members.
pub fn parse_line(line: &[u8]) -> Result<Entry, LineError> {
    if line.len() > LINE_BYTES {
        return Err(LineError::TooLong(line.len()));
    }
    for marker in [b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||"] {
        if line.starts_with(marker) {
            return Err(LineError::ConflictMarker);
        }
    }
    match line.strip_suffix(b"\r") {
        None => parse_unconverted(line),
        Some(unconverted) => Err(match parse_unconverted(unconverted) {
            Ok(_) => LineError::LineEnding,
            Err(error) => error,
        }),
    }
}

fn parse_unconverted(line: &[u8]) -> Result<Entry, LineError> {
    let line = str::from_utf8(line).map_err(|_| LineError::NotUtf8)?;
    let (stated, version, rest_at) = parse_prefix(line)?;
    if version != FORMAT {
        return Err(LineError::NewerFormat(version));
    }
    let found = event_id(&line.as_bytes()[rest_at..]);
    if stated != found {
        let (stated, found) = (stated.short(), found.short());
        return Err(LineError::IdMismatch { stated, found });
    }
    let mut cursor = Cursor::new(line, rest_at);
    cursor.expect("\"v\":1")?;
    let event = parse_event(&mut cursor)?;
    Ok(Entry { id: stated, event })
}

/// Reads `{"id":"<64 hex>","v":N`; the place returned is that of `"v"`.
fn parse_prefix(line: &str) -> Result<(EventId, u64, usize), LineError> {
    let mut cursor = Cursor::new(line, 0);
    cursor.expect("{\"id\":")?;
    let id = cursor.digest()?;
    cursor.expect(",")?;
    let rest_at = line.len() - cursor.rest().len();
    cursor.expect("\"v\":")?;
    let version = cursor.number()?;
    if version == 0 {
        return Err(cursor.missed("a version of the format, from 1"));
    }
    Ok((id, version, rest_at))
}

fn parse_event(cursor: &mut Cursor) -> Result<Event, LineError> {
    cursor.expect(",\"kind\":\"prompt\",\"name\":")?;
    let name = cursor.value()?;
    cursor.expect(",\"op\":")?;
    let op = cursor.string()?;
    let parents = if cursor.member("parents") {
        cursor.list(Cursor::digest)?
    } else {
        Vec::new()
    };
    let op = parse_op(cursor, &op)?;
    let message = text(cursor, "message")?;
    if !cursor.member("by") {
        return Err(cursor.missed("`,\"by\":`, or a member of this operation in its order"));
    }
    let by = cursor.string()?;
    check_author(&by).map_err(|error| cursor.missed(format!("an author ({error})")))?;
    cursor.expect(",\"at\":")?;
    let at = cursor.value()?;
    let ext = if cursor.member("ext") {
        Some(cursor.raw_object()?)
    } else {
        None
    };
    cursor.end()?;
    Ok(Event {
        name,
        op,
        parents,
        message,
        by,
        at,
        ext,
    })
}

fn parse_op(cursor: &mut Cursor, op: &str) -> Result<Op, LineError> {
    Ok(match op {
        "create" => Op::Create(Box::new(parse_publish(cursor)?)),
        "patch" => Op::Patch(Box::new(parse_publish(cursor)?)),
        "promote" => Op::Promote(parse_promote(cursor)?),
        "unlabel" => Op::Unlabel(Unlabel {
            labels: required(cursor, "labels", |c| c.list(Cursor::value))?,
            was: parse_was(cursor, "was")?,
        }),
        "retire" => Op::Retire(parse_lifecycle(cursor)?),
        "restore" => Op::Restore(parse_lifecycle(cursor)?),
        "void" => Op::Void {
            target: required(cursor, "target", Cursor::digest)?,
        },
        "resolve" => Op::Resolve(Box::new(parse_resolve(cursor)?)),
        "note" => Op::Note,
        _ => return Err(cursor.missed(format!("an operation of this format, not `{op}`"))),
    })
}

fn parse_publish(cursor: &mut Cursor) -> Result<Publish, LineError> {
    let version = required(cursor, "version", Cursor::value)?;
    let sha256 = required(cursor, "sha256", Cursor::digest)?;
    let from = optional(cursor, "from", Cursor::value)?;
    let labels = optional(cursor, "labels", |c| c.list(Cursor::value))?.unwrap_or_default();
    let was = parse_was(cursor, "was")?;
    let pins: BTreeMap<_, _> = members(cursor, "pins", Cursor::value)?
        .into_iter()
        .collect();
    let schemas = members(cursor, "schemas", Cursor::digest)?
        .into_iter()
        .collect();
    let dialect = required(cursor, "dialect", Cursor::number)?;
    let dialect = u32::try_from(dialect).map_err(|_| cursor.missed("a dialect below 2^32"))?;
    let copy = optional(cursor, "copy", Cursor::value)?;
    let origin = optional(cursor, "origin", parse_origin)?;
    let allow_breaking = text(cursor, "allow_breaking")?;
    Ok(Publish {
        version,
        sha256,
        identity: identity(sha256, &pins, &schemas, dialect),
        from,
        labels,
        was,
        pins,
        schemas,
        dialect,
        copy,
        origin,
        allow_breaking,
    })
}

fn parse_origin(cursor: &mut Cursor) -> Result<Origin, LineError> {
    cursor.expect("{\"kind\":\"prompt\",\"name\":")?;
    let name = cursor.value()?;
    let heads = required(cursor, "heads", |c| c.list(Cursor::digest))?;
    cursor.expect("}")?;
    Ok(Origin { name, heads })
}

fn parse_promote(cursor: &mut Cursor) -> Result<Promote, LineError> {
    Ok(Promote {
        version: required(cursor, "version", Cursor::value)?,
        labels: required(cursor, "labels", |c| c.list(Cursor::value))?,
        was: parse_was(cursor, "was")?,
        rollback: optional(cursor, "rollback", |c| c.expect("true"))?.is_some(),
        accept_breaking: text(cursor, "accept_breaking")?,
        overridden: text(cursor, "override")?,
    })
}

fn parse_lifecycle(cursor: &mut Cursor) -> Result<Lifecycle, LineError> {
    Ok(Lifecycle {
        version: optional(cursor, "version", Cursor::value)?,
        labels: optional(cursor, "labels", |c| c.list(Cursor::value))?.unwrap_or_default(),
        was: parse_was(cursor, "was")?,
        successor: text(cursor, "successor")?,
    })
}

fn parse_resolve(cursor: &mut Cursor) -> Result<Resolve, LineError> {
    let versions = members(cursor, "versions", Cursor::digest)?;
    let versions = keyed(cursor, versions)?;
    let labels = parse_was(cursor, "labels")?;
    let absent = optional(cursor, "absent", |c| c.list(Cursor::digest))?.unwrap_or_default();
    let roots = optional(cursor, "roots", |c| c.list(Cursor::digest))?.unwrap_or_default();
    let reasons = members(cursor, "allow_breaking", checked_text)?;
    let allow_breaking = keyed(cursor, reasons)?;
    Ok(Resolve {
        versions,
        labels,
        absent,
        roots,
        allow_breaking,
    })
}

fn parse_was(cursor: &mut Cursor, name: &str) -> Result<Was, LineError> {
    let was = members(cursor, name, |c| {
        if c.skip("null") {
            Ok(None)
        } else {
            c.value().map(Some)
        }
    })?;
    keyed(cursor, was)
}

/// Reads the keys of an object as values.
fn keyed<K: FromStr + Ord, V>(
    cursor: &Cursor,
    members: Vec<(String, V)>,
) -> Result<BTreeMap<K, V>, LineError>
where
    K::Err: ToString,
{
    members
        .into_iter()
        .map(|(key, value)| match key.parse::<K>() {
            Ok(key) => Ok((key, value)),
            Err(error) => {
                let why = error.to_string();
                Err(cursor.missed(format!("other keys before ({why})")))
            }
        })
        .collect()
}

fn members<'a, T>(
    cursor: &mut Cursor<'a>,
    name: &str,
    value: impl FnMut(&mut Cursor<'a>) -> Result<T, LineError>,
) -> Result<Vec<(String, T)>, LineError> {
    Ok(optional(cursor, name, |c| c.object(value))?.unwrap_or_default())
}

fn text(cursor: &mut Cursor, name: &str) -> Result<Option<String>, LineError> {
    optional(cursor, name, checked_text)
}

fn checked_text(cursor: &mut Cursor) -> Result<String, LineError> {
    let text = cursor.string()?;
    check_message(&text).map_err(|error| cursor.missed(format!("a text before ({error})")))?;
    Ok(text)
}

fn required<'a, T>(
    cursor: &mut Cursor<'a>,
    name: &str,
    value: impl FnOnce(&mut Cursor<'a>) -> Result<T, LineError>,
) -> Result<T, LineError> {
    if !cursor.member(name) {
        return Err(cursor.missed(format!("`,\"{name}\":`")));
    }
    value(cursor)
}

fn optional<'a, T>(
    cursor: &mut Cursor<'a>,
    name: &str,
    value: impl FnOnce(&mut Cursor<'a>) -> Result<T, LineError>,
) -> Result<Option<T>, LineError> {
    if cursor.member(name) {
        value(cursor).map(Some)
    } else {
        Ok(None)
    }
}
