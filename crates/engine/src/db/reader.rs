//! Reading connections: opened when needed, kept for the next reader.

use crate::Result;
use parking_lot::Mutex;
use rusqlite::Connection;

/// As many as stay open when nobody reads.
const KEPT: usize = 8;

/// Runs `work` in one read transaction, so that all it sees is of one moment.
pub fn read<T>(
    open: &dyn Fn() -> Result<Connection>,
    pool: &Mutex<Vec<Connection>>,
    work: impl FnOnce(&Connection) -> Result<T>,
) -> Result<T> {
    let kept = pool.lock().pop();
    let connection = match kept {
        Some(connection) => connection,
        None => open()?,
    };
    // Both statements stay prepared: they are as much work to read as what most readers ask.
    connection.prepare_cached("BEGIN")?.execute([])?;
    let answer = work(&connection);
    // An error can have ended the transaction. A connection on which it does not end is closed, which ends it.
    if connection.is_autocommit() || end(&connection).is_ok() {
        let mut pool = pool.lock();
        if pool.len() < KEPT {
            pool.push(connection);
        }
    }
    answer
}

fn end(connection: &Connection) -> rusqlite::Result<usize> {
    connection.prepare_cached("ROLLBACK")?.execute([])
}
