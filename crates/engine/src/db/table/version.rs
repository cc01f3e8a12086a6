//! Versions of objects.

use crate::{Result, model::Version};
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str = "v.number, v.content, v.name, v.original_name, v.size, v.media_type, v.hash, v.created, v.by, \
     v.number = o.version";

fn read(row: &Row<'_>) -> rusqlite::Result<Version> {
    Ok(Version {
        number: row.get(0)?,
        content: row.get(1)?,
        name: row.get(2)?,
        original_name: row.get(3)?,
        size: row.get(4)?,
        media_type: row.get(5)?,
        hash: hex(&row.get::<_, Vec<u8>>(6)?),
        created: row.get(7)?,
        by: row.get(8)?,
        current: row.get(9)?,
    })
}

/// Bytes in lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// All versions of an object, newest first.
pub fn list(connection: &Connection, object: i64) -> Result<Vec<Version>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM version v JOIN object o ON o.seq = v.object WHERE v.object = ?1 ORDER BY v.number DESC"
    );
    Ok(connection.prepare_cached(&sql)?.query_map([object], read)?.collect::<rusqlite::Result<_>>()?)
}

/// One version of an object.
pub fn get(connection: &Connection, object: i64, number: u64) -> Result<Option<Version>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM version v JOIN object o ON o.seq = v.object WHERE v.object = ?1 AND v.number = ?2"
    );
    Ok(connection.prepare_cached(&sql)?.query_row(params![object, number], read).optional()?)
}

/// The highest number an object ever gave.
pub fn highest(connection: &Connection, object: i64) -> Result<u64> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(number), 0) FROM version WHERE object = ?1")?
        .query_row([object], |row| row.get(0))?)
}

/// A new row.
pub fn insert(connection: &Connection, object: i64, version: &Version, hash: &[u8]) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO version (object, number, content, name, original_name, size, media_type, hash, created, by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            object,
            version.number,
            version.content,
            version.name,
            version.original_name,
            version.size,
            version.media_type,
            hash,
            version.created,
            version.by
        ])?;
    Ok(())
}

/// Whether a content has a row.
pub fn content_known(connection: &Connection, content: &str) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM version WHERE content = ?1")?.exists([content])?)
}
