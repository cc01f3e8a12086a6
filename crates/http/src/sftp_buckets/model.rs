//! The records of this dialect.

use engine::model::Bucket;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A bucket.
#[derive(Serialize, ToSchema)]
pub struct SftpBucket {
    id: String,
    name: String,
    /// Where its files are brought to.
    host: String,
    /// Whether it takes connections and files.
    active: bool,
    /// Unix seconds.
    created_at: i64,
}

impl SftpBucket {
    /// A bucket of a server that goes by that name.
    pub fn of(bucket: &Bucket, host: &str) -> Self {
        Self {
            id: bucket.id.clone(),
            name: bucket.title.clone(),
            host: host.to_owned(),
            active: bucket.enabled,
            created_at: bucket.created.div_euclid(1000),
        }
    }
}

/// A page of buckets, by birth.
#[derive(Serialize, ToSchema)]
#[schema(as = SftpPage)]
pub struct Page {
    pub has_more: bool,
    /// Where the next page is; `null` on the last.
    pub next_uri: Option<String>,
    pub data: Vec<SftpBucket>,
}

/// Which page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct List {
    /// The id of the last bucket of the page before. It may have been deleted since.
    pub after: Option<String>,
    /// Buckets of a page: 1 to 100; 20 if left out.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u16>,
}

/// A bucket to be.
#[derive(Deserialize, ToSchema)]
#[schema(as = SftpCreate)]
pub struct Create {
    pub name: String,
}

/// What to change; one of them has to be there.
#[derive(Deserialize, ToSchema)]
#[schema(as = SftpChange)]
pub struct Change {
    pub name: Option<String>,
    pub active: Option<bool>,
}
