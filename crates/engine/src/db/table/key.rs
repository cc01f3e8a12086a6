//! API keys: the hash of each secret, never the secret.

use crate::Result;
use crate::model::{Key, Privilege};
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str = "k.id, k.name, k.prefix, u.name, k.privileges, k.expires, k.rate, k.created, k.created_by, k.used, \
     k.revoked";
const FROM: &str = "FROM key k JOIN user u ON u.seq = k.user";

fn read(row: &Row<'_>) -> rusqlite::Result<Key> {
    Ok(Key {
        id: row.get(0)?,
        name: row.get(1)?,
        prefix: row.get(2)?,
        user: row.get(3)?,
        privileges: privileges(&row.get::<_, String>(4)?),
        expires: row.get(5)?,
        rate: row.get(6)?,
        created: row.get(7)?,
        created_by: row.get(8)?,
        used: row.get(9)?,
        revoked: row.get(10)?,
    })
}

fn privileges(json: &str) -> Vec<Privilege> {
    let words: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    words.iter().filter_map(|word| Privilege::named(word)).collect()
}

/// The key with that hash, and its user's row number.
pub fn by_hash(connection: &Connection, hash: &[u8; 32]) -> Result<Option<(Key, i64)>> {
    let sql = format!("SELECT {COLUMNS}, k.user {FROM} WHERE k.hash = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([hash.as_slice()], |row| Ok((read(row)?, row.get(11)?))).optional()?)
}

/// The key of that id, else the only living one of that name.
pub fn find(connection: &Connection, reference: &str) -> Result<Vec<Key>> {
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE k.id = ?1 OR (k.name = ?1 AND k.revoked IS NULL) ORDER BY k.seq"
    );
    Ok(connection
        .prepare_cached(&sql)?
        .query_map([reference], read)?
        .collect::<rusqlite::Result<Vec<_>>>()?)
}

/// All keys, the newest first.
pub fn list(connection: &Connection) -> Result<Vec<Key>> {
    let sql = format!("SELECT {COLUMNS} {FROM} ORDER BY k.seq DESC");
    Ok(connection.prepare_cached(&sql)?.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
}

/// A new row.
pub fn insert(connection: &Connection, key: &Key, user: i64, hash: &[u8; 32]) -> Result<()> {
    let privileges: Vec<&str> = key.privileges.iter().map(|privilege| privilege.as_str()).collect();
    connection
        .prepare_cached(
            "INSERT INTO key (id, name, prefix, hash, user, privileges, expires, rate, created, created_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            key.id,
            key.name,
            key.prefix,
            hash.as_slice(),
            user,
            serde_json::Value::from(privileges).to_string(),
            key.expires,
            key.rate,
            key.created,
            key.created_by
        ])?;
    Ok(())
}

/// Notes the time of a use.
pub fn note_use(connection: &Connection, id: &str, now: i64) -> Result<()> {
    connection.prepare_cached("UPDATE key SET used = ?2 WHERE id = ?1")?.execute(params![id, now])?;
    Ok(())
}

/// Notes that it is no good any more.
pub fn revoke(connection: &Connection, id: &str, now: i64) -> Result<()> {
    connection
        .prepare_cached("UPDATE key SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL")?
        .execute(params![id, now])?;
    Ok(())
}

/// Revokes all keys of a user.
pub fn revoke_of(connection: &Connection, user: i64, now: i64) -> Result<()> {
    connection
        .prepare_cached("UPDATE key SET revoked = ?2 WHERE user = ?1 AND revoked IS NULL")?
        .execute(params![user, now])?;
    Ok(())
}
