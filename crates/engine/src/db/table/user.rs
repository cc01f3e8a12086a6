//! Users: who may have keys.

use crate::Result;
use crate::model::{Group, Role, User};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashMap;

const COLUMNS: &str = "seq, id, name, role, groups, created, removed";

fn read(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        seq: row.get(0)?,
        id: row.get(1)?,
        name: row.get(2)?,
        role: Role::named(&row.get::<_, String>(3)?).unwrap_or(Role::Member),
        groups: groups(&row.get::<_, String>(4)?),
        created: row.get(5)?,
        removed: row.get(6)?,
    })
}

/// Groups are kept as `kind:id`.
fn groups(json: &str) -> Vec<Group> {
    let words: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    let split = |word: &String| {
        word.split_once(':').map(|(kind, id)| Group { kind: kind.to_owned(), id: id.to_owned() })
    };
    words.iter().filter_map(split).collect()
}

fn groups_json(groups: &[Group]) -> String {
    let words: Vec<String> = groups.iter().map(|group| format!("{}:{}", group.kind, group.id)).collect();
    serde_json::Value::from(words).to_string()
}

/// The user of that id or name, removed or not.
pub fn find(connection: &Connection, reference: &str) -> Result<Option<User>> {
    let sql = format!("SELECT {COLUMNS} FROM user WHERE id = ?1 OR name = ?1 ORDER BY id = ?1 DESC LIMIT 1");
    Ok(connection.prepare_cached(&sql)?.query_row([reference], read).optional()?)
}

/// The user of that row number.
pub fn by_seq(connection: &Connection, seq: i64) -> Result<Option<User>> {
    let sql = format!("SELECT {COLUMNS} FROM user WHERE seq = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([seq], read).optional()?)
}

/// The users who are not removed, the owner first, then by name.
pub fn list(connection: &Connection) -> Result<Vec<User>> {
    let sql = format!("SELECT {COLUMNS} FROM user WHERE removed IS NULL ORDER BY seq <> 1, name");
    Ok(connection.prepare_cached(&sql)?.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
}

/// The id of the user of that name.
pub fn id_of(connection: &Connection, name: &str) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT id FROM user WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

/// Ids by name, of all who ever were.
pub fn ids(connection: &Connection) -> Result<HashMap<String, String>> {
    let mut statement = connection.prepare_cached("SELECT name, id FROM user")?;
    Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// Row numbers by name, of all who ever were.
pub fn numbers(connection: &Connection) -> Result<HashMap<String, i64>> {
    let mut statement = connection.prepare_cached("SELECT name, seq FROM user")?;
    Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// A new row; answers its number.
pub fn insert(connection: &Connection, user: &User) -> Result<i64> {
    connection
        .prepare_cached("INSERT INTO user (id, name, role, groups, created) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![user.id, user.name, user.role.as_str(), groups_json(&user.groups), user.created])?;
    Ok(connection.last_insert_rowid())
}

/// Writes role, groups, and whether they were removed.
pub fn update(connection: &Connection, user: &User) -> Result<()> {
    connection
        .prepare_cached("UPDATE user SET role = ?2, groups = ?3, removed = ?4 WHERE seq = ?1")?
        .execute(params![user.seq, user.role.as_str(), groups_json(&user.groups), user.removed])?;
    Ok(())
}
