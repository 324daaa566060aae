//! What the documents show is run, and what they list is complete.

use std::fs;
use std::path::Path;
use std::process::Command;

use promptctl::ops::rules;

use crate::sandbox::empty;

fn document(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A command of a `console` block, and what it prints.
struct Step {
    command: String,
    output: String,
}

/// Reads the `console` blocks: `$` begins a command, `>` goes on with it, the rest is output.
fn steps(document: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut is_inside = false;
    for line in document.lines() {
        match line {
            "```console" => is_inside = true,
            "```" => is_inside = false,
            _ if !is_inside => {}
            _ => match (
                line.strip_prefix("$ "),
                line.strip_prefix("> "),
                steps.last_mut(),
            ) {
                (Some(command), ..) => steps.push(Step {
                    command: command.to_owned(),
                    output: String::new(),
                }),
                (None, Some(more), Some(step)) => step.command += &format!("\n{more}"),
                (None, None, Some(step)) => step.output += &format!("{line}\n"),
                (None, _, None) => panic!("output before the first command: {line}"),
            },
        }
    }
    steps
}

#[test]
fn the_tour_of_the_readme_does_what_it_shows() {
    let sandbox = empty();
    let program = Path::new(env!("CARGO_BIN_EXE_promptctl"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let steps = steps(&document("README.md"));
    assert!(steps.len() > 8, "the tour is gone");
    for step in steps {
        let environment = sandbox.command();
        let variables = environment
            .get_envs()
            .filter_map(|(key, value)| Some((key, value?)));
        let output = Command::new("sh")
            .arg("-c")
            .arg(format!("exec 2>&1\n{}", step.command))
            .current_dir(sandbox.path())
            .env_remove("PROMPTCTL_STORE")
            .envs(variables)
            .env("PATH", &path)
            .output()
            .unwrap();
        let found = String::from_utf8(output.stdout).unwrap();
        assert_eq!(found, step.output, "$ {}", step.command);
        assert!(output.status.success(), "$ {}", step.command);
    }
}

#[test]
fn the_example_store_is_clean_and_every_example_renders() {
    let store = env!("CARGO_MANIFEST_DIR");
    let sandbox = empty();
    let run = |args: &[&str]| {
        let mut all = vec!["--store", store];
        all.extend(args);
        sandbox.run_with(&all, |_| {}, "")
    };
    run(&["validate", "-v"])
        .succeeds()
        .prints("0 errors, 0 warnings in 12 prompts, 22 versions\n");
    let list = run(&["list", "--format", "json"]).json();
    let mut rendered = 0;
    for prompt in list["prompts"].as_array().unwrap() {
        let name = prompt["name"].as_str().unwrap();
        let shown = run(&["show", name, "--format", "json"]).json();
        let text = shown["text"].as_str().unwrap();
        let (_, examples) = text.split_once("promptctl.examples:\n").unwrap_or_default();
        let names = examples.lines().take_while(|line| line.starts_with(' '));
        for example in names.filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
            let example = example.trim().trim_end_matches(':');
            run(&["render", name, "--example", example]).succeeds();
            rendered += 1;
        }
    }
    assert!(rendered >= 10, "{rendered} examples");
}

#[test]
fn the_list_of_rules_is_the_table() {
    use promptctl::ops::rules::Level;
    let level = |level| match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "info",
        Level::Off => "off",
    };
    let expected: Vec<String> = rules::TABLE
        .iter()
        .map(|rule| {
            format!(
                "| `{}` | {} | {} |",
                rule.name,
                level(rule.level),
                rule.finds
            )
        })
        .collect();
    let page = document("docs/rules.md");
    let found: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_completions_are_those_of_the_program() {
    for (shell, file) in [
        ("bash", "promptctl.bash"),
        ("zsh", "_promptctl"),
        ("fish", "promptctl.fish"),
        ("powershell", "promptctl.ps1"),
        ("elvish", "promptctl.elv"),
    ] {
        let script = empty().run(["completions", shell]).succeeds().stdout();
        assert_eq!(script, document(&format!("completions/{file}")), "{shell}");
    }
}

#[test]
fn the_events_of_the_specification_verify() {
    let page = document("docs/format.md");
    let lines: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("{\"id\":\""))
        .collect();
    assert!(lines.len() >= 2, "the test vectors are gone");
    for line in lines {
        promptctl::text::changelog::parse_line(line.as_bytes())
            .unwrap_or_else(|error| panic!("{error}: {line}"));
    }
}
