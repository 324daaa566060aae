//! The template engine beside handlebars.js 4.7: what both accept renders alike.
//!
//! The expectations in `cases.json` are what handlebars.js gave (`record.mjs` writes them);
//! `refusals.rs` has a row for every reason to refuse what handlebars.js renders. Where node and
//! handlebars are at hand, `live.rs` compares random templates with them.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails says why by failing"
)]

mod cases;
mod damage;
mod engine;
mod generate;
mod grammar;
mod live;
mod random;
mod refusals;
mod sturdy;
mod values;
