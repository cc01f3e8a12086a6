//! What an archive says of itself. Written by an export; read, it is what anybody may have written.

use crate::model::{self, Object};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What every archive of Pail begins with.
pub const FORMAT: &str = "pail-export";
/// The form of the manifest that this Pail writes and reads.
pub const VERSION: u32 = 1;

/// The beginning of a manifest of any form.
#[derive(Debug, Deserialize)]
pub struct Head {
    pub format: String,
    pub version: u32,
}

/// The whole.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    pub format: String,
    pub version: u32,
    /// Unix milliseconds.
    pub created: i64,
    pub workspace: Origin,
    pub buckets: Vec<Bucket>,
}

/// The workspace that it comes from; told, and not taken in.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Origin {
    pub id: String,
    pub slug: String,
    pub title: String,
}

/// A bucket with its settings.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bucket {
    pub id: String,
    pub uuid: String,
    pub slug: String,
    pub title: String,
    pub icon: String,
    pub notes: String,
    pub enabled: bool,
    pub category: String,
    pub policy: String,
    pub rules: Rules,
    pub permalink: String,
    pub tier: String,
    pub limits: Limits,
    pub data: Content,
    /// What folders are called where that is not their path's last segment, by path.
    pub folders: BTreeMap<String, String>,
    pub objects: Vec<Packed>,
}

/// CEL rules by act.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub read: Option<String>,
    pub write: Option<String>,
    pub delete: Option<String>,
}

/// The bucket's own limits.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limits {
    pub file_size_limit: Option<u64>,
    pub max_files: Option<u64>,
    pub quota: Option<u64>,
    pub allowed_mime_types: Vec<String>,
}

/// Bytes of an entry, and the BLAKE3 of them in hex.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    pub size: u64,
    pub blake3: String,
}

/// An object.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Packed {
    pub id: String,
    pub key: String,
    pub original_name: String,
    /// Told, and decided anew from content and name when it is taken in.
    pub media_type: String,
    pub size: u64,
    pub blake3: String,
    pub metadata: Box<RawValue>,
    pub visibility: Option<String>,
}

impl Bucket {
    /// A bucket without its objects.
    pub fn of(bucket: &model::Bucket, data: &str, folders: BTreeMap<String, String>) -> Self {
        Self {
            id: bucket.id.clone(),
            uuid: bucket.uuid.clone(),
            slug: bucket.slug.clone(),
            title: bucket.title.clone(),
            icon: bucket.icon.clone(),
            notes: bucket.notes.clone(),
            enabled: bucket.enabled,
            category: bucket.category.as_str().to_owned(),
            policy: bucket.policy.as_str().to_owned(),
            rules: Rules {
                read: bucket.rules.read.clone(),
                write: bucket.rules.write.clone(),
                delete: bucket.rules.delete.clone(),
            },
            permalink: bucket.permalink.as_str().to_owned(),
            tier: bucket.tier.as_str().to_owned(),
            limits: Limits {
                file_size_limit: bucket.limits.file_size_limit,
                max_files: bucket.limits.max_files,
                quota: bucket.limits.quota,
                allowed_mime_types: bucket.limits.allowed_mime_types.clone(),
            },
            data: Content { size: data.len() as u64, blake3: crate::blob::hash(data.as_bytes()) },
            folders,
            objects: Vec::new(),
        }
    }
}

impl Packed {
    /// An object as it stands in the manifest.
    pub fn of(object: Object) -> Self {
        // Metadata was checked when it came; what cannot be read all the same is left out.
        let metadata = RawValue::from_string(object.metadata.clone())
            .unwrap_or_else(|_| RawValue::from_string("{}".to_owned()).expect("an empty object is JSON"));
        Self {
            key: object.key(),
            id: object.id,
            original_name: object.original_name,
            media_type: object.media_type,
            size: object.size,
            blake3: object.hash,
            metadata,
            visibility: object.visibility.map(|visibility| visibility.as_str().to_owned()),
        }
    }
}
