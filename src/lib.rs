//! promptctl keeps LLM prompts as plain files in a git repository: immutable semantic versions,
//! labels that say which one is live, and an append-only changelog that proves itself.
//!
//! The layers, each of which uses only those above it:

// What a name, a version, an event and a history are.
pub mod model;

// The formats: text in, values out.
pub mod text;

// The disk.
pub mod store;

// The verbs.
pub mod ops;

// The terminal.
pub mod cli;
