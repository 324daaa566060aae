//! The table of the rules.

use crate::text::settings::Level;

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// Its level, unless the settings say otherwise.
    pub level: Level,
    /// What it finds, in a few words.
    pub finds: &'static str,
}

/// The rules without which a text could not be read: no setting lowers them, or `validate` would
/// accept what publishing refuses.
pub(super) const FIXED: &[&str] = &[
    "alias-bomb",
    "byte-order-mark",
    "circular-partial",
    "conflict-marker",
    "duplicate-key",
    "dynamic-partial",
    "empty-body",
    "file-too-large",
    "helper-arguments",
    "invalid-yaml",
    "mismatched-block",
    "missing-partial",
    "schema-invalid",
    "template-syntax",
    "too-deep",
    "too-many-inclusions",
    "too-many-tags",
    "unbalanced-brace",
    "unclosed-block",
    "unclosed-front-matter",
    "unknown-block-helper",
    "unknown-helper",
    "unknown-role",
    "unmatched-closing-block",
    "wrong-key-type",
    "yaml-tag",
];

/// All rules, by name.
pub const TABLE: &[Rule] = &[
    rule(
        "alias-bomb",
        Level::Error,
        "front matter whose aliases multiply",
    ),
    rule(
        "byte-order-mark",
        Level::Error,
        "a byte order mark before the front matter",
    ),
    rule(
        "circular-partial",
        Level::Error,
        "partials that include each other in a circle",
    ),
    rule(
        "conflict-marker",
        Level::Error,
        "a marker that git left in a prompt",
    ),
    rule(
        "draft-unpublished",
        Level::Info,
        "a draft with edits that were never published",
    ),
    rule(
        "duplicate-key",
        Level::Error,
        "a key that stands twice in the front matter",
    ),
    rule(
        "dynamic-partial",
        Level::Error,
        "a partial whose name is computed",
    ),
    rule("empty-body", Level::Error, "a prompt without text"),
    rule(
        "file-too-large",
        Level::Error,
        "front matter or body over its limit",
    ),
    rule(
        "gitattributes-missing",
        Level::Warning,
        "a store whose files git may convert or merge",
    ),
    rule(
        "helper-arguments",
        Level::Error,
        "a helper that is called as it cannot be",
    ),
    rule(
        "invalid-name",
        Level::Error,
        "a folder whose name no prompt can have",
    ),
    rule("invalid-yaml", Level::Error, "front matter that is no YAML"),
    rule(
        "label-conflict",
        Level::Error,
        "a label that branches moved apart",
    ),
    rule(
        "label-dangling",
        Level::Error,
        "a label that points to a version that is not there",
    ),
    rule(
        "label-policy",
        Level::Error,
        "a version that carries a label against its policy",
    ),
    rule(
        "linked-file",
        Level::Error,
        "a link where a store's file should be",
    ),
    rule(
        "log-conflict-marker",
        Level::Error,
        "a marker that git left in a changelog",
    ),
    rule(
        "log-duplicate-line",
        Level::Info,
        "an event that stands twice in a changelog",
    ),
    rule(
        "log-heads",
        Level::Info,
        "a merged changelog that no event has joined yet",
    ),
    rule(
        "log-id-mismatch",
        Level::Error,
        "a line of a changelog that was changed",
    ),
    rule(
        "log-line-ending",
        Level::Error,
        "a changelog whose line ends were converted",
    ),
    rule(
        "log-malformed",
        Level::Error,
        "a line of a changelog that is no event",
    ),
    rule(
        "log-missing",
        Level::Error,
        "version files without a changelog, or with an empty one",
    ),
    rule(
        "log-newer-format",
        Level::Error,
        "a line that needs a newer promptctl",
    ),
    rule(
        "log-parent-missing",
        Level::Error,
        "an event that builds upon one that is not there",
    ),
    rule("log-roots", Level::Error, "a prompt that was created twice"),
    rule(
        "log-unterminated",
        Level::Warning,
        "a last line without its newline",
    ),
    rule(
        "log-wrong-prompt",
        Level::Error,
        "an event of another prompt",
    ),
    rule(
        "mismatched-block",
        Level::Error,
        "a closing tag of another block",
    ),
    rule(
        "missing-partial",
        Level::Error,
        "a partial that is not there",
    ),
    rule(
        "nested-prompt",
        Level::Error,
        "a prompt inside the folder of another",
    ),
    rule("not-utf8", Level::Error, "a prompt that is not UTF-8"),
    rule(
        "orphan-version",
        Level::Warning,
        "a version's file that no event mentions",
    ),
    rule(
        "pin-missing",
        Level::Error,
        "a pinned partial that cannot be read",
    ),
    rule(
        "portability",
        Level::Warning,
        "what other runtimes read differently",
    ),
    rule(
        "released-content-changed",
        Level::Error,
        "a published file that was changed",
    ),
    rule(
        "retired-in-use",
        Level::Error,
        "a label that points to a retired version",
    ),
    rule(
        "schema-invalid",
        Level::Error,
        "an input or output schema that cannot be read",
    ),
    rule(
        "schema-missing",
        Level::Error,
        "a schema that a version was published with and that is gone",
    ),
    rule(
        "stray-file",
        Level::Warning,
        "a file that is none of a prompt's",
    ),
    rule(
        "template-syntax",
        Level::Error,
        "a template that cannot be read",
    ),
    rule("too-deep", Level::Error, "blocks nested too deeply"),
    rule(
        "too-many-inclusions",
        Level::Error,
        "partials that multiply",
    ),
    rule(
        "too-many-tags",
        Level::Error,
        "a template with too many tags",
    ),
    rule(
        "unbalanced-brace",
        Level::Error,
        "a tag that is never closed",
    ),
    rule(
        "unclosed-block",
        Level::Error,
        "a block that is never closed",
    ),
    rule(
        "unclosed-front-matter",
        Level::Error,
        "front matter without its second `---`",
    ),
    rule(
        "unknown-block-helper",
        Level::Error,
        "a block helper that does not exist",
    ),
    rule(
        "unknown-helper",
        Level::Error,
        "a helper that does not exist",
    ),
    rule(
        "unknown-role",
        Level::Error,
        "a role that does not exist, or is computed",
    ),
    rule(
        "unmatched-closing-block",
        Level::Error,
        "a closing tag without a block",
    ),
    rule("unreadable", Level::Error, "a file that cannot be read"),
    rule(
        "version-conflict",
        Level::Error,
        "one version with two contents",
    ),
    rule(
        "version-file-missing",
        Level::Error,
        "a published version without its file",
    ),
    rule(
        "wrong-key-type",
        Level::Error,
        "a key of the front matter with the wrong type",
    ),
    rule("yaml-tag", Level::Error, "a custom tag in the front matter"),
];

const fn rule(name: &'static str, level: Level, finds: &'static str) -> Rule {
    Rule { name, level, finds }
}

#[cfg(test)]
mod tests {
    use super::{FIXED, TABLE};

    #[test]
    fn the_table_is_sorted() {
        assert!(TABLE.is_sorted_by_key(|rule| rule.name));
    }

    #[test]
    fn what_is_fixed_is_an_error() {
        for name in FIXED {
            let rule = TABLE.iter().find(|rule| rule.name == *name).unwrap();
            assert_eq!(rule.level, crate::text::settings::Level::Error, "{name}");
        }
    }
}
