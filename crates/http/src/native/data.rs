//! A bucket's document, to the letter: read, replaced, merged.

use super::answer::{Answer, Refused, json, steady};
use super::request::At;
use super::time::iso;
use crate::door::{Face, body, unreadable};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::model::Data;
use engine::{Error, Result};
use serde::Serialize;
use utoipa::ToSchema;

/// The longest document, in bytes.
const MOST: usize = engine::rules::json::MAX_BYTES;

/// What was saved.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DataSaved {
    /// Raised by each change; the header `ETag` has it too.
    revision: u64,
    modified_at: String,
    modified_by: String,
}

/// A bucket's document
///
/// Every number, key and space is as it was saved. The header `ETag` has its revision.
#[utoipa::path(
    get, path = "/api/buckets/v1/buckets/{key}/data", tag = "data", operation_id = "native_data_show",
    params(("key" = String, Path, description = "Key or id of the bucket")),
    responses(
        (status = 200, description = "The document", content_type = "application/json", body = serde_json::Value,
            headers(("ETag" = String, description = "The revision in quotes, such as \"7\""))),
        Refused,
    ),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn show(State(face): State<Face>, At(key): At<String>, headers: HeaderMap) -> Answer {
    let caller = face.user(&headers, None).await?;
    let data = face.run(move |engine| engine.data_show(&caller, &key)).await?;
    let revision = data.revision;
    Ok(tagged(revision, (steady("application/json"), data.text).into_response()))
}

/// Replace a bucket's document
///
/// With `If-Match`, only if it is still of that revision; else 409, with the present text in the details.
#[utoipa::path(
    put, path = "/api/buckets/v1/buckets/{key}/data", tag = "data", operation_id = "native_data_set",
    params(
        ("key" = String, Path, description = "Key or id of the bucket"),
        ("If-Match" = Option<String>, Header, description = "The revision it was read at, as `ETag` had it"),
    ),
    request_body(content = serde_json::Value, description = "Any JSON of at most 64 MiB", content_type = "application/json"),
    responses((status = 200, description = "Saved", body = DataSaved), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn set(State(face): State<Face>, At(key): At<String>, headers: HeaderMap, body: Body) -> Answer {
    let caller = face.user(&headers, None).await?;
    let revision = revision(&headers)?;
    let text = text(body).await?;
    let data = face.run(move |engine| engine.data_set(&caller, &key, &text, revision)).await?;
    Ok(saved(data))
}

/// Merge an object into a bucket's document
///
/// Shallow: each member replaces the one of its name, the others stay. No merge is lost, whoever else is writing.
#[utoipa::path(
    patch, path = "/api/buckets/v1/buckets/{key}/data", tag = "data", operation_id = "native_data_merge",
    params(("key" = String, Path, description = "Key or id of the bucket")),
    request_body(content = Object, description = "A JSON object", content_type = "application/json"),
    responses((status = 200, description = "Merged", body = DataSaved), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn merge(State(face): State<Face>, At(key): At<String>, headers: HeaderMap, body: Body) -> Answer {
    let caller = face.user(&headers, None).await?;
    let text = text(body).await?;
    let data = face.run(move |engine| engine.data_merge(&caller, &key, &text)).await?;
    Ok(saved(data))
}

async fn text(body: Body) -> Result<String> {
    let bytes = body::whole(body, MOST).await?;
    String::from_utf8(bytes.into()).map_err(|_| unreadable("it is no UTF-8"))
}

/// The revision that `If-Match` names. `*` asks for no certain one.
fn revision(headers: &HeaderMap) -> Result<Option<u64>> {
    let Some(named) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let wrong = || -> Error { unreadable("If-Match is no revision such as \"7\"") };
    let named = named.to_str().map_err(|_| wrong())?.trim();
    if named == "*" {
        return Ok(None);
    }
    let bare = named.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(named);
    bare.parse().map(Some).map_err(|_| wrong())
}

fn saved(data: Data) -> Response {
    let revision = data.revision;
    let saved = DataSaved { revision, modified_at: iso(data.modified), modified_by: data.by };
    tagged(revision, json(StatusCode::OK, &saved))
}

fn tagged(revision: u64, mut response: Response) -> Response {
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{revision}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
