//! Folders: they are there as long as something live is in them, with counters of what that is.

use crate::{Result, model::Folder};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// Changes of counters, gathered over a batch and written once.
#[derive(Debug, Default)]
pub struct Counts {
    folders: BTreeMap<String, Count>,
    originals: BTreeMap<String, String>,
    files: i64,
    bytes: i64,
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    files: i64,
    bytes: i64,
    own_files: i64,
    own_bytes: i64,
}

impl Counts {
    /// Something of `bytes` came into `folder` (`files` 1) or left it (−1), or changed its size (0).
    pub fn add(&mut self, folder: &str, files: i64, bytes: i64) {
        self.files += files;
        self.bytes += bytes;
        let mut own = true;
        for path in lineage(folder) {
            let count = self.folders.entry(path.to_owned()).or_default();
            count.files += files;
            count.bytes += bytes;
            if own {
                count.own_files += files;
                count.own_bytes += bytes;
                own = false;
            }
        }
    }

    /// How the person's folder is called; the first name of a folder stays.
    pub fn call(&mut self, folder: &str, original: &str) {
        for (path, name) in lineage(folder).zip(original.rsplit('/')) {
            if !path.is_empty() && !self.originals.contains_key(path) {
                self.originals.insert(path.to_owned(), name.to_owned());
            }
        }
    }

    /// Files that came less those that left, so far.
    pub fn files(&self) -> i64 {
        self.files
    }

    /// Bytes that came less those that left, so far.
    pub fn bytes(&self) -> i64 {
        self.bytes
    }

    /// Writes all to the folders and the bucket.
    pub fn apply(self, connection: &Connection, bucket: i64, now: i64) -> Result<()> {
        let mut upsert = connection.prepare_cached(
            "INSERT INTO folder (bucket, path, parent, original_name, files, bytes, own_files, own_bytes, modified)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (bucket, path) DO UPDATE SET files = files + ?5, bytes = bytes + ?6,
               own_files = own_files + ?7, own_bytes = own_bytes + ?8, modified = ?9",
        )?;
        let mut sweep =
            connection.prepare_cached("DELETE FROM folder WHERE bucket = ?1 AND path = ?2 AND files <= 0")?;
        for (path, count) in &self.folders {
            let (parent, name) = split(path);
            let original = self.originals.get(path).map_or(name, String::as_str);
            upsert.execute(params![
                bucket,
                path,
                parent,
                original,
                count.files,
                count.bytes,
                count.own_files,
                count.own_bytes,
                now
            ])?;
            if count.files < 0 {
                sweep.execute(params![bucket, path])?;
            }
        }
        super::bucket::count(connection, bucket, self.files, self.bytes, now)
    }
}

/// A folder and everything above it, to the top.
fn lineage(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |path| match path.rfind('/') {
        Some(slash) => Some(&path[..slash]),
        None if !path.is_empty() => Some(""),
        None => None,
    })
}

fn split(path: &str) -> (Option<&str>, &str) {
    match path.rsplit_once('/') {
        Some((parent, name)) => (Some(parent), name),
        None if path.is_empty() => (None, ""),
        None => (Some(""), path),
    }
}

/// The folders directly in a folder, by name.
pub fn children(connection: &Connection, bucket: i64, parent: &str) -> Result<Vec<Folder>> {
    Ok(connection
        .prepare_cached(
            "SELECT path, original_name, files, bytes, modified FROM folder
             WHERE bucket = ?1 AND parent = ?2 ORDER BY path",
        )?
        .query_map(params![bucket, parent], |row| {
            Ok(Folder {
                path: row.get(0)?,
                original_name: row.get(1)?,
                file_count: row.get(2)?,
                byte_count: row.get(3)?,
                modified: row.get(4)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}

/// What the folders of a bucket are called where that is not their path's last segment, by path.
pub fn originals(connection: &Connection, bucket: i64) -> Result<BTreeMap<String, String>> {
    let sql = "SELECT path, original_name FROM folder WHERE bucket = ?1 AND path > ''";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([bucket], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut names: BTreeMap<String, String> = rows.collect::<rusqlite::Result<_>>()?;
    names.retain(|path, name| path.rsplit('/').next() != Some(name.as_str()));
    Ok(names)
}

/// Files and bytes that lie directly in a folder.
pub fn own(connection: &Connection, bucket: i64, path: &str) -> Result<(u64, u64)> {
    Ok(connection
        .prepare_cached("SELECT own_files, own_bytes FROM folder WHERE bucket = ?1 AND path = ?2")?
        .query_row(params![bucket, path], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_counts_for_all_above_it() {
        assert_eq!(lineage("a/b/c").collect::<Vec<_>>(), ["a/b/c", "a/b", "a", ""]);
        assert_eq!(lineage("").collect::<Vec<_>>(), [""]);
        let mut counts = Counts::default();
        counts.add("a/b", 1, 10);
        counts.add("a", 1, 5);
        counts.call("a/b", "Alpha/Été");
        assert_eq!((counts.folders["a"].files, counts.folders["a"].own_files), (2, 1));
        assert_eq!((counts.folders[""].bytes, counts.folders[""].own_bytes), (15, 0));
        assert_eq!((counts.originals["a/b"].as_str(), counts.originals["a"].as_str()), ("Été", "Alpha"));
    }
}
