//! Putting one stream into a bucket.

use super::{Checks, Incoming, Put};
use crate::ops::{limits_of, open_bucket};
use crate::{Caller, Engine, Result};
use std::io::Read;

impl Engine {
    /// Puts what the reader gives under the key, its segments normalised. An object that is there becomes a new version
    /// and keeps its id and permalink. When this returns, the object is durable; after an error nothing of it stays.
    ///
    /// # Errors
    /// `invalid_name`; `too_large`, `too_many_files`, `quota_exceeded`, `type_not_allowed`; `bucket_not_found`,
    /// `in_trash`, `bucket_disabled`, `sign_in_needed`, `forbidden`; `source_unreadable`; `no_space`, `io`, `database`.
    pub fn object_put(
        &self,
        caller: &Caller,
        bucket: &str,
        key: &str,
        reader: &mut dyn Read,
        size: Option<u64>,
    ) -> Result<Put> {
        let incoming = Incoming { key: key.to_owned(), ..Incoming::default() };
        let staged = self.object_stage(caller, bucket, incoming, reader, size)?;
        Ok(self.object_commit(caller, vec![staged])?.pop().expect("one arrival has one answer"))
    }

    /// The bucket, and what content must meet in it.
    pub(crate) fn checks(&self, caller: &Caller, bucket: &str) -> Result<(crate::model::Bucket, Checks)> {
        self.read(|connection| {
            let bucket = open_bucket(connection, caller, bucket)?;
            let (limits, accept) = limits_of(connection, &bucket)?;
            Ok((bucket, Checks { limits, accept }))
        })
    }
}
