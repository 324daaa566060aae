//! Lines of a log that were cut short: readers go on, `validate` says so, the next write mends it.

use std::time::Instant;

use crate::inspect::{EDITED, LOG, copy_of, errors, events, findings, publications};
use crate::sandbox::{GREETING, Sandbox, with_greeting};

const PATCH: [&str; 4] = ["patch", "greeting", "-m", "Politer"];

fn patched() -> Sandbox {
    let sandbox = with_greeting();
    sandbox.draft("greeting", EDITED);
    sandbox.run(PATCH).succeeds();
    sandbox
}

/// What was set aside, in the order of the files' names.
fn recovered(sandbox: &Sandbox) -> Vec<Vec<u8>> {
    let files = sandbox.files().into_iter();
    files
        .filter(|path| path.starts_with(".promptctl/recovered/"))
        .map(|path| sandbox.bytes(&path))
        .collect()
}

#[test]
fn a_line_that_is_cut_at_any_byte_is_mended_by_the_next_write() {
    let (start, whole) = (Instant::now(), patched());
    let log = whole.read(LOG);
    let begin = log.trim_end().rfind('\n').unwrap() + 1;
    // The last cut takes only the newline.
    for cut in begin + 1..log.len() {
        let sandbox = copy_of(&whole);
        sandbox.file(LOG, &log[..cut]);
        let is_event = cut == log.len() - 1;

        let (list, show) = (sandbox.run(["list"]), sandbox.run(["show", "greeting"]));
        for reader in [list.succeeds(), show.succeeds()] {
            let warns = reader.stderr().contains("ends with a piece of a line");
            assert_eq!(warns, !is_event, "cut at {cut}: {}", reader.stderr());
        }
        assert_eq!(
            show.stdout(),
            if is_event { EDITED } else { GREETING },
            "cut at {cut}"
        );
        let found = (findings(&sandbox, "error"), findings(&sandbox, "warning"));
        let (errors_found, warnings) = (found.0.join("\n"), found.1.join("\n"));
        if is_event {
            assert_eq!(errors_found, "", "cut at {cut}");
            assert!(
                warnings.starts_with("log-unterminated: "),
                "cut at {cut}: {warnings}"
            );
        } else {
            assert!(
                errors_found.starts_with("log-malformed: "),
                "cut at {cut}: {errors_found}"
            );
        }

        sandbox.run(PATCH).succeeds();
        assert_eq!(
            sandbox.read(LOG),
            log,
            "cut at {cut}: the same event at the same time"
        );
        let kept = if is_event {
            vec![]
        } else {
            vec![log.as_bytes()[begin..cut].to_vec()]
        };
        assert_eq!(recovered(&sandbox), kept, "cut at {cut}");
    }
    println!(
        "cut at {} bytes in {:.1?}",
        log.len() - begin - 1,
        start.elapsed()
    );
    assert!(errors(&whole).is_empty());
}

#[test]
fn a_whole_line_that_more_bytes_follow_is_no_event() {
    let sandbox = patched();
    let log = sandbox.read(LOG);
    sandbox.file(LOG, format!("{}xyz", log.trim_end()));
    assert!(findings(&sandbox, "error")[0].starts_with("log-malformed: "));
    sandbox
        .run(["show", "greeting"])
        .succeeds()
        .prints(GREETING);
    sandbox.run(PATCH).succeeds();
    assert_eq!(sandbox.read(LOG), log);
}

/// A log appears at once with its first line, so a log without an event is never what a crash left:
/// it is damage, and nothing is begun anew on top of it.
#[test]
fn a_log_without_an_event_is_damage_until_somebody_takes_it_away() {
    let sandbox = with_greeting();
    let log = sandbox.read(LOG);
    for cut in [0, 1, log.len() / 2, log.len() - 2] {
        let copy = copy_of(&sandbox);
        copy.file(LOG, &log[..cut]);
        let before = copy.disk();
        copy.run(["list"]).exits(4).mentions("has no events");
        copy.run(["create", "greeting"]).exits(4);
        copy.run(["note", "greeting", "-m", "x"]).exits(4);
        assert!(!findings(&copy, "error").is_empty(), "cut at {cut}");
        assert_eq!(copy.disk(), before, "cut at {cut}");
        copy.remove(LOG);
        copy.run(["create", "greeting"]).succeeds();
        assert_eq!(copy.read(LOG), log, "cut at {cut}");
    }
    let copy = copy_of(&sandbox);
    copy.file(LOG, &log[..log.len() - 1]);
    copy.run(["create", "greeting"]).exits(3);
    assert_eq!(copy.read(LOG), log, "only the newline is missing");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_may_not_grow_leaves_a_whole_store() {
    use crate::inject::{Injection, inject};
    let start = Instant::now();
    let before = with_greeting();
    before.draft("greeting", EDITED);
    let (old, new) = (before.bytes(LOG).len(), patched().bytes(LOG).len());
    let version = 0..EDITED.len() + 2;
    let (mut runs, mut bad) = (0, Vec::new());
    for bytes in version
        .step_by(16)
        .chain((old - 1..new + 2).step_by(11))
        .chain([new - 1, new])
    {
        for is_deadly in [true, false] {
            let sandbox = copy_of(&before);
            let ending = inject(&sandbox, Injection::Size { bytes, is_deadly }, &PATCH, "");
            runs += 1;
            let recorded = publications(&events(&sandbox, LOG), "1.0.1");
            let (found, told) = (errors(&sandbox), ending.run.stderr());
            let is_told = match (ending.code, ending.signal) {
                (Some(0), 0) => recorded == 1 && bytes >= new,
                (Some(4), 0) => recorded == 0 && told.contains("error: "),
                (None, 25) => recorded == 0 && is_deadly,
                _ => false,
            };
            let again = sandbox.run(PATCH).status().code();
            let after = (
                again,
                publications(&events(&sandbox, LOG), "1.0.1"),
                errors(&sandbox),
            );
            if !is_told || !found.is_empty() || after != (Some(0), 1, vec![]) {
                let ended = (ending.code, ending.signal, recorded);
                bad.push(format!(
                    "{bytes}, {is_deadly}: {ended:?} {found:?} {after:?} {told}"
                ));
            }
        }
    }
    println!("{runs} limits of a file's size in {:.1?}", start.elapsed());
    assert!(
        bad.is_empty(),
        "{} bad states of {runs}:\n{}",
        bad.len(),
        bad.join("\n")
    );
}
