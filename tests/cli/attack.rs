//! Something hostile to render, and how that should end.

use crate::sandbox::{Sandbox, sandbox};

/// Something hostile, and how rendering it ends.
pub struct Attack {
    pub name: &'static str,
    /// Files, by path; `a.prompt` is rendered.
    files: Vec<(String, String)>,
    /// Prompts whose drafts are among the files, to be published in this order.
    published: Vec<&'static str>,
    args: Vec<String>,
    pub code: i32,
}

impl Attack {
    /// A template, rendered with checks of what is missing. What is to be refused may be so
    /// because it takes too long.
    pub fn new(name: &'static str, template: impl Into<String>, code: i32) -> Self {
        let seconds = if code == 2 { "1" } else { "1000" };
        Self {
            name,
            files: vec![("a.prompt".to_owned(), template.into())],
            published: Vec::new(),
            args: vec![format!("--timeout={seconds}")],
            code,
        }
    }

    pub fn file(mut self, path: impl Into<String>, content: impl Into<String>) -> Self {
        self.files.push((path.into(), content.into()));
        self
    }

    /// The values of the template, as JSON.
    pub fn input(mut self, json: impl Into<String>) -> Self {
        self.args.push("--input=input.json".to_owned());
        self.file("input.json", json)
    }

    pub fn data(mut self, json: impl Into<String>) -> Self {
        self.args.push("--data=data.json".to_owned());
        self.file("data.json", json)
    }

    pub fn partial(mut self, name: impl std::fmt::Display, content: impl Into<String>) -> Self {
        self.args.push(format!("--partial={name}={name}.txt"));
        let path = format!("{name}.txt");
        self.file(path, content)
    }

    pub fn partials(self, count: usize, content: impl Fn(usize) -> String) -> Self {
        (0..count).fold(self, |attack, at| {
            let text = content(at);
            attack.partial(format!("p{at}"), text)
        })
    }

    pub fn published(mut self, name: &'static str, draft: &str) -> Self {
        self.published.push(name);
        self.file(format!("prompts/{name}/draft.prompt"), draft)
    }

    pub fn arg(mut self, arg: &str) -> Self {
        self.args.push(arg.to_owned());
        self
    }

    pub fn schema(mut self, name: &str, content: impl Into<String>) -> Self {
        self.args.push(format!("--schema={name}={name}.yaml"));
        self.file(format!("{name}.yaml"), content)
    }

    /// Lays the files out.
    fn prepared(&self) -> Sandbox {
        let sandbox = sandbox();
        for (path, content) in &self.files {
            sandbox.file(path, content);
        }
        for name in &self.published {
            sandbox.run(["create", name]).succeeds();
        }
        sandbox
    }

    fn command(&self) -> Vec<&str> {
        let mut args = vec!["render", "--file", "a.prompt"];
        args.extend(self.args.iter().map(String::as_str));
        args
    }
}

/// A JSON list of so many numbers.
pub fn list(count: usize) -> String {
    let numbers: Vec<String> = (0..count).map(|number| number.to_string()).collect();
    format!("[{}]", numbers.join(","))
}

pub fn around(open: &str, times: usize, inside: &str, close: &str) -> String {
    format!("{}{inside}{}", open.repeat(times), close.repeat(times))
}

/// Renders each of them, and fails with all those that end otherwise than they should.
pub fn all_end_as_they_should(attacks: Vec<Attack>) {
    let mut failures = Vec::new();
    for attack in attacks {
        let run = attack.prepared().run_with(&attack.command(), |_| {}, "");
        if run.status().code() != Some(attack.code) {
            let said: String = run.stderr().chars().take(300).collect();
            failures.push(format!("{}: {}\n{said}", attack.name, run.status()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A template, rendered whatever is missing.
pub fn template(name: &'static str, template: impl Into<String>, code: i32) -> Attack {
    Attack::new(name, template, code).arg("--allow-missing")
}
