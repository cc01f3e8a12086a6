//! Places for connections, and who gives theirs up when all are taken.
//!
//! A connection keeps us waiting while it asks for nothing, does not send the body that it announced, or does not take what
//! it is sent. Of those the one on which nothing has moved for longest has to leave. One whose request is being worked on
//! keeps us busy, not waiting, and stays: if all do, the next waits for one to end.

use futures_util::future::{AbortHandle, AbortRegistration, Abortable, Aborted};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

/// Whoever was still for so long leaves at once when there is no place.
const STILL: Duration = Duration::from_secs(1);
/// If nobody was, so long is waited for one who ends by themselves: many who come at once have not had their turn yet.
const BRIEFLY: Duration = Duration::from_millis(100);

/// A request is being answered.
const BUSY: u8 = 1;
/// … whose body has not come yet.
const SENDING: u8 = 2;
/// What is sent is not taken.
const STALLED: u8 = 4;
/// It has to leave, and begins nothing any more.
const LEAVING: u8 = 8;

/// The place of one connection.
#[derive(Debug)]
pub struct Place {
    state: AtomicU8,
    begun: Instant,
    /// When something last moved, in microseconds since `begun`.
    moved: AtomicU64,
    leave: AbortHandle,
}

impl Place {
    /// Something came or went.
    pub fn moved(&self) {
        let passed = self.begun.elapsed().as_micros();
        self.moved.store(u64::try_from(passed).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Whether what is sent is not taken.
    pub fn stalled(&self, whether: bool) {
        self.mark(STALLED, whether);
    }

    /// Whether the body that is being read has not come yet.
    pub fn sending(&self, whether: bool) {
        self.mark(SENDING, whether);
    }

    /// Begins a request, unless the connection has to leave: then nothing of it may be done.
    pub fn begin(&self) -> bool {
        self.state.fetch_or(BUSY, Ordering::AcqRel) & LEAVING == 0
    }

    /// Ends a request.
    pub fn end(&self) {
        self.moved();
        self.mark(BUSY, false);
    }

    fn mark(&self, what: u8, whether: bool) {
        if whether {
            self.state.fetch_or(what, Ordering::AcqRel);
        } else {
            self.state.fetch_and(!what, Ordering::AcqRel);
        }
    }

    /// What it does, if it keeps us waiting.
    fn waits(&self) -> Option<u8> {
        let state = self.state.load(Ordering::Acquire);
        let waits = state & BUSY == 0 || state & (SENDING | STALLED) != 0;
        (waits && state & LEAVING == 0).then_some(state)
    }

    /// For how long nothing has moved.
    fn still(&self) -> Duration {
        self.begun.elapsed().saturating_sub(Duration::from_micros(self.moved.load(Ordering::Relaxed)))
    }

    /// Makes it leave, unless it has begun something since.
    fn leave(&self, state: u8) -> bool {
        let kept =
            self.state.compare_exchange(state, state | LEAVING, Ordering::AcqRel, Ordering::Acquire).is_ok();
        if kept {
            self.leave.abort();
        }
        kept
    }
}

/// All places.
pub struct Places {
    room: Arc<Semaphore>,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    places: HashMap<u64, Arc<Place>>,
}

/// The right to take a place.
pub struct Seat {
    _free: OwnedSemaphorePermit,
}

/// A place that is held until this is dropped.
pub struct Held {
    places: Arc<Places>,
    number: u64,
    place: Arc<Place>,
    _seat: Seat,
}

/// Whether a connection has to leave.
pub struct Leave(AbortRegistration);

impl Places {
    /// So many.
    pub fn of(most: usize) -> Self {
        Self { room: Arc::new(Semaphore::new(most)), taken: Mutex::default() }
    }

    /// The right to take a place, at once if there is one or somebody was still.
    pub async fn seat(&self) -> Seat {
        if let Ok(free) = Arc::clone(&self.room).try_acquire_owned() {
            return Seat { _free: free };
        }
        self.make_room(STILL);
        loop {
            // It is never closed, so only the time can run out.
            if let Ok(Ok(free)) = timeout(BRIEFLY, Arc::clone(&self.room).acquire_owned()).await {
                return Seat { _free: free };
            }
            self.make_room(Duration::ZERO);
        }
    }

    /// Takes a place.
    pub fn hold(this: &Arc<Self>, seat: Seat) -> (Held, Leave) {
        let (leave, registration) = AbortHandle::new_pair();
        let place = Arc::new(Place {
            state: AtomicU8::new(0),
            begun: Instant::now(),
            moved: AtomicU64::new(0),
            leave,
        });
        let mut taken = this.taken();
        taken.next += 1;
        let number = taken.next;
        taken.places.insert(number, Arc::clone(&place));
        drop(taken);
        (Held { places: Arc::clone(this), number, place, _seat: seat }, Leave(registration))
    }

    /// Lets the connection leave that has kept us waiting the longest, if nothing has moved on it for `still`.
    pub fn make_room(&self, still: Duration) {
        let taken = self.taken();
        let mut waiting: Vec<_> = taken
            .places
            .values()
            .filter_map(|place| Some((place.waits()?, place.still(), place)))
            .filter(|(_, since, _)| *since >= still)
            .collect();
        waiting.sort_by_key(|(_, since, _)| std::cmp::Reverse(*since));
        let _ = waiting.into_iter().any(|(state, _, place)| place.leave(state));
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// The place.
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.places.taken().places.remove(&self.number);
    }
}

impl Leave {
    /// Does something until it ends, or has to.
    pub async fn heeded_by(self, serving: impl Future<Output = ()>) -> Result<(), Aborted> {
        Abortable::new(serving, self.0).await
    }
}
