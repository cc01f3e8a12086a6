//! Making a bucket.

use super::{ICON, check_icon, check_notes, check_title};
use crate::db::table;
use crate::model::{Bucket, Data, EventKind, Limits, id};
use crate::ops::Teller;
use crate::{Caller, Engine, Result, rules};

/// What a new bucket is to be.
#[derive(Debug, Clone, Default)]
pub struct NewBucket {
    /// What people call it.
    pub title: String,
    /// Name of an icon, if not the usual one.
    pub icon: Option<String>,
    /// A few words.
    pub notes: Option<String>,
    /// Its own limits.
    pub limits: Limits,
}

impl Engine {
    /// Makes a bucket with an id, a free slug made from the title (E6), and empty data.
    ///
    /// # Errors
    /// `invalid_title`, `invalid_icon`, `invalid_limit`, `invalid_type`; then nothing is made.
    pub fn bucket_create(&self, caller: &Caller, new: NewBucket) -> Result<Bucket> {
        let (now, by) = (self.now(), caller.name().to_owned());
        rules::limits::check_limits(&new.limits)?;
        let title = check_title(&new.title)?;
        let mut bucket = Bucket {
            seq: 0,
            id: id::new('b', now),
            uuid: uuid::Uuid::new_v4().to_string(),
            slug: rules::slug::slug(&title),
            title,
            icon: check_icon(new.icon.as_deref().unwrap_or(ICON))?,
            notes: check_notes(new.notes.as_deref().unwrap_or_default())?,
            enabled: true,
            limits: new.limits,
            file_count: 0,
            byte_count: 0,
            revision: 1,
            data_revision: 0,
            created: now,
            modified: now,
            created_by: by.clone(),
            deleted: None,
        };
        self.write(move |connection| {
            bucket.slug =
                rules::slug::unique(&bucket.slug, |slug| table::bucket::slug_taken(connection, slug))?;
            bucket.seq = table::bucket::insert(connection, &bucket)?;
            let data = Data { text: "{}".to_owned(), revision: 0, modified: now, by: by.clone() };
            table::data::put(connection, bucket.seq, &data)?;
            Teller { connection, now, by: &by }.bucket(EventKind::BucketCreated, &bucket, 1)?;
            Ok(bucket)
        })
    }
}
