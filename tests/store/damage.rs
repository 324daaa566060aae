//! Randomly damaged logs through `resolve`: every event that can still be read comes back.

use std::collections::BTreeSet;
use std::time::Instant;

use crate::inspect::{LOG, copy_of, findings, ids, is_event, wording};
use crate::sandbox::{Sandbox, with_greeting};

/// How many logs are damaged in each of the two tests.
const LOGS: u64 = 100;

/// A small generator with a fixed seed: the same damage in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        // xorshift64*, Vigna 2016
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(bits).unwrap() % limit
    }
}

/// What was done to a log.
type Damage = fn(&mut Vec<String>, &mut Random);

/// Damage around lines that stay as they are.
const AROUND: [(&str, Damage); 5] = [
    ("shuffled", |lines, random| {
        for i in (1..lines.len()).rev() {
            lines.swap(i, random.below(i + 1));
        }
    }),
    ("doubled", |lines, random| {
        let (from, to) = (random.below(lines.len()), random.below(lines.len()));
        lines.insert(to, lines[from].clone());
    }),
    ("markers", |lines, random| {
        for marker in ["<<<<<<< HEAD\n", "=======\n", ">>>>>>> side\n"] {
            lines.insert(random.below(lines.len() + 1), marker.to_owned());
        }
    }),
    ("junk", |lines, random| {
        let junk = [
            "\n",
            "{}\n",
            "hello\n",
            "{\"id\":\"00\"}\n",
            "\0\0\0\n",
            "  \n",
        ];
        lines.insert(
            random.below(lines.len() + 1),
            junk[random.below(junk.len())].to_owned(),
        );
    }),
    ("torn", |lines, random| {
        let line = lines[random.below(lines.len())].clone();
        let end = 1 + random.below(line.len() - 1);
        lines.insert(random.below(lines.len() + 1), line[..end].to_owned() + "\n");
    }),
];

/// Damage to where lines begin and end; the bytes of the events are all there.
const ENDS: [(&str, Damage); 3] = [
    ("CRLF", |lines, random| {
        let only = random.below(lines.len() + 1);
        let all = only == lines.len();
        for (_, line) in lines
            .iter_mut()
            .enumerate()
            .filter(|(i, _)| all || *i == only)
        {
            *line = line.replace('\n', "\r\n");
        }
    }),
    ("glued", |lines, random| {
        let at = random.below(lines.len());
        lines[at] = lines[at].replace(['\r', '\n'], "");
    }),
    ("BOM", |lines, _| lines[0].insert(0, '\u{feff}')),
];

/// Three versions and two labels that moved.
fn store() -> Sandbox {
    let sandbox = with_greeting();
    for words in ["Good day", "Welcome"] {
        sandbox.draft("greeting", &wording(words));
        sandbox.run(["patch", "greeting", "-m", words]).succeeds();
    }
    sandbox
        .run(["promote", "greeting@1.0.1", "--label", "staging"])
        .succeeds();
    sandbox
        .run(["note", "greeting", "-m", "Ask Ada before you change it"])
        .succeeds();
    sandbox
}

/// Damages a log in one to three ways and says which.
fn damaged(log: &str, ways: &[(&str, Damage)], random: &mut Random) -> (String, String) {
    let mut lines: Vec<String> = log.split_inclusive('\n').map(str::to_owned).collect();
    let names: Vec<&str> = (0..=random.below(3))
        .map(|_| {
            let (name, damage) = ways[random.below(ways.len())];
            damage(&mut lines, random);
            name
        })
        .collect();
    (lines.concat(), names.join(" + "))
}

/// Runs `resolve`, twice, and returns what is wrong with the result.
fn resolve(sandbox: &Sandbox, wanted: &BTreeSet<String>) -> Result<(), String> {
    let run = sandbox.run(["resolve", "greeting", "--keep", "ours"]);
    if run.status().code() != Some(0) {
        return Err(format!("resolve: {}, {}", run.status(), run.stderr()));
    }
    let log = sandbox.read(LOG);
    let lost = wanted.difference(&ids(&log)).count();
    if lost > 0 {
        return Err(format!("{lost} of {} events are lost", wanted.len()));
    }
    if !log.ends_with('\n') || !log.lines().all(is_event) {
        return Err("there are lines that are no events".into());
    }
    let before = sandbox.disk();
    let second = sandbox.run(["resolve", "greeting", "--keep", "ours"]);
    if second.status().code() != Some(0) || sandbox.disk() != before {
        return Err(format!(
            "a second `resolve` changes something: {}",
            second.stdout()
        ));
    }
    let found: Vec<String> = ["error", "warning"]
        .iter()
        .flat_map(|s| findings(sandbox, s))
        .collect();
    if found.iter().any(|finding| finding.starts_with("log-")) {
        return Err(format!("validate finds {found:?}"));
    }
    Ok(())
}

/// Damages many logs and expects all events of each back.
fn all_come_back(ways: &[(&str, Damage)], seed: u64) {
    let (start, whole) = (Instant::now(), store());
    let log = whole.read(LOG);
    let wanted = ids(&log);
    assert_eq!(wanted.len(), 5);
    let (mut random, mut bad) = (Random(seed), Vec::new());
    for number in 1..=LOGS {
        let sandbox = copy_of(&whole);
        let (text, names) = damaged(&log, ways, &mut random);
        sandbox.file(LOG, &text);
        if let Err(what) = resolve(&sandbox, &wanted) {
            bad.push(format!("{number}, {names}: {what}"));
        } else if sandbox.run(["show", "greeting"]).succeeds().stdout() != wording("Welcome") {
            bad.push(format!("{number}, {names}: production is elsewhere now"));
        }
    }
    println!("{LOGS} damaged logs in {:.1?}", start.elapsed());
    assert!(
        bad.is_empty(),
        "{} of {LOGS} are not mended:\n{}",
        bad.len(),
        bad.join("\n")
    );
}

#[test]
fn every_line_that_verifies_comes_back_from_a_damaged_log() {
    all_come_back(&AROUND, 0x5EED);
}

#[test]
fn so_does_every_event_whose_line_only_begins_or_ends_wrongly() {
    all_come_back(&[&ENDS[..], &AROUND[..]].concat(), 0x00C0_FFEE);
}

#[test]
fn what_was_damaged_is_kept_before_it_is_replaced() {
    let sandbox = store();
    let log = sandbox.read(LOG);
    let damaged = format!("junk\n{log}");
    sandbox.file(LOG, &damaged);
    sandbox.run(["resolve", "greeting"]).succeeds();
    assert_eq!(sandbox.read(LOG), log);
    let kept = sandbox
        .files()
        .into_iter()
        .filter(|path| path.contains("/recovered/"));
    let kept: Vec<Vec<u8>> = kept.map(|path| sandbox.bytes(&path)).collect();
    assert_eq!(kept, [damaged.into_bytes()]);
}

#[test]
fn an_event_whose_bytes_were_changed_does_not_come_back() {
    let sandbox = store();
    let log = sandbox.read(LOG);
    sandbox.file(LOG, log.replace("Ask Ada before", "Ask Bob before"));
    sandbox.run(["resolve", "greeting"]).succeeds();
    let now = sandbox.read(LOG);
    assert_eq!(now, log.split_inclusive('\n').take(4).collect::<String>());
}
