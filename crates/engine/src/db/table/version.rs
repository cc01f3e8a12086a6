//! Versions of objects.

use crate::{Result, blob::Address, model::Version};
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str = "v.number, v.content, v.name, v.original_name, v.size, v.media_type, v.hash, v.created, v.by, \
     v.number = o.version, v.damaged IS NOT NULL";

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
        damaged: row.get(10)?,
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

/// A version with where its content lies: what a look through all contents reads.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Row number of the object.
    pub object: i64,
    /// Number of the version.
    pub number: u64,
    /// Where the content lies.
    pub address: Address,
    /// Bytes.
    pub size: u64,
    /// BLAKE3.
    pub hash: Vec<u8>,
    /// Whether it was found damaged before.
    pub damaged: bool,
}

const PLACED: &str =
    "SELECT v.object, v.number, b.id, v.content, v.name, v.size, v.hash, v.damaged IS NOT NULL
     FROM version v JOIN object o ON o.seq = v.object JOIN bucket b ON b.seq = o.bucket";

fn read_placed(row: &Row<'_>) -> rusqlite::Result<Placed> {
    Ok(Placed {
        object: row.get(0)?,
        number: row.get(1)?,
        address: Address { bucket: row.get(2)?, content: row.get(3)?, name: row.get(4)? },
        size: row.get(5)?,
        hash: row.get(6)?,
        damaged: row.get(7)?,
    })
}

/// The next versions after one, in the order of their objects; trash included.
pub fn placed_after(connection: &Connection, object: i64, number: u64, limit: u32) -> Result<Vec<Placed>> {
    let sql = format!("{PLACED} WHERE (v.object, v.number) > (?1, ?2) ORDER BY v.object, v.number LIMIT ?3");
    Ok(connection
        .prepare_cached(&sql)?
        .query_map(params![object, number, limit], read_placed)?
        .collect::<rusqlite::Result<_>>()?)
}

/// The damaged versions.
pub fn placed_damaged(connection: &Connection) -> Result<Vec<Placed>> {
    let sql = format!("{PLACED} WHERE v.damaged IS NOT NULL ORDER BY v.object, v.number");
    Ok(connection.prepare(&sql)?.query_map([], read_placed)?.collect::<rusqlite::Result<_>>()?)
}

/// Versions of the same content that are not known to be damaged, other than this one.
pub fn placed_alike(connection: &Connection, of: &Placed) -> Result<Vec<Placed>> {
    let sql = format!("{PLACED} WHERE v.hash = ?1 AND v.size = ?2 AND v.damaged IS NULL AND v.content <> ?3");
    Ok(connection
        .prepare_cached(&sql)?
        .query_map(params![of.hash, of.size, of.address.content], read_placed)?
        .collect::<rusqlite::Result<_>>()?)
}

/// Marks a version damaged, or whole again; whether there is such a version still.
pub fn set_damaged(connection: &Connection, of: &Placed, at: Option<i64>) -> Result<bool> {
    let sql = "UPDATE version SET damaged = ?3 WHERE object = ?1 AND number = ?2 AND content = ?4";
    Ok(connection.prepare_cached(sql)?.execute(params![of.object, of.number, at, of.address.content])? > 0)
}

/// Gives a version another place of its content, whole again.
pub fn set_content(connection: &Connection, of: &Placed, content: &str) -> Result<bool> {
    let sql = "UPDATE version SET content = ?3, damaged = NULL WHERE object = ?1 AND number = ?2";
    Ok(connection.prepare_cached(sql)?.execute(params![of.object, of.number, content])? > 0)
}
