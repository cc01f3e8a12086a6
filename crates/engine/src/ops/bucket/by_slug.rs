//! Buckets by their slug alone: the address that one of the dialects uses. An id that somebody chose may be another
//! bucket's slug; here it leads nowhere else.

use crate::db::table;
use crate::model::Bucket;
use crate::ops::{access, no_bucket};
use crate::{Caller, Engine, Result};

impl Engine {
    /// The id of the live bucket of that slug, and nothing else of it: what the caller may do there is asked by what they
    /// do next.
    ///
    /// # Errors
    /// `bucket_not_found`, for one in the trash too.
    pub fn bucket_id_by_slug(&self, slug: &str) -> Result<String> {
        self.live_by_slug(slug).map(|bucket| bucket.id)
    }

    /// The live bucket of that slug, if it is switched on for the caller.
    ///
    /// # Errors
    /// `bucket_not_found`, for one in the trash too; `bucket_disabled`, `sign_in_needed`, `forbidden`.
    pub fn bucket_by_slug(&self, caller: &Caller, slug: &str) -> Result<Bucket> {
        let bucket = self.live_by_slug(slug)?;
        access::need_sight(caller, &bucket)?;
        caller.may_enter(&bucket)?;
        Ok(bucket)
    }

    fn live_by_slug(&self, slug: &str) -> Result<Bucket> {
        let found = self.read(|connection| table::bucket::by_slug(connection, slug))?;
        found.filter(|bucket| bucket.deleted.is_none()).ok_or_else(|| no_bucket(slug))
    }
}
