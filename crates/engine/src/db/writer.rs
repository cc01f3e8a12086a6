//! The one writing connection: a transaction for each batch, a savepoint for each piece of work in it.

use super::commits::Commits;
use super::group::{Group, Store, Work};
use crate::{Code, Error, Result};
use rusqlite::Connection;
use std::sync::Arc;

pub struct Writer {
    group: Group<Log>,
    commits: Arc<Commits>,
}

impl Writer {
    pub fn new(connection: Connection) -> Self {
        let commits = Arc::<Commits>::default();
        Self { group: Group::new(Log { connection, commits: Arc::clone(&commits) }), commits }
    }

    pub fn commits(&self) -> &Commits {
        &self.commits
    }

    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.group.write(work)
    }
}

/// Where the batches go.
struct Log {
    connection: Connection,
    commits: Arc<Commits>,
}

impl Store for Log {
    type View = Connection;

    fn commit(&mut self, batch: &mut [Box<dyn Work<Connection>>]) -> Result<()> {
        if commit_all(&self.connection, batch)? {
            self.commits.announce();
        }
        Ok(())
    }
}

/// Runs all and commits what succeeded; whether anything changed.
pub(super) fn commit_all(connection: &Connection, batch: &mut [Box<dyn Work<Connection>>]) -> Result<bool> {
    let transaction = Open::begin(connection)?;
    let mut changed = false;
    for work in batch {
        // As long as nothing has changed there is nothing that a failure must leave alone.
        if changed {
            act(connection, "SAVEPOINT work")?;
        }
        if work.run(connection) {
            if changed {
                act(connection, "RELEASE work")?;
            }
            changed = true;
        } else if !changed {
            transaction.begin_again()?;
        } else if connection.is_autocommit() {
            // A full disk and the like end the whole transaction, not just the savepoint. What ran before is undone
            // too, and its waiters must hear so.
            return Err(Error::new(
                Code::Database,
                "The database undid the change. Free some space and try again.",
            ));
        } else {
            act(connection, "ROLLBACK TO work")?;
            act(connection, "RELEASE work")?;
        }
    }
    if changed {
        act(connection, "COMMIT")?;
    }
    Ok(changed)
}

/// An immediate transaction, undone when this is dropped unless it was committed. Its statements are kept: a commit of
/// little takes no longer than to read them.
struct Open<'a>(&'a Connection);

impl<'a> Open<'a> {
    fn begin(connection: &'a Connection) -> Result<Self> {
        let transaction = Self(connection);
        transaction.begin_again()?;
        Ok(transaction)
    }

    /// Undoes what was done so far, if anything was.
    fn begin_again(&self) -> Result<()> {
        if !self.0.is_autocommit() {
            act(self.0, "ROLLBACK")?;
        }
        act(self.0, "BEGIN IMMEDIATE")
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit() {
            // What cannot be undone now is undone before the next begins.
            let _ = act(self.0, "ROLLBACK");
        }
    }
}

fn act(connection: &Connection, sql: &str) -> Result<()> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}
