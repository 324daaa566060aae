//! Schemas: what a prompt's inputs and outputs look like.
//!
//! Authors write Picoschema or JSON Schema; [`to_json_schema`] makes JSON Schema of either, and all
//! else works on that. Supported is the part of JSON Schema, draft 2020-12, that can be decided
//! without a regular expression, a download or a guess; what is left is said to be undecided, never
//! taken for fine. Everything is bounded, so that a hostile schema costs little.

mod check;
mod coerce;
mod equality;
mod fields;
mod inspect;
mod keyword;
mod limit;
mod mistake;
mod number;
mod path;
mod pattern;
mod picoschema;
#[cfg(test)]
mod random;
mod reference;
mod shape;
mod value_type;
mod words;

pub use check::{
    Checked, Reason, Stop, Undecided, Verdict, Violation, ViolationKind, check, check_except,
};
pub use coerce::{CoerceError, coerce};
pub use fields::{Field, Fields};
pub use inspect::{inspect, is_valid_schema};
pub use mistake::{Mistake, MistakeKind};
pub use path::{Path, Segment};
pub use picoschema::{Converted, mentions, to_json_schema};
