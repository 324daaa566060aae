//! One case: a document, what it is rendered with, and what must come out.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Map, Value, json};
use similar::TextDiff;

/// A document to render and the answer it must give.
pub struct Case {
    document: String,
    data: Map<String, Value>,
    partials: Vec<(String, String)>,
    schemas: Vec<(String, Value)>,
    tools: Vec<(String, Value)>,
    expected: Map<String, Value>,
}

/// A case of this document, with no values and nothing expected yet.
pub fn case(document: impl Into<String>) -> Case {
    Case {
        document: document.into(),
        data: Map::new(),
        partials: Vec::new(),
        schemas: Vec::new(),
        tools: Vec::new(),
        expected: Map::new(),
    }
}

impl Case {
    /// The values.
    pub fn input(self, values: Value) -> Self {
        self.data("input", values)
    }

    /// A member of what dotprompt calls the data: `input`, `context`, `messages`, `docs`, or
    /// `options`, which is metadata given from outside.
    pub fn data(mut self, member: &str, value: Value) -> Self {
        self.data.insert(member.to_owned(), value);
        self
    }

    /// A partial that can be included.
    pub fn partial(mut self, name: &str, text: &str) -> Self {
        self.partials.push((name.to_owned(), text.to_owned()));
        self
    }

    /// A JSON Schema that can be named.
    pub fn schema(mut self, name: &str, schema: Value) -> Self {
        self.schemas.push((name.to_owned(), schema));
        self
    }

    /// The definition of a tool that can be named.
    pub fn tool(mut self, name: &str, definition: Value) -> Self {
        self.tools.push((name.to_owned(), definition));
        self
    }

    /// A member that the answer has.
    pub fn gives(mut self, member: &str, value: Value) -> Self {
        self.expected.insert(member.to_owned(), value);
        self
    }

    /// The answer is one message of the user with one text.
    pub fn says(self, text: &str) -> Self {
        self.gives(
            "messages",
            json!([{"role": "user", "content": [{"text": text}]}]),
        )
    }

    /// The answer has no message, and this schema of the output.
    pub fn outputs(self, schema: Value) -> Self {
        self.gives("messages", json!([]))
            .gives("output", Value::from_iter([("schema", schema)]))
    }

    /// Renders the document; the answer must be just what is expected.
    #[track_caller]
    pub fn holds(&self) {
        if let Err(failure) = self.outcome() {
            panic!("{failure}");
        }
    }

    /// Renders the document; if the answer is another one, says how it differs.
    pub fn outcome(&self) -> Result<(), String> {
        let folder = tempfile::tempdir().unwrap();
        let output = self.render(folder.path());
        let stdout = String::from_utf8_lossy(&output.stdout);
        let stderr = String::from_utf8_lossy(&output.stderr);
        let told = format!("document: {:?}\n{stdout}{stderr}", self.document);
        if output.status.code() != Some(0) {
            return Err(format!("ended with {}\n{told}", output.status));
        }
        let answer: Value =
            serde_json::from_str(&stdout).map_err(|error| format!("no JSON: {error}\n{told}"))?;
        compare(&self.expected, answer)
            .map_err(|difference| format!("{difference}\ndocument: {:?}\n{stderr}", self.document))
    }

    /// Runs the program in an empty folder with the case's files.
    fn render(&self, folder: &Path) -> Output {
        let write = |name: &str, content: &str| fs::write(folder.join(name), content).unwrap();
        write("case.prompt", &self.document);
        write("data.json", &Value::Object(self.data.clone()).to_string());
        let mut command = Command::new(env!("CARGO_BIN_EXE_promptctl"));
        command
            .current_dir(folder)
            .env_remove("PROMPTCTL_STORE")
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .args(["render", "--file", "case.prompt", "--data", "data.json"])
            .args(["--format", "dotprompt"]);
        for (number, (name, text)) in self.partials.iter().enumerate() {
            let file = format!("partial{number}.prompt");
            write(&file, text);
            command.args(["--partial", &format!("{name}={file}")]);
        }
        for (flag, definitions) in [("--schema", &self.schemas), ("--tool", &self.tools)] {
            for (number, (name, definition)) in definitions.iter().enumerate() {
                let file = format!("{}{number}.json", &flag[2..]);
                write(&file, &definition.to_string());
                command.args([flag, &format!("{name}={file}")]);
            }
        }
        command.output().unwrap()
    }
}

/// Compares as dotprompt's own test does: `ext`, `config` and `metadata` are empty unless a case
/// says more, `raw` counts only if a case states it, and everything else counts.
fn compare(expected: &Map<String, Value>, mut answer: Value) -> Result<(), String> {
    let mut expected = expected.clone();
    for member in ["ext", "config", "metadata"] {
        expected.entry(member).or_insert_with(|| json!({}));
    }
    if !expected.contains_key("raw")
        && let Some(members) = answer.as_object_mut()
    {
        members.remove("raw");
    }
    let mut expected = Value::Object(expected);
    if expected == answer {
        return Ok(());
    }
    expected.sort_all_objects();
    answer.sort_all_objects();
    let (expected, answer) = (format!("{expected:#}\n"), format!("{answer:#}\n"));
    let diff = TextDiff::from_lines(expected.as_str(), answer.as_str());
    Err(diff
        .unified_diff()
        .context_radius(5)
        .header("expected", "printed")
        .to_string())
}

#[test]
fn notices_every_difference_that_counts() {
    let expected = case("").says("yes").expected;
    let message = json!([{"role": "user", "content": [{"text": "yes"}]}]);
    let good = json!({"messages": message, "ext": {}, "config": {}, "metadata": {}});
    let changed = |member: &str, value: Value| {
        let mut answer = good.clone();
        answer[member] = value;
        compare(&expected, answer)
    };
    assert_eq!(changed("raw", json!({"model": "a"})), Ok(()));
    for (member, value) in [
        ("messages", json!([])),
        ("config", json!({"a": 1})),
        ("ext", json!(null)),
        ("input", json!(null)),
        ("model", json!("a")),
    ] {
        assert!(changed(member, value).is_err(), "{member}");
    }
    let difference = changed("model", json!("a")).unwrap_err();
    assert!(difference.contains("+  \"model\": \"a\""), "{difference}");
}
