//! Telling of changes: the outbox is read after each commit of this process at once, and within a second after a
//! commit of another process on the same home.

use crate::db::{Db, table};
use crate::model::Event;
use crate::{Engine, Result};
use parking_lot::Mutex;
use rusqlite::Connection;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// How often other processes' commits are looked for.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Events told in one piece.
const PIECE: u32 = 1000;

type Listener = Arc<dyn Fn(&[Event]) + Send + Sync>;

/// Who listens.
pub(crate) struct Bus {
    db: Arc<Db>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    next: u64,
    listeners: Vec<(u64, Listener)>,
    /// The listening thread's switch, while one runs.
    stop: Option<Arc<AtomicBool>>,
}

/// Listening, until it is dropped.
pub struct Subscription {
    bus: Weak<Bus>,
    id: u64,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let Some(bus) = self.bus.upgrade() else { return };
        let mut state = bus.state.lock();
        state.listeners.retain(|(id, _)| *id != self.id);
        if state.listeners.is_empty()
            && let Some(stop) = state.stop.take()
        {
            stop.store(true, Ordering::Release);
            bus.db.commits().announce();
        }
    }
}

impl Bus {
    pub fn new(db: Arc<Db>) -> Self {
        Self { db, state: Mutex::default() }
    }

    fn subscribe(self: &Arc<Self>, listener: Listener) -> Result<Subscription> {
        let mut state = self.state.lock();
        let id = state.next;
        state.next += 1;
        if state.stop.is_none() {
            let connection = self.db.reader()?;
            let last = table::event::newest(&connection)?;
            let stop = Arc::new(AtomicBool::new(false));
            let (bus, switch) = (Arc::downgrade(self), Arc::clone(&stop));
            let db = Arc::clone(&self.db);
            std::thread::Builder::new()
                .name("pail-events".to_owned())
                .spawn(move || listen(&bus, &db, &connection, last, &switch))
                .map_err(|error| crate::Error::storage(error, "start listening for changes"))?;
            state.stop = Some(stop);
        }
        state.listeners.push((id, listener));
        Ok(Subscription { bus: Arc::downgrade(self), id })
    }

    fn tell(&self, events: &[Event]) {
        let listeners: Vec<Listener> =
            self.state.lock().listeners.iter().map(|(_, l)| Arc::clone(l)).collect();
        for listener in listeners {
            listener(events);
        }
    }
}

/// Waits for commits and tells of them, until the switch is set or nobody holds the bus.
fn listen(bus: &Weak<Bus>, db: &Db, connection: &Connection, mut last: u64, stop: &AtomicBool) {
    let mut commits = db.commits().wait(u64::MAX, Duration::ZERO);
    let mut version: i64 = -1;
    while !stop.load(Ordering::Acquire) {
        let now = db.commits().wait(commits, LOOK_EVERY);
        let found = data_version(connection);
        if now == commits && found == version {
            if bus.strong_count() == 0 {
                return;
            }
            continue;
        }
        (commits, version) = (now, found);
        // An outbox that cannot be read now is read at the next look; nothing is lost by waiting.
        while let Ok(events) = table::event::after(connection, last, None, PIECE) {
            let (Some(newest), Some(bus)) = (events.last(), bus.upgrade()) else { break };
            last = newest.id;
            bus.tell(&events);
        }
    }
}

/// Changes when another connection has committed.
fn data_version(connection: &Connection) -> i64 {
    connection.pragma_query_value(None, "data_version", |row| row.get(0)).unwrap_or(-1)
}

impl Engine {
    /// Tells `listener` of every change from now on, in order, from a thread of its own. It must not take long.
    ///
    /// # Errors
    /// `database` and `io` if listening cannot begin.
    pub fn subscribe(&self, listener: impl Fn(&[Event]) + Send + Sync + 'static) -> Result<Subscription> {
        self.inner.bus.subscribe(Arc::new(listener))
    }

    /// Events after `after`, oldest first, at most 1,000; of one bucket, if named by id.
    ///
    /// # Errors
    /// `database`.
    pub fn events(&self, after: u64, bucket: Option<&str>, limit: u32) -> Result<Vec<Event>> {
        self.read(|connection| table::event::after(connection, after, bucket, limit.clamp(1, PIECE)))
    }
}
