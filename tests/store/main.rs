//! What needs processes, kills, full disks and git.

#[path = "../cli/sandbox.rs"]
#[allow(dead_code, reason = "the stories of the commands use the rest of it")]
mod sandbox;
