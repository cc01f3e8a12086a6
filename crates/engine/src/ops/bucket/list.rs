//! Showing buckets.

use crate::db::table;
use crate::model::{Bucket, BucketOrder};
use crate::ops::no_bucket;
use crate::{Engine, Result};

impl Engine {
    /// Live buckets whose title, slug or id contains `search` in any case, in order.
    ///
    /// # Errors
    /// `database`.
    pub fn bucket_list(&self, search: &str, order: BucketOrder, descending: bool) -> Result<Vec<Bucket>> {
        self.read(|connection| table::bucket::list(connection, search, order, descending))
    }

    /// The bucket of that id or slug, in the trash or not.
    ///
    /// # Errors
    /// `bucket_not_found`.
    pub fn bucket_show(&self, bucket: &str) -> Result<Bucket> {
        self.read(|connection| table::bucket::find(connection, bucket)?.ok_or_else(|| no_bucket(bucket)))
    }
}
