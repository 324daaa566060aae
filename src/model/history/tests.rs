//! What branches add up to. Ids are chosen here, so that ties fall as a test needs them.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{History, LabelState, NumberState};
use crate::model::{
    Digest, Entry, Event, EventId, Label, Lifecycle, Op, Promote, Publish, Resolve, Unlabel,
    Version, VersionId,
};

fn id(number: u8) -> EventId {
    Digest([number; 32])
}

fn label(text: &str) -> Label {
    text.parse().unwrap()
}

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

/// `1.0.0#` and an identity made of one repeated byte.
fn at(text: &str, identity: u8) -> VersionId {
    VersionId {
        version: version(text),
        identity: id(identity),
    }
}

fn entry(number: u8, parents: &[u8], op: Op) -> Entry {
    Entry {
        id: id(number),
        event: Event {
            name: "a".parse().unwrap(),
            op,
            parents: parents.iter().map(|&parent| id(parent)).collect(),
            message: None,
            by: "Ada".to_owned(),
            at: "2026-11-20T10:00:00Z".parse().unwrap(),
            ext: None,
        },
    }
}

fn publish(text: &str, identity: u8, labels: &[&str]) -> Op {
    Op::Create(Box::new(Publish {
        version: version(text),
        sha256: id(identity),
        identity: id(identity),
        from: None,
        labels: labels.iter().map(|text| label(text)).collect(),
        was: BTreeMap::new(),
        pins: BTreeMap::new(),
        schemas: BTreeMap::new(),
        dialect: 1,
        copy: None,
        origin: None,
        allow_breaking: None,
    }))
}

fn promote(to: VersionId, name: &str) -> Op {
    Op::Promote(Promote {
        version: to,
        labels: vec![label(name)],
        was: BTreeMap::new(),
        rollback: false,
        accept_breaking: None,
        overridden: None,
    })
}

fn rollback(to: VersionId, name: &str) -> Op {
    let Op::Promote(promote) = promote(to, name) else {
        unreachable!("`promote` makes promotions")
    };
    Op::Promote(Promote {
        rollback: true,
        ..promote
    })
}

fn unlabel(name: &str) -> Op {
    Op::Unlabel(Unlabel {
        labels: vec![label(name)],
        was: BTreeMap::new(),
    })
}

fn lifecycle(version: Option<VersionId>) -> Lifecycle {
    Lifecycle {
        version,
        labels: Vec::new(),
        was: BTreeMap::new(),
        successor: None,
    }
}

fn resolve(change: impl FnOnce(&mut Resolve)) -> Op {
    let mut resolve = Resolve::default();
    change(&mut resolve);
    Op::Resolve(Box::new(resolve))
}

/// The number's identity, `None` if it is burnt, the claims if it is in dispute.
fn number(history: &History, text: &str) -> Result<Option<u8>, Vec<u8>> {
    match &history.numbers()[&version(text)] {
        NumberState::Held(held) => Ok(Some(held.identity.0[0])),
        NumberState::Burnt => Ok(None),
        NumberState::Conflicted(all) => Err(all.iter().map(|held| held.identity.0[0]).collect()),
    }
}

fn points_to(history: &History, name: &str) -> Option<String> {
    match history.label(&label(name)) {
        Some(LabelState::At(id)) => Some(id.version.to_string()),
        _ => None,
    }
}

fn is_conflicted(history: &History, name: &str) -> bool {
    matches!(history.label(&label(name)), Some(LabelState::Conflicted(_)))
}

/// 1.0.0 in production, then both branches patch.
fn two_patches() -> Vec<Entry> {
    vec![
        entry(1, &[], publish("1.0.0", 10, &["production"])),
        entry(2, &[1], publish("1.0.1", 11, &["production"])),
        entry(3, &[1], publish("1.0.1", 12, &["production"])),
    ]
}

