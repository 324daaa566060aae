//! System calls that fail during a write: no panic, no bad state, nothing twice, and the exit code
//! tells whether the event was recorded.

use std::time::Instant;

use crate::inject::{Ending, Injection, inject};
use crate::inspect::{EDITED, LOG, copy_of, errors, events, publications, wording};
use crate::sandbox::{GREETING, Sandbox, sandbox, with_greeting};

const EINTR: i32 = 4;
const EIO: i32 = 5;
const EMFILE: i32 = 24;
const ENOSPC: i32 = 28;
const EDQUOT: i32 = 122;

/// Calls that write, and what they may end with.
const WRITING: [&str; 8] = [
    "write",
    "fsync",
    "fdatasync",
    "openat2",
    "renameat2",
    "ftruncate",
    "mkdirat",
    "unlinkat",
];
const ERRORS: [i32; 5] = [ENOSPC, EIO, EDQUOT, EINTR, EMFILE];

/// Calls that only look.
const READING: [&str; 6] = [
    "read",
    "flock",
    "fstat",
    "newfstatat",
    "statx",
    "getdents64",
];

const PATCH: [&str; 4] = ["patch", "greeting", "-m", "Politer"];
const CREATE: [&str; 2] = ["create", "greeting"];

/// A store and the write that some call of it lets down.
struct Story<'a> {
    before: Sandbox,
    args: &'a [&'a str],
    /// The version that it publishes.
    version: &'a str,
    /// Whether `validate` has errors before the write.
    is_damaged: bool,
}

/// Errors are injected by way of registers, which differ from machine to machine.
fn can_inject() -> bool {
    let can = cfg!(target_arch = "x86_64");
    if !can {
        println!("skipped: errors can be injected on x86_64 only");
    }
    can
}

fn edited() -> Sandbox {
    let sandbox = with_greeting();
    sandbox.draft("greeting", EDITED);
    sandbox
}

/// A store that others have left in disorder: all of what a write puts in order is there to do.
fn disordered() -> Sandbox {
    let sandbox = edited();
    let log = sandbox.read(LOG);
    sandbox.file(LOG, format!("{log}{}", &log[..log.len() / 2]));
    sandbox.file(".promptctl/tmp/0123456789abcdef", "left by the dead");
    sandbox.file("prompts/greeting/1.0.1.prompt", wording("An orphan"));
    sandbox
}

impl Story<'_> {
    /// Lets every call of these names fail with every error, one at a time, and checks what is left.
    fn fails_everywhere(&self, calls: &[&str], with: &[i32]) {
        let (start, mut bad, mut names) = (Instant::now(), Vec::new(), Vec::new());
        for call in calls {
            for errno in with {
                for n in 1.. {
                    let sandbox = copy_of(&self.before);
                    let injection = Injection::Error(call, *errno, n);
                    let ending = inject(&sandbox, injection, self.args, "");
                    if !ending.is_reached {
                        break;
                    }
                    names.push(*call);
                    if let Err(what) = self.check(&sandbox, &ending) {
                        bad.push(format!("{call} {n}, errno {errno}: {what}"));
                    }
                }
            }
        }
        let total = names.len();
        names.dedup();
        println!(
            "{total} failing calls of {} in {:.1?}",
            names.join(", "),
            start.elapsed()
        );
        assert!(
            bad.is_empty(),
            "{} of {total} are wrong:\n{}",
            bad.len(),
            bad.join("\n")
        );
    }

    fn check(&self, sandbox: &Sandbox, ending: &Ending) -> Result<(), String> {
        let told = ending.run.stderr();
        let Some(code @ (0 | 2 | 3 | 4 | 6)) = ending.code else {
            return Err(format!(
                "exit {:?}, signal {}: {told}",
                ending.code, ending.signal
            ));
        };
        let published = || publications(&events(sandbox, LOG), self.version);
        let recorded = published();
        match (code, recorded) {
            (0 | 6, 1) | (2.., 0) => {}
            // The words are printed after the commit; their failure does not undo it.
            (4, 1) if told.contains("was recorded, but the result cannot be written") => {}
            _ => return Err(format!("exit {code}, recorded {recorded} times: {told}")),
        }
        if code != 0
            && !told.lines().any(|line| line.starts_with("error: "))
            && ending.call != "write"
        {
            return Err(format!("exit {code} and no word of why: {told}"));
        }
        let found = errors(sandbox);
        let must_be_whole = recorded == 1 || !self.is_damaged;
        if must_be_whole && !found.is_empty() {
            return Err(format!(
                "exit {code}, recorded {recorded} times, validate finds {found:?}"
            ));
        }
        let again = sandbox.run_with(self.args, |_| {}, "");
        let expected = if recorded == 1 && self.args == CREATE {
            3
        } else {
            0
        };
        let found = errors(sandbox);
        if again.status().code() != Some(expected) || published() != 1 || !found.is_empty() {
            let after = (published(), again.status());
            return Err(format!(
                "exit {code}, the next one: {after:?} {}, {found:?}",
                again.stderr()
            ));
        }
        Ok(())
    }
}

