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
    let mut connection = match kept {
        Some(connection) => connection,
        None => open()?,
    };
    let transaction = connection.transaction()?;
    let answer = work(&transaction);
    drop(transaction);
    let mut pool = pool.lock();
    if pool.len() < KEPT {
        pool.push(connection);
    }
    answer
}
