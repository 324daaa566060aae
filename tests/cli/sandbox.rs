//! A store in a temporary folder, and the real program run in it.
//!
//! Time and author are fixed, so the same story gives the same bytes every time, ids included.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use snapbox::IntoData;
use tempfile::TempDir;

/// 2026-11-20T10:00:00Z
pub const NOW: &str = "1795168800";

pub const AUTHOR: &str = "Ada Example <ada@example.com>";

/// A prompt that needs one value.
pub const GREETING: &str = "---\ndescription: Greets\nmodel: example/model\ninput:\n  schema:\n    \
                            who: string\n---\nHello {{who}}!\n";

/// A partial.
pub const TONE: &str = "---\ndescription: How we sound\n---\nBe kind.\n";

/// A chat prompt with a partial, an optional value and an example.
pub const TRIAGE: &str = r#"---
description: Sorts tickets
model: example/model
input:
  schema:
    ticket: string, the customer's words
    product?: string
promptctl.tags: [support]
promptctl.examples:
  refund: {ticket: I want my money back}
---
{{role "system"}}
{{> shared/tone}}
{{role "user"}}
{{ticket}}
"#;

/// A temporary folder.
pub struct Sandbox {
    folder: TempDir,
}

/// An empty folder that is no store.
pub fn empty() -> Sandbox {
    Sandbox {
        folder: tempfile::tempdir().unwrap(),
    }
}

/// A new store.
pub fn sandbox() -> Sandbox {
    let sandbox = empty();
    sandbox.run(["init"]).succeeds();
    sandbox
}

/// A new store whose prompt `greeting` is published as 1.0.0.
pub fn with_greeting() -> Sandbox {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    sandbox.run(["create", "greeting"]).succeeds();
    sandbox
}

/// A new store with `greeting`: 1.0.0, 1.0.1 (production) and 1.1.0 (staging).
pub fn with_versions() -> Sandbox {
    let sandbox = with_greeting();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox
        .run(["patch", "greeting", "-m", "Less stiff"])
        .succeeds();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Good day,"));
    sandbox
        .run([
            "create", "greeting", "--bump", "minor", "--label", "staging", "-m", "Polite",
        ])
        .succeeds();
    sandbox
}

/// A new store with the partial `shared/tone` and `support/triage`, which includes it.
pub fn with_partial() -> Sandbox {
    let sandbox = sandbox();
    sandbox.draft("shared/tone", TONE);
    sandbox.draft("support/triage", TRIAGE);
    sandbox.run(["create", "shared/tone"]).succeeds();
    sandbox.run(["create", "support/triage"]).succeeds();
    sandbox
}

impl Sandbox {
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn join(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file, and the folders above it.
    pub fn file(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Writes a prompt's draft.
    pub fn draft(&self, name: &str, content: &str) -> &Self {
        self.file(&format!("prompts/{name}/draft.prompt"), content)
    }

    pub fn read(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }

    pub fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn exists(&self, path: &str) -> bool {
        self.join(path).symlink_metadata().is_ok()
    }

    pub fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.join(path)).unwrap();
        self
    }

    /// Runs the program in the folder.
    pub fn run<const N: usize>(&self, args: [&str; N]) -> Run {
        self.run_with(&args, |_| {}, "")
    }

    /// Runs the program, which must end with this code, complain just like that, and leave every
    /// file as it was.
    #[track_caller]
    pub fn refuses<const N: usize>(&self, args: [&str; N], code: i32, expected: impl IntoData) {
        let before = self.disk();
        self.run(args).exits(code).prints("").complains(expected);
        assert_eq!(self.disk(), before);
    }

    /// Runs the program with text on its standard input.
    pub fn run_with_input<const N: usize>(&self, args: [&str; N], input: &str) -> Run {
        self.run_with(&args, |_| {}, input)
    }

    /// Runs the program with other variables, or in another folder.
    pub fn run_with(&self, args: &[&str], change: impl FnOnce(&mut Command), input: &str) -> Run {
        let mut command = self.command();
        command.args(args);
        change(&mut command);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that does not read its input may be gone by now.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        Run {
            args: args.join(" "),
            output: child.wait_with_output().unwrap(),
            folder: self.path().to_owned(),
        }
    }

