//! Changing a bucket's settings.

use super::{check_icon, check_notes, check_title};
use crate::db::table;
use crate::model::{Bucket, EventKind, Limits};
use crate::ops::{Teller, live_bucket};
use crate::{Caller, Engine, Result, rules};

/// Changes of settings; `None` leaves a setting as it is. Id, uuid and slug never change.
#[derive(Debug, Clone, Default)]
pub struct BucketChanges {
    /// What people call it.
    pub title: Option<String>,
    /// Name of an icon.
    pub icon: Option<String>,
    /// A few words.
    pub notes: Option<String>,
    /// Off: refuses every face but the window.
    pub enabled: Option<bool>,
    /// All of its own limits.
    pub limits: Option<Limits>,
}

impl Engine {
    /// Changes settings. Files that are over a new limit stay; the limit holds for what comes.
    ///
    /// # Errors
    /// `bucket_not_found`, `in_trash`, `invalid_title`, `invalid_icon`, `invalid_limit`, `invalid_type`; then nothing
    /// is changed.
    pub fn bucket_update(&self, caller: &Caller, bucket: &str, changes: BucketChanges) -> Result<Bucket> {
        let (now, by, reference) = (self.now(), caller.name().to_owned(), bucket.to_owned());
        let title = changes.title.as_deref().map(check_title).transpose()?;
        let icon = changes.icon.as_deref().map(check_icon).transpose()?;
        let notes = changes.notes.as_deref().map(check_notes).transpose()?;
        if let Some(limits) = &changes.limits {
            rules::limits::check_limits(limits)?;
        }
        self.write(move |connection| {
            let mut bucket = live_bucket(connection, &reference)?;
            bucket.title = title.unwrap_or(bucket.title);
            bucket.icon = icon.unwrap_or(bucket.icon);
            bucket.notes = notes.unwrap_or(bucket.notes);
            bucket.enabled = changes.enabled.unwrap_or(bucket.enabled);
            bucket.limits = changes.limits.unwrap_or(bucket.limits);
            bucket.revision += 1;
            bucket.modified = now;
            table::bucket::update(connection, &bucket, &by)?;
            Teller { connection, now, by: &by }.bucket(EventKind::BucketUpdated, &bucket, bucket.revision)?;
            Ok(bucket)
        })
    }
}
