//! Putting one stream into a bucket.

use super::{Arrival, Checks, OnMeeting, Put, Source};
use crate::blob::Durability;
use crate::ops::{limits_of, open_bucket};
use crate::{Caller, Engine, Result, rules};
use std::io::Read;

impl Engine {
    /// Puts what the reader gives under the key, its segments normalised. An object that is there becomes a new version
    /// and keeps its id and permalink. When this returns, the object is durable; after an error nothing of it stays.
    ///
    /// # Errors
    /// `invalid_name`; `too_large`, `too_many_files`, `quota_exceeded`, `type_not_allowed`; `bucket_not_found`,
    /// `in_trash`, `bucket_disabled`; `source_unreadable`; `no_space`, `io`, `database`.
    pub fn object_put(
        &self,
        caller: &Caller,
        bucket: &str,
        key: &str,
        reader: &mut dyn Read,
        size: Option<u64>,
    ) -> Result<Put> {
        let (original_folder, original) = key.rsplit_once('/').unwrap_or(("", key));
        let (folder, name) = (rules::name::folder(original_folder)?, rules::name::normalise(original)?);
        let (bucket, checks) = self.checks(caller, bucket)?;
        let source = Source { reader, name: original, size, progress: &mut |_| Ok(()) };
        let copied = self.copy_in(source, &checks, Durability::Alone)?;
        let arrival = Arrival {
            copied,
            folder,
            original_folder: original_folder.to_owned(),
            name,
            original_name: rules::name::original(original),
            on_meeting: OnMeeting::Replace,
            object: None,
        };
        self.commit(caller, &bucket, vec![arrival])?.pop().expect("one arrival has one answer")
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