#[test]
fn a_patch_survives_every_failing_system_call() {
    if can_inject() {
        let before = edited();
        std::fs::remove_dir_all(before.join(".promptctl")).unwrap();
        let story = Story {
            before,
            args: &PATCH,
            version: "1.0.1",
            is_damaged: false,
        };
        story.fails_everywhere(&WRITING, &ERRORS);
    }
}

#[test]
fn so_does_a_patch_that_has_to_put_things_in_order_first() {
    if can_inject() {
        let story = Story {
            before: disordered(),
            args: &PATCH,
            version: "1.0.1",
            is_damaged: true,
        };
        story.fails_everywhere(&WRITING, &ERRORS);
    }
}

#[test]
fn so_does_a_patch_that_cannot_look() {
    if can_inject() {
        let story = Story {
            before: edited(),
            args: &PATCH,
            version: "1.0.1",
            is_damaged: false,
        };
        story.fails_everywhere(&READING, &[EIO, EINTR]);
    }
}

#[test]
fn a_create_survives_every_failing_system_call() {
    if can_inject() {
        let before = sandbox();
        before.draft("greeting", GREETING);
        let story = Story {
            before,
            args: &CREATE,
            version: "1.0.0",
            is_damaged: false,
        };
        story.fails_everywhere(&WRITING, &[EIO]);
        story.fails_everywhere(&READING, &[EIO]);
    }
}

#[test]
fn a_failed_flush_of_the_log_says_that_the_outcome_is_unknown_and_names_the_event() {
    for errno in [EIO, ENOSPC, EDQUOT] {
        if !can_inject() {
            return;
        }
        let sandbox = edited();
        let ending = inject(
            &sandbox,
            Injection::Error("fdatasync", errno, 1),
            &PATCH,
            "",
        );
        let told = ending.run.stderr();
        assert_eq!((ending.is_reached, ending.code), (true, Some(6)), "{told}");
        let events = events(&sandbox, LOG);
        let id = events.last().unwrap()["id"].as_str().unwrap();
        assert!(
            told.contains("outcome unknown") && told.contains(&id[..12]),
            "{told}"
        );
        assert_eq!(
            publications(&events, "1.0.1"),
            1,
            "the line was written before"
        );
        let again = inject(
            &sandbox,
            Injection::Error("fdatasync", errno, 2),
            &PATCH,
            "",
        );
        assert_eq!(
            again.code,
            Some(0),
            "a flush is not tried twice, and the event is there"
        );
    }
}

#[test]
fn an_interrupted_call_is_made_again() {
    for call in ["write", "fsync", "fdatasync", "openat2", "flock"] {
        for n in 1.. {
            if !can_inject() {
                return;
            }
            let sandbox = edited();
            let ending = inject(&sandbox, Injection::Error(call, EINTR, n), &PATCH, "");
            let told = ending.run.stderr();
            assert_eq!(ending.code, Some(0), "{call} {n}: {told}");
            assert_eq!(publications(&events(&sandbox, LOG), "1.0.1"), 1);
            if !ending.is_reached {
                assert!(n > 1, "{call} is never made");
                break;
            }
        }
    }
}
