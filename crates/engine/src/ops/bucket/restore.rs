//! Bringing a bucket back from the trash.

use crate::db::table;
use crate::model::{Bucket, EventKind, Privilege};
use crate::ops::{Teller, access, no_bucket};
use crate::{Caller, Code, Engine, Error, Result};

impl Engine {
    /// Brings a bucket back as it was; its links answer again.
    ///
    /// # Errors
    /// `bucket_not_found`, `not_in_trash`, `sign_in_needed`, `forbidden`.
    pub fn bucket_restore(&self, caller: &Caller, bucket: &str) -> Result<Bucket> {
        let (now, caller, reference) = (self.now(), caller.clone(), bucket.to_owned());
        self.write(move |connection| {
            let mut bucket =
                table::bucket::find(connection, &reference)?.ok_or_else(|| no_bucket(&reference))?;
            access::may_manage(&caller, &bucket, Privilege::DeleteBuckets)?;
            if bucket.deleted.take().is_none() {
                return Err(not_in_trash(&bucket));
            }
            table::bucket::set_deleted(connection, bucket.seq, None)?;
            Teller { connection, now, by: caller.name() }.bucket(EventKind::BucketRestored, &bucket, 1)?;
            Ok(bucket)
        })
    }
}

pub(super) fn not_in_trash(bucket: &Bucket) -> Error {
    Error::new(Code::NotInTrash, format!("“{}” is not in the trash.", bucket.title))
        .with("bucket", &bucket.id)
}
