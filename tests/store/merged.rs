//! A store whose branches were joined by git, and what must hold of it.

use std::collections::BTreeSet;

use crate::inspect::{errors, ids};
use crate::sandbox::{Sandbox, with_greeting};

/// When `resolve` is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The merge is still open.
    BeforeTheCommit,
    /// Somebody has committed whatever git left.
    AfterTheCommit,
    /// Git finds no conflict and commits by itself.
    GitCommits,
}

/// A store after a merge.
pub struct Merged {
    pub sandbox: Sandbox,
    pub name: &'static str,
    /// The events that either side had.
    pub events: BTreeSet<String>,
    /// The version files that either side had.
    pub contents: BTreeSet<Vec<u8>>,
}

/// A store in git, with the attributes that `init` writes or without any.
pub fn with_attributes(has_attributes: bool) -> Sandbox {
    let sandbox = with_greeting();
    if !has_attributes {
        sandbox.remove(".gitattributes");
    }
    sandbox.git(["init", "-q"]).succeeds();
    commit(&sandbox, "Start");
    sandbox
}

pub fn commit(sandbox: &Sandbox, message: &str) {
    sandbox.git(["add", "-A"]).succeeds();
    sandbox
        .git(["commit", "-q", "--no-verify", "-m", message])
        .succeeds();
}

impl Merged {
    /// Commits both sides on branches of their own and merges the second into the first.
    pub fn by_merge(
        sandbox: Sandbox,
        name: &'static str,
        sides: [&dyn Fn(&Sandbox); 2],
        how: &[&str],
        when: When,
    ) -> Self {
        let mut merged = Self::of_branches(sandbox, name, sides);
        let sandbox = &merged.sandbox;
        let run = match how {
            [] => sandbox.git(["merge", "-q", "--no-edit", "side"]),
            [a, b] => sandbox.git(["merge", "-q", "--no-edit", a, b, "side"]),
            _ => unreachable!(),
        };
        let is_open = sandbox.exists(".git/MERGE_HEAD");
        match when {
            When::GitCommits => drop(run.succeeds()),
            When::AfterTheCommit if is_open => commit(sandbox, "Merge"),
            // Where git sees no conflict it commits at once, so begin again and keep it open.
            When::BeforeTheCommit if !is_open => {
                sandbox.git(["reset", "-q", "--hard", "main"]).succeeds();
                sandbox.git(["reset", "-q", "--hard", "HEAD^1"]).succeeds();
                sandbox
                    .git(["merge", "-q", "--no-commit", "side"])
                    .succeeds();
            }
            When::AfterTheCommit | When::BeforeTheCommit => {}
        }
        merged.events.remove("");
        merged
    }

    /// Two branches, `main` (checked out) and `side`, that begin at the present state.
    pub fn of_branches(
        sandbox: Sandbox,
        name: &'static str,
        sides: [&dyn Fn(&Sandbox); 2],
    ) -> Self {
        if !sandbox.git(["status", "--porcelain"]).stdout().is_empty() {
            commit(&sandbox, "Base");
        }
        sandbox.git(["checkout", "-q", "-b", "side"]).succeeds();
        let mut merged = Self {
            sandbox,
            name,
            events: BTreeSet::new(),
            contents: BTreeSet::new(),
        };
        for (branch, act) in [("side", sides[1]), ("main", sides[0])] {
            merged.sandbox.git(["checkout", "-q", branch]).succeeds();
            act(&merged.sandbox);
            if !merged
                .sandbox
                .git(["status", "--porcelain"])
                .stdout()
                .is_empty()
            {
                commit(&merged.sandbox, branch);
            }
            merged.remember();
        }
        merged
    }

    /// Notes the events and contents that must not be lost.
    pub fn remember(&mut self) {
        self.events
            .extend(ids(&self.sandbox.read(&self.path("changelog.jsonl"))));
        self.contents.extend(self.versions());
    }

