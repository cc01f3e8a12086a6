//! Content in a directory of files: `files/<bucket id>/<content id>/<name>` (DESIGN section 4).
//!
//! Staging: an exclusive temporary file on the same file system. Sealing: fsync. Placing: a directory of its own, rename,
//! fsync of that directory and of the parent of each directory just made. A batch, and a single content where that is
//! quick, is placed first; then one `syncfs` makes bytes, names and directories durable. In either order there is no row
//! yet, so that a crash leaves an orphan at most. Content files are read-only and never change afterwards.

mod staging;
mod sync;
mod tags;
mod together;

use super::{Address, Blobs, Capabilities, Content, Hold, Staging, Ticket};
use crate::{Error, Result, model::id};
use staging::Writing;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use sync::FileSystem;
use together::Together;

pub(super) use together::Since;

/// From this many on, contents are made durable as a whole file system instead of one by one.
const SYNC_ALL_FROM: usize = 8;

/// How long a sweep waits for puts that are about to commit.
const SWEEP_PATIENCE: Duration = Duration::from_secs(2);
/// How long a backup waits for removals that are under way.
const REMOVALS_PATIENCE: Duration = Duration::from_secs(10);

/// The directory of files of a home.
pub struct Local {
    files: PathBuf,
    whole: Option<Arc<Whole>>,
    /// Stagings of this process; its lock file tells other processes that they are alive.
    stagings: PathBuf,
    /// Stagings so far, for their names.
    staged: AtomicU64,
    _alive: File,
}

/// The file system as a whole, where it can be made durable as one.
struct Whole {
    system: Arc<FileSystem>,
    together: Together,
}

impl Local {
    /// Opens the directory, making it if needed.
    ///
    /// # Errors
    /// `read_only` and `io`.
    pub fn open(files: &Path) -> Result<Self> {
        Self::try_open(files).map_err(|error| Error::storage(error, "open its files directory"))
    }

    fn try_open(files: &Path) -> io::Result<Self> {
        let made = !files.exists();
        let stagings = files.join(".staging").join(id::new('p', 0));
        fs::create_dir_all(&stagings)?;
        if made && let Some(parent) = files.parent() {
            sync::directory(parent)?;
        }
        // Locked before it has its name: who sees it free sees an ended process.
        let alive = File::create(stagings.join(".starting"))?;
        alive.lock()?;
        fs::rename(stagings.join(".starting"), stagings.join(".alive"))?;
        let whole = FileSystem::of(files)?.map(|system| {
            let system = Arc::new(system);
            let on = Arc::clone(&system);
            Arc::new(Whole { system, together: Together::new(move || on.sync()) })
        });
        Ok(Self { files: files.to_owned(), whole, stagings, staged: AtomicU64::new(0), _alive: alive })
    }

    fn directory(&self, address: &Address) -> PathBuf {
        self.files.join(&address.bucket).join(&address.content)
    }

    fn file(&self, address: &Address) -> PathBuf {
        self.directory(address).join(&address.name)
    }

    fn staged(&self, ticket: &Ticket) -> PathBuf {
        self.stagings.join(&ticket.name)
    }

    fn lock_file(&self, name: &str) -> Result<File> {
        let mut options = OpenOptions::new();
        let opened = options.create(true).truncate(false).write(true).open(self.files.join(name));
        opened.map_err(|error| Error::storage(error, "lock its files directory"))
    }

    /// Puts each into its place and makes it durable, with one sync for the whole file system or with one for each file
    /// and directory.
    fn place_durably(&self, batch: &[(Ticket, Address)]) -> io::Result<()> {
        let oldest = batch.iter().filter_map(|(ticket, _)| ticket.waits).min();
        let many = batch.len() >= SYNC_ALL_FROM || oldest.is_some();
        if let Some(whole) = self.whole.as_ref().filter(|_| many) {
            let since = oldest.unwrap_or_else(|| whole.together.now());
            batch.iter().try_for_each(|(ticket, address)| self.rename(ticket, address).map(drop))?;
            return whole.together.sync(since);
        }
        let mut changed = BTreeSet::new();
        for (ticket, address) in batch {
            let new_bucket = self.rename(ticket, address)?;
            changed.extend(new_bucket.then(|| self.files.clone()));
            changed.extend([self.files.join(&address.bucket), self.directory(address)]);
            if ticket.waits.is_some() {
                sync::file(&File::open(self.file(address))?)?;
            }
        }
        changed.iter().try_for_each(|directory| sync::directory(directory))
    }

    /// Renames it into a directory of its own. Whether the bucket's directory was made too: a removal may take an empty one
    /// away at any time.
    fn rename(&self, ticket: &Ticket, address: &Address) -> io::Result<bool> {
        let directory = self.directory(address);
        let mut new_bucket = false;
        loop {
            match fs::create_dir(&directory) {
                Ok(()) => break,
                Err(error) if error.kind() == io::ErrorKind::NotFound && self.files.exists() => {}
                Err(error) => return Err(error),
            }
            match fs::create_dir(self.files.join(&address.bucket)) {
                Ok(()) => new_bucket = true,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        fs::rename(self.staged(ticket), directory.join(&address.name))?;
        Ok(new_bucket)
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        // What cannot be removed now is cleared by the next start.
        let _ = fs::remove_dir_all(&self.stagings);
    }
}

struct Reading {
    file: File,
    size: u64,
}

impl Content for Reading {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        if offset >= self.size {
            return Ok(0);
        }
        sync::read_at(&self.file, buffer, offset)
    }

    fn read_at_hand(&self, buffer: &mut [u8], offset: u64) -> io::Result<Option<usize>> {
        if offset >= self.size {
            return Ok(Some(0));
        }
        sync::read_at_hand(&self.file, buffer, offset)
    }
}

impl Blobs for Local {
    fn capabilities(&self) -> Capabilities {
        Capabilities { durable: true, files: true }
    }

