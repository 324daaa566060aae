//! Handlebars templates as dotprompt writes them: text in; a tree, readable errors and messages out.
//!
//! One tree serves everything: `syntax` reads it, `check` judges it, `usage` tells what it asks of its
//! input, `render` walks it. What is accepted and what is rendered is therefore the same. The language
//! and its meaning are those of handlebars.js 4.7 as google/dotprompt configures it. No I/O, and
//! neither time nor stack grow faster than the input.

mod check;
mod helper;
mod message;
mod names;
mod number;
mod render;
mod syntax;
mod tree;
mod usage;
mod walk;

pub use check::{check, is_chat};
pub use helper::Helper;
pub use message::{Media, Message, MessagePart, Pending};
pub use render::{Budget, File, Given, RenderError, Rendered, render};
pub(crate) use syntax::is_space;
pub use syntax::{Limits, Parsed, Related, SyntaxError, SyntaxErrorKind, parse};
pub use tree::{
    Base, Block, BlockKind, Call, Comment, Expression, Inline, Literal, Name, NamedArgument, Node,
    Output, Partial, PartialName, Path, Span, Strip, Template, Text,
};
pub use usage::{
    ANY_ELEMENT, DataUse, ELEMENT_OR_SELF, Origin, PartialCall, Place, Usage, VariableUse,
};
pub use walk::{InlineUse, PartialUse};
