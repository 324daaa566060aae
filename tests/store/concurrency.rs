//! Many processes at once: every write is recorded once, and readers never fail.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use crate::inspect::{LOG, errors, events, wording};
use crate::sandbox::with_greeting;

const WRITERS: usize = 8;
const WRITES: usize = 50;

#[test]
fn eight_writers_lose_nothing_and_disturb_no_reader() {
    let (start, sandbox) = (Instant::now(), with_greeting());
    let (is_over, reads) = (AtomicBool::new(false), AtomicUsize::new(0));
    let text = |writer: usize, write: usize| wording(&format!("Words {write} of {writer}"));
    std::thread::scope(|scope| {
        let reader = |args: &'static [&'static str]| {
            let (sandbox, is_over, reads) = (&sandbox, &is_over, &reads);
            move || {
                while !is_over.load(Ordering::Relaxed) {
                    sandbox.run_with(args, |_| {}, "").succeeds();
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            }
        };
        let readers = [
            scope.spawn(reader(&["list"])),
            scope.spawn(reader(&["show", "greeting"])),
        ];
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let sandbox = &sandbox;
                scope.spawn(move || {
                    for write in 0..WRITES {
                        let args = [
                            "patch",
                            "greeting",
                            "--file",
                            "-",
                            "-m",
                            "Busy",
                            "--lock-timeout",
                            "60",
                        ];
                        sandbox
                            .run_with(&args, |_| {}, &text(writer, write))
                            .succeeds();
                    }
                })
            })
            .collect();
        let ends: Vec<_> = writers
            .into_iter()
            .map(std::thread::ScopedJoinHandle::join)
            .collect();
        // Before anything may fail: a reader that is not told goes on for ever.
        is_over.store(true, Ordering::Relaxed);
        ends.into_iter()
            .chain(readers.map(std::thread::ScopedJoinHandle::join))
            .for_each(Result::unwrap);
    });
    let (total, time) = (WRITERS * WRITES, start.elapsed());
    println!(
        "{total} writes and {} reads in {time:.1?}",
        reads.load(Ordering::Relaxed)
    );

    let events = events(&sandbox, LOG);
    let ids: BTreeSet<_> = events.iter().map(|event| event["id"].to_string()).collect();
    let versions: BTreeSet<_> = events
        .iter()
        .map(|event| event["version"].to_string())
        .collect();
    assert_eq!(
        (events.len(), ids.len(), versions.len()),
        (total + 1, total + 1, total + 1)
    );
    // Each builds upon the one before: none was written on a log that somebody else had changed.
    for pair in events.windows(2) {
        assert_eq!(pair[1]["parents"], serde_json::json!([pair[0]["id"]]));
    }
    let contents: BTreeSet<String> = (1..=total)
        .map(|patch| sandbox.read(&format!("prompts/greeting/1.0.{patch}.prompt")))
        .collect();
    let written: BTreeSet<String> = (0..total).map(|i| text(i / WRITES, i % WRITES)).collect();
    assert!(contents == written, "each text is in a file of its own");
    assert_eq!(errors(&sandbox), Vec::<String>::new());
    assert!(
        reads.load(Ordering::Relaxed) > 20,
        "the readers had no turn"
    );
}