    fn stage(&self) -> io::Result<Box<dyn Staging>> {
        // The directory is this process's own.
        let name = self.staged.fetch_add(1, Ordering::Relaxed).to_string();
        Ok(Box::new(Writing::begin(self.stagings.join(&name), name, self.whole.clone())?))
    }

    fn place(&self, batch: &[(Ticket, Address)]) -> io::Result<()> {
        let placed = self.place_durably(batch);
        if placed.is_err() {
            for (_, address) in batch {
                // An orphan that stays is swept later.
                let _ = self.remove(address);
            }
        }
        placed
    }

    fn tag(&self, ticket: &Ticket, tag: &[u8]) {
        tags::write(&self.staged(ticket), tag);
    }

    fn tag_bucket(&self, bucket: &str, tag: &[u8]) {
        let directory = self.files.join(bucket);
        if tags::read(&directory).as_deref() != Some(tag) {
            tags::write(&directory, tag);
        }
    }

    fn tag_of(&self, address: &Address) -> Option<Vec<u8>> {
        tags::read(&self.file(address))
    }

    fn tag_of_bucket(&self, bucket: &str) -> Option<Vec<u8>> {
        tags::read(&self.files.join(bucket))
    }

    fn discard(&self, ticket: &Ticket) {
        // What cannot be removed now is cleared by the next start.
        let _ = fs::remove_file(self.staged(ticket));
    }

    fn open(&self, address: &Address) -> io::Result<Box<dyn Content>> {
        let file = File::open(self.file(address))?;
        let size = file.metadata()?.len();
        Ok(Box::new(Reading { file, size }))
    }

    fn remove(&self, address: &Address) -> io::Result<()> {
        let absent = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        // An address without a name is an empty directory that a crash left.
        if !address.name.is_empty() {
            match fs::remove_file(self.file(address)) {
                Err(error) if !absent(&error) => return Err(error),
                _ => {}
            }
        }
        match fs::remove_dir(self.directory(address)) {
            Err(error) if !absent(&error) => return Err(error),
            _ => {}
        }
        // The bucket's directory goes with its last content; while it holds any, the system refuses.
        let _ = fs::remove_dir(self.files.join(&address.bucket));
        Ok(())
    }

    fn list(&self, each: &mut dyn FnMut(Address) -> bool) -> io::Result<()> {
        for bucket in directories(&self.files)? {
            for content in directories(&self.files.join(&bucket))? {
                let directory = self.files.join(&bucket).join(&content);
                // An empty directory is what a crash between mkdir and rename leaves.
                let name = names(&directory)?.into_iter().next().unwrap_or_default();
                if !each(Address { bucket: bucket.clone(), content, name }) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn clear_stagings(&self) -> io::Result<u64> {
        let mut cleared = 0;
        let root = self.files.join(".staging");
        for process in names(&root)? {
            let directory = root.join(process);
            if directory == self.stagings || !is_abandoned(&directory) {
                continue;
            }
            cleared += names(&directory)?.iter().filter(|name| !name.starts_with('.')).count() as u64;
            fs::remove_dir_all(&directory)?;
        }
        Ok(cleared)
    }

    fn free(&self) -> Option<u64> {
        sync::free(&self.files)
    }

    fn hold_sweeps(&self) -> Result<Hold> {
        let file = self.lock_file(".sweep")?;
        file.lock_shared().map_err(|error| Error::storage(error, "lock its files directory"))?;
        Ok(Hold::of(file))
    }

    fn hold_removals(&self) -> Result<Option<Hold>> {
        Ok(lock_soon(self.lock_file(".removals")?, REMOVALS_PATIENCE))
    }

    fn may_remove(&self) -> Option<Hold> {
        let file = self.lock_file(".removals").ok()?;
        file.try_lock_shared().is_ok().then(|| Hold::of(file))
    }

    fn begin_sweep(&self) -> Result<Option<Hold>> {
        Ok(lock_soon(self.lock_file(".sweep")?, SWEEP_PATIENCE))
    }
}

/// The lock alone, once those who share it have let go; `None` if they do not within the time.
fn lock_soon(file: File, patience: Duration) -> Option<Hold> {
    let until = Instant::now() + patience;
    while file.try_lock().is_err() {
        if Instant::now() >= until {
            return None;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Some(Hold::of(file))
}

pub(super) fn sync_directory(path: &Path) -> io::Result<()> {
    sync::directory(path)
}

/// Whether the process of a staging directory has ended: then its lock is free. A directory without a lock file is
/// just being made, unless it is old.
fn is_abandoned(directory: &Path) -> bool {
    match File::open(directory.join(".alive")) {
        Ok(alive) => alive.try_lock().is_ok(),
        Err(_) => fs::metadata(directory)
            .and_then(|meta| meta.modified())
            .is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age > Duration::from_secs(60))),
    }
}

fn directories(path: &Path) -> io::Result<Vec<String>> {
    Ok(names(path)?.into_iter().filter(|name| !name.starts_with('.')).collect())
}

/// The names in a directory; none if it is gone. A name that is not text is none of ours.
fn names(path: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        if let Ok(name) = entry?.file_name().into_string() {
            names.push(name);
        }
    }
    Ok(names)
}
