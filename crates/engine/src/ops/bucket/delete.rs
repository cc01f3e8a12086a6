//! Putting a bucket into the trash.

use crate::db::table;
use crate::model::{Bucket, EventKind, Privilege};
use crate::ops::{Teller, access, live_bucket, workspace};
use crate::{Caller, Code, Engine, Error, Face, Result};
use rusqlite::Connection;

impl Engine {
    /// Puts a bucket with all it holds into the trash. Nothing is lost until it is purged; its links answer no more.
    ///
    /// # Errors
    /// `bucket_not_found`, `in_trash`, `sign_in_needed`, `forbidden`; `bucket_disabled` for every face but the window;
    /// `deletion_off` for a program, if the settings say so (B4).
    pub fn bucket_delete(&self, caller: &Caller, bucket: &str) -> Result<Bucket> {
        self.trash_bucket(caller, bucket, |_| Ok(()))
    }

    /// The same for a bucket without files: whoever asks like this does not expect any.
    ///
    /// # Errors
    /// As [`Engine::bucket_delete`], and `not_empty`.
    pub fn bucket_delete_empty(&self, caller: &Caller, bucket: &str) -> Result<Bucket> {
        self.trash_bucket(caller, bucket, |bucket| {
            if bucket.file_count == 0 {
                return Ok(());
            }
            Err(Error::refusal(
                Code::NotEmpty,
                format!("“{}” holds {} files", bucket.title, bucket.file_count),
                "Empty it first, or say that it goes with all it holds.",
            )
            .with("bucket", &bucket.id)
            .with("files", bucket.file_count))
        })
    }

    fn trash_bucket(
        &self,
        caller: &Caller,
        bucket: &str,
        check: impl FnOnce(&Bucket) -> Result<()> + Send + 'static,
    ) -> Result<Bucket> {
        let (now, caller, reference) = (self.now(), caller.clone(), bucket.to_owned());
        self.write(move |connection| {
            let mut bucket = live_bucket(connection, &reference)?;
            access::may_manage(&caller, &bucket, Privilege::DeleteBuckets)?;
            caller.may_enter(&bucket)?;
            need_deletion_on(connection, &caller)?;
            check(&bucket)?;
            table::bucket::set_deleted(connection, bucket.seq, Some(now))?;
            bucket.deleted = Some(now);
            Teller { connection, now, by: caller.name() }.bucket(EventKind::BucketDeleted, &bucket, 1)?;
            Ok(bucket)
        })
    }
}

/// Refuses programs, if the settings say that they may not delete buckets (B4).
pub(super) fn need_deletion_on(connection: &Connection, caller: &Caller) -> Result<()> {
    if caller.face() != Face::Http || workspace::get(connection)?.api_deletion {
        return Ok(());
    }
    Err(Error::refusal(
        Code::DeletionOff,
        "Programs may not delete buckets here",
        "Delete it in the window, or switch this on in the Settings.",
    ))
}
