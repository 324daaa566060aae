//! One way to write an event, one way to read it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{FaultReason, LineError, Tail, parse_line, print_line, read};
use crate::model::{
    Digest, Event, Label, Lifecycle, Op, Origin, PinnedVersion, Promote, Publish, Resolve, Unlabel,
    Version, VersionId, Was,
};
use crate::text::digest::{event_id, identity};

fn note(message: &str) -> Event {
    Event {
        name: "support/triage".parse().unwrap(),
        op: Op::Note,
        parents: Vec::new(),
        message: Some(message.to_owned()),
        by: "Ada Example <ada@example.com>".to_owned(),
        at: "2026-11-20T10:00:00Z".parse().unwrap(),
        ext: None,
    }
}

fn line(event: Event) -> String {
    print_line(event).1
}

/// A line with the right id for whatever follows it.
fn signed(rest: &str) -> String {
    format!("{{\"id\":\"{}\",{rest}", event_id(rest.as_bytes()))
}

fn complaint(line: &str) -> String {
    parse_line(line.as_bytes()).unwrap_err().to_string()
}

#[test]
fn writes_the_line_of_the_specification() {
    assert_eq!(
        line(note("Ask for \"the\" order number\n")),
        concat!(
            r#"{"id":"be35140a0dd4015479940dacffd79f717dba94d68c34ca92069e76cc73424843","#,
            r#""v":1,"kind":"prompt","name":"support/triage","op":"note","#,
            r#""message":"Ask for \"the\" order number\n","by":"Ada Example <ada@example.com>","#,
            r#""at":"2026-11-20T10:00:00Z"}"#
        )
    );
}

#[test]
fn looks_at_the_version_first_then_at_the_id_then_at_the_members() {
    let text = line(note("x"));
    let newer = text.replace("\"v\":1", "\"v\":2");
    assert_eq!(parse_line(newer.as_bytes()), Err(LineError::NewerFormat(2)));
    let changed = text.replace("support", "suppork");
    assert!(matches!(
        parse_line(changed.as_bytes()),
        Err(LineError::IdMismatch { .. })
    ));
    assert_eq!(
        complaint(&signed(
            r#""v":1,"kind":"prompt","name":"a","op":"dance","by":"x"}"#
        )),
        "column 119: expected an operation of this format, not `dance`"
    );
}

#[test]
fn refuses_every_other_way_to_write_an_event() {
    let good =
        r#""v":1,"kind":"prompt","name":"a","op":"note","by":"x","at":"2026-11-20T10:00:00Z"}"#;
    assert!(parse_line(signed(good).as_bytes()).is_ok());
    for (from, to) in [
        ("\"kind\"", " \"kind\""),
        ("\"by\":\"x\"", "\"by\":\"\\u0078\""),
        ("\"by\":\"x\"", "\"by\":\"x\",\"by\":\"x\""),
        ("\"by\":\"x\"", "\"by\":\"\""),
        ("\"by\":\"x\",\"at\"", "\"at\""),
        ("Z\"}", "Z\",\"more\":1}"),
        ("Z\"}", "Z\",\"ext\":{}}"),
        ("Z\"}", "Z\",\"ext\":{\"a\":1,\"a\":2}}"),
        ("Z\"}", "Z\"} "),
        ("Z\"}", "Z\""),
        ("\"note\"", "\"note\",\"parents\":[]"),
        ("\"name\":\"a\"", "\"name\":\"../a\""),
        ("\"v\":1", "\"v\":01"),
    ] {
        let other = good.replace(from, to);
        assert_ne!(other, good);
        assert!(parse_line(signed(&other).as_bytes()).is_err(), "{other}");
    }
}

#[test]
fn names_what_git_and_editors_leave_behind() {
    assert_eq!(parse_line(b"<<<<<<< HEAD"), Err(LineError::ConflictMarker));
    let converted = format!("{}\r", line(note("x")));
    assert_eq!(parse_line(converted.as_bytes()), Err(LineError::LineEnding));
    assert_eq!(
        parse_line(&vec![b'x'; 64 * 1024 + 1]),
        Err(LineError::TooLong(64 * 1024 + 1))
    );
}