    /// The program with a fixed environment.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_promptctl"));
        command
            .current_dir(self.path())
            .env_remove("PROMPTCTL_STORE")
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .env("PROMPTCTL_AUTHOR", AUTHOR)
            .env("SOURCE_DATE_EPOCH", NOW);
        command
    }

    /// Runs git in the folder, with nobody's settings.
    pub fn git<const N: usize>(&self, args: [&str; N]) -> Run {
        let output = Command::new("git")
            .args([
                "-c",
                "user.name=Ada Example",
                "-c",
                "user.email=ada@example.com",
            ])
            .args([
                "-c",
                "init.defaultBranch=main",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(args)
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_AUTHOR_DATE", "2026-11-20T10:00:00Z")
            .env("GIT_COMMITTER_DATE", "2026-11-20T10:00:00Z")
            .output()
            .unwrap();
        Run {
            args: format!("git {}", args.join(" ")),
            output,
            folder: self.path().to_owned(),
        }
    }

    /// Compares **every file on the disk** with a snapshot. The lock and its folders are left out:
    /// they say nothing.
    pub fn holds(&self, expected: impl IntoData) -> &Self {
        snapbox::assert_data_eq!(self.disk(), expected.into_data().raw());
        self
    }

    /// Every file and its content, as one text.
    pub fn disk(&self) -> String {
        let mut text = String::new();
        for path in self.files() {
            let _ = writeln!(text, "== {path}");
            let content = String::from_utf8_lossy(&self.bytes(&path)).into_owned();
            text.push_str(&content);
            if !content.ends_with('\n') {
                text.push_str("(no newline)\n");
            }
        }
        text
    }

    /// The paths of all files, sorted.
    pub fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut todo = vec![self.path().to_owned()];
        while let Some(folder) = todo.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let below = path.strip_prefix(self.path()).unwrap();
                let below = below.to_str().unwrap().to_owned();
                if path.is_dir() && !path.is_symlink() {
                    if below != ".git" {
                        todo.push(path);
                    }
                } else if !matches!(below.as_str(), ".promptctl/lock" | ".promptctl/.gitignore") {
                    files.push(below);
                }
            }
        }
        files.sort();
        files
    }
}

/// What a run of a program came to.
pub struct Run {
    args: String,
    output: Output,
    folder: PathBuf,
}

impl Run {
    /// The exit code is 0.
    #[track_caller]
    pub fn succeeds(&self) -> &Self {
        self.exits(0)
    }

    #[track_caller]
    pub fn exits(&self, code: i32) -> &Self {
        assert_eq!(
            self.output.status.code(),
            Some(code),
            "`{}` ended with {}\n{}{}",
            self.args,
            self.output.status,
            self.stdout(),
            self.stderr()
        );
        self
    }

    /// Standard output is just that.
    #[track_caller]
    pub fn prints(&self, expected: impl IntoData) -> &Self {
        snapbox::assert_data_eq!(self.stdout(), expected.into_data().raw());
        self
    }

    /// Standard error is just that.
    #[track_caller]
    pub fn complains(&self, expected: impl IntoData) -> &Self {
        snapbox::assert_data_eq!(self.stderr(), expected.into_data().raw());
        self
    }

    /// Standard output or standard error has this somewhere.
    #[track_caller]
    pub fn mentions(&self, text: &str) -> &Self {
        let all = format!("{}{}", self.stdout(), self.stderr());
        assert!(
            all.contains(text),
            "no `{text}` in the output of `{}`:\n{all}",
            self.args
        );
        self
    }

    /// Standard output, with the sandbox's folder written as `[ROOT]`.
    pub fn stdout(&self) -> String {
        self.text(&self.output.stdout)
    }

    /// Standard error, with the sandbox's folder written as `[ROOT]`.
    pub fn stderr(&self) -> String {
        self.text(&self.output.stderr)
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.output.stdout)
            .unwrap_or_else(|error| panic!("`{}`: {error}\n{}", self.args, self.stdout()))
    }

    pub fn status(&self) -> std::process::ExitStatus {
        self.output.status
    }

    fn text(&self, bytes: &[u8]) -> String {
        let folder = self.folder.to_str().unwrap();
        String::from_utf8_lossy(bytes).replace(folder, "[ROOT]")
    }
}
