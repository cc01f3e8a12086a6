//! Deleting objects for good. The commit forgets them; then the bytes go.

use super::trashed_object;
use crate::blob::Address;
use crate::db::table;
use crate::model::{Act, Bucket, EventKind, Object, ObjectRef};
use crate::ops::access::{self, What};
use crate::ops::trash::Purged;
use crate::ops::{Teller, live_bucket};
use crate::rules::cel::Budget;
use crate::{Caller, Engine, Result};
use rusqlite::Connection;

impl Engine {
    /// Deletes objects in the trash for good, with all versions, in one commit.
    ///
    /// # Errors
    /// `bucket_not_found`, `object_not_found`, `not_in_trash` for a live one, `sign_in_needed`, `forbidden`;
    /// then nothing is deleted.
    pub fn object_purge(&self, caller: &Caller, bucket: &str, objects: &[ObjectRef]) -> Result<Purged> {
        let (now, caller, reference, objects) =
            (self.now(), caller.clone(), bucket.to_owned(), objects.to_vec());
        let (contents, purged) = self.write(move |connection| {
            let bucket = live_bucket(connection, &reference)?;
            let teller = Teller { connection, now, by: caller.name() };
            let (mut contents, mut purged, budget) = (Vec::new(), Purged::default(), Budget::default());
            for reference in &objects {
                let object = trashed_object(connection, &bucket, reference)?;
                access::may_within(connection, &caller, &bucket, Act::Delete, What::There(&object), &budget)?;
                purged.add(purge_one(&teller, &object, &mut contents)?);
            }
            Ok((contents, purged))
        })?;
        self.remove_contents(&contents);
        Ok(purged)
    }
}

/// Forgets one object; its contents are to be removed after the commit.
pub(crate) fn purge_one(teller: &Teller<'_>, object: &Object, contents: &mut Vec<Address>) -> Result<Purged> {
    let purged = gather(teller.connection, object, contents)?;
    table::object::purge(teller.connection, object.seq)?;
    teller.object(EventKind::ObjectPurged, object, 1)?;
    Ok(purged)
}

pub(super) fn gather(
    connection: &Connection,
    object: &Object,
    contents: &mut Vec<Address>,
) -> Result<Purged> {
    let mut purged = Purged { files: 1, bytes: 0, buckets: 0 };
    for version in table::version::list(connection, object.seq)? {
        purged.bytes += version.size;
        contents.push(Address {
            bucket: object.bucket.clone(),
            content: version.content,
            name: version.name,
        });
    }
    Ok(purged)
}

/// Every content of a bucket, and what it comes to.
pub(crate) fn contents_of_bucket(connection: &Connection, bucket: &Bucket) -> Result<(Vec<Address>, Purged)> {
    let mut statement = connection.prepare_cached(
        "SELECT v.content, v.name, v.size FROM version v JOIN object o ON o.seq = v.object WHERE o.bucket = ?1",
    )?;
    let mut contents = Vec::new();
    let mut purged = Purged::default();
    let mut rows = statement.query([bucket.seq])?;
    while let Some(row) = rows.next()? {
        contents.push(Address { bucket: bucket.id.clone(), content: row.get(0)?, name: row.get(1)? });
        purged.bytes += row.get::<_, u64>(2)?;
    }
    purged.files = connection
        .prepare_cached("SELECT count(*) FROM object WHERE bucket = ?1")?
        .query_row([bucket.seq], |row| row.get(0))?;
    Ok((contents, purged))
}
