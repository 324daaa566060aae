//! The specification's own files, from a checkout of google/dotprompt.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;
use serde_json::{Map, Value};
use walkdir::WalkDir;

use crate::case::{Case, case};

/// One template, what it can name, and its cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Suite {
    name: String,
    template: String,
    #[serde(default)]
    data: Map<String, Value>,
    #[serde(default)]
    schemas: BTreeMap<String, Value>,
    #[serde(default)]
    resolver_schemas: BTreeMap<String, Value>,
    #[serde(default)]
    tools: BTreeMap<String, Value>,
    #[serde(default)]
    partials: BTreeMap<String, String>,
    #[serde(default)]
    resolver_partials: BTreeMap<String, String>,
    tests: Vec<Test>,
}

/// What a template is rendered with, and what comes out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Test {
    #[serde(default)]
    desc: String,
    #[serde(default)]
    data: Map<String, Value>,
    options: Option<Value>,
    expect: Map<String, Value>,
}

impl Suite {
    /// A test as a case: its data go over the suite's, member by member.
    fn case(&self, test: &Test) -> Case {
        let mut case = case(self.template.clone());
        for (member, value) in self.data.iter().chain(&test.data) {
            case = case.data(member, value.clone());
        }
        if let Some(options) = &test.options {
            case = case.data("options", options.clone());
        }
        for (name, text) in self.partials.iter().chain(&self.resolver_partials) {
            case = case.partial(name, text);
        }
        for (name, schema) in self.schemas.iter().chain(&self.resolver_schemas) {
            case = case.schema(name, schema.clone());
        }
        for (name, definition) in &self.tools {
            case = case.tool(name, definition.clone());
        }
        for (member, value) in &test.expect {
            case = case.gives(member, value.clone());
        }
        case
    }
}

#[test]
#[ignore = "needs a checkout of google/dotprompt: just conformance DIR"]
fn agrees_with_every_case_of_the_original_files() {
    let folder = env::var("DOTPROMPT_SPEC").expect("DOTPROMPT_SPEC names a checkout, or its spec");
    let mut cases = 0;
    let mut failures = Vec::new();
    for path in files(Path::new(&folder)) {
        for suite in suites(&path) {
            for test in &suite.tests {
                cases += 1;
                if let Err(failure) = suite.case(test).outcome() {
                    let (file, suite, test) = (path.display(), &suite.name, &test.desc);
                    failures.push(format!("{file}: {suite}: {test}\n{failure}"));
                }
            }
        }
    }
    println!("{cases} cases, {} failed", failures.len());
    assert!(cases > 0, "no case in {folder}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// All YAML files of a checkout's `spec`, or of a folder that is one.
fn files(folder: &Path) -> Vec<PathBuf> {
    let below = folder.join("spec");
    let spec = if below.is_dir() { &below } else { folder };
    WalkDir::new(spec)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect()
}

fn suites(path: &Path) -> Vec<Suite> {
    let text = fs::read_to_string(path).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
