//! Where things are: paths in the store, written with `/`.

use crate::model::{Digest, PromptName, Version};

/// The settings; their presence makes a folder a store.
pub const SETTINGS: &str = "promptctl.toml";

/// The name of a prompt's log.
pub const CHANGELOG: &str = "changelog.jsonl";

/// The name of a prompt's working copy.
pub const DRAFT: &str = "draft.prompt";

/// What git is told about the files.
pub const GIT_ATTRIBUTES: &str = ".gitattributes";

/// What belongs to one working copy: the lock, temporary files, what was set aside.
pub(super) const WORK_IGNORE: &str = ".promptctl/.gitignore";
pub(super) const LOCK: &str = ".promptctl/lock";
pub(super) const TEMPORARY: &str = ".promptctl/tmp";
pub(super) const RECOVERED: &str = ".promptctl/recovered";

/// Returns the folder of a prompt.
#[must_use]
pub fn folder_path(root: &str, name: &PromptName) -> String {
    format!("{root}/{name}")
}

/// Returns the path of a prompt's changelog.
#[must_use]
pub fn changelog_path(root: &str, name: &PromptName) -> String {
    format!("{root}/{name}/{CHANGELOG}")
}

/// Returns the path of a prompt's draft.
#[must_use]
pub fn draft_path(root: &str, name: &PromptName) -> String {
    format!("{root}/{name}/{DRAFT}")
}

/// Returns the path of a version's file.
#[must_use]
pub fn version_path(root: &str, name: &PromptName, version: &Version) -> String {
    format!("{root}/{name}/{version}.prompt")
}

/// The folder of the named schemas that documents may use, beside the settings.
pub const SCHEMAS: &str = "schemas";

/// Returns the path of the copy of a named schema that versions were published with.
#[must_use]
pub fn schema_copy_path(root: &str, digest: &Digest) -> String {
    format!("{root}/.schemas/{digest}.json")
}

/// Returns the lines that keep git from converting or merging published files.
#[must_use]
pub fn git_attributes(root: &str) -> String {
    format!(
        "{root}/**/[0-9]*.prompt -text -merge\n\
         {root}/**/{DRAFT} text eol=lf\n\
         {root}/**/{CHANGELOG} -text merge=union\n\
         {root}/.schemas/** -text\n"
    )
}

/// Returns the `promptctl.toml` of a new store.
#[must_use]
pub fn starter_settings() -> &'static str {
    "format = 1\n\
     \n\
     [store]\n\
     # The label that a bare name means.\n\
     default-label = \"production\"\n\
     # What the first version of a new prompt gets.\n\
     first-labels = [\"production\"]\n\
     \n\
     [labels.production]\n\
     prerelease = false\n\
     # A version must have carried this label before:\n\
     # from = \"staging\"\n"
}
