//! Objects.

use crate::{
    Result,
    blob::Address,
    model::{Object, ObjectRef, Visibility},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// What every reading of an object selects, from [`FROM`].
pub const COLUMNS: &str = "o.seq, o.id, o.bucket, b.id, o.folder, o.name, o.original_name, o.token, o.size, o.media_type, \
     v.hash, o.version, o.versions, o.created, o.modified, o.by, o.deleted, \
     EXISTS (SELECT 1 FROM checkout c WHERE c.object = o.seq), o.uploader, o.visibility, o.metadata, o.expires";
/// Where every reading of an object looks.
pub const FROM: &str = "FROM object o JOIN bucket b ON b.seq = o.bucket \
     JOIN version v ON v.object = o.seq AND v.number = o.version";

/// Leaves out what its bucket's tier has ended. It is invisible from that moment on; a sweep purges it later.
pub const LASTING: &str = "(o.expires IS NULL OR o.expires > pail_now())";

/// Reads what [`COLUMNS`] selected.
pub fn read(row: &Row<'_>) -> rusqlite::Result<Object> {
    Ok(Object {
        seq: row.get(0)?,
        id: row.get(1)?,
        bucket_seq: row.get(2)?,
        bucket: row.get(3)?,
        folder: row.get(4)?,
        name: row.get(5)?,
        original_name: row.get(6)?,
        token: row.get(7)?,
        size: row.get(8)?,
        media_type: row.get(9)?,
        hash: super::version::hex(&row.get::<_, Vec<u8>>(10)?),
        version: row.get(11)?,
        versions: row.get(12)?,
        created: row.get(13)?,
        modified: row.get(14)?,
        by: row.get(15)?,
        deleted: row.get(16)?,
        editing: row.get(17)?,
        uploader: row.get(18)?,
        // A word that a newer Pail wrote is read as the stricter of ours.
        visibility: row
            .get::<_, Option<String>>(19)?
            .map(|name| Visibility::named(&name).unwrap_or(Visibility::Private)),
        metadata: row.get(20)?,
        expires: row.get(21)?,
    })
}

/// The object of that row number.
pub fn by_seq(connection: &Connection, seq: i64) -> Result<Option<Object>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE o.seq = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([seq], read).optional()?)
}

/// The live object of that folder and name.
pub fn by_name(connection: &Connection, bucket: i64, folder: &str, name: &str) -> Result<Option<Object>> {
    // Of the names that are looked up most are free. The index alone knows that.
    let sql = format!(
        "SELECT o.seq FROM object o WHERE o.bucket = ?1 AND o.folder = ?2 AND o.name = ?3 AND o.deleted IS NULL
         AND {LASTING}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    match statement.query_row(params![bucket, folder, name], |row| row.get(0)).optional()? {
        Some(seq) => by_seq(connection, seq),
        None => Ok(None),
    }
}

/// The object of that reference: live by key, in the trash or not by id; by key in the trash the last deleted.
pub fn find(
    connection: &Connection,
    bucket: i64,
    reference: &ObjectRef,
    trashed: bool,
) -> Result<Option<Object>> {
    match reference {
        ObjectRef::Id(id) => {
            let sql = format!("SELECT {COLUMNS} {FROM} WHERE o.id = ?1 AND o.bucket = ?2 AND {LASTING}");
            Ok(connection.prepare_cached(&sql)?.query_row(params![id, bucket], read).optional()?)
        }
        ObjectRef::Key(key) => {
            let (folder, name) = key.rsplit_once('/').unwrap_or(("", key));
            if !trashed {
                return by_name(connection, bucket, folder, name);
            }
            let sql = format!(
                "SELECT {COLUMNS} {FROM} WHERE o.bucket = ?1 AND o.folder = ?2 AND o.name = ?3 AND o.deleted IS NOT NULL
                 AND {LASTING} ORDER BY o.deleted DESC, o.seq DESC LIMIT 1"
            );
            Ok(connection.prepare_cached(&sql)?.query_row(params![bucket, folder, name], read).optional()?)
        }
    }
}

/// The object of that token, in the trash or not.
pub fn by_token(connection: &Connection, token: &str) -> Result<Option<Object>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE o.token = ?1 AND {LASTING}");
    Ok(connection.prepare_cached(&sql)?.query_row([token], read).optional()?)
}

/// Whether some object of the bucket may be read by fewer than its policy says.
pub fn has_hidden(connection: &Connection, bucket: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM object WHERE bucket = ?1 AND visibility = 'private'";
    Ok(connection.prepare_cached(sql)?.exists([bucket])?)
}

