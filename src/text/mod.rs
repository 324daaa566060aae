//! The formats: front matter, changelog lines, templates, settings, differences.
//!
//! Text in, values out, no I/O, so every part can be tested and fuzzed on its own.

pub mod changelog;
pub mod diff;
pub mod digest;
pub mod document;
pub mod dotprompt;
pub mod fault;
mod front_matter;
pub mod schema;
pub mod settings;
pub mod strict;
pub mod suggest;
pub mod template;
