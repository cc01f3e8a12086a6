//! Showing buckets.

use crate::db::table;
use crate::model::{Bucket, BucketOrder};
use crate::ops::{access, live_bucket, no_bucket};
use crate::{Caller, Code, Engine, Error, Result};

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

    /// A page of the live buckets that the caller may know of, by birth, and whether there are more: those after the one
    /// of that id, whatever became of it meanwhile. It may be hidden from the caller, in the trash, or gone for good.
    ///
    /// # Errors
    /// `invalid_cursor` for an id that no bucket has or had; `database`.
    pub fn bucket_page(
        &self,
        caller: &Caller,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<Bucket>, bool)> {
        let (start, mut rest) = self.read(|connection| {
            let start = after.map(|id| table::bucket::place(connection, id)?.ok_or_else(|| not_a_place(id)));
            Ok((start.transpose()?, table::bucket::list(connection, "", BucketOrder::Created, false)?))
        })?;
        rest.retain(|bucket| {
            start.is_none_or(|start| (bucket.created, bucket.seq) > start) && access::may_see(caller, bucket)
        });
        let more = rest.len() > limit;
        rest.truncate(limit);
        Ok((rest, more))
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

fn not_a_place(id: &str) -> Error {
    Error::new(
        Code::InvalidCursor,
        format!("There is and was no bucket “{id}” to go on after. Start again from the first page."),
    )
    .with("bucket", id)
}
