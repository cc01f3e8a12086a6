//! Deleting a live bucket for good at once, for programs that know no trash.

use super::delete::need_deletion_on;
use crate::db::table;
use crate::model::{Bucket, EventKind, Privilege};
use crate::ops::{Teller, access, live_bucket, object};
use crate::{Caller, Engine, Result};

impl Engine {
    /// Deletes a live bucket for good, with all files and versions, in one commit; then the bytes go. The settings can
    /// switch this off for programs (B4).
    ///
    /// # Errors
    /// `bucket_not_found`, `in_trash`, `bucket_disabled`, `sign_in_needed`, `forbidden`, `deletion_off`; `io`,
    /// `database`. Then the bucket is as it was.
    pub fn bucket_erase(&self, caller: &Caller, bucket: &str) -> Result<Bucket> {
        let (now, caller, reference) = (self.now(), caller.clone(), bucket.to_owned());
        let (contents, bucket) = self.write(move |connection| {
            let bucket = live_bucket(connection, &reference)?;
            access::may_manage(&caller, &bucket, Privilege::DeleteBuckets)?;
            caller.may_enter(&bucket)?;
            need_deletion_on(connection, &caller)?;
            let (contents, purged) = object::contents_of_bucket(connection, &bucket)?;
            let teller = Teller { connection, now, by: caller.name() };
            teller.bucket(EventKind::BucketDeleted, &bucket, 1)?;
            teller.bucket(EventKind::BucketPurged, &bucket, purged.files)?;
            table::bucket::purge(connection, bucket.seq)?;
            Ok((contents, bucket))
        })?;
        self.remove_contents(&contents);
        Ok(bucket)
    }
}
