//! Keeping house: what crashes leave behind is cleared at start and from time to time.

mod orphans;
pub(crate) mod verify;

pub use orphans::Swept;

use crate::{Engine, Error, Result};
use parking_lot::{Condvar, Mutex};
use std::sync::Arc;
use std::time::Duration;

/// From one sweep to the next.
const EVERY: Duration = Duration::from_secs(6 * 60 * 60);

/// Housekeeping in the background, until it is dropped.
pub struct Housekeeping {
    switch: Arc<(Mutex<bool>, Condvar)>,
}

impl Engine {
    /// Sweeps now and from time to time in a thread of its own, while the answer lives. For processes that stay:
    /// the window and the server.
    ///
    /// # Errors
    /// `io` if no thread can be had.
    pub fn keep_house(&self) -> Result<Housekeeping> {
        let switch = Arc::new((Mutex::new(false), Condvar::new()));
        let (engine, theirs) = (self.clone(), Arc::clone(&switch));
        std::thread::Builder::new()
            .name("pail-sweep".to_owned())
            .spawn(move || {
                let (stop, changed) = &*theirs;
                loop {
                    // A sweep that is refused is tried again at its next time; it only frees space.
                    let _ = engine.sweep();
                    let mut stopped = stop.lock();
                    if !*stopped {
                        changed.wait_for(&mut stopped, EVERY);
                    }
                    if *stopped {
                        return;
                    }
                }
            })
            .map_err(|error| Error::storage(error, "start its housekeeping"))?;
        Ok(Housekeeping { switch })
    }
}

impl Drop for Housekeeping {
    fn drop(&mut self) {
        *self.switch.0.lock() = true;
        self.switch.1.notify_all();
    }
}
