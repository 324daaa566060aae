//! What needs processes, kills, full disks and git.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that fails says why by failing, and nobody calls it"
)]

#[path = "../cli/sandbox.rs"]
#[allow(dead_code, reason = "the stories of the commands use the rest of it")]
mod sandbox;

mod concurrency;
mod damage;
#[cfg(target_os = "linux")]
mod errors;
#[cfg(target_os = "linux")]
mod inject;
mod inspect;
#[cfg(target_os = "linux")]
mod kill;
#[cfg(unix)]
mod links;
mod merged;
mod merges;
mod rewrites;
mod space;
mod tearing;
mod twins;