#[test]
fn a_line_of_events_ends_where_the_last_one_says() {
    let history = History::fold(vec![
        entry(1, &[], publish("1.0.0", 10, &["production"])),
        entry(2, &[1], publish("1.1.0", 11, &["staging"])),
        entry(3, &[2], promote(at("1.1.0", 11), "production")),
        entry(4, &[3], unlabel("staging")),
    ]);
    assert_eq!(points_to(&history, "production"), Some("1.1.0".into()));
    assert_eq!(points_to(&history, "staging"), None);
    assert_eq!(history.latest(), Some(&version("1.1.0")));
    assert_eq!(history.heads(), [id(4)]);
}

#[test]
fn one_number_with_two_contents_is_a_conflict_until_resolved() {
    let mut entries = two_patches();
    let history = History::fold(entries.clone());
    assert_eq!(number(&history, "1.0.1"), Err(vec![11, 12]));
    assert!(is_conflicted(&history, "production"));
    assert_eq!(history.heads(), [id(2), id(3)]);
    assert_eq!(history.current(&at("1.0.1", 12)), None);

    entries.push(entry(
        4,
        &[2, 3],
        resolve(|r| {
            r.versions.insert(version("1.0.1"), id(11));
            r.versions.insert(version("1.0.2"), id(12));
            r.labels.insert(label("production"), Some(at("1.0.2", 12)));
        }),
    ));
    let history = History::fold(entries);
    assert_eq!(number(&history, "1.0.1"), Ok(Some(11)));
    assert_eq!(number(&history, "1.0.2"), Ok(Some(12)));
    assert_eq!(points_to(&history, "production"), Some("1.0.2".into()));
    assert_eq!(
        history.current(&at("1.0.1", 12)),
        Some(version("1.0.2")),
        "what was pinned under the lost number is found under the new one"
    );
    assert_eq!(
        history.next_free_patch(&version("1.0.0")),
        Some(version("1.0.3"))
    );
}

#[test]
fn disagreeing_resolves_are_a_conflict_again() {
    let mut entries = two_patches();
    for (number, keeps) in [(4, 11), (5, 12)] {
        entries.push(entry(
            number,
            &[2, 3],
            resolve(|r| {
                r.versions.insert(version("1.0.1"), id(keeps));
            }),
        ));
    }
    assert_eq!(number(&History::fold(entries), "1.0.1"), Err(vec![11, 12]));
}

#[test]
fn a_later_publication_of_a_number_never_overwrites_it() {
    let history = History::fold(vec![
        entry(1, &[], publish("1.0.0", 10, &[])),
        entry(2, &[1], publish("1.0.0", 11, &[])),
    ]);
    assert_eq!(number(&history, "1.0.0"), Err(vec![10, 11]));
}

#[test]
fn equal_content_on_two_branches_is_no_conflict() {
    let history = History::fold(vec![
        entry(1, &[], publish("1.0.0", 10, &["production"])),
        entry(2, &[1], publish("1.0.1", 11, &["production"])),
        entry(3, &[1], publish("1.0.1", 11, &["production"])),
    ]);
    assert_eq!(number(&history, "1.0.1"), Ok(Some(11)));
    assert_eq!(points_to(&history, "production"), Some("1.0.1".into()));
}

#[test]
fn branches_that_move_a_label_apart_are_a_conflict_until_a_new_move() {
    let mut entries = vec![
        entry(1, &[], publish("1.0.0", 10, &["production"])),
        entry(2, &[1], publish("1.0.1", 11, &[])),
        entry(3, &[2], promote(at("1.0.1", 11), "production")),
        entry(4, &[2], unlabel("production")),
    ];
    assert!(is_conflicted(&History::fold(entries.clone()), "production"));
    entries.push(entry(5, &[3, 4], promote(at("1.0.1", 11), "production")));
    let history = History::fold(entries);
    assert_eq!(points_to(&history, "production"), Some("1.0.1".into()));
}

#[test]
fn a_move_on_one_branch_beats_silence_on_the_other() {
    let history = History::fold(vec![
        entry(1, &[], publish("1.0.0", 10, &["production"])),
        entry(2, &[1], publish("1.0.1", 11, &["production"])),
        entry(3, &[1], Op::Note),
    ]);
    assert_eq!(points_to(&history, "production"), Some("1.0.1".into()));
}

