//! The trash: what was deleted and can come back.

use super::Teller;
use crate::db::table;
use crate::model::{Bucket, EventKind, Object};
use crate::ops::object;
use crate::{Caller, Engine, Result};

/// What was deleted for good.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    /// Objects.
    pub files: u64,
    /// Bytes, versions included.
    pub bytes: u64,
    /// Buckets.
    pub buckets: u64,
}

impl Purged {
    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.files += other.files;
        self.bytes += other.bytes;
        self.buckets += other.buckets;
    }
}

/// A page of the trash.
#[derive(Debug, Clone)]
pub struct Trash {
    /// Deleted buckets, newest first.
    pub buckets: Vec<Bucket>,
    /// Deleted objects of live buckets with their bucket's title, newest first.
    pub objects: Vec<(Object, String)>,
    /// All deleted objects of live buckets.
    pub files: u64,
    /// Their bytes, versions included, and those of the deleted buckets' current files.
    pub bytes: u64,
}

impl Engine {
    /// A page of the trash; the buckets are all on the first.
    ///
    /// # Errors
    /// `forbidden` for all but admins.
    pub fn trash_list(&self, caller: &Caller, offset: u64, limit: u32) -> Result<Trash> {
        caller.need_admin()?;
        self.read(|connection| {
            let buckets = if offset == 0 { table::bucket::trashed(connection)? } else { Vec::new() };
            let (files, mut bytes) = table::object::trash_size(connection)?;
            bytes += buckets.iter().map(|bucket| bucket.byte_count).sum::<u64>();
            let mut objects = Vec::new();
            for object in table::object::trashed(connection, offset, limit.clamp(1, 1000))? {
                let title =
                    table::bucket::by_seq(connection, object.bucket_seq)?.map_or(String::new(), |b| b.title);
                objects.push((object, title));
            }
            Ok(Trash { buckets, objects, files, bytes })
        })
    }

    /// Deletes everything in the trash for good. The commit forgets it; then the bytes go.
    ///
    /// # Errors
    /// `forbidden` for all but admins.
    pub fn trash_empty(&self, caller: &Caller) -> Result<Purged> {
        caller.need_admin()?;
        let (now, by) = (self.now(), caller.name().to_owned());
        let (contents, purged) = self.write(move |connection| {
            let teller = Teller { connection, now, by: &by };
            let (mut contents, mut purged) = (Vec::new(), Purged::default());
            loop {
                let page = table::object::trashed(connection, 0, 1000)?;
                if page.is_empty() {
                    break;
                }
                for trashed in page {
                    purged.add(object::purge_one(&teller, &trashed, &mut contents)?);
                }
            }
            for bucket in table::bucket::trashed(connection)? {
                let (mut of_bucket, count) = object::contents_of_bucket(connection, &bucket)?;
                teller.bucket(EventKind::BucketPurged, &bucket, count.files)?;
                table::bucket::purge(connection, bucket.seq)?;
                contents.append(&mut of_bucket);
                purged.add(Purged { buckets: 1, ..count });
            }
            Ok((contents, purged))
        })?;
        self.remove_contents(&contents);
        Ok(purged)
    }
}
