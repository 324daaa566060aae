//! No room, no inodes, no rights: a clear error, no damage, and it goes on when there is room again.

use std::process::Command;

use crate::inspect::{EDITED, LOG, errors, events, publications};
use crate::sandbox::{GREETING, Sandbox, empty, with_greeting};

const PATCH: [&str; 4] = ["patch", "greeting", "-m", "Politer"];

/// A file system in memory, as long as it lives.
struct Mounted<'a>(&'a Sandbox);

impl<'a> Mounted<'a> {
    /// `None` where this may not be done.
    fn over(sandbox: &'a Sandbox, options: &str) -> Option<Self> {
        let mount = ["-t", "tmpfs", "-o", options, "promptctl-test"];
        let output = Command::new("mount")
            .args(mount)
            .arg(sandbox.path())
            .output();
        match output {
            Ok(output) if output.status.success() => Some(Self(sandbox)),
            other => {
                println!("skipped, no file system of its own: {other:?}");
                None
            }
        }
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

/// Tries a patch with ever less taken from it, until there is enough.
fn goes_on_when_there_is_room(
    options: &str,
    take: impl Fn(&Sandbox, usize),
    give: impl Fn(&Sandbox),
) {
    for left in 0..64 {
        let sandbox = empty();
        let Some(_mounted) = Mounted::over(&sandbox, options) else {
            return;
        };
        sandbox.run(["init"]).succeeds();
        sandbox.draft("greeting", GREETING);
        sandbox.run(["create", "greeting"]).succeeds();
        sandbox.draft("greeting", EDITED);
        // The next line begins in one page and ends in another: what fits is written.
        let remark = "x".repeat(4096 - 200 - 330 - sandbox.bytes(LOG).len());
        sandbox.run(["note", "greeting", "-m", &remark]).succeeds();
        let log = sandbox.read(LOG);
        assert!((3700..4050).contains(&log.len()), "{}", log.len());
        take(&sandbox, left);
        let run = sandbox.run(PATCH);
        assert_eq!(
            errors(&sandbox),
            Vec::<String>::new(),
            "{left} left: {}",
            run.stderr()
        );
        if run.status().success() {
            println!("{options}: refused {left} times, then there was room");
            assert!(left > 0, "it was never full");
            return;
        }
        run.exits(4).mentions("make room on the disk");
        assert_eq!(sandbox.read(LOG), log, "{left} left");
        sandbox
            .run(["show", "greeting"])
            .succeeds()
            .prints(GREETING);
        give(&sandbox);
        sandbox.run(PATCH).succeeds();
        assert_eq!(publications(&events(&sandbox, LOG), "1.0.1"), 1);
        assert_eq!(errors(&sandbox), Vec::<String>::new());
    }
    panic!("never enough");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_damages_nothing() {
    let take = |sandbox: &Sandbox, pages: usize| {
        // Fills it to the last byte, then gives some pages back.
        let filler = sandbox.join("filler");
        let size = (1..256)
            .rev()
            .map(|n| n * 4096)
            .find(|size| std::fs::write(&filler, vec![0; *size]).is_ok());
        let file = std::fs::OpenOptions::new()
            .write(true)
            .open(filler)
            .unwrap();
        let size = size.unwrap().saturating_sub(pages * 4096);
        file.set_len(u64::try_from(size).unwrap()).unwrap();
    };
    goes_on_when_there_is_room("size=128k", take, |sandbox| {
        sandbox.remove("filler");
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_without_inodes_damages_nothing() {
    let take = |sandbox: &Sandbox, left: usize| {
        std::fs::create_dir(sandbox.join("taken")).unwrap();
        let paths: Vec<_> = (0..)
            .map(|n| sandbox.join(&format!("taken/{n}")))
            .take(256)
            .collect();
        let taken: Vec<_> = paths
            .iter()
            .take_while(|path| std::fs::write(path, "").is_ok())
            .collect();
        taken
            .iter()
            .rev()
            .take(left)
            .for_each(|path| std::fs::remove_file(path).unwrap());
    };
    let give = |sandbox: &Sandbox| std::fs::remove_dir_all(sandbox.join("taken")).unwrap();
    goes_on_when_there_is_room("size=2m,nr_inodes=64", take, give);
}

#[cfg(target_os = "linux")]
#[test]
fn somebody_without_rights_may_read_and_is_told_why_he_may_not_write() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = with_greeting();
    sandbox.draft("greeting", EDITED);
    std::fs::set_permissions(sandbox.path(), Permissions::from_mode(0o755)).unwrap();
    // Root may do anything, so somebody else has to try.
    let as_nobody = |args: &[&str]| {
        let under = |command: &mut Command| {
            let mut other = Command::new("setpriv");
            other.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
            other.arg(command.get_program()).args(command.get_args());
            other.current_dir(command.get_current_dir().unwrap());
            command.get_envs().for_each(|(name, value)| {
                value.map(|value| other.env(name, value));
            });
            *command = other;
        };
        sandbox.run_with(args, under, "")
    };
    let can = Command::new("setpriv")
        .args([
            "--reuid",
            "65534",
            "--clear-groups",
            env!("CARGO_BIN_EXE_promptctl"),
            "--version",
        ])
        .output();
    if !can.as_ref().is_ok_and(|output| output.status.success()) {
        println!("skipped, nobody else can run the program here: {can:?}");
        return;
    }
    let before = sandbox.disk();
    as_nobody(&["list"]).succeeds();
    as_nobody(&["show", "greeting"]).succeeds().prints(GREETING);
    as_nobody(&["validate"]).succeeds();
    for args in [
        &PATCH[..],
        &["promote", "greeting@1.0.0", "--label", "staging"],
        &["repair"],
    ] {
        as_nobody(args)
            .exits(4)
            .mentions("make the store's folder writable for you");
    }
    assert_eq!(sandbox.disk(), before);
    sandbox.run(PATCH).succeeds();
}
