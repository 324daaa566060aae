//! The template engine beside handlebars.js 4.7: what both accept renders alike.
//!
//! The expectations in `cases.json` are what handlebars.js gave (`record.mjs` writes them); the rules
//! of `differences.rs` name every place where this program refuses what handlebars.js renders.

mod cases;
mod engine;
mod refusals;
