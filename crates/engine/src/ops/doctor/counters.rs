//! Counters: what buckets and folders say they hold, against what they hold.

use crate::Result;
use rusqlite::Connection;

/// Counters that are wrong, in words.
pub(super) fn wrong(connection: &Connection) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let mut buckets = connection.prepare(
        "SELECT b.title, b.file_count, b.byte_count, count(o.seq), coalesce(sum(o.size), 0) FROM bucket b
         LEFT JOIN object o ON o.bucket = b.seq AND o.deleted IS NULL GROUP BY b.seq
         HAVING b.file_count <> count(o.seq) OR b.byte_count <> coalesce(sum(o.size), 0)",
    )?;
    let mut rows = buckets.query([])?;
    while let Some(row) = rows.next()? {
        let (title, said, bytes): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (held, held_bytes): (i64, i64) = (row.get(3)?, row.get(4)?);
        wrong.push(format!("“{title}” says {said} files of {bytes} bytes and holds {held} of {held_bytes}"));
    }
    let mut folders = connection.prepare(
        "SELECT b.title, f.path FROM folder f JOIN bucket b ON b.seq = f.bucket
         WHERE f.own_files <> (SELECT count(*) FROM object o WHERE o.bucket = f.bucket AND o.folder = f.path AND o.deleted IS NULL)
            OR f.files <> (SELECT count(*) FROM object o WHERE o.bucket = f.bucket AND o.deleted IS NULL
                 AND (f.path = '' OR o.folder = f.path OR (o.folder >= f.path || '/' AND o.folder < f.path || '0')))",
    )?;
    let mut rows = folders.query([])?;
    while let Some(row) = rows.next()? {
        wrong.push(format!(
            "the folder “{}” of “{}” counts wrongly",
            row.get::<_, String>(1)?,
            row.get::<_, String>(0)?
        ));
    }
    let mut versions = connection.prepare(
        "SELECT o.original_name FROM object o WHERE o.versions <> (SELECT count(*) FROM version v WHERE v.object = o.seq)",
    )?;
    let mut rows = versions.query([])?;
    while let Some(row) = rows.next()? {
        wrong.push(format!("“{}” counts its versions wrongly", row.get::<_, String>(0)?));
    }
    Ok(wrong)
}

/// Counts everything anew; the names of folders stay.
pub(super) fn count_anew(connection: &Connection) -> Result<()> {
    let live =
        "SELECT count(*), coalesce(sum(o.size), 0) FROM object o WHERE o.deleted IS NULL AND o.bucket =";
    let below =
        "(f.path = '' OR o.folder = f.path OR (o.folder >= f.path || '/' AND o.folder < f.path || '0'))";
    connection.execute_batch(&format!(
        "UPDATE bucket AS b SET (file_count, byte_count) = ({live} b.seq);
         UPDATE folder AS f SET (files, bytes) = ({live} f.bucket AND {below}),
           (own_files, own_bytes) = ({live} f.bucket AND o.folder = f.path);
         DELETE FROM folder WHERE files = 0;
         UPDATE object AS o SET versions = (SELECT count(*) FROM version v WHERE v.object = o.seq);"
    ))?;
    Ok(())
}