#[test]
fn voided_content_counts_no_more_and_its_number_is_burnt() {
    let mut entries = two_patches();
    entries.push(entry(4, &[2, 3], Op::Void { target: id(3) }));
    let history = History::fold(entries.clone());
    assert_eq!(number(&history, "1.0.1"), Ok(Some(11)));

    entries.push(entry(5, &[4], Op::Void { target: id(2) }));
    let history = History::fold(entries);
    assert_eq!(number(&history, "1.0.1"), Ok(None));
    assert_eq!(history.latest(), Some(&version("1.0.0")));
    assert_eq!(
        history.next_free_patch(&version("1.0.0")),
        Some(version("1.0.2"))
    );
}

#[test]
fn voiding_a_copy_leaves_what_it_repeats() {
    let history = History::fold(vec![
        entry(1, &[], publish("1.0.0", 10, &[])),
        entry(2, &[1], publish("1.0.1", 11, &[])),
        entry(3, &[2], publish("1.0.2", 10, &["production"])),
        entry(4, &[3], promote(at("1.0.0", 10), "production")),
        entry(5, &[4], Op::Void { target: id(3) }),
    ]);
    assert_eq!(number(&history, "1.0.0"), Ok(Some(10)));
    assert_eq!(number(&history, "1.0.2"), Ok(None));
    assert_eq!(points_to(&history, "production"), Some("1.0.0".into()));
    assert_eq!(history.current(&at("1.0.2", 10)), None);
    let NumberState::Held(held) = history.numbers()[&version("1.0.0")] else {
        panic!("1.0.0 is held");
    };
    assert_eq!(history.entries()[held.event].id, id(1));
}

#[test]
fn a_number_is_shown_with_the_event_that_published_it_and_not_with_an_earlier_twin() {
    let history = History::fold(vec![
        entry(1, &[], publish("1.0.0", 10, &[])),
        entry(2, &[1], publish("1.0.1", 10, &[])),
    ]);
    let NumberState::Held(held) = history.numbers()[&version("1.0.1")] else {
        panic!("1.0.1 is held");
    };
    assert_eq!(history.entries()[held.event].id, id(2));
}

#[test]
fn content_that_nobody_published_holds_no_number() {
    let history = History::fold(vec![
        entry(1, &[], publish("1.0.0", 10, &[])),
        entry(2, &[1], promote(at("1.0.0", 99), "staging")),
    ]);
    assert_eq!(history.current(&at("1.0.0", 99)), None);
}

#[test]
fn retiring_beats_restoring_in_parallel() {
    let one = || Some(at("1.0.0", 10));
    let mut entries = vec![
        entry(1, &[], publish("1.0.0", 10, &[])),
        entry(2, &[1], Op::Retire(lifecycle(one()))),
        entry(3, &[2], Op::Restore(lifecycle(one()))),
        entry(4, &[2], Op::Retire(lifecycle(one()))),
    ];
    assert!(History::fold(entries.clone()).is_version_retired(&version("1.0.0")));
    entries.push(entry(5, &[3, 4], Op::Restore(lifecycle(one()))));
    assert!(!History::fold(entries).is_version_retired(&version("1.0.0")));
}

#[test]
fn a_label_moved_to_what_was_taken_away_in_parallel_is_conflicted() {
    for taken in [
        Op::Retire(lifecycle(Some(at("1.0.1", 11)))),
        Op::Retire(lifecycle(None)),
        Op::Void { target: id(2) },
    ] {
        let mut entries = vec![
            entry(1, &[], publish("1.0.0", 10, &["production"])),
            entry(2, &[1], publish("1.0.1", 11, &[])),
            entry(3, &[2], promote(at("1.0.1", 11), "production")),
            entry(4, &[2], taken),
        ];
        assert!(is_conflicted(&History::fold(entries.clone()), "production"));
        entries.push(entry(
            5,
            &[3, 4],
            resolve(|r| {
                r.labels.insert(label("production"), Some(at("1.0.0", 10)));
            }),
        ));
        assert!(!is_conflicted(&History::fold(entries), "production"));
    }
}

