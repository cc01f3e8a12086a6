//! Blobs: listed, shown, described, deleted.

use super::answer::{Answer, Refused, done, json};
use super::request::{self, At};
use super::shown::{Blob, BlobVisibility};
use crate::door::{Face, unreadable};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use engine::model::ObjectRef;
use engine::{ListRequest, ObjectChanges};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// Blobs of a page, if nothing is said.
const PAGE: u32 = 50;
/// The most.
const MOST: u32 = 1000;

/// A page of blobs.
#[derive(Serialize, ToSchema)]
pub struct BlobList {
    items: Vec<Blob>,
    /// Where the next page begins, or `null` at the end.
    cursor: Option<String>,
}

/// Which page.
#[derive(Deserialize)]
struct PageOf {
    limit: Option<u32>,
    cursor: Option<String>,
}

/// Changes of what is said of a blob; what is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlobChanges {
    /// All of its metadata: a JSON object of at most 8 KB.
    #[schema(value_type = Option<Object>)]
    metadata: Option<Box<RawValue>>,
    visibility: Option<BlobVisibility>,
}

/// The blobs of a bucket, by key
#[utoipa::path(
    get, path = "/api/buckets/v1/buckets/{key}/blobs", tag = "blobs", operation_id = "native_blob_list",
    params(
        ("key" = String, Path, description = "Key or id of the bucket"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 1000, description = "At most so many; 50, if nothing is said"),
        ("cursor" = Option<String>, Query, description = "The cursor of the page before"),
    ),
    responses((status = 200, description = "Those that the caller may read", body = BlobList), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn list(State(face): State<Face>, At(key): At<String>, uri: Uri, headers: HeaderMap) -> Answer {
    let caller = face.user(&headers, None).await?;
    let PageOf { limit, cursor } = request::query(&uri)?;
    let limit = limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        return Err(unreadable(format!("limit is {limit}, and it can be 1 to {MOST}")).into());
    }
    let request = ListRequest { limit, after: cursor, ..ListRequest::default() };
    let page = face
        .run(move |engine| {
            let page = engine.object_list(&caller, &key, &request)?;
            let users = engine.user_ids()?;
            let items =
                page.objects.into_iter().map(|object| Blob::of(object, &users)).collect::<Result<_, _>>()?;
            Ok(BlobList { items, cursor: page.next })
        })
        .await?;
    Ok(json(StatusCode::OK, &page))
}

/// What is known of a blob
#[utoipa::path(
    get, path = "/api/buckets/v1/buckets/{key}/blobs/{blobId}", tag = "blobs", operation_id = "native_blob_show",
    params(
        ("key" = String, Path, description = "Key or id of the bucket"),
        ("blobId" = String, Path, description = "Id of the blob"),
    ),
    responses((status = 200, description = "The blob", body = Blob), Refused),
    security((), ("key" = []), ("bearer" = [])),
)]
pub async fn show(
    State(face): State<Face>,
    At((key, id)): At<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let caller = face.caller(&headers, None).await?;
    let blob = face
        .run(move |engine| {
            Blob::of(engine.object_show(&caller, &key, &ObjectRef::Id(id))?, &engine.user_ids()?)
        })
        .await?;
    Ok(json(StatusCode::OK, &blob))
}

/// Change a blob's metadata or visibility
#[utoipa::path(
    patch, path = "/api/buckets/v1/buckets/{key}/blobs/{blobId}", tag = "blobs", operation_id = "native_blob_update",
    params(
        ("key" = String, Path, description = "Key or id of the bucket"),
        ("blobId" = String, Path, description = "Id of the blob"),
    ),
    request_body = BlobChanges,
    responses((status = 200, description = "The blob as it is now", body = Blob), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn update(
    State(face): State<Face>,
    At((key, id)): At<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let caller = face.user(&headers, None).await?;
    let changes: BlobChanges = request::json(body).await?;
    let changes = ObjectChanges {
        metadata: changes.metadata.map(|metadata| metadata.get().to_owned()),
        visibility: changes.visibility.map(Into::into),
    };
    let blob = face
        .run(move |engine| {
            let object = engine.object_update(&caller, &key, &ObjectRef::Id(id), changes)?;
            Blob::of(object, &engine.user_ids()?)
        })
        .await?;
    Ok(json(StatusCode::OK, &blob))
}

/// Delete a blob
///
/// It goes to the trash; its links answer no more.
#[utoipa::path(
    delete, path = "/api/buckets/v1/buckets/{key}/blobs/{blobId}", tag = "blobs", operation_id = "native_blob_delete",
    params(
        ("key" = String, Path, description = "Key or id of the bucket"),
        ("blobId" = String, Path, description = "Id of the blob"),
    ),
    responses((status = 204, description = "Deleted"), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn delete(
    State(face): State<Face>,
    At((key, id)): At<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let caller = face.user(&headers, None).await?;
    face.run(move |engine| engine.object_delete(&caller, &key, &[ObjectRef::Id(id)], &[])).await?;
    Ok(done())
}
