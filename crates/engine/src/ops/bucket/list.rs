//! Showing buckets.

use crate::db::table;
use crate::model::{Bucket, BucketOrder};
use crate::ops::{access, live_bucket, no_bucket};
use crate::{Caller, Engine, Result};

impl Engine {
    /// Live buckets whose title, slug or id contains `search` in any case, in order: those that the
    /// caller may know of.
    ///
    /// # Errors
    /// `database`.
    pub fn bucket_list(
        &self,
        caller: &Caller,
        search: &str,
        order: BucketOrder,
        descending: bool,
    ) -> Result<Vec<Bucket>> {
        let mut all = self.read(|connection| table::bucket::list(connection, search, order, descending))?;
        all.retain(|bucket| access::may_see(caller, bucket));
        Ok(all)
    }

    /// The bucket of that id or slug, in the trash or not.
    ///
    /// # Errors
    /// `bucket_not_found`, `sign_in_needed`, `forbidden`.
    pub fn bucket_show(&self, caller: &Caller, bucket: &str) -> Result<Bucket> {
        let bucket = self
            .read(|connection| table::bucket::find(connection, bucket)?.ok_or_else(|| no_bucket(bucket)))?;
        access::need_sight(caller, &bucket)?;
        Ok(bucket)
    }

    /// The same for one that is not in the trash.
    ///
    /// # Errors
    /// As [`Engine::bucket_show`], and `in_trash`.
    pub fn bucket_live(&self, caller: &Caller, bucket: &str) -> Result<Bucket> {
        let bucket = self.read(|connection| live_bucket(connection, bucket))?;
        access::need_sight(caller, &bucket)?;
        Ok(bucket)
    }
}
