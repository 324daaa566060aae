//! Runs the real program under `inject.c`, which kills it or lets its system calls fail.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::sandbox::{Run, Sandbox};

/// The path whose opening starts the counting: before it nothing of the store is touched.
const START: &str = "promptctl.toml";

/// What to do to the program.
#[derive(Clone, Copy)]
pub enum Injection<'a> {
    /// SIGKILL before its n-th system call.
    Kill(usize),
    /// The n-th call of this name fails with this errno.
    Error(&'a str, i32, usize),
    /// No file may grow beyond this; SIGXFSZ is ignored or kills.
    Size { bytes: usize, is_deadly: bool },
}

/// How the program ended.
pub struct Ending {
    /// Whether the n-th call came.
    pub is_reached: bool,
    /// The exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// The signal, or 0.
    pub signal: i32,
    /// The name of the call that was hit.
    pub call: String,
    /// What it printed.
    pub run: Run,
}

/// Runs the program in a sandbox and does something to it.
pub fn inject(sandbox: &Sandbox, injection: Injection, args: &[&str], input: &str) -> Ending {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report");
    let how: Vec<String> = match injection {
        Injection::Kill(n) => vec!["kill".into(), START.into(), n.to_string()],
        Injection::Error(call, errno, n) => {
            let (errno, n) = (errno.to_string(), n.to_string());
            vec!["error".into(), START.into(), call.into(), errno, n]
        }
        Injection::Size { bytes, is_deadly } => {
            let signal = if is_deadly { "die" } else { "ignore" };
            vec!["size".into(), bytes.to_string(), signal.into()]
        }
    };
    let under = |command: &mut Command| {
        let mut other = Command::new(injector());
        other.arg(&report).args(&how).arg(command.get_program());
        other.args(command.get_args());
        other.current_dir(command.get_current_dir().unwrap());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => other.env(name, value),
                None => other.env_remove(name),
            };
        }
        *command = other;
    };
    let run = sandbox.run_with(args, under, input);
    assert!(run.status().success(), "inject: {}", run.stderr());
    let report = std::fs::read_to_string(&report).unwrap();
    let words: Vec<&str> = report.split_whitespace().collect();
    let [reached, code, signal, _count, call] = words[..] else {
        panic!("{report}")
    };
    Ending {
        is_reached: reached == "1",
        code: code.parse().ok().filter(|code| *code >= 0),
        signal: signal.parse().unwrap(),
        call: call.to_owned(),
        run,
    }
}

/// Compiles `inject.c`, once a run of the tests: whoever builds Rust has a C compiler.
fn injector() -> &'static PathBuf {
    static INJECTOR: OnceLock<PathBuf> = OnceLock::new();
    INJECTOR.get_or_init(|| {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let (new, path) = (
            folder.join(format!("inject-{}", std::process::id())),
            folder.join("inject"),
        );
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/store/inject.c");
        let output = Command::new("cc")
            .args(["-O1", "-Wall", "-Wextra", "-o"])
            .args([new.as_path(), source.as_ref()])
            .output()
            .expect("a C compiler called `cc`");
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.success() && complaint.is_empty(),
            "{complaint}"
        );
        std::fs::rename(new, &path).unwrap();
        path
    })
}
