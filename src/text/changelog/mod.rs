//! The changelog: one self-verifying event a line.
//!
//! `docs/format.md` specifies it. There is one way to write an event ([`print_line`]) and one way
//! to read it ([`parse_line`]); whatever the first would not have written, the second refuses.

mod cursor;
mod log;
mod parse;
mod print;
#[cfg(test)]
mod tests;

pub use log::{Fault, FaultReason, Log, Tail, read, salvage};
pub use parse::{LineError, parse_line};
pub use print::print_line;

/// The version of the format that this program writes.
pub const FORMAT: u64 = 1;

/// The most bytes that a line may have, without its newline.
pub const LINE_BYTES: usize = 64 * 1024;
