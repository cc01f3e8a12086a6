//! One writing connection with group commit.
//!
//! Whoever wants to write puts its work into the queue and then waits for the connection. Who gets the connection
//! first takes the whole queue, runs all of it in one immediate transaction with a savepoint each, commits once, and
//! hands every waiter its answer. One writer alone pays one commit and no change of threads; many share the fsync.

use crate::{Code, Error, Result};
use parking_lot::{Condvar, Mutex};
use rusqlite::Connection;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Duration;

pub(super) struct Writer {
    connection: Mutex<Connection>,
    queue: Mutex<Vec<Box<dyn Work>>>,
    commits: Commits,
}

/// Work that waits for the writer.
trait Work: Send {
    /// Runs it; whether its changes stay.
    fn run(&mut self, connection: &Connection) -> bool;
    /// Tells the waiter, now that the commit is known.
    fn answer(self: Box<Self>, commit: std::result::Result<(), &Error>);
}

struct Job<T, F> {
    work: Option<F>,
    result: Option<Result<T>>,
    answer: SyncSender<Result<T>>,
}

impl<T: Send, F: FnOnce(&Connection) -> Result<T> + Send> Work for Job<T, F> {
    fn run(&mut self, connection: &Connection) -> bool {
        self.result = self.work.take().map(|work| work(connection));
        matches!(self.result, Some(Ok(_)))
    }

    fn answer(self: Box<Self>, commit: std::result::Result<(), &Error>) {
        let result = match (self.result, commit) {
            (Some(Err(own)), _) => Err(own),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(error)) => Err(again(error)),
            (None, Ok(())) => Err(Error::new(Code::Internal, "A write was not carried out. Try again.")),
        };
        // The waiter stays until it is answered, so there is nobody to tell of a closed channel.
        let _ = self.answer.send(result);
    }
}

/// Counts this process's commits and wakes who waits for the next.
#[derive(Default)]
pub struct Commits {
    count: Mutex<u64>,
    changed: Condvar,
}

impl Commits {
    /// Counts one and wakes who waits.
    pub fn announce(&self) {
        *self.count.lock() += 1;
        self.changed.notify_all();
    }

    /// Waits until the count is no longer `seen`, at most `patience`; answers the count.
    pub fn wait(&self, seen: u64, patience: Duration) -> u64 {
        let mut count = self.count.lock();
        if *count == seen {
            self.changed.wait_for(&mut count, patience);
        }
        *count
    }
}

impl Writer {
    pub fn new(connection: Connection) -> Self {
        Self { connection: Mutex::new(connection), queue: Mutex::default(), commits: Commits::default() }
    }

    pub fn commits(&self) -> &Commits {
        &self.commits
    }

    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = sync_channel(1);
        self.queue.lock().push(Box::new(Job { work: Some(work), result: None, answer }));
        {
            let mut connection = self.connection.lock();
            if let Ok(answer) = answered.try_recv() {
                return answer;
            }
            let mut batch = std::mem::take(&mut *self.queue.lock());
            let committed = commit_all(&mut connection, &mut batch);
            if matches!(committed, Ok(true)) {
                self.commits.announce();
            }
            for work in batch {
                work.answer(committed.as_ref().map(|_| ()));
            }
        }
        answered
            .recv()
            .map_err(|_| Error::new(Code::Internal, "A write ended without an answer. Try again."))?
    }
}

/// Runs all and commits what succeeded; whether anything changed.
fn commit_all(connection: &mut Connection, batch: &mut [Box<dyn Work>]) -> Result<bool> {
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

/// One commit's error, told to each of its waiters.
fn again(error: &Error) -> Error {
    let copy = Error::new(error.code(), error.message().to_owned()).with(UNSURE, "commit");
    error.context().iter().fold(copy, |copy, (key, value)| copy.with(key, value))
}

const UNSURE: &str = "unsure";

/// Whether it is not known what became of a write: its commit failed, and yet its pages may lie in the log whole, so
/// that the next start finds them. Nothing that the write refers to may be removed until a later commit has taken its
/// place in the log.
pub fn is_unsure(error: &Error) -> bool {
    error.detail(UNSURE).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn writer() -> Writer {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (x INTEGER UNIQUE)").unwrap();
        Writer::new(connection)
    }

    fn insert(writer: &Writer, x: i64) -> Result<()> {
        writer.write(move |connection| Ok(connection.execute("INSERT INTO t VALUES (?)", [x]).map(|_| ())?))
    }

    fn count(writer: &Writer) -> i64 {
        writer
            .write(|connection| Ok(connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0))?))
            .unwrap()
    }

    #[test]
    fn an_error_undoes_only_its_own_changes() {
        let writer = writer();
        insert(&writer, 1).unwrap();
        let refused: Result<()> = writer.write(|connection| {
            connection.execute("INSERT INTO t VALUES (2)", [])?;
            Err(Error::new(Code::InvalidName, "no"))
        });
        assert_eq!(refused.unwrap_err().code(), Code::InvalidName);
        assert_eq!(insert(&writer, 1).unwrap_err().code(), Code::Database);
        insert(&writer, 3).unwrap();
        assert_eq!(count(&writer), 2);
    }

    #[test]
    fn many_writers_are_all_answered_and_share_commits() {
        let writer = Arc::new(writer());
        let threads: Vec<_> = (0..16)
            .map(|thread| {
                let writer = Arc::clone(&writer);
                std::thread::spawn(move || (0..50).for_each(|i| insert(&writer, thread * 50 + i).unwrap()))
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(count(&writer), 800);
        assert!(writer.commits().wait(u64::MAX, Duration::ZERO) <= 801);
    }
}
