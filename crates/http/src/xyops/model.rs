//! The records of this dialect.

use engine::model;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A bucket. Times are Unix seconds.
#[derive(Serialize, ToSchema)]
#[schema(as = XyopsBucket)]
pub struct Bucket {
    id: String,
    title: String,
    enabled: bool,
    icon: String,
    notes: String,
    username: String,
    created: i64,
    modified: i64,
    revision: u64,
}

impl From<model::Bucket> for Bucket {
    fn from(bucket: model::Bucket) -> Self {
        Self {
            id: bucket.id,
            title: bucket.title,
            enabled: bucket.enabled,
            icon: bucket.icon,
            notes: bucket.notes,
            username: bucket.created_by,
            created: bucket.created.div_euclid(1000),
            modified: bucket.modified.div_euclid(1000),
            revision: bucket.revision,
        }
    }
}

/// A file. Its id, path and place stay when its content is replaced.
#[derive(Serialize, ToSchema)]
#[schema(as = XyopsFile)]
pub struct File {
    id: String,
    /// When its content came, in Unix seconds.
    date: i64,
    /// What it was called when it came.
    filename: String,
    /// Where it is to be had: `files/bucket/<bucket>/<token>/<name>`.
    path: String,
    size: u64,
    username: String,
}

impl From<model::Object> for File {
    fn from(object: model::Object) -> Self {
        Self {
            path: object.path(),
            id: object.id,
            date: object.modified.div_euclid(1000),
            filename: object.original_name,
            size: object.size,
            username: object.by,
        }
    }
}

/// How long a list is.
#[derive(Serialize, ToSchema)]
pub struct Length {
    pub length: usize,
}

/// Declares documented forms of requests and answers.
macro_rules! documented {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(ToSchema)]
        #[schema(as = $name)]
        #[allow(dead_code, reason = "described to others, never made")]
        pub struct $name { $($(#[$fmeta])* $field: $ty),* }
    )*};
}

documented! {
    /// No parameters.
    Nothing {}
    /// One bucket.
    Id { id: String }
    /// One bucket, if the query does not name it.
    Which { id: Option<String> }
    /// A bucket to be.
    Create {
        title: String,
        /// Lower-case letters, digits and `_`; made up if it is not given.
        id: Option<String>,
        enabled: Option<bool>,
        icon: Option<String>,
        notes: Option<String>,
        data: Option<Value>,
    }
    /// What to change.
    Update {
        id: String,
        title: Option<String>,
        enabled: Option<bool>,
        icon: Option<String>,
        notes: Option<String>,
        /// The whole new document.
        data: Option<Value>,
    }
    /// What to merge.
    Write {
        /// The bucket, if the query does not name it.
        id: Option<String>,
        #[schema(value_type = Option<Object>)]
        data: Option<Value>,
        /// Answer the whole document as it is then.
        fetch: Option<bool>,
    }
    /// Which file: each that is given must be the file's.
    Criteria {
        /// The bucket, if the query does not name it.
        id: Option<String>,
        filename: Option<String>,
        path: Option<String>,
        date: Option<i64>,
        size: Option<u64>,
        username: Option<String>,
    }
    /// What to empty.
    Empty { id: Option<String>, files: Option<bool>, data: Option<bool> }
    /// A form.
    Upload {
        id: Option<String>,
        #[schema(format = Binary)]
        file1: String,
    }
    /// Done.
    Done { code: u8 }
    /// All buckets.
    Buckets { code: u8, rows: Vec<Bucket>, list: Length }
    /// A bucket with what it holds.
    Whole { code: u8, bucket: Bucket, data: Value, files: Vec<File> }
    /// A bucket that was made.
    Made { code: u8, bucket: Bucket }
    /// What was written: `null`, or the whole document if it was asked for.
    Written { code: u8, data: Value }
    /// All files of a bucket.
    Files { code: u8, files: Vec<File> }
}
