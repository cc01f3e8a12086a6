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
        if commit_all(&mut self.connection, batch)? {
            self.commits.announce();
        }
        Ok(())
    }
}

/// Runs all and commits what succeeded; whether anything changed.
fn commit_all(connection: &mut Connection, batch: &mut [Box<dyn Work<Connection>>]) -> Result<bool> {
    let mut transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let mut changed = false;
    for work in batch {
        let savepoint = transaction.savepoint()?;
        if work.run(&savepoint) {
            savepoint.commit()?;
            changed = true;
        } else if savepoint.is_autocommit() {
            // A full disk and the like end the whole transaction, not just the savepoint. What ran before is undone
            // too, and its waiters must hear so.
            drop(savepoint);
            return Err(Error::new(
                Code::Database,
                "The database undid the change. Free some space and try again.",
            ));
        }
    }
    if changed {
        transaction.commit()?
    } else {
        transaction.rollback()?
    }
    Ok(changed)
}