/// Row numbers of the live objects in a folder and below, by key.
pub fn below(connection: &Connection, bucket: i64, folder: &str) -> Result<Vec<i64>> {
    // '0' is the character after '/': the range holds all keys that begin with the folder and a slash.
    let sql = format!(
        "SELECT o.seq FROM object o WHERE o.bucket = ?1 AND o.deleted IS NULL AND {LASTING}
         AND (o.folder = ?2 OR ?2 = '' OR (o.folder >= ?2 || '/' AND o.folder < ?2 || '0')) ORDER BY o.folder, o.name"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![bucket, folder], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The live objects of a bucket by key, each with where its current content lies, and whether that was found damaged.
pub fn with_content(connection: &Connection, bucket: i64) -> Result<Vec<(Object, Address, bool)>> {
    let sql = format!(
        "SELECT {COLUMNS}, v.content, v.name, v.damaged IS NOT NULL {FROM}
         WHERE o.bucket = ?1 AND o.deleted IS NULL AND {LASTING} ORDER BY o.folder, o.name"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([bucket], |row| {
        let object = read(row)?;
        let address = Address { bucket: object.bucket.clone(), content: row.get(22)?, name: row.get(23)? };
        Ok((object, address, row.get(24)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Objects in the trash whose bucket is not, newest first.
pub fn trashed(connection: &Connection, offset: u64, limit: u32) -> Result<Vec<Object>> {
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE o.deleted IS NOT NULL AND b.deleted IS NULL AND {LASTING}
         ORDER BY o.deleted DESC, o.seq DESC LIMIT ?2 OFFSET ?1"
    );
    Ok(connection
        .prepare_cached(&sql)?
        .query_map(params![offset, limit], read)?
        .collect::<rusqlite::Result<_>>()?)
}

/// Files and bytes, versions included, of the objects in the trash whose bucket is not.
pub fn trash_size(connection: &Connection) -> Result<(u64, u64)> {
    let sql = format!(
        "SELECT count(DISTINCT o.seq), coalesce(sum(v.size), 0) FROM object o JOIN bucket b ON b.seq = o.bucket
         JOIN version v ON v.object = o.seq WHERE o.deleted IS NOT NULL AND b.deleted IS NULL AND {LASTING}"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// A new row; answers its number.
pub fn insert(connection: &Connection, object: &Object) -> Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO object (id, bucket, folder, name, original_name, search, token, version, size, media_type,
               modified, by, created, uploader, visibility, metadata, expires)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?
        .execute(params![
            object.id,
            object.bucket_seq,
            object.folder,
            object.name,
            object.original_name,
            search(object),
            object.token,
            object.version,
            object.size,
            object.media_type,
            object.modified,
            object.by,
            object.created,
            object.uploader,
            object.visibility.map(Visibility::as_str),
            object.metadata,
            object.expires,
        ])?;
    Ok(connection.last_insert_rowid())
}

/// Writes where the object lies, what it is called, and what its current version says.
pub fn update(connection: &Connection, object: &Object) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE object SET folder = ?2, name = ?3, original_name = ?4, search = ?5, version = ?6, versions = ?7,
               size = ?8, media_type = ?9, modified = ?10, by = ?11, deleted = ?12, visibility = ?13, metadata = ?14, expires = ?15
             WHERE seq = ?1",
        )?
        .execute(params![
            object.seq,
            object.folder,
            object.name,
            object.original_name,
            search(object),
            object.version,
            object.versions,
            object.size,
            object.media_type,
            object.modified,
            object.by,
            object.deleted,
            object.visibility.map(Visibility::as_str),
            object.metadata,
            object.expires,
        ])?;
    Ok(())
}

/// The object that holds a name although its end has come.
pub fn ended_by_name(connection: &Connection, bucket: i64, folder: &str, name: &str) -> Result<Option<i64>> {
    let sql = "SELECT seq FROM object WHERE bucket = ?1 AND folder = ?2 AND name = ?3 AND deleted IS NULL
               AND expires <= pail_now()";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row(params![bucket, folder, name], |row| row.get(0)).optional()?)
}

/// Some objects whose end has come, in the trash or not, those first that ended first.
pub fn ended(connection: &Connection, limit: u32) -> Result<Vec<Object>> {
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE o.expires IS NOT NULL AND o.expires <= pail_now() ORDER BY o.expires LIMIT ?1"
    );
    Ok(connection.prepare_cached(&sql)?.query_map([limit], read)?.collect::<rusqlite::Result<_>>()?)
}

/// When the next object's end comes.
pub fn next_end(connection: &Connection) -> Result<Option<i64>> {
    let sql = "SELECT min(expires) FROM object WHERE expires IS NOT NULL";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Gives the objects of a bucket their end by its tier: so many milliseconds after their content came, or none.
pub fn set_lifetime(connection: &Connection, bucket: i64, lifetime: Option<i64>) -> Result<()> {
    connection
        .prepare_cached("UPDATE object SET expires = modified + ?2 WHERE bucket = ?1")?
        .execute(params![bucket, lifetime])?;
    Ok(())
}

/// Deletes the row with its versions.
pub fn purge(connection: &Connection, seq: i64) -> Result<()> {
    connection.prepare_cached("DELETE FROM object WHERE seq = ?1")?.execute([seq])?;
    Ok(())
}

/// What the search by text looks at: key and original name in lower case.
fn search(object: &Object) -> String {
    format!("{}\n{}", object.key(), object.original_name.to_lowercase())
}

/// Whether an object of that id is there, in the trash or not.
pub fn id_taken(connection: &Connection, id: &str) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM object WHERE id = ?1")?.exists([id])?)
}
