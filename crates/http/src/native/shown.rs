//! Buckets and blobs as the native API shows them.

use super::time::iso;
use engine::Result;
use engine::model::{self, Object};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Who reads and writes (C2, C3).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum AccessPolicy {
    /// Anyone reads; the bucket's owner and admins write.
    Public,
    /// Any signed-in user reads and writes.
    Authenticated,
    /// Any signed-in user writes, each reads their own.
    Owner,
    /// The bucket's owner and admins.
    Private,
    /// What the rules say.
    Cel,
}

impl From<model::Policy> for AccessPolicy {
    fn from(policy: model::Policy) -> Self {
        match policy {
            model::Policy::Public => Self::Public,
            model::Policy::Authenticated => Self::Authenticated,
            model::Policy::Owner => Self::Owner,
            model::Policy::Private => Self::Private,
            model::Policy::Rules => Self::Cel,
        }
    }
}

impl From<AccessPolicy> for model::Policy {
    fn from(policy: AccessPolicy) -> Self {
        match policy {
            AccessPolicy::Public => Self::Public,
            AccessPolicy::Authenticated => Self::Authenticated,
            AccessPolicy::Owner => Self::Owner,
            AccessPolicy::Private => Self::Private,
            AccessPolicy::Cel => Self::Rules,
        }
    }
}

/// How long blobs live (C5).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub enum TtlTier {
    /// One hour.
    #[serde(rename = "1-hour")]
    OneHour,
    /// 24 hours.
    #[serde(rename = "1-day")]
    OneDay,
    /// Thirty days.
    #[serde(rename = "30-days")]
    ThirtyDays,
    /// Until somebody deletes them.
    #[serde(rename = "persistent")]
    Persistent,
}

impl From<model::Tier> for TtlTier {
    fn from(tier: model::Tier) -> Self {
        match tier {
            model::Tier::OneHour => Self::OneHour,
            model::Tier::OneDay => Self::OneDay,
            model::Tier::ThirtyDays => Self::ThirtyDays,
            model::Tier::Persistent => Self::Persistent,
        }
    }
}

impl From<TtlTier> for model::Tier {
    fn from(tier: TtlTier) -> Self {
        match tier {
            TtlTier::OneHour => Self::OneHour,
            TtlTier::OneDay => Self::OneDay,
            TtlTier::ThirtyDays => Self::ThirtyDays,
            TtlTier::Persistent => Self::Persistent,
        }
    }
}

/// The CEL rules of the policy `cel`; one that is missing denies.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessRules {
    /// Who reads.
    pub read: Option<String>,
    /// Who writes.
    pub write: Option<String>,
    /// Who deletes.
    pub delete: Option<String>,
}

/// A bucket.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NativeBucket)]
pub struct Bucket {
    id: String,
    /// Its name in addresses.
    key: String,
    display_name: String,
    description: String,
    /// One that is not enabled refuses everybody but the window.
    enabled: bool,
    access_policy: AccessPolicy,
    rules: AccessRules,
    ttl_tier: TtlTier,
    /// The most bytes of one blob; `null` for no limit.
    max_file_size: Option<u64>,
    blob_count: u64,
    total_bytes: u64,
    /// Raised by each change of the data.
    data_revision: u64,
    /// The name of the user who made it.
    created_by: String,
    created_at: String,
    modified_at: String,
}

impl From<model::Bucket> for Bucket {
    fn from(bucket: model::Bucket) -> Self {
        Self {
            id: bucket.id,
            key: bucket.slug,
            display_name: bucket.title,
            description: bucket.notes,
            enabled: bucket.enabled,
            access_policy: bucket.policy.into(),
            rules: AccessRules {
                read: bucket.rules.read,
                write: bucket.rules.write,
                delete: bucket.rules.delete,
            },
            ttl_tier: bucket.tier.into(),
            max_file_size: bucket.limits.file_size_limit,
            blob_count: bucket.file_count,
            total_bytes: bucket.byte_count,
            data_revision: bucket.data_revision,
            created_by: bucket.created_by,
            created_at: iso(bucket.created),
            modified_at: iso(bucket.modified),
        }
    }
}

/// Who may read one blob, instead of what its bucket's policy says.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BlobVisibility {
    /// As the bucket's policy says.
    Inherited,
    /// Whoever brought it, the bucket's owner, admins.
    Private,
    /// Anyone.
    Public,
}

impl From<BlobVisibility> for Option<model::Visibility> {
    fn from(visibility: BlobVisibility) -> Self {
        match visibility {
            BlobVisibility::Inherited => None,
            BlobVisibility::Private => Some(model::Visibility::Private),
            BlobVisibility::Public => Some(model::Visibility::Public),
        }
    }
}

/// The bytes of a file, in the description.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it tells of bytes that stream by")]
pub struct Bytes(Vec<u8>);

/// A blob.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Blob {
    /// Never changes.
    blob_id: String,
    /// Folder and name in the bucket.
    key: String,
    /// What the file was called.
    filename: String,
    /// Bytes.
    size: u64,
    /// Decided from content and name.
    content_type: String,
    /// What was said of it: a JSON object.
    #[schema(value_type = Object)]
    metadata: Box<RawValue>,
    visibility: BlobVisibility,
    /// The id of the user who brought it; empty for somebody without a key.
    uploader_id: String,
    created_at: String,
    /// When its content came.
    modified_at: String,
    /// When its bucket's tier ends it, or `null`.
    expires_at: Option<String>,
    /// The validator of its content.
    etag: String,
}

impl Blob {
    /// An object as it is shown, with the ids of users by name.
    ///
    /// # Errors
    /// `internal` if its metadata is no JSON, which the engine sees to.
    pub fn of(object: Object, users: &HashMap<String, String>) -> Result<Self> {
        let metadata = RawValue::from_string(object.metadata.clone()).map_err(|error| {
            engine::Error::new(engine::Code::Internal, format!("Metadata cannot be read: {error}."))
        })?;
        Ok(Self {
            key: object.key(),
            uploader_id: users.get(&object.uploader).cloned().unwrap_or_default(),
            etag: format!("\"{}\"", object.hash),
            blob_id: object.id,
            filename: object.original_name,
            size: object.size,
            content_type: object.media_type,
            metadata,
            visibility: match object.visibility {
                None => BlobVisibility::Inherited,
                Some(model::Visibility::Private) => BlobVisibility::Private,
                Some(model::Visibility::Public) => BlobVisibility::Public,
            },
            created_at: iso(object.created),
            modified_at: iso(object.modified),
            expires_at: object.expires.map(iso),
        })
    }
}
