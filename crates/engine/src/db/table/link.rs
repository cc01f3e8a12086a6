//! Signed links, and the keys they are signed with.

use crate::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// A key that links are signed with.
pub struct SigningKey {
    pub id: String,
    pub secret: [u8; 32],
    /// When all links signed with it were revoked.
    pub revoked: Option<i64>,
}

/// A link that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Hash of its signature, in hex.
    pub id: String,
    /// Row number of its object.
    pub object: i64,
    /// The path that was signed.
    pub path: String,
    /// Id of the key it was signed with.
    pub key: String,
    /// The name it offers for download.
    pub download: Option<String>,
    /// What makes it one of its own; `None` if it was made before links had one.
    pub nonce: Option<String>,
    /// Unix milliseconds.
    pub created: i64,
    /// Unix milliseconds.
    pub expires: i64,
    /// Who made it.
    pub by: String,
    /// When it was revoked.
    pub revoked: Option<i64>,
}

fn signing_key(row: &Row<'_>) -> rusqlite::Result<SigningKey> {
    Ok(SigningKey { id: row.get(0)?, secret: row.get(1)?, revoked: row.get(2)? })
}

/// The key that links are signed with now.
pub fn current_key(connection: &Connection) -> Result<Option<SigningKey>> {
    let sql =
        "SELECT id, secret, revoked FROM signing_key WHERE retired IS NULL ORDER BY created DESC LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([], signing_key).optional()?)
}

/// The key of that id.
pub fn key(connection: &Connection, id: &str) -> Result<Option<SigningKey>> {
    let sql = "SELECT id, secret, revoked FROM signing_key WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([id], signing_key).optional()?)
}

/// A new key takes the place of those before.
pub fn add_key(connection: &Connection, id: &str, secret: &[u8; 32], now: i64) -> Result<()> {
    connection.prepare_cached("UPDATE signing_key SET retired = ?1 WHERE retired IS NULL")?.execute([now])?;
    connection
        .prepare_cached("INSERT INTO signing_key (id, secret, created) VALUES (?1, ?2, ?3)")?
        .execute(params![id, secret.as_slice(), now])?;
    Ok(())
}

/// Revokes every key there is, and with it every link.
pub fn revoke_keys(connection: &Connection, now: i64) -> Result<()> {
    connection.prepare_cached("UPDATE signing_key SET revoked = ?1 WHERE revoked IS NULL")?.execute([now])?;
    connection.prepare_cached("UPDATE signed_link SET revoked = ?1 WHERE revoked IS NULL")?.execute([now])?;
    Ok(())
}

fn made(row: &Row<'_>) -> rusqlite::Result<Made> {
    Ok(Made {
        id: row.get(0)?,
        object: row.get(1)?,
        key: row.get(2)?,
        download: row.get(3)?,
        created: row.get(4)?,
        expires: row.get(5)?,
        by: row.get(6)?,
        revoked: row.get(7)?,
        path: row.get(8)?,
        nonce: row.get(9)?,
    })
}

const COLUMNS: &str = "id, object, key, download, created, expires, by, revoked, path, nonce";

/// Keeps a link that was made.
pub fn insert(connection: &Connection, link: &Made) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO signed_link (id, object, key, download, created, expires, by, path, nonce)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            link.id,
            link.object,
            link.key,
            link.download,
            link.created,
            link.expires,
            link.by,
            link.path,
            link.nonce
        ])?;
    Ok(())
}

/// The link of that id.
pub fn find(connection: &Connection, id: &str) -> Result<Option<Made>> {
    let sql = format!("SELECT {COLUMNS} FROM signed_link WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id], made).optional()?)
}

/// The links to an object that have not ended, the newest first; those of one maker, if named.
pub fn of_object(connection: &Connection, object: i64, now: i64, by: Option<&str>) -> Result<Vec<Made>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM signed_link WHERE object = ?1 AND expires > ?2 AND (?3 IS NULL OR by = ?3)
         ORDER BY created DESC, id LIMIT 1000"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map(params![object, now, by], made)?.collect::<rusqlite::Result<_>>()?)
}

/// Notes that a link is no good any more.
pub fn revoke(connection: &Connection, id: &str, now: i64) -> Result<()> {
    connection
        .prepare_cached("UPDATE signed_link SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL")?
        .execute(params![id, now])?;
    Ok(())
}

/// Whether a link has ended.
pub fn any_ended(connection: &Connection, now: i64) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM signed_link WHERE expires <= ?1")?.exists([now])?)
}

/// Forgets links that have ended.
pub fn forget_ended(connection: &Connection, now: i64) -> Result<()> {
    connection.prepare_cached("DELETE FROM signed_link WHERE expires <= ?1")?.execute([now])?;
    Ok(())
}
