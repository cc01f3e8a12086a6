//! Real threads and real processes on one home, hammered: readers against replacements and purges, uploads against
//! sweeps, merges of several processes, and everything at once with backups and checkpoints beside it.
//!
//! `PAIL_HAMMER_SECONDS` says for about how long each (4 if it does not).

#![allow(clippy::unwrap_used, reason = "this is test code, though not all of it inside test functions")]
#![allow(clippy::print_stdout, reason = "each test says how much it did")]

mod acts;
mod everything;
mod marked;
mod merges;
mod readers;
mod uploads;

use std::time::{Duration, Instant};

/// How long to hammer.
fn seconds() -> u64 {
    std::env::var("PAIL_HAMMER_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(4)
}

/// When the hammering that begins now ends.
fn deadline() -> Instant {
    Instant::now() + Duration::from_secs(seconds())
}
