//! Buckets and objects as this API shows them. Times are ISO 8601 in UTC, to the second, with `Z`.

use super::asked::Site;
use engine::model::{self, Policy, Visibility};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use utoipa::ToSchema;

/// The numbers of users, by their names.
pub type Numbers = HashMap<String, i64>;

/// What an address leaves as it is, slashes of a path included.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// A bucket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StorageBucket)]
pub struct Bucket {
    pub id: i64,
    #[schema(format = "uuid")]
    pub uuid: String,
    pub name: String,
    pub slug: String,
    /// `public` if anyone may read, else `private`.
    #[schema(value_type = StorageVisibility)]
    pub visibility: &'static str,
    /// In bytes; null for a bucket made elsewhere without a limit.
    pub file_size_limit: Option<u64>,
    /// Patterns of media types; empty for all.
    pub allowed_mime_types: Vec<String>,
    #[schema(value_type = StorageCategory)]
    pub app_category: &'static str,
    /// Always 1: the workspace.
    pub app: i64,
    pub object_count: u64,
    #[schema(format = DateTime)]
    pub created_at: String,
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// Number of the user who made it.
    pub created_by: Option<i64>,
    /// Number of the user who changed its settings last.
    pub modified_by: Option<i64>,
}

impl Bucket {
    /// A bucket, as users are numbered.
    pub fn of(bucket: model::Bucket, numbers: &Numbers) -> Self {
        Self {
            id: bucket.seq,
            uuid: bucket.uuid,
            name: bucket.title,
            slug: bucket.slug,
            visibility: visibility(bucket.policy).as_str(),
            file_size_limit: bucket.limits.file_size_limit,
            allowed_mime_types: bucket.limits.allowed_mime_types,
            app_category: bucket.category.as_str(),
            app: 1,
            object_count: bucket.file_count,
            created_at: iso(bucket.created),
            updated_at: iso(bucket.modified),
            created_by: numbers.get(&bucket.created_by).copied(),
            modified_by: bucket.modified_by.and_then(|name| numbers.get(&name).copied()),
        }
    }
}

/// An object.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StorageObject)]
pub struct Object {
    pub id: i64,
    /// The last part of its path.
    pub name: String,
    /// Where it lies in the bucket.
    pub path: String,
    /// What it was called when it came.
    pub original_name: String,
    /// In bytes.
    pub size: u64,
    pub content_type: String,
    /// Its own; null if it is as its bucket's.
    #[schema(value_type = Option<StorageVisibility>)]
    pub visibility: Option<&'static str>,
    /// Its own, or else its bucket's.
    #[schema(value_type = StorageVisibility)]
    pub effective_visibility: &'static str,
    #[schema(value_type = Object)]
    pub metadata: Option<Box<RawValue>>,
    /// Where its content is.
    pub url: String,
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When its content came.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// Number of the user who brought it.
    pub created_by: Option<i64>,
}

impl Object {
    /// An object of a bucket, as users are numbered.
    pub fn of(object: model::Object, bucket: &model::Bucket, numbers: &Numbers, site: &Site) -> Self {
        let path = object.key();
        let url = format!(
            "{}/api/apps/{}/storage/buckets/{}/objects/{}",
            site.origin,
            site.app,
            bucket.slug,
            utf8_percent_encode(&path, PATH)
        );
        Self {
            id: object.seq,
            path,
            name: object.name,
            original_name: object.original_name,
            size: object.size,
            content_type: object.media_type,
            visibility: object.visibility.map(Visibility::as_str),
            effective_visibility: object.visibility.unwrap_or(visibility(bucket.policy)).as_str(),
            // It was checked when it was set.
            metadata: RawValue::from_string(object.metadata).ok(),
            url,
            created_at: iso(object.created),
            updated_at: iso(object.modified),
            created_by: numbers.get(&object.uploader).copied(),
        }
    }
}

/// What a policy comes to where there are two.
pub fn visibility(policy: Policy) -> Visibility {
    match policy {
        Policy::Public => Visibility::Public,
        Policy::Private | Policy::Owner | Policy::Authenticated | Policy::Rules => Visibility::Private,
    }
}

/// Unix milliseconds as `2025-01-15T10:00:00Z`.
fn iso(milliseconds: i64) -> String {
    let time = Timestamp::from_second(milliseconds.div_euclid(1000)).unwrap_or(Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A page of buckets.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StorageBuckets)]
pub struct Buckets {
    /// All that meet the request.
    pub count: u64,
    /// Address of the next page.
    pub next: Option<String>,
    /// Address of the page before.
    pub previous: Option<String>,
    pub results: Vec<Bucket>,
}

/// A page of objects.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StorageObjects)]
pub struct Objects {
    /// All that meet the request.
    pub count: u64,
    /// Address of the next page.
    pub next: Option<String>,
    /// Address of the page before.
    pub previous: Option<String>,
    pub results: Vec<Object>,
}

/// Declares what is described to others and never made here.
macro_rules! documented {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? })*) => {$(
        #[derive(ToSchema)]
        $(#[$meta])*
        #[allow(dead_code, reason = "described to others, never made")]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty),* }
    )*};
}

documented! {
    /// A bucket to be.
    #[schema(as = StorageBucketNew)]
    NewBucket {
        #[schema(min_length = 1, max_length = 200)]
        name: String,
        app_category: StorageCategory,
        #[schema(value_type = StorageVisibility, required = false)]
        visibility: Option<StorageVisibility>,
        /// In bytes; 52428800 if nothing is said.
        #[schema(value_type = i64, minimum = 1, required = false)]
        file_size_limit: Option<i64>,
        #[schema(value_type = Vec<String>, required = false)]
        allowed_mime_types: Option<Vec<String>>,
    }
    /// What to change of a bucket. `slug`, `app` and `uuid` are ignored.
    #[schema(as = StorageBucketPatch)]
    BucketPatch {
        #[schema(value_type = String, min_length = 1, max_length = 200, required = false)]
        name: Option<String>,
        #[schema(value_type = StorageCategory, required = false)]
        app_category: Option<StorageCategory>,
        #[schema(value_type = StorageVisibility, required = false)]
        visibility: Option<StorageVisibility>,
        #[schema(value_type = i64, minimum = 1, required = false)]
        file_size_limit: Option<i64>,
        #[schema(value_type = Vec<String>, required = false)]
        allowed_mime_types: Option<Vec<String>>,
    }
    /// What to change of an object.
    #[schema(as = StorageObjectPatch)]
    ObjectPatch {
        /// Null: as its bucket's.
        visibility: Option<StorageVisibility>,
        /// All of it: at most 8 KB.
        #[schema(value_type = Option<Object>)]
        metadata: Option<String>,
    }
    /// An object as a form.
    #[schema(as = StorageObjectForm)]
    ObjectForm {
        #[schema(format = Binary)]
        file: String,
        /// Empty: as its bucket's.
        visibility: Option<StorageVisibility>,
    }
}

/// Who may read.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[allow(dead_code, reason = "described to others, never made")]
pub enum StorageVisibility {
    Private,
    Public,
}

/// What a bucket is for.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[allow(dead_code, reason = "described to others, never made")]
pub enum StorageCategory {
    Assets,
    Attachments,
}