#[test]
fn keeps_what_other_tools_add() {
    let mut event = note("x");
    event.ext = Some(r#"{"z":1.50,"a":[{}]}"#.to_owned());
    let (entry, text) = print_line(event);
    assert_eq!(parse_line(text.as_bytes()), Ok(entry));
}

#[test]
fn a_log_accounts_for_every_line() {
    let (one, two) = (line(note("one")), line(note("two")));
    let name = "support/triage".parse().unwrap();
    let log = read(format!("{one}\n{one}\nrubbish\n{two}").as_bytes(), &name);
    assert_eq!(log.lines, [1, 4]);
    assert_eq!(log.doubled, [2]);
    assert_eq!(log.faults[0].line, 3);
    assert_eq!(log.tail, Tail::Unterminated);

    let torn = read(format!("{one}\n{}", &two[..50]).as_bytes(), &name);
    assert!(matches!(torn.tail, Tail::Torn { start, .. } if start == one.len() + 1));

    let glued = read(format!("{one}{two}\n").as_bytes(), &name);
    assert!(glued.entries.is_empty());

    let other = read(format!("{one}\n").as_bytes(), &"other".parse().unwrap());
    assert_eq!(other.faults[0].reason, FaultReason::WrongPrompt(name));
}

fn digest() -> impl Strategy<Value = Digest> {
    any::<u8>().prop_map(|byte| Digest([byte; 32]))
}

fn version() -> impl Strategy<Value = Version> {
    "[0-9]{1,2}\\.[0-9]\\.[0-9](-rc\\.[0-9])?".prop_filter_map("a version", |v| v.parse().ok())
}

fn version_id() -> impl Strategy<Value = VersionId> {
    (version(), digest()).prop_map(|(version, identity)| VersionId { version, identity })
}

fn pinned() -> impl Strategy<Value = PinnedVersion> {
    ("[a-z]{4,8}/[a-z]{4,8}", version_id()).prop_filter_map("a name", |(name, id)| {
        Some(PinnedVersion {
            name: name.parse().ok()?,
            id,
        })
    })
}

fn labels() -> impl Strategy<Value = Vec<Label>> {
    prop::collection::btree_set("[a-z]{4,8}", 0..3)
        .prop_map(|set| set.iter().filter_map(|text| text.parse().ok()).collect())
}

fn some_labels() -> impl Strategy<Value = Vec<Label>> {
    labels().prop_filter("labels", |labels| !labels.is_empty())
}

fn was() -> impl Strategy<Value = Was> {
    prop::collection::btree_map("[a-z]{4,8}", prop::option::of(version_id()), 0..3).prop_map(
        |map| {
            map.into_iter()
                .filter_map(|(label, id)| Some((label.parse().ok()?, id)))
                .collect()
        },
    )
}

fn reason() -> impl Strategy<Value = Option<String>> {
    prop::option::of("[ -~äß\u{1F600}]{0,10}[a-z\"\\\\]")
}

fn digests() -> impl Strategy<Value = Vec<Digest>> {
    prop::collection::btree_set(digest(), 0..4).prop_map(|set| set.into_iter().collect())
}

fn publish() -> impl Strategy<Value = Publish> {
    (
        (
            version(),
            digest(),
            prop::option::of(version_id()),
            labels(),
            was(),
        ),
        prop::collection::btree_map("[a-z/\"]{1,8}", pinned(), 0..3),
        prop::collection::btree_map("[A-Z][a-z]{1,8}", digest(), 0..3),
        (
            1..3_u32,
            prop::option::of(pinned()),
            prop::option::of(("[a-z]{4,8}", digest())),
        ),
        reason(),
    )
        .prop_map(
            |(first, pins, schemas, (dialect, copy, origin), allow_breaking)| {
                let (version, sha256, from, labels, was) = first;
                Publish {
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
                    origin: origin.and_then(|(name, head)| {
                        Some(Origin {
                            name: name.parse().ok()?,
                            heads: vec![head],
                        })
                    }),
                    allow_breaking,
                }
            },
        )
}

fn lifecycle() -> impl Strategy<Value = Lifecycle> {
    (prop::option::of(version_id()), labels(), was(), reason()).prop_map(
        |(version, labels, was, successor)| Lifecycle {
            version,
            labels,
            was,
            successor,
        },
    )
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        publish().prop_map(|p| Op::Create(Box::new(p))),
        publish().prop_map(|p| Op::Patch(Box::new(p))),
        (
            version_id(),
            some_labels(),
            was(),
            any::<bool>(),
            reason(),
            reason()
        )
            .prop_map(
                |(version, labels, was, rollback, accept_breaking, overridden)| Op::Promote(
                    Promote {
                        version,
                        labels,
                        was,
                        rollback,
                        accept_breaking,
                        overridden,
                    }
                )
            ),
        (some_labels(), was()).prop_map(|(labels, was)| Op::Unlabel(Unlabel { labels, was })),
        lifecycle().prop_map(Op::Retire),
        lifecycle().prop_map(Op::Restore),
        digest().prop_map(|target| Op::Void { target }),
        (
            prop::collection::btree_map(version(), digest(), 0..4),
            was(),
            digests(),
            digests(),
            prop::collection::btree_map(version(), "[a-z\"\n]{0,5}[a-z]", 0..3),
        )
            .prop_map(|(versions, labels, absent, roots, allow_breaking)| {
                Op::Resolve(Box::new(Resolve {
                    versions,
                    labels,
                    absent,
                    roots,
                    allow_breaking,
                }))
            }),
        Just(Op::Note),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    (
        "[a-z]{4,8}(/[a-z]{4,8})?",
        op(),
        digests(),
        reason(),
        0..4_000_000_000_i64,
    )
        .prop_filter_map("a name", |(name, op, parents, message, seconds)| {
            Some(Event {
                name: name.parse().ok()?,
                op,
                parents,
                message,
                by: "Ada Example".to_owned(),
                at: crate::model::Timestamp::from_unix_seconds(seconds)?,
                ext: None,
            })
        })
}

proptest! {
    #[test]
    fn parse_of_print_is_identity(event in event()) {
        let (entry, text) = print_line(event);
        prop_assert_eq!(parse_line(text.as_bytes()), Ok(entry), "{}", text);
        let json: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&json["op"], json["op"].as_str().unwrap());
    }

    #[test]
    fn any_changed_byte_is_noticed(event in event(), at in any::<prop::sample::Index>(), by in 1..=255_u8) {
        let text = line(event);
        let mut bytes = text.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= by;
        prop_assert!(parse_line(&bytes).is_err());
    }

    #[test]
    fn no_input_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), rest in "[\"{}:,a-z0-9\\\\]{0,80}") {
        let _ = parse_line(&bytes);
        let _ = parse_line(signed(&format!("\"v\":1,\"kind\":\"prompt\",\"name\":{rest}")).as_bytes());
    }
}

#[test]
fn neither_many_returns_nor_blanks_before_ext_break_the_reader() {
    assert!(parse_line(&vec![b'\r'; 65_000]).is_err());
    let rest = r#""v":1,"kind":"prompt","name":"a","op":"note","by":"x","at":"2026-11-20T10:00:00Z","ext":   {"a":"é"}}"#;
    assert!(parse_line(signed(rest).as_bytes()).is_err());
}

#[test]
fn salvage_finds_events_that_were_converted_glued_or_framed() {
    let (one, two) = (line(note("one")), line(note("two")));
    let name = "support/triage".parse().unwrap();
    let damaged = format!("\u{feff}{one}\r\n<<<<<<< HEAD{two}>>>>>>> x\njunk\n{one}{two}");
    let (entries, lost) = super::salvage(damaged.as_bytes(), &name);
    assert_eq!(entries.len(), 2);
    assert_eq!(lost, 3, "what framed the events and the junk");
}
