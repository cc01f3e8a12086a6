//! What is told of a transfer while it runs, and how it is stopped.

use crate::{Code, Engine, Error, Result};
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// The rate is that of the last moments.
const WINDOW: Duration = Duration::from_secs(3);

/// How far a transfer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Finding out what there is.
    Looking,
    /// Copying bytes.
    Copying,
    /// Making them durable.
    Finishing,
    /// Ended.
    Done,
    /// Stopped by the person.
    Cancelled,
    /// Ended by a fault.
    Failed,
}

/// One file that is being copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveFile {
    /// Where it comes from.
    pub path: PathBuf,
    /// What it is called.
    pub name: String,
    /// Bytes copied.
    pub bytes_done: u64,
    /// Bytes in all.
    pub bytes_total: u64,
}

impl ActiveFile {
    /// Whether it is the file of that very path: to the letter, for each comes with the path it was planned with.
    fn is(&self, path: &Path) -> bool {
        self.path.as_os_str() == path.as_os_str()
    }
}

/// A transfer at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Its id.
    pub id: String,
    /// Bucket id.
    pub bucket: String,
    /// How far it is.
    pub state: State,
    /// The name of the only file, or of the first.
    pub name: String,
    /// Files that are through, refused ones included.
    pub files_done: u64,
    /// Files in all.
    pub files_total: u64,
    /// Bytes that are through.
    pub bytes_done: u64,
    /// Bytes in all.
    pub bytes_total: u64,
    /// Bytes a second over the last moments.
    pub rate: u64,
    /// Files now being copied.
    pub active: Vec<ActiveFile>,
    /// Files that did not come in.
    pub failed: u64,
}

/// A transfer that runs.
pub(crate) struct Transfer {
    id: String,
    bucket: String,
    cancelled: AtomicBool,
    cancelled_paths: Mutex<HashSet<PathBuf>>,
    pub files_done: AtomicU64,
    pub bytes_done: AtomicU64,
    pub failed: AtomicU64,
    inner: Mutex<Inner>,
}

struct Inner {
    state: State,
    name: String,
    files_total: u64,
    bytes_total: u64,
    active: Vec<ActiveFile>,
    samples: VecDeque<(Instant, u64)>,
}

impl Transfer {
    pub fn set_state(&self, state: State) {
        self.inner.lock().state = state;
    }

    pub fn set_totals(&self, name: &str, files: u64, bytes: u64) {
        let mut inner = self.inner.lock();
        name.clone_into(&mut inner.name);
        inner.files_total = files;
        inner.bytes_total = bytes;
    }

    /// Whether the whole, or this file of it, is to stop.
    pub fn check(&self, path: &Path) -> Result<()> {
        let stopped = |paths: &HashSet<PathBuf>| !paths.is_empty() && paths.contains(path);
        if self.is_cancelled() || stopped(&self.cancelled_paths.lock()) {
            return Err(Error::refusal(
                Code::Cancelled,
                "You stopped it",
                "Add it again if you want it after all.",
            ));
        }
        Ok(())
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Relaxed)
    }

    pub fn begin(&self, path: &Path, name: &str, size: u64) {
        let file =
            ActiveFile { path: path.to_owned(), name: name.to_owned(), bytes_done: 0, bytes_total: size };
        self.inner.lock().active.push(file);
    }

    pub fn advance(&self, path: &Path, bytes: u64) {
        self.bytes_done.fetch_add(bytes, Relaxed);
        if let Some(file) = self.inner.lock().active.iter_mut().find(|file| file.is(path)) {
            file.bytes_done += bytes;
        }
    }

    /// A file is through. What it promised and did not bring is no longer counted as to come.
    pub fn end(&self, path: &Path, came_in: bool) {
        let mut inner = self.inner.lock();
        if let Some(at) = inner.active.iter().position(|file| file.is(path)) {
            let file = inner.active.swap_remove(at);
            if !came_in {
                inner.bytes_total = inner.bytes_total.saturating_sub(file.bytes_total);
                self.bytes_done.fetch_sub(file.bytes_done, Relaxed);
            }
        }
        self.files_done.fetch_add(1, Relaxed);
    }

    pub fn snapshot(&self) -> Snapshot {
        let mut inner = self.inner.lock();
        let bytes_done = self.bytes_done.load(Relaxed);
        let now = Instant::now();
        inner.samples.push_back((now, bytes_done));
        while inner.samples.len() > 2 && inner.samples.front().is_some_and(|(at, _)| now - *at > WINDOW) {
            inner.samples.pop_front();
        }
        let rate = inner.samples.front().map_or(0, |(at, bytes)| {
            let seconds = (now - *at).as_secs_f64();
            if seconds > 0.0 { (bytes_done.saturating_sub(*bytes) as f64 / seconds) as u64 } else { 0 }
        });
        Snapshot {
            id: self.id.clone(),
            bucket: self.bucket.clone(),
            state: inner.state,
            name: inner.name.clone(),
            files_done: self.files_done.load(Relaxed),
            files_total: inner.files_total,
            bytes_done,
            bytes_total: inner.bytes_total.max(bytes_done),
            rate,
            active: inner.active.clone(),
            failed: self.failed.load(Relaxed),
        }
    }
}

/// The transfers of this process that run.
#[derive(Default)]
pub(crate) struct Transfers {
    running: Mutex<HashMap<String, Arc<Transfer>>>,
}

impl Transfers {
    pub fn begin(&self, id: &str, bucket: &str) -> Result<Arc<Transfer>> {
        let mut running = self.running.lock();
        if running.contains_key(id) {
            return Err(Error::new(Code::Internal, format!("A transfer {id} runs already. Name another.")));
        }
        let transfer = Arc::new(Transfer {
            id: id.to_owned(),
            bucket: bucket.to_owned(),
            cancelled: AtomicBool::new(false),
            cancelled_paths: Mutex::default(),
            files_done: AtomicU64::new(0),
            bytes_done: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            inner: Mutex::new(Inner {
                state: State::Looking,
                name: String::new(),
                files_total: 0,
                bytes_total: 0,
                active: Vec::new(),
                samples: VecDeque::new(),
            }),
        });
        running.insert(id.to_owned(), Arc::clone(&transfer));
        Ok(transfer)
    }

    pub fn end(&self, id: &str) {
        self.running.lock().remove(id);
    }
}

impl Engine {
    /// The transfers of this process that run now.
    pub fn transfers(&self) -> Vec<Snapshot> {
        let running: Vec<_> = self.inner.transfers.running.lock().values().cloned().collect();
        running.iter().map(|transfer| transfer.snapshot()).collect()
    }

    /// Stops a transfer, or one file of it. What was committed stays; what was not leaves nothing.
    ///
    /// # Errors
    /// `transfer_not_found` if it has ended.
    pub fn transfer_cancel(&self, id: &str, path: Option<&Path>) -> Result<()> {
        let running = self.inner.transfers.running.lock();
        let transfer = running.get(id).ok_or_else(|| {
            Error::new(Code::TransferNotFound, "This transfer has ended already.").with("transfer", id)
        })?;
        match path {
            Some(path) => drop(transfer.cancelled_paths.lock().insert(path.to_owned())),
            None => transfer.cancelled.store(true, Relaxed),
        }
        Ok(())
    }
}
