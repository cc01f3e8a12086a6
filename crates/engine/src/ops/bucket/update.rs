//! Changing a bucket's settings.

use super::{Access, check_icon, check_notes, check_title};
use crate::db::table;
use crate::model::{Act, Bucket, Category, EventKind, Limits, Privilege};
use crate::ops::access::{self, What};
use crate::ops::{Teller, data, live_bucket};
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
    /// What it is for.
    pub category: Option<Category>,
    /// Who may do what, how long objects live.
    pub access: Access,
    /// The whole document. It is written with the settings or not at all, if it may be as the bucket was before; one that
    /// was off lets it in if the same changes switch it on.
    pub data: Option<String>,
}

impl Engine {
    /// Changes settings. Files that are over a new limit stay; the limit holds for what comes.
    ///
    /// # Errors
    /// `bucket_not_found`, `in_trash`, `invalid_title`, `invalid_icon`, `invalid_limit`, `invalid_type`,
    /// `invalid_rule`, `sign_in_needed`, `forbidden`; of the document `invalid_json`, `too_large`, `bucket_disabled`. Then
    /// nothing is changed.
    pub fn bucket_update(&self, caller: &Caller, bucket: &str, changes: BucketChanges) -> Result<Bucket> {
        // A long document is looked at before others have to wait for the writer.
        changes.data.as_deref().map(rules::json::check).transpose()?;
        self.update(caller, bucket, move |_| Ok(changes))
    }

    /// The same for changes that depend on the settings as they are: nobody comes between.
    ///
    /// # Errors
    /// As [`Engine::bucket_update`].
    pub fn bucket_update_with(
        &self,
        caller: &Caller,
        bucket: &str,
        change: impl FnOnce(&Bucket) -> BucketChanges + Send + 'static,
    ) -> Result<Bucket> {
        self.update(caller, bucket, move |bucket| {
            let changes = change(bucket);
            changes.data.as_deref().map(rules::json::check).transpose()?;
            Ok(changes)
        })
    }

    /// Makes the changes under the writer; their document was checked.
    fn update(
        &self,
        caller: &Caller,
        bucket: &str,
        change: impl FnOnce(&Bucket) -> Result<BucketChanges> + Send + 'static,
    ) -> Result<Bucket> {
        let (now, caller, reference) = (self.now(), caller.clone(), bucket.to_owned());
        self.write(move |connection| {
            let mut bucket = live_bucket(connection, &reference)?;
            access::may_manage(&caller, &bucket, Privilege::EditBuckets)?;
            let changes = change(&bucket)?;
            changes.access.check()?;
            if changes.data.is_some() {
                if changes.enabled != Some(true) {
                    caller.may_enter(&bucket)?;
                }
                access::may(connection, &caller, &bucket, Act::Write, What::Data)?;
            }
            let tier = bucket.tier;
            bucket.title = changes.title.as_deref().map(check_title).transpose()?.unwrap_or(bucket.title);
            bucket.icon = changes.icon.as_deref().map(check_icon).transpose()?.unwrap_or(bucket.icon);
            bucket.notes = changes.notes.as_deref().map(check_notes).transpose()?.unwrap_or(bucket.notes);
            if let Some(limits) = &changes.limits {
                rules::limits::check_limits(limits)?;
            }
            bucket.enabled = changes.enabled.unwrap_or(bucket.enabled);
            bucket.limits = changes.limits.unwrap_or(bucket.limits);
            bucket.category = changes.category.unwrap_or(bucket.category);
            changes.access.apply(&mut bucket);
            bucket.revision += 1;
            bucket.modified = now;
            bucket.modified_by = Some(caller.name().to_owned());
            table::bucket::update(connection, &bucket, caller.name())?;
            if bucket.tier != tier {
                table::object::set_lifetime(connection, bucket.seq, bucket.tier.lifetime())?;
            }
            Teller { connection, now, by: caller.name() }.bucket(
                EventKind::BucketUpdated,
                &bucket,
                bucket.revision,
            )?;
            if let Some(text) = changes.data {
                bucket.data_revision = data::write(connection, &caller, &bucket, text, now)?.revision;
            }
            Ok(bucket)
        })
    }
}
