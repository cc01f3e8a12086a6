//! Buckets: listed, made, shown, changed, deleted.

use super::answer::{Answer, Refused, done, json};
use super::request::{self, At};
use super::shown::{AccessPolicy, AccessRules, Bucket, TtlTier};
use crate::door::Face;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use engine::model::{self, BucketOrder};
use engine::rules::limits::for_blobs;
use engine::{Access, BucketChanges, NewBucket};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// All buckets that the caller may know of.
#[derive(Serialize, ToSchema)]
pub struct BucketList {
    items: Vec<Bucket>,
    /// Always `null`: this is all of them.
    cursor: Option<String>,
}

/// What a new bucket is to be.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NewNativeBucket)]
pub struct New {
    /// Its name in addresses: lower-case letters, digits and `-`. Left out, it is made from `displayName`.
    key: Option<String>,
    /// Left out, it is called like its key.
    display_name: Option<String>,
    description: Option<String>,
    /// `authenticated`, if nothing is said.
    access_policy: Option<AccessPolicy>,
    /// For the policy `cel`.
    rules: Option<AccessRules>,
    /// `persistent`, if nothing is said.
    ttl_tier: Option<TtlTier>,
    /// The most bytes of one blob, `null` for no limit; 100 MiB, if nothing is said.
    #[serde(default, deserialize_with = "request::said")]
    #[schema(value_type = Option<u64>, minimum = 1)]
    max_file_size: Option<Option<u64>>,
}

/// Changes; what is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NativeBucketChanges)]
pub struct Changes {
    display_name: Option<String>,
    description: Option<String>,
    enabled: Option<bool>,
    access_policy: Option<AccessPolicy>,
    /// All three rules.
    rules: Option<AccessRules>,
    ttl_tier: Option<TtlTier>,
    /// The most bytes of one blob, `null` for no limit. It holds for what comes.
    #[serde(default, deserialize_with = "request::said")]
    #[schema(value_type = Option<u64>, minimum = 1)]
    max_file_size: Option<Option<u64>>,
}

/// How to delete.
#[derive(Deserialize)]
struct Deletion {
    #[serde(default)]
    force: bool,
}

/// The buckets that the caller may know of
#[utoipa::path(
    get, path = "/api/buckets/v1/buckets", tag = "buckets", operation_id = "native_bucket_list",
    responses((status = 200, description = "All of them, by title", body = BucketList), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn list(State(face): State<Face>, headers: HeaderMap) -> Answer {
    let caller = face.user(&headers, None).await?;
    let buckets = face.run(move |engine| engine.bucket_list(&caller, "", BucketOrder::Title, false)).await?;
    let items = buckets.into_iter().map(Into::into).collect();
    Ok(json(StatusCode::OK, &BucketList { items, cursor: None }))
}

/// Make a bucket
///
/// The caller is its owner. The key needs the privilege `create_buckets`.
#[utoipa::path(
    post, path = "/api/buckets/v1/buckets", tag = "buckets", operation_id = "native_bucket_create",
    request_body = New,
    responses((status = 201, description = "Made", body = Bucket), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn create(State(face): State<Face>, headers: HeaderMap, body: Body) -> Answer {
    let caller = face.user(&headers, None).await?;
    let new: New = request::json(body).await?;
    let new = NewBucket {
        title: new.display_name.or_else(|| new.key.clone()).unwrap_or_default(),
        notes: new.description,
        access: access(new.access_policy, new.rules, new.ttl_tier),
        slug: new.key,
        limits: limits(for_blobs(), new.max_file_size),
        ..NewBucket::default()
    };
    let bucket = face.run(move |engine| engine.bucket_create(&caller, new)).await?;
    Ok(json(StatusCode::CREATED, &Bucket::from(bucket)))
}

/// One bucket
#[utoipa::path(
    get, path = "/api/buckets/v1/buckets/{key}", tag = "buckets", operation_id = "native_bucket_show",
    params(("key" = String, Path, description = "Key or id of the bucket")),
    responses((status = 200, description = "The bucket", body = Bucket), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn show(State(face): State<Face>, At(key): At<String>, headers: HeaderMap) -> Answer {
    let caller = face.user(&headers, None).await?;
    let bucket = face.run(move |engine| engine.bucket_live(&caller, &key)).await?;
    Ok(json(StatusCode::OK, &Bucket::from(bucket)))
}

/// Change a bucket's settings
#[utoipa::path(
    patch, path = "/api/buckets/v1/buckets/{key}", tag = "buckets", operation_id = "native_bucket_update",
    params(("key" = String, Path, description = "Key or id of the bucket")),
    request_body = Changes,
    responses((status = 200, description = "The bucket as it is now", body = Bucket), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn update(State(face): State<Face>, At(key): At<String>, headers: HeaderMap, body: Body) -> Answer {
    let caller = face.user(&headers, None).await?;
    let said: Changes = request::json(body).await?;
    let change = move |bucket: &model::Bucket| BucketChanges {
        title: said.display_name,
        notes: said.description,
        enabled: said.enabled,
        limits: said.max_file_size.map(|_| limits(bucket.limits.clone(), said.max_file_size)),
        access: access(said.access_policy, said.rules, said.ttl_tier),
        ..BucketChanges::default()
    };
    let bucket = face.run(move |engine| engine.bucket_update_with(&caller, &key, change)).await?;
    Ok(json(StatusCode::OK, &Bucket::from(bucket)))
}

/// Delete a bucket
///
/// It goes to the trash with its data. One that holds blobs is refused with 409, unless `force` is true.
#[utoipa::path(
    delete, path = "/api/buckets/v1/buckets/{key}", tag = "buckets", operation_id = "native_bucket_delete",
    params(
        ("key" = String, Path, description = "Key or id of the bucket"),
        ("force" = Option<bool>, Query, description = "Delete it with all blobs it holds"),
    ),
    responses((status = 204, description = "Deleted"), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn delete(State(face): State<Face>, At(key): At<String>, uri: Uri, headers: HeaderMap) -> Answer {
    let caller = face.user(&headers, None).await?;
    let Deletion { force } = request::query(&uri)?;
    face.run(move |engine| {
        if force { engine.bucket_delete(&caller, &key) } else { engine.bucket_delete_empty(&caller, &key) }
    })
    .await?;
    Ok(done())
}

/// Limits with what is said of one put in.
fn limits(limits: model::Limits, max_file_size: Option<Option<u64>>) -> model::Limits {
    model::Limits { file_size_limit: max_file_size.unwrap_or(limits.file_size_limit), ..limits }
}

fn access(policy: Option<AccessPolicy>, rules: Option<AccessRules>, tier: Option<TtlTier>) -> Access {
    Access {
        policy: policy.map(Into::into),
        rules: rules.map(|rules| model::Rules { read: rules.read, write: rules.write, delete: rules.delete }),
        permalink: None,
        tier: tier.map(Into::into),
    }
}
