//! The scrub: a look through all content once a week, slowly, while the window or the server is open.

use super::Switch;
use crate::db::table;
use crate::{Engine, Result};
use std::time::Duration;

/// From the end of one scrub to the next, in milliseconds.
const WEEK: i64 = 7 * 24 * 60 * 60 * 1000;
/// Bytes a second, so that nobody notices.
const PACE: u64 = 20_000_000;

impl Engine {
    /// Compares all content with its hashes if that was not done for a week; stops when the switch is set, and then
    /// begins anew another time.
    pub(super) fn scrub_if_due(&self, switch: &Switch) -> Result<()> {
        let now = self.now();
        let last = self.read(table::workspace::scrubbed)?;
        if last.is_some_and(|last| now - last < WEEK) {
            return Ok(());
        }
        let mut told = 0;
        let mut stopped = false;
        self.verify(&mut |_, bytes| {
            let pause = Duration::from_millis((bytes - told) * 1000 / PACE);
            told = bytes;
            stopped = switch.wait(pause);
            !stopped
        })?;
        if stopped {
            return Ok(());
        }
        self.write(move |connection| table::workspace::note_scrub(connection, now))
    }
}
