//! Making a bucket.

use super::{Access, ICON, check_icon, check_id, check_notes, check_title};
use crate::db::table;
use crate::model::{
    Bucket, Category, Data, EventKind, Limits, Permalink, Policy, Privilege, Rules, Tier, id,
};
use crate::ops::Teller;
use crate::{Caller, Code, Engine, Error, Result, rules};
use rusqlite::Connection;

/// What a new bucket is to be.
#[derive(Debug, Clone, Default)]
pub struct NewBucket {
    /// What people call it.
    pub title: String,
    /// Name of an icon, if not the usual one.
    pub icon: Option<String>,
    /// A few words.
    pub notes: Option<String>,
    /// Whether it is on; it is, if nothing is said.
    pub enabled: Option<bool>,
    /// Its own limits.
    pub limits: Limits,
    /// What it is for; assets, if nothing is said.
    pub category: Option<Category>,
    /// Who may do what, how long objects live.
    pub access: Access,
    /// An id of the caller's choice: letters, digits and `_`, lower-case, free.
    pub id: Option<String>,
    /// A slug of the caller's choice, which must be free; made from the title otherwise.
    pub slug: Option<String>,
    /// The document it begins with; `{}` otherwise.
    pub data: Option<String>,
}

impl Engine {
    /// Makes a bucket with an id, a free slug made from the title (E6), and its data. The caller is its owner.
    ///
    /// # Errors
    /// `invalid_title`, `invalid_icon`, `invalid_limit`, `invalid_type`, `invalid_rule`, `invalid_id`, `id_taken`,
    /// `invalid_slug`, `name_taken` for a slug, `invalid_json`; `sign_in_needed`, `forbidden`. Then nothing is made.
    pub fn bucket_create(&self, caller: &Caller, new: NewBucket) -> Result<Bucket> {
        caller.need(Privilege::CreateBuckets)?;
        let (now, by) = (self.now(), caller.name().to_owned());
        let (mut bucket, text) = describe(new, now, &by)?;
        self.write(move |connection| {
            check_free(connection, &bucket)?;
            if bucket.slug.is_empty() {
                let slug = rules::slug::slug(&bucket.title);
                bucket.slug = rules::slug::unique(&slug, |slug| table::bucket::slug_taken(connection, slug))?;
            }
            bucket.seq = table::bucket::insert(connection, &bucket)?;
            let data = Data { text, revision: 0, modified: now, by: by.clone() };
            table::data::put(connection, bucket.seq, &data)?;
            Teller { connection, now, by: &by }.bucket(EventKind::BucketCreated, &bucket, 1)?;
            Ok(bucket)
        })
    }
}

impl NewBucket {
    /// Refuses what no bucket can be, whatever other buckets there are; for faces that look at several before they make
    /// the first.
    ///
    /// # Errors
    /// As [`Engine::bucket_create`], but for what is taken.
    pub fn check(&self) -> Result<()> {
        describe(self.clone(), 0, "").map(|_| ())
    }
}

/// The bucket as it is to be, without its number and, unless one was chosen, its slug; and its document.
pub(crate) fn describe(new: NewBucket, now: i64, by: &str) -> Result<(Bucket, String)> {
    rules::limits::check_limits(&new.limits)?;
    new.access.check()?;
    if let Some(id) = &new.id {
        check_id(id)?;
    }
    if let Some(slug) = &new.slug {
        check_slug(slug)?;
    }
    let text = new.data.unwrap_or_else(|| "{}".to_owned());
    rules::json::check(&text)?;
    let mut bucket = Bucket {
        seq: 0,
        id: new.id.unwrap_or_else(|| id::new('b', now)),
        uuid: uuid::Uuid::new_v4().to_string(),
        slug: new.slug.unwrap_or_default(),
        title: check_title(&new.title)?,
        icon: check_icon(new.icon.as_deref().unwrap_or(ICON))?,
        notes: check_notes(new.notes.as_deref().unwrap_or_default())?,
        enabled: new.enabled.unwrap_or(true),
        category: new.category.unwrap_or(Category::Assets),
        policy: Policy::Authenticated,
        rules: Rules::default(),
        permalink: Permalink::Open,
        tier: Tier::Persistent,
        limits: new.limits,
        file_count: 0,
        byte_count: 0,
        revision: 1,
        data_revision: 0,
        created: now,
        modified: now,
        created_by: by.to_owned(),
        modified_by: None,
        deleted: None,
    };
    new.access.apply(&mut bucket);
    Ok((bucket, text))
}

/// Refuses a slug of the caller's choice that is no address.
fn check_slug(slug: &str) -> Result<()> {
    if rules::slug::slug(slug) == slug {
        return Ok(());
    }
    Err(Error::refusal(
        Code::InvalidSlug,
        format!("“{slug}” cannot be an address"),
        "Use lower-case letters, digits and -.",
    ))
}

/// Refuses an id or a slug of the caller's choice that another bucket has, in the trash or not.
pub(crate) fn check_free(connection: &Connection, bucket: &Bucket) -> Result<()> {
    if table::bucket::find(connection, &bucket.id)?.is_some() {
        return Err(Error::refusal(
            Code::IdTaken,
            format!("There is a bucket “{}” already, maybe in the trash", bucket.id),
            "Choose another id.",
        )
        .with("id", &bucket.id));
    }
    if bucket.slug.is_empty() {
        return Ok(());
    }
    if table::bucket::slug_taken(connection, &bucket.slug)? {
        return Err(Error::refusal(
            Code::NameTaken,
            format!("There is a bucket “{}” already, maybe in the trash", bucket.slug),
            "Choose another name.",
        )
        .with("slug", &bucket.slug));
    }
    Ok(())
}
