//! Rules about folders and files as such.

use super::Finding;
use crate::ops::init::missing_attributes;
use crate::store::{Folder, GIT_ATTRIBUTES, Stray, StrayReason, git_attributes};

/// Checks a folder: its name, and that it holds only a prompt's files.
pub(in crate::ops) fn check(root: &str, folder: &Folder, all: &[Folder]) -> Vec<Finding> {
    let path = if folder.path.is_empty() {
        root.to_owned()
    } else {
        format!("{root}/{}", folder.path)
    };
    let mut findings: Vec<Finding> = folder
        .strays
        .iter()
        .map(|found| stray(&path, found))
        .collect();
    if !folder.is_prompt() {
        return findings;
    }
    if let Err(error) = folder.name() {
        findings.push(
            Finding::new("invalid-name", path.as_str(), error.to_string())
                .hint("rename the folder"),
        );
    }
    match folder.versions.as_slice() {
        _ if folder.has_log => {}
        [] => {}
        // All that a first write which was cut short can leave.
        [version] => {
            let file = format!("{path}/{version}.prompt");
            let message = format!("no event says that {version} was published");
            findings.push(Finding::new("orphan-version", file, message).hint(format!(
                "`promptctl create {}` publishes it if it is as the draft",
                folder.path
            )));
        }
        _ => {
            let message = "there are version files and no changelog";
            findings.push(
                Finding::new("log-missing", path.as_str(), message)
                    .hint(format!("`git log -- {path}` may show where it went")),
            );
        }
    }
    let outer = all.iter().find(|outer| {
        outer.is_prompt()
            && folder
                .path
                .strip_prefix(outer.path.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
    });
    if let Some(outer) = outer {
        let message = format!("the prompt lies inside the folder of `{}`", outer.path);
        findings.push(Finding::new("nested-prompt", path, message).hint("move it beside it"));
    }
    findings
}

fn stray(folder: &str, stray: &Stray) -> Finding {
    let path = format!("{folder}/{}", stray.file);
    match stray.reason {
        StrayReason::Link => Finding::new(
            "linked-file",
            path,
            "this is a symbolic link, which nothing here follows",
        )
        .hint("put a file of its own in its place"),
        StrayReason::Special => {
            Finding::new("stray-file", path, "this is no regular file").hint("remove it")
        }
        StrayReason::NoVersion => Finding::new(
            "stray-file",
            path,
            format!("`{}` is named like a version and is none", stray.file),
        )
        .hint("publish it with `promptctl create NAME --version V --file FILE`, or remove it"),
        StrayReason::NotUtf8 => {
            Finding::new("stray-file", path, "the file's name is not UTF-8").hint("remove it")
        }
        StrayReason::Other => {
            Finding::new("stray-file", path, "the file is none of a prompt's").hint("move it away")
        }
    }
}

/// Checks that git leaves the store's files alone.
pub(in crate::ops) fn check_attributes(root: &str, attributes: &str) -> Option<Finding> {
    let wanted = git_attributes(root);
    let missing = missing_attributes(attributes, &wanted);
    let first = missing.first()?;
    Some(
        Finding::new(
            "gitattributes-missing",
            GIT_ATTRIBUTES,
            format!("git is not told `{first}`"),
        )
        .hint("`promptctl init` adds what is missing"),
    )
}
