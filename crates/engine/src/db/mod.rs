//! The database: opening it, one writer with group commit, readers of their own, one file per table.
//!
//! WAL with `synchronous=FULL`: a commit that returned is durable.

mod commits;
mod group;
mod open;
mod reader;
mod recent;
pub mod table;
mod writer;
#[cfg(test)]
mod writer_tests;

use crate::Result;
use crate::clock::Clock;
use parking_lot::Mutex;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use commits::Commits;
pub use group::is_unsure;
pub use recent::Recent;

/// The open database of a home.
pub struct Db {
    path: PathBuf,
    clock: Arc<dyn Clock>,
    writer: writer::Writer,
    readers: Mutex<Vec<Connection>>,
}

impl Db {
    /// Opens or makes the database at `path` and brings its schema up to date.
    ///
    /// # Errors
    /// `home_too_new` if a newer Pail wrote it, `read_only`, `database`.
    pub fn open(path: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        let connection = open::writer(path)?;
        open::tell_time(&connection, &clock)?;
        let writer = writer::Writer::new(connection);
        Ok(Self { path: path.to_owned(), clock, writer, readers: Mutex::default() })
    }

    /// Runs `work` in an immediate transaction and answers when it is durable. Writers that wait at the same time share
    /// one commit; each has a savepoint of its own, so an error of one undoes only its own changes.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.writer.write(work)
    }

    /// Runs `work` on a connection that sees the last commit and one state throughout.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        reader::read(&|| self.reader(), &self.readers, work)
    }

    /// Rises with each commit of this process; for waiting until there is news.
    pub fn commits(&self) -> &Commits {
        self.writer.commits()
    }

    /// A connection for somebody who reads for long.
    pub fn reader(&self) -> Result<Connection> {
        let connection = open::reader(&self.path)?;
        open::tell_time(&connection, &self.clock)?;
        Ok(connection)
    }
}
