//! Stories of the real program: one file a command.

mod create;
mod sandbox;
