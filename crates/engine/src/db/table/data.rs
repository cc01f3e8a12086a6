//! Documents of buckets.

use crate::{Result, model::Data};
use rusqlite::{Connection, params};

/// The document of a bucket.
pub fn get(connection: &Connection, bucket: i64) -> Result<Data> {
    Ok(connection
        .prepare_cached("SELECT text, revision, modified, by FROM data WHERE bucket = ?1")?
        .query_row([bucket], |row| {
            Ok(Data { text: row.get(0)?, revision: row.get(1)?, modified: row.get(2)?, by: row.get(3)? })
        })?)
}

/// Writes the document of a bucket, its first or its next.
pub fn put(connection: &Connection, bucket: i64, data: &Data) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO data (bucket, text, revision, modified, by) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (bucket) DO UPDATE SET text = ?2, revision = ?3, modified = ?4, by = ?5",
        )?
        .execute(params![bucket, data.text, data.revision, data.modified, data.by])?;
    Ok(())
}
