//! Making everything on a file system durable at once: bytes, names and directories in one go of its journal. Whoever
//! asks while that is under way waits for the next time, and all who wait share it.

use parking_lot::{Condvar, Mutex};
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
}

/// One time that it is done; how it ended, as the system's number for an error.
#[derive(Default)]
struct Time(OnceLock<Result<(), i32>>);

impl Together {
    /// With what does it.
    pub fn new(sync: impl Fn() -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self { sync: Box::new(sync), state: Mutex::default(), ended: Condvar::new() }
    }

    /// Whatever was written and named before the call is durable when this returns.
    ///
    /// # Errors
    /// Everybody who shares a time that failed hears so. It is never tried again for them.
    pub fn sync(&self) -> io::Result<()> {
        let mut state = self.state.lock();
        let mine = Arc::clone(&state.next);
        loop {
            if let Some(ended) = mine.0.get() {
                return ended.map_err(io::Error::from_raw_os_error);
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
            let said = ended.as_ref().copied().map_err(|error| error.raw_os_error().unwrap_or_default());
            mine.0.set(said).expect("only who begins a time ends it");
            state.running = false;
            self.ended.notify_all();
            return ended;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
    use std::sync::mpsc;

    #[test]
    fn what_was_written_before_is_covered_and_those_who_wait_share() {
        let (written, durable, times) =
            (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let (w, d, t) = (Arc::clone(&written), Arc::clone(&durable), Arc::clone(&times));
        let together = Together::new(move || {
            let seen = w.load(SeqCst);
            std::thread::yield_now();
            d.fetch_max(seen, SeqCst);
            t.fetch_add(1, SeqCst);
            Ok(())
        });
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let mine = written.fetch_add(1, SeqCst) + 1;
                        together.sync().unwrap();
                        assert!(durable.load(SeqCst) >= mine);
                    }
                });
            }
        });
        assert!((1..=1600).contains(&times.load(SeqCst)));
    }

    #[test]
    fn all_who_share_a_failure_hear_of_it_and_the_next_time_is_another() {
        let (begun, is_begun) = mpsc::channel();
        let (go_on, may_go_on) = mpsc::channel::<Option<i32>>();
        let may_go_on = Mutex::new(may_go_on);
        let together = Together::new(move || {
            begun.send(()).unwrap();
            may_go_on
                .lock()
                .recv()
                .unwrap()
                .map_or(Ok(()), |number| Err(io::Error::from_raw_os_error(number)))
        });
        std::thread::scope(|scope| {
            let first = scope.spawn(|| together.sync());
            is_begun.recv().unwrap();
            let waiting: Vec<_> = (0..3).map(|_| scope.spawn(|| together.sync())).collect();
            // All three hold the next time: they are the only holders but for its keeper.
            while Arc::strong_count(&together.state.lock().next) < 4 {
                std::thread::yield_now();
            }
            go_on.send(None).unwrap();
            assert!(first.join().unwrap().is_ok());
            is_begun.recv().unwrap();
            go_on.send(Some(5)).unwrap();
            for waiter in waiting {
                assert_eq!(waiter.join().unwrap().unwrap_err().raw_os_error(), Some(5));
            }
            let last = scope.spawn(|| together.sync());
            is_begun.recv().unwrap();
            go_on.send(None).unwrap();
            assert!(last.join().unwrap().is_ok());
        });
    }
}
