//! Putting a bucket into the trash.

use crate::db::table;
use crate::model::{Bucket, EventKind, Privilege};
use crate::ops::{Teller, access, live_bucket};
use crate::{Caller, Engine, Result};

impl Engine {
    /// Puts a bucket with all it holds into the trash. Nothing is lost until it is purged; its links answer no more.
    ///
    /// # Errors
    /// `bucket_not_found`, `in_trash`, `sign_in_needed`, `forbidden`.
    pub fn bucket_delete(&self, caller: &Caller, bucket: &str) -> Result<Bucket> {
        let (now, caller, reference) = (self.now(), caller.clone(), bucket.to_owned());
        self.write(move |connection| {
            let mut bucket = live_bucket(connection, &reference)?;
            access::may_manage(&caller, &bucket, Privilege::DeleteBuckets)?;
            table::bucket::set_deleted(connection, bucket.seq, Some(now))?;
            bucket.deleted = Some(now);
            Teller { connection, now, by: caller.name() }.bucket(EventKind::BucketDeleted, &bucket, 1)?;
            Ok(bucket)
        })
    }
}
