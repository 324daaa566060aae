//! kill -9 at every system call of a write: no state needs a repair by hand, nothing that was
//! acknowledged is lost.

use std::time::Instant;

use crate::inject::{Injection, inject};
use crate::inspect::{EDITED, LOG, copy_of, errors, events};
use crate::sandbox::{GREETING, Sandbox, sandbox, with_greeting};

/// A write that is killed, and what must be there once it is done.
struct Story<'a> {
    before: Sandbox,
    args: &'a [&'a str],
    input: &'a str,
    /// How many events the log has when the write is done.
    events: usize,
    /// What the command does when it was done before: exit code 0, or 3 for "exists already".
    again: i32,
    /// Whether `validate` has errors before the write.
    is_damaged: bool,
}

impl<'a> Story<'a> {
    fn of(before: Sandbox, args: &'a [&'a str], events: usize) -> Self {
        Self {
            before,
            args,
            input: "",
            events,
            again: 0,
            is_damaged: false,
        }
    }

    /// Kills it at every system call, one after another, until it gets through.
    fn is_killed_everywhere(&self) {
        let (start, mut bad) = (Instant::now(), Vec::new());
        let mut kills = 0;
        loop {
            let sandbox = copy_of(&self.before);
            let ending = inject(&sandbox, Injection::Kill(kills + 1), self.args, self.input);
            if !ending.is_reached {
                assert_eq!(ending.code, Some(0), "{}", ending.run.stderr());
                self.check(&sandbox, true).unwrap();
                break;
            }
            kills += 1;
            assert_eq!(ending.signal, 9, "at {kills}, {}", ending.call);
            // It says so after it has flushed: whoever reads this may rely on it.
            let is_acknowledged = !ending.run.stdout().is_empty();
            if let Err(what) = self.check(&sandbox, is_acknowledged) {
                bad.push(format!("before call {kills}, {}: {what}", ending.call));
            }
        }
        println!(
            "{:?}: killed at {kills} calls in {:.1?}",
            self.args,
            start.elapsed()
        );
        assert!(kills > 60, "only {kills} system calls were found");
        assert!(
            bad.is_empty(),
            "{} bad states of {kills}:\n{}",
            bad.len(),
            bad.join("\n")
        );
    }

    fn check(&self, sandbox: &Sandbox, is_acknowledged: bool) -> Result<(), String> {
        let count = || events(sandbox, LOG).len();
        // A whole line without its newline is mended by the next write.
        let is_recorded = count() == self.events;
        if is_acknowledged && !is_recorded {
            return Err("the success it told of is not recorded".into());
        }
        let found = errors(sandbox);
        let must_be_whole = is_recorded || !self.is_damaged;
        if must_be_whole && !found.is_empty() {
            return Err(format!("validate finds {found:?}"));
        }
        let again = sandbox.run_with(self.args, |_| {}, self.input);
        let expected = if is_recorded { self.again } else { 0 };
        if again.status().code() != Some(expected) {
            return Err(format!(
                "the next one: {}, {}",
                again.status(),
                again.stderr()
            ));
        }
        if count() != self.events {
            return Err(format!("{} events, not {}", count(), self.events));
        }
        let mut files = sandbox.files().into_iter();
        if let Some(file) = files.find(|path| path.starts_with(".promptctl/tmp/")) {
            return Err(format!("after the next one `{file}` is still there"));
        }
        let found = errors(sandbox);
        if !found.is_empty() {
            return Err(format!("after the next one validate finds {found:?}"));
        }
        Ok(())
    }
}

fn edited() -> Sandbox {
    let sandbox = with_greeting();
    sandbox.draft("greeting", EDITED);
    sandbox
}

fn patched() -> Sandbox {
    let sandbox = edited();
    sandbox
        .run(["patch", "greeting", "-m", "Politer"])
        .succeeds();
    sandbox
}

#[test]
fn a_patch_that_is_killed_at_any_system_call_leaves_nothing_to_repair() {
    Story::of(edited(), &["patch", "greeting", "-m", "Politer"], 2).is_killed_everywhere();
}

#[test]
fn so_does_a_patch_from_standard_input_that_brings_the_draft_up_to_it() {
    let args = ["patch", "greeting", "--file", "-", "-m", "Politer"];
    let story = Story {
        input: EDITED,
        ..Story::of(with_greeting(), &args, 2)
    };
    story.is_killed_everywhere();
}

#[test]
fn so_does_a_patch_that_first_has_to_mend_a_torn_log() {
    let sandbox = edited();
    let log = sandbox.read(LOG);
    sandbox.file(LOG, format!("{log}{}", &log[..log.len() / 2]));
    let args = ["patch", "greeting", "-m", "Politer"];
    let story = Story {
        is_damaged: true,
        ..Story::of(sandbox, &args, 2)
    };
    story.is_killed_everywhere();
}

#[test]
fn a_create_that_is_killed_at_any_system_call_leaves_nothing_to_repair() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    let story = Story {
        again: 3,
        ..Story::of(sandbox, &["create", "greeting"], 1)
    };
    story.is_killed_everywhere();
}

#[test]
fn a_promote_that_is_killed_at_any_system_call_leaves_nothing_to_repair() {
    let args = ["promote", "greeting@1.0.0", "--label", "staging"];
    Story::of(patched(), &args, 3).is_killed_everywhere();
}

#[test]
fn a_resolve_that_is_killed_at_any_system_call_leaves_nothing_to_repair() {
    let other = sandbox();
    other.draft("greeting", GREETING);
    other
        .run(["create", "greeting", "-m", "Another beginning"])
        .succeeds();
    let sandbox = with_greeting();
    let (ours, theirs) = (sandbox.read(LOG), other.read(LOG));
    sandbox.file(
        LOG,
        format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> side\n"),
    );
    let story = Story {
        is_damaged: true,
        ..Story::of(sandbox, &["resolve", "greeting"], 3)
    };
    story.is_killed_everywhere();
}
