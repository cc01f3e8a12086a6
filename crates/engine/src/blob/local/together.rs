//! Making everything on a file system durable at once: bytes, names and directories in one go of its journal. Whoever
//! asks while that is under way waits for the next time, and all who wait share it.

use crate::sync::{Condvar, Mutex};
use std::io;
use std::sync::{Arc, OnceLock};

/// Asked for by many at a time, done once for all of them.
pub struct Together {
    sync: Box<dyn Fn() -> io::Result<()> + Send + Sync>,
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Default)]
struct State {
    running: bool,
    /// The next time. Whoever holds it came before it begins.
    next: Arc<Time>,
    failures: u64,
}

/// One time that it is done; how it ended: with how many failures so far, or with the system's number for an error.
#[derive(Default)]
struct Time(OnceLock<Result<u64, i32>>);

/// When the writing of something began, as failures until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Since(u64);

impl Together {
    /// With what does it.
    pub fn new(sync: impl Fn() -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self { sync: Box::new(sync), state: Mutex::default(), ended: Condvar::new() }
    }

    /// Now, for what begins to be written.
    pub fn now(&self) -> Since {
        Since(self.state.lock().failures)
    }

    /// Whatever was written since then and named before the call is durable when this returns.
    ///
    /// # Errors
    /// Everybody who shares a time that failed hears so. It is never tried again for them. The system tells of a write that
    /// failed once, to whom it may; so whoever was writing when a time failed hears of it too.
    pub fn sync(&self, since: Since) -> io::Result<()> {
        let mut state = self.state.lock();
        let mine = Arc::clone(&state.next);
        loop {
            if let Some(ended) = mine.0.get() {
                let failures = ended.map_err(io::Error::from_raw_os_error)?;
                return covered(since, failures);
            }
            if state.running {
                self.ended.wait(&mut state);
                continue;
            }
            state.running = true;
            state.next = Arc::default();
            drop(state);
            let ended = (self.sync)();
            state = self.state.lock();
            state.failures += u64::from(ended.is_err());
            let failures = state.failures;
            let said = match &ended {
                Ok(()) => Ok(failures),
                Err(error) => Err(error.raw_os_error().unwrap_or_default()),
            };
            mine.0.set(said).expect("only who begins a time ends it");
            state.running = false;
            self.ended.notify_all();
            return ended.and_then(|()| covered(since, failures));
        }
    }
}

/// Whether no time failed since then.
fn covered(since: Since, failures: u64) -> io::Result<()> {
    if failures == since.0 {
        return Ok(());
    }
    Err(io::Error::other("writing to the disk failed for another file, and perhaps for this one"))
}
