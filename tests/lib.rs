//! Shared harness of the acceptance suites: the built `pail` on homes of its own, and a plain HTTP client.
//!
//! The suites see Pail from outside only.
#![allow(clippy::unwrap_used)] // A step of the harness that does not work fails the test that took it.

mod home;
mod http;
mod mount;
mod program;
mod ran;
mod server;

pub use home::Home;
pub use http::{Answer, exchange, send};
pub use mount::Mount;
pub use program::program;
pub use ran::Ran;
pub use server::Server;

use std::time::{Duration, Instant};

/// How long anything that should happen soon may take, on a busy machine too.
pub const SOON: Duration = Duration::from_secs(60);

/// Waits until `happened` says so.
///
/// # Panics
/// If it takes too long; `what` says what was waited for.
pub fn wait_until(what: &str, mut happened: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !happened() {
        assert!(begun.elapsed() < SOON, "waited too long: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Bytes that repeat nowhere near, the same at every run.
pub fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// The most memory a process has had, in bytes; `None` once it has ended.
pub fn peak_memory(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}
