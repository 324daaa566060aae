//! Handlebars templates as dotprompt writes them: text in, a tree with spans and readable errors out.
//!
//! The tree decides what may reach the `handlebars` crate, which does the rendering and whose
//! grammar this parser follows (`grammar.pest` of 6.4): limits, partials, helpers and free variables
//! are judged here first. It does no I/O, and neither time nor stack grow faster than the input.

mod arguments;
mod blocks;
mod check;
mod compose;
mod enclosing;
mod error;
mod helpers;
mod lexer;
mod literal;
mod markers;
mod message;
mod parser;
mod path;
mod places;
mod reading;
mod render;
mod scopes;
mod structure;
mod tags;
mod through;
mod tree;
mod usage;
mod walk;

pub use check::{check, is_chat};
pub use error::{Form, Related, SyntaxError, SyntaxErrorKind, Unsupported};
pub use message::{Media, Message, MessagePart, Pending};
pub use parser::{Limits, Parsed, parse};
pub use render::{Budget, RenderError, Rendered, Source, render};
pub use tree::{
    Base, Block, BlockKind, Call, Expression, Inline, Literal, Name, NamedArgument, Node, Output,
    Partial, PartialName, Path, Span, Template,
};
pub use usage::{
    ANY_ELEMENT, DataUse, ELEMENT_OR_SELF, Origin, PartialCall, Place, Usage, VariableUse,
};
pub use walk::{HelperUse, InlineUse, PartialUse, is_known_helper};
