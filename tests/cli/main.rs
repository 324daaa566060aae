//! Stories of the real program: one file a command.

#![allow(
    clippy::disallowed_methods,
    clippy::format_collect,
    clippy::needless_pass_by_value,
    clippy::needless_raw_string_hashes,
    clippy::too_many_lines,
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    reason = "a test that fails says why by failing, nobody calls it, tables are long, and snapbox writes the hashes"
)]

mod attack;
mod bad_files;
mod bad_input;
mod bad_settings;
mod byte;
mod completions;
mod create;
mod create_refusals;
mod diff;
mod docs;
mod exit_codes;
mod hijacking;
mod hostile;
mod hostile_structures;
mod hostile_texts;
mod hostile_values;
mod impact;
mod init;
mod json;
mod list;
mod log;
mod man;
mod manifest;
mod note;
mod outputs;
mod patch;
mod patch_refusals;
mod promote;
mod promote_policy;
mod rename;
mod rename_refusals;
mod render;
mod render_data;
mod render_input;
mod render_pins;
mod render_values;
mod repair;
mod reproducible;
mod resolve;
mod retire;
mod retire_refusals;
mod revert;
mod review;
mod rules_document;
mod rules_history;
mod rules_log;
mod rules_store;
mod rules_template;
mod sandbox;
mod schemas;
mod show;
mod status;
mod validate;
mod void;
mod why;
