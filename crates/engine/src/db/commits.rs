//! News of commits, for those who wait for them.

use crate::sync::{Condvar, Mutex};
use std::time::Duration;

/// Counts this process's commits and wakes who waits for the next.
#[derive(Default)]
pub struct Commits {
    count: Mutex<u64>,
    changed: Condvar,
}

impl Commits {
    /// Counts one and wakes who waits.
    pub fn announce(&self) {
        *self.count.lock() += 1;
        self.changed.notify_all();
    }

    /// Waits until the count is no longer `seen`, at most `patience`; answers the count.
    pub fn wait(&self, seen: u64, patience: Duration) -> u64 {
        let mut count = self.count.lock();
        if *count == seen {
            self.changed.wait_for(&mut count, patience);
        }
        *count
    }
}
