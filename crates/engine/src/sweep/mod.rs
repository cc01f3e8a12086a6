//! Keeping house: what crashes leave behind is cleared at start and from time to time, and content is looked through for
//! bit rot.

mod orphans;
mod scrub;
pub(crate) mod verify;

pub use orphans::Swept;

use crate::{Engine, Error, Result};
use parking_lot::{Condvar, Mutex};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Objects whose end has come are purged so soon after, at the latest.
const ENDS_EVERY: Duration = Duration::from_secs(30);
/// … and looked for no more often than this.
const SOONEST: Duration = Duration::from_millis(250);
/// From one sweep to the next.
const EVERY: Duration = Duration::from_secs(6 * 60 * 60);

/// Housekeeping in the background, until it is dropped.
pub struct Housekeeping {
    switch: Arc<Switch>,
}

/// Set once, to stop.
#[derive(Default)]
struct Switch {
    set: Mutex<bool>,
    changed: Condvar,
}

impl Switch {
    /// Waits until it is set, at most for a while; whether it is set.
    fn wait(&self, patience: Duration) -> bool {
        let mut set = self.set.lock();
        if !*set && !patience.is_zero() {
            self.changed.wait_for(&mut set, patience);
        }
        *set
    }
}

impl Engine {
    /// Sweeps now and from time to time, and scrubs once a week, in a thread of its own, while the answer lives. For
    /// processes that stay: the window and the server.
    ///
    /// # Errors
    /// `io` if no thread can be had.
    pub fn keep_house(&self) -> Result<Housekeeping> {
        let switch = Arc::new(Switch::default());
        let (engine, theirs) = (self.clone(), Arc::clone(&switch));
        std::thread::Builder::new()
            .name("pail-sweep".to_owned())
            .spawn(move || {
                loop {
                    // What is refused is tried again at its next time: nothing is lost by waiting.
                    let _ = engine.sweep();
                    let _ = engine.scrub_if_due(&theirs);
                    if engine.expire_until_next_sweep(&theirs) {
                        return;
                    }
                }
            })
            .map_err(|error| Error::storage(error, "start its housekeeping"))?;
        Ok(Housekeeping { switch })
    }
}

impl Engine {
    /// Purges objects as their ends come, until the next sweep is due; whether it was stopped.
    fn expire_until_next_sweep(&self, switch: &Switch) -> bool {
        let begun = Instant::now();
        loop {
            let _ = self.expire();
            let next = self.next_end().ok().flatten().map_or(ENDS_EVERY, |end| {
                Duration::from_millis(u64::try_from(end - self.now()).unwrap_or(0).saturating_add(1))
            });
            let left = EVERY.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return false;
            }
            if switch.wait(next.clamp(SOONEST, ENDS_EVERY).min(left)) {
                return true;
            }
        }
    }
}

impl Drop for Housekeeping {
    fn drop(&mut self) {
        *self.switch.set.lock() = true;
        self.switch.changed.notify_all();
    }
}
