//! A blob's content, whole or in part, as links answer it.

use super::answer::{Answer, Refused};
use super::request::At;
use super::shown::Bytes;
use crate::door::Face;
use crate::links;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Method};
use engine::model::ObjectRef;

/// A blob's content
///
/// With `Range`, a part of it. `ETag` and `Last-Modified` are validators; `If-None-Match`, `If-Modified-Since` and
/// `If-Range` are heeded. What a browser could run is offered as a download only.
#[utoipa::path(
    get, path = "/api/buckets/v1/buckets/{key}/blobs/{blobId}/content", tag = "blobs",
    operation_id = "native_blob_content",
    params(
        ("key" = String, Path, description = "Key or id of the bucket"),
        ("blobId" = String, Path, description = "Id of the blob"),
        ("download" = Option<String>, Query, description = "Offer it for download, under this name if it is one"),
        ("Range" = Option<String>, Header, description = "`bytes=0-99`; several ranges are answered with the whole"),
    ),
    responses(
        (status = 200, description = "The whole", content_type = "*/*", body = inline(Bytes)),
        (status = 206, description = "The part that was asked for", content_type = "*/*", body = inline(Bytes)),
        (status = 304, description = "What the asker has is still it"),
        (status = 416, description = "The range begins after the end"),
        Refused,
    ),
    security((), ("key" = []), ("bearer" = [])),
)]
pub async fn get(
    State(face): State<Face>,
    method: Method,
    At((key, id)): At<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let caller = face.caller(&headers, None).await?;
    let (object, content) =
        face.run(move |engine| engine.object_open(&caller, &key, &ObjectRef::Id(id))).await?;
    Ok(links::answer(&object, content.into(), &method, query.as_deref(), &headers).await)
}
