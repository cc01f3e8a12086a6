//! Putting a bucket into the trash.

use crate::db::table;
use crate::model::{Bucket, EventKind};
use crate::ops::{Teller, live_bucket};
use crate::{Caller, Engine, Result};

impl Engine {
    /// Puts a bucket with all it holds into the trash. Nothing is lost until it is purged; its links answer no more.
    ///
    /// # Errors
    /// `bucket_not_found`, `in_trash`.
    pub fn bucket_delete(&self, caller: &Caller, bucket: &str) -> Result<Bucket> {
        let (now, by, reference) = (self.now(), caller.name().to_owned(), bucket.to_owned());
        self.write(move |connection| {
            let mut bucket = live_bucket(connection, &reference)?;
            table::bucket::set_deleted(connection, bucket.seq, Some(now))?;
            bucket.deleted = Some(now);
            Teller { connection, now, by: &by }.bucket(EventKind::BucketDeleted, &bucket, 1)?;
            Ok(bucket)
        })
    }
}