#[test]
fn second_roots_and_absent_parents_wait_for_a_resolve() {
    let mut entries = vec![
        entry(1, &[], publish("1.0.0", 10, &[])),
        entry(2, &[], publish("1.0.0", 10, &[])),
        entry(3, &[1, 99], Op::Note),
    ];
    let history = History::fold(entries.clone());
    assert_eq!(history.unsettled_roots(), [id(1), id(2)]);
    assert_eq!(history.unsettled_parents(), [id(99)]);

    entries.push(entry(
        4,
        &[2, 3],
        resolve(|r| {
            r.roots = vec![id(1), id(2)];
            r.absent = vec![id(99)];
        }),
    ));
    let history = History::fold(entries.clone());
    assert!(history.unsettled_roots().is_empty());
    assert!(history.unsettled_parents().is_empty());

    entries.push(entry(5, &[99], Op::Note));
    assert_eq!(History::fold(entries).unsettled_parents(), [id(99)]);
}

#[test]
fn rolling_back_twice_goes_two_steps_back() {
    let moved = |number, to: &str, identity| {
        entry(
            number,
            &[number - 1],
            publish(to, identity, &["production"]),
        )
    };
    let mut entries = vec![
        entry(1, &[], publish("1.0.0", 10, &["production"])),
        moved(2, "1.0.1", 11),
        moved(3, "1.0.2", 12),
    ];
    entries.push(entry(4, &[3], rollback(at("1.0.1", 11), "production")));
    let trail = History::fold(entries).label_trail(&label("production"));
    assert_eq!(trail, [at("1.0.0", 10), at("1.0.1", 11)]);
}

/// A random log: each event has a random choice of earlier events as parents.
fn any_log() -> impl Strategy<Value = Vec<Entry>> {
    let op = prop_oneof![
        (0..4_u64, 10..14_u8, any::<bool>()).prop_map(|(patch, identity, labelled)| {
            let labels: &[&str] = if labelled { &["production"] } else { &[] };
            publish(&format!("1.0.{patch}"), identity, labels)
        }),
        (0..4_u64, 10..14_u8).prop_map(|(patch, identity)| promote(
            at(&format!("1.0.{patch}"), identity),
            "staging"
        )),
        Just(unlabel("production")),
        (0..4_u64, 10..14_u8).prop_map(|(patch, identity)| {
            Op::Retire(lifecycle(Some(at(&format!("1.0.{patch}"), identity))))
        }),
        Just(Op::Restore(lifecycle(None))),
        (1..20_u8).prop_map(|target| Op::Void { target: id(target) }),
        (0..4_u64, 10..14_u8).prop_map(|(patch, identity)| {
            resolve(|r| {
                r.versions
                    .insert(Version::release(1, 0, patch), id(identity));
            })
        }),
        Just(Op::Note),
    ];
    prop::collection::vec((op, any::<[u8; 2]>()), 1..20).prop_map(|ops| {
        let mut entries = Vec::new();
        for (number, (op, picks)) in (1_u8..).zip(ops) {
            let mut parents: Vec<u8> = picks.iter().map(|pick| pick % number).collect();
            parents.retain(|&parent| parent > 0);
            parents.sort_unstable();
            parents.dedup();
            entries.push(entry(number, &parents, op));
        }
        entries
    })
}

proptest! {
    #[test]
    fn neither_order_nor_doubling_of_lines_changes_the_state(
        entries in any_log(),
        doubled in any::<prop::sample::Index>(),
        seed in any::<u64>(),
    ) {
        let expected = History::fold(entries.clone());
        let mut shuffled = entries;
        let double = doubled.get(&shuffled).clone();
        shuffled.push(double);
        let mut state = seed;
        for place in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let bound = u64::try_from(place).unwrap() + 1;
            let other = usize::try_from((state >> 33) % bound).unwrap();
            shuffled.swap(place, other);
        }
        prop_assert_eq!(History::fold(shuffled), expected);
    }
}
