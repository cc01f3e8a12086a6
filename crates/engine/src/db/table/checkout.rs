//! Working copies that are being edited.

use crate::Result;
use rusqlite::{Connection, Row, params};

/// A working copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// Row number of the object.
    pub object_seq: i64,
    /// Object id.
    pub object: String,
    /// Bucket id.
    pub bucket: String,
    /// Where the working copy lies.
    pub path: String,
    /// Unix milliseconds.
    pub started: i64,
    /// Who edits.
    pub by: String,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Checkout> {
    Ok(Checkout {
        object_seq: row.get(0)?,
        object: row.get(1)?,
        bucket: row.get(2)?,
        path: row.get(3)?,
        started: row.get(4)?,
        by: row.get(5)?,
    })
}

/// All working copies of live objects.
pub fn list(connection: &Connection) -> Result<Vec<Checkout>> {
    Ok(connection
        .prepare_cached(
            "SELECT c.object, o.id, b.id, c.path, c.started, c.by FROM checkout c
             JOIN object o ON o.seq = c.object JOIN bucket b ON b.seq = o.bucket ORDER BY c.started",
        )?
        .query_map([], read)?
        .collect::<rusqlite::Result<_>>()?)
}

/// Notes a working copy.
pub fn insert(connection: &Connection, object: i64, path: &str, started: i64, by: &str) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO checkout (object, path, started, by) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (object) DO UPDATE SET path = ?2",
        )?
        .execute(params![object, path, started, by])?;
    Ok(())
}

/// Forgets a working copy; whether there was one.
pub fn delete(connection: &Connection, object: i64) -> Result<bool> {
    Ok(connection.prepare_cached("DELETE FROM checkout WHERE object = ?1")?.execute([object])? > 0)
}
