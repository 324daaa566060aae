//! promptctl keeps LLM prompts as plain files in a git repository: immutable semantic versions,
//! labels that say which one is live, and an append-only changelog that proves itself.

pub mod model;
pub mod store;
pub mod text;
