//! What can be wrong with a template, in the words of its author.

use std::fmt;

use super::super::tree::Span;

/// Is one mistake and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Which mistake.
    pub kind: SyntaxErrorKind,
    /// Where it is.
    pub span: Span,
    /// Another place that helps to understand it.
    pub related: Option<Related>,
}

/// Points at a second place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where it is.
    pub span: Span,
    /// What is there, as a short clause.
    pub what: String,
}

/// Names the mistakes, each with the author's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// A block without its closing tag.
    UnclosedBlock {
        /** The opening tag. */
        open: String,
        /** The tag that would close it. */
        close: String,
    },
    /// A closing tag where no block is open.
    UnmatchedClosingBlock {
        /** The closing tag. */
        close: String,
    },
    /// A closing tag for another block than the one that is open.
    MismatchedBlock {
        /** The closing tag. */
        close: String,
        /** The opening tag of the open block. */
        open: String,
    },
    /// A tag that does not end before the next one begins or the text ends.
    UnclosedTag {
        /** The tag as far as it goes. */
        tag: String,
        /** What would close it. */
        close: &'static str,
    },
    /// A tag with another number of braces at its end than it needs.
    BraceCount {
        /** The tag. */
        tag: String,
        /** What would close it. */
        close: &'static str,
    },
    /// More nesting than is allowed.
    TooDeep {
        /** What nests. */
        what: &'static str,
        /** How much is allowed. */
        limit: usize,
    },
    /// More of something than is allowed.
    TooMany {
        /** Of what. */
        what: &'static str,
        /** How much is allowed. */
        limit: usize,
    },
    /// A partial whose name is known only while rendering.
    DynamicPartial {
        /** The tag. */
        tag: String,
    },
    /// A tag without content.
    EmptyTag {
        /** The tag. */
        tag: String,
    },
    /// A comment without end.
    UnclosedComment {
        /** How it opens. */
        open: String,
        /** What would close it. */
        close: &'static str,
    },
    /// A string that does not end.
    UnclosedString {
        /** The string as far as it goes. */
        string: String,
    },
    /// An `{{else}}` that belongs to no block.
    StrayElse {
        /** The tag. */
        tag: String,
    },
    /// A second `{{else}}` of one block.
    RepeatedElse {
        /** The tag. */
        tag: String,
    },
    /// An `{{else if}}` in a block that begins with `{{^`.
    ChainedInverse {
        /** The tag. */
        tag: String,
    },
    /// A number, or a word such as `true`, at the end of a path.
    LiteralName {
        /** The number or word. */
        name: String,
        /** What stands before it in the tag. */
        path: String,
    },
    /// Something that cannot stand where it does.
    Unexpected {
        /** The words that are in the way. */
        found: String,
        /** What the matter is or what to write. */
        advice: &'static str,
    },
}

impl SyntaxErrorKind {
    /// Names the rule that finds it, as `validate` prints it.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Self::UnclosedBlock { .. } => "unclosed-block",
            Self::UnmatchedClosingBlock { .. } => "unmatched-closing-block",
            Self::MismatchedBlock { .. } => "mismatched-block",
            Self::UnclosedTag { .. } | Self::BraceCount { .. } => "unbalanced-brace",
            Self::TooDeep { .. } => "too-deep",
            Self::TooMany { .. } => "too-many-tags",
            Self::DynamicPartial { .. } => "dynamic-partial",
            Self::EmptyTag { .. }
            | Self::UnclosedComment { .. }
            | Self::UnclosedString { .. }
            | Self::StrayElse { .. }
            | Self::RepeatedElse { .. }
            | Self::ChainedInverse { .. }
            | Self::LiteralName { .. }
            | Self::Unexpected { .. } => "template-syntax",
        }
    }
}

impl fmt::Display for SyntaxErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnclosedBlock { open, close } => {
                write!(
                    f,
                    "`{open}` opened here is never closed: `{close}` is missing"
                )
            }
            Self::UnmatchedClosingBlock { close } => {
                write!(f, "`{close}` closes nothing: no block is open here")
            }
            Self::MismatchedBlock { close, open } => {
                write!(
                    f,
                    "`{close}` closes nothing here: the open block is `{open}`"
                )
            }
            Self::UnclosedTag { tag, close } => {
                write!(f, "`{tag}` is never closed: `{close}` is missing")
            }
            Self::BraceCount { tag, close } if tag.ends_with(&format!("{close}}}")) => write!(
                f,
                "`{tag}` ends with a brace too many: put a blank before one that is text"
            ),
            Self::BraceCount { tag, close } => write!(f, "`{tag}` has to end with `{close}`"),
            Self::TooDeep { what, limit } => write!(
                f,
                "{what} nest too deeply here: at most {limit} levels are allowed"
            ),
            Self::TooMany { what, limit } => write!(
                f,
                "the template has too many {what}: at most {limit} are allowed"
            ),
            Self::DynamicPartial { tag } => {
                write!(
                    f,
                    "`{tag}` computes which partial to include: write the name of the partial itself"
                )
            }
            Self::EmptyTag { tag } => write!(
                f,
                "`{tag}` is empty: a tag needs a name, and braces that are text are written `\\{{{{`"
            ),
            Self::UnclosedComment { open, close } => write!(
                f,
                "the comment that `{open}` opens is never closed: `{close}` is missing"
            ),
            Self::UnclosedString { string } => {
                write!(f, "the string `{string}` is never closed")
            }
            Self::StrayElse { tag } => write!(
                f,
                "`{tag}` belongs to no block: it stands between `{{{{#if ..}}}}` and `{{{{/if}}}}` or the like"
            ),
            Self::RepeatedElse { tag } => write!(
                f,
                "`{tag}` comes after the `{{{{else}}}}` of this block, which is its last part"
            ),
            Self::ChainedInverse { tag } => write!(
                f,
                "`{tag}` cannot continue a block that begins with `{{{{^`: only `{{{{else}}}}` can"
            ),
            Self::LiteralName { name, path } => {
                write!(f, "`{name}` is no name here: write `{path}[{name}]`")
            }
            Self::Unexpected { found, advice } => {
                write!(f, "`{found}` cannot stand here: {advice}")
            }
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for SyntaxError {}
