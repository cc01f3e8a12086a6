//! The open home: database, files, clock, and who listens.

use crate::blob::{Blobs, Local};
use crate::clock::{Clock, SystemClock};
use crate::db::{Db, Recent};
use crate::events::Bus;
use crate::home::Home;
use crate::ops::link::Behind;
use crate::transfer::Transfers;
use crate::{Code, Error, Result};
use parking_lot::Mutex;
use rusqlite::Connection;
use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// An open home. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub home: Home,
    pub db: Arc<Db>,
    pub blobs: Arc<dyn Blobs>,
    pub clock: Arc<dyn Clock>,
    pub bus: Arc<Bus>,
    pub transfers: Transfers,
    /// What stands behind the links that were asked for last.
    pub links: Recent<Behind>,
    /// Addresses that this process serves links at, with their locks.
    pub serving: Mutex<HashMap<String, File>>,
}

impl Engine {
    /// Opens the home in that directory, making it if it is not there. Several processes may have one home open.
    ///
    /// # Errors
    /// `home_too_new` if a newer Pail wrote it, `read_only` if it may not be written, `home_unusable` if it is no
    /// directory, `no_space`, `io`, `database`. Nothing of an existing home is changed by a refusal.
    pub fn open(home: &Path) -> Result<Self> {
        Self::open_with(home, Arc::new(SystemClock))
    }

    /// The same with a clock of one's own.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn open_with(home: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        let home = Home::at(absolute(home)?);
        make(home.root())?;
        let blobs = Arc::new(Local::open(&home.files())?);
        Self::assemble(home, blobs, clock)
    }

    /// The same with content on a backend of one's own. The home then holds the database alone.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn open_on(home: &Path, blobs: Arc<dyn Blobs>, clock: Arc<dyn Clock>) -> Result<Self> {
        let home = Home::at(absolute(home)?);
        make(home.root())?;
        Self::assemble(home, blobs, clock)
    }

    fn assemble(home: Home, blobs: Arc<dyn Blobs>, clock: Arc<dyn Clock>) -> Result<Self> {
        let db = Arc::new(Db::open(&home.database(), Arc::clone(&clock))?);
        let bus = Arc::new(Bus::new(Arc::clone(&db)));
        let (transfers, serving) = (Transfers::default(), Mutex::default());
        let links = Recent::of(&home.database());
        let inner = Inner { home, db, blobs, clock, bus, transfers, links, serving };
        let engine = Self { inner: Arc::new(inner) };
        engine.found()?;
        Ok(engine)
    }

    /// The home directory.
    pub fn home(&self) -> &Path {
        self.inner.home.root()
    }

    pub(crate) fn now(&self) -> i64 {
        self.inner.clock.now()
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.inner.db.read(work)
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.inner.db.write(work)
    }
}

fn absolute(home: &Path) -> Result<std::path::PathBuf> {
    std::path::absolute(home).map_err(|error| unusable(home, error))
}

/// Makes the home directory, durable in its parent.
fn make(root: &Path) -> Result<()> {
    if root.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(root).map_err(|error| unusable(root, error))?;
    match root.parent().map(std::fs::File::open) {
        // Where a directory cannot be opened, as on Windows, there is nothing to sync.
        Some(Ok(parent)) => parent.sync_all().or(Ok(())),
        _ => Ok(()),
    }
}

fn unusable(home: &Path, error: std::io::Error) -> Error {
    use std::io::ErrorKind;
    let code = match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Code::ReadOnly,
        ErrorKind::StorageFull => Code::NoSpace,
        _ => Code::HomeUnusable,
    };
    let message = format!(
        "{} cannot be Pail's home: {error}. Choose another with --home or PAIL_HOME.",
        home.display()
    );
    Error::new(code, message).because(error)
}
