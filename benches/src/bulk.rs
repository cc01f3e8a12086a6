//! Many objects at once: rows as puts would have left them, written straight into the database. Their contents are not
//! there, so only what never opens content may be measured on them.

use crate::Result;
use crate::home::Home;
use rusqlite::{Connection, params};
use std::path::Path;

/// A tenth of the objects lies in so many folders; the others at the top.
const FOLDERS: u64 = 100;
/// Coprime to every count used, so that names come in no order.
const STEP: u64 = 7919;

/// A home with one bucket of `count` objects; the bucket's id.
pub fn home(path: &Path, count: u64) -> Result<String> {
    let home = Home::new(path)?;
    let bucket = home.bucket().to_owned();
    // Closed first, so that the engine that measures opens what it finds.
    drop(home);
    fill(&path.join("pail.db"), &bucket, count)?;
    Ok(bucket)
}

/// The key of the object of that number.
pub fn key(number: u64, count: u64) -> String {
    let name = format!("photo-{:07}.jpg", number * STEP % count);
    if number.is_multiple_of(10) { format!("album-{:03}/{name}", number / 10 % FOLDERS) } else { name }
}

fn fill(database: &Path, bucket: &str, count: u64) -> Result<()> {
    let mut connection = Connection::open(database)?;
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;")?;
    let transaction = connection.transaction()?;
    let seq: i64 =
        transaction.query_row("SELECT seq FROM bucket WHERE id = ?", [bucket], |row| row.get(0))?;
    objects(&transaction, seq, count)?;
    transaction.execute_batch(&format!(
        "INSERT INTO version (object, number, content, name, original_name, size, media_type, hash, created, by)
           SELECT seq, 1, printf('c%015d', seq), name, original_name, size, media_type, randomblob(32), modified, by
           FROM object;
         INSERT INTO folder SELECT bucket, folder, iif(folder = '', NULL, ''), folder, count(*), sum(size), count(*),
           sum(size), max(modified) FROM object GROUP BY folder;
         UPDATE folder SET (files, bytes) = (SELECT count(*), sum(size) FROM object) WHERE path = '';
         UPDATE bucket SET (file_count, byte_count) = (SELECT count(*), sum(size) FROM object) WHERE seq = {seq};"
    ))?;
    transaction.commit()?;
    connection.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
    Ok(())
}

fn objects(connection: &Connection, bucket: i64, count: u64) -> Result<()> {
    let mut insert = connection.prepare(
        "INSERT INTO object (id, bucket, folder, name, original_name, search, token, version, size, media_type,
           modified, by, created)
         VALUES (printf('f%015d', ?1), ?2, ?3, ?4, ?4, ?5 || char(10) || ?4, printf('%022d', ?1), 1,
           1 + ?1 * 48271 % 1000003, ?6, 1700000000000 + ?1 * 16807 % 9999991, 'bench', 1700000000000)",
    )?;
    let kinds = ["image/jpeg", "image/png", "application/pdf", "text/plain"];
    for number in 0..count {
        let key = key(number, count);
        let (folder, name) = key.rsplit_once('/').unwrap_or(("", &key));
        let kind = kinds[usize::try_from(number)? % kinds.len()];
        insert.execute(params![number, bucket, folder, name, key, kind])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_made_in_bulk_are_what_the_engine_counts() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("home");
        let bucket = super::home(&path, 1000).unwrap();
        let home = Home::open(&path, &bucket).unwrap();
        let request = engine::ListRequest { limit: 1000, ..Default::default() };
        let all = home.list(&request).unwrap();
        assert_eq!((all.total, all.objects.len()), (1000, 1000));
        assert_eq!(all.bytes, all.objects.iter().map(|object| object.size).sum::<u64>());
        let top = home.list(&engine::ListRequest { folder: Some(String::new()), ..request }).unwrap();
        assert_eq!((top.total, top.folders.len() as u64), (900, FOLDERS));
        home.delete(&key(0, 1000)).unwrap();
        home.delete(&key(7, 1000)).unwrap();
        let diagnosis = engine::Engine::open(&path).unwrap().examine_home().unwrap();
        assert_eq!((diagnosis.counters, diagnosis.database), (vec![], vec![]));
    }
}
