//! Deleting a bucket for good.

use super::restore::not_in_trash;
use crate::db::table;
use crate::model::{EventKind, Privilege};
use crate::ops::{Teller, access, no_bucket, object, trash::Purged};
use crate::{Caller, Engine, Result};

impl Engine {
    /// Deletes a bucket in the trash for good, with all files and versions. The commit forgets it; then the bytes go.
    ///
    /// # Errors
    /// `bucket_not_found`, and `not_in_trash` for a live bucket; `sign_in_needed`, `forbidden`.
    pub fn bucket_purge(&self, caller: &Caller, bucket: &str) -> Result<Purged> {
        let (now, caller, reference) = (self.now(), caller.clone(), bucket.to_owned());
        let (contents, mut purged) = self.write(move |connection| {
            let bucket = table::bucket::find(connection, &reference)?.ok_or_else(|| no_bucket(&reference))?;
            access::may_manage(&caller, &bucket, Privilege::DeleteBuckets)?;
            if bucket.deleted.is_none() {
                return Err(not_in_trash(&bucket));
            }
            let (contents, purged) = object::contents_of_bucket(connection, &bucket)?;
            Teller { connection, now, by: caller.name() }.bucket(
                EventKind::BucketPurged,
                &bucket,
                purged.files,
            )?;
            table::bucket::purge(connection, bucket.seq)?;
            Ok((contents, purged))
        })?;
        self.remove_contents(&contents);
        purged.buckets = 1;
        Ok(purged)
    }
}