    /// Readers and writers refuse, and name the command that settles it.
    pub fn fails_closed(&self) {
        let sandbox = &self.sandbox;
        let before = sandbox.disk();
        let text = crate::inspect::wording("Later");
        let file = [
            "patch", self.name, "--file", "-", "-m", "Later", "--label", "staging",
        ];
        let reference = format!("{}@{}", self.name, self.open_label());
        for run in [
            sandbox.run(["show", &reference]),
            sandbox.run(["render", &reference, "--var", "who=you"]),
            sandbox.run_with(&file, |_| {}, &text),
        ] {
            assert!(
                matches!(run.status().code(), Some(3 | 4)),
                "{:?} {}",
                run.status(),
                run.stdout()
            );
            run.mentions("resolve");
        }
        assert_eq!(sandbox.disk(), before, "a refusal writes nothing");
        for command in ["list", "status"] {
            let run = sandbox.run([command]);
            let all = format!("{}{}", run.stdout(), run.stderr());
            let is_shown = all.contains("in conflict") || all.contains("cannot be read");
            assert!(is_shown, "`{command}` says nothing of it: {all}");
            assert!(
                matches!(run.status().code(), Some(0 | 4)),
                "{:?}",
                run.status()
            );
        }
        assert!(!errors(sandbox).is_empty(), "validate does not see it");
    }

    /// The label that cannot be read: the one that the sides moved.
    fn open_label(&self) -> &'static str {
        let log = self.sandbox.read(&self.path("changelog.jsonl"));
        if log.contains("\"staging\"") {
            "staging"
        } else {
            "production"
        }
    }

    /// Without a choice: exit code 3, the choices listed, nothing written.
    pub fn asks_for_a_choice(&self, choices: [&str; 2]) {
        let before = self.sandbox.disk();
        let run = self.sandbox.run(["resolve", self.name]);
        run.exits(3)
            .mentions(choices[0])
            .mentions(choices[1])
            .mentions("--keep ours");
        assert_eq!(
            self.sandbox.disk(),
            before,
            "no choice, and yet something was written"
        );
    }

    /// Settles it.
    pub fn resolves(&self, choice: &[&str]) {
        let args = [&["resolve", self.name], choice].concat();
        self.sandbox.run_with(&args, |_| {}, "").succeeds();
    }

    /// All events and contents of both sides are there, `validate` is content, a second `resolve`
    /// changes nothing, and it can be committed and written to.
    pub fn is_in_order(&self) {
        let sandbox = &self.sandbox;
        let log = sandbox.read(&self.path("changelog.jsonl"));
        let lost: Vec<_> = self.events.difference(&ids(&log)).cloned().collect();
        assert!(lost.is_empty(), "events are lost: {lost:?}\n{log}");
        let contents: BTreeSet<Vec<u8>> = self.versions().into_iter().collect();
        let lost = self.contents.difference(&contents).next();
        let lost = lost.map(|content| String::from_utf8_lossy(content));
        assert_eq!(lost, None, "a content is lost");
        assert_eq!(errors(sandbox), Vec::<String>::new());
        let before = sandbox.disk();
        sandbox
            .run(["resolve", self.name, "--keep", "ours"])
            .succeeds();
        sandbox
            .run(["resolve", self.name, "--keep", "theirs"])
            .succeeds();
        sandbox
            .run(["resolve"])
            .succeeds()
            .mentions("nothing is open");
        assert_eq!(
            sandbox.disk(),
            before,
            "a second `resolve` changes something"
        );
        sandbox.git(["add", "-A"]).succeeds();
        sandbox.run(["validate", "--staged"]).succeeds();
        sandbox
            .git([
                "commit",
                "-q",
                "--no-verify",
                "--allow-empty",
                "-m",
                "Settled",
            ])
            .succeeds();
        assert_eq!(errors(sandbox), Vec::<String>::new());
        sandbox
            .run(["note", self.name, "-m", "It goes on"])
            .succeeds();
    }

    /// A version has this text, byte for byte.
    pub fn shows(&self, reference: &str, text: &str) {
        assert_eq!(self.text_of(reference), text, "{reference}");
    }

    pub fn text_of(&self, reference: &str) -> String {
        self.sandbox.run(["show", reference]).succeeds().stdout()
    }

    pub fn path(&self, file: &str) -> String {
        format!("prompts/{}/{file}", self.name)
    }

    /// The bytes of all version files.
    fn versions(&self) -> Vec<Vec<u8>> {
        let files = self.sandbox.files().into_iter();
        let ours =
            files.filter(|path| path.starts_with(&self.path("")) && path.ends_with(".prompt"));
        let versions = ours.filter(|path| !path.ends_with("draft.prompt"));
        versions.map(|path| self.sandbox.bytes(&path)).collect()
    }
}
