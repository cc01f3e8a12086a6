//! The API of SFTP buckets (features B1 to B4, B6): `/v1/buckets`.
//!
//! Refusals have a form of their own, `{"error":{"code":"…","message":"…"}}`; the original prints none.

mod answer;
mod model;

use crate::door::{Face, body, unreadable};
use crate::hosts::name;
use answer::Failure;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use engine::{BucketChanges, Caller, Code, Engine, Error, NewBucket, Result};
use model::{Change, Create, List, Page, SftpBucket};
use serde::de::DeserializeOwned;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

crate::door::at::at!(Failure, crate::door::at::undecodable());

/// The largest body.
const MOST: usize = 1 << 20;
/// Buckets of a page, unless `limit` says otherwise, and at most.
const PAGE: usize = 20;
const LONGEST_PAGE: usize = 100;

type Answered = std::result::Result<Response, Failure>;

/// All routes.
pub fn routes() -> OpenApiRouter<Face> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, update, delete))
}

/// The buckets that the key may know of, page by page.
#[utoipa::path(
    get,
    path = "/v1/buckets",
    tag = "SFTP buckets",
    params(List),
    responses(
        (status = 200, description = "A page", body = Page),
        (status = 400, description = "A parameter cannot be", body = answer::Refused),
        (status = 401, description = "No key, or a wrong one", body = answer::Refused),
        (status = 429, description = "The key asks too often", body = answer::Refused),
    ),
    security(("key" = []), ("bearer" = []))
)]
async fn list(
    State(face): State<Face>,
    headers: HeaderMap,
    query: std::result::Result<Query<List>, axum::extract::rejection::QueryRejection>,
) -> Answered {
    let caller = face.user(&headers, None).await?;
    let Query(query) = query.map_err(|error| unreadable(error.body_text()))?;
    let limit = usize::from(query.limit.unwrap_or(PAGE as u16));
    if !(1..=LONGEST_PAGE).contains(&limit) {
        return Err(unreadable(format!("limit is 1 to {LONGEST_PAGE}")).into());
    }
    let (page, has_more) =
        face.run(move |engine| engine.bucket_page(&caller, query.after.as_deref(), limit)).await?;
    let limit_too = query.limit.map(|limit| format!("&limit={limit}")).unwrap_or_default();
    let next = page.last().filter(|_| has_more);
    let host = name(&headers);
    Ok(answer::json(&Page {
        has_more,
        next_uri: next.map(|last| format!("/v1/buckets?after={}{limit_too}", last.id)),
        data: page.iter().map(|bucket| SftpBucket::of(bucket, host)).collect(),
    }))
}

/// Make a bucket.
#[utoipa::path(
    post,
    path = "/v1/buckets",
    tag = "SFTP buckets",
    request_body = Create,
    responses(
        (status = 200, description = "The bucket", body = SftpBucket),
        (status = 400, description = "It has no name, or a wrong one", body = answer::Refused),
        (status = 401, description = "No key, or a wrong one", body = answer::Refused),
        (status = 403, description = "The key may not", body = answer::Refused),
        (status = 413, description = "The body is too large", body = answer::Refused),
        (status = 429, description = "The key asks too often", body = answer::Refused),
    ),
    security(("key" = []), ("bearer" = []))
)]
async fn create(State(face): State<Face>, request: Request) -> Answered {
    let (head, body) = request.into_parts();
    let caller = face.user(&head.headers, None).await?;
    let wish: Create = read(body).await?;
    let new = NewBucket { title: wish.name, ..NewBucket::default() };
    let made = face.run(move |engine| engine.bucket_create(&caller, new)).await?;
    Ok(answer::json(&SftpBucket::of(&made, name(&head.headers))))
}

/// One bucket.
#[utoipa::path(
    get,
    path = "/v1/buckets/{bucket_id}",
    tag = "SFTP buckets",
    params(("bucket_id" = String, Path, description = "The bucket's id")),
    responses(
        (status = 200, description = "The bucket", body = SftpBucket),
        (status = 400, description = "The address cannot be read", body = answer::Refused),
        (status = 401, description = "No key, or a wrong one", body = answer::Refused),
        (status = 403, description = "The key may not", body = answer::Refused),
        (status = 404, description = "No such bucket", body = answer::Refused),
        (status = 429, description = "The key asks too often", body = answer::Refused),
    ),
    security(("key" = []), ("bearer" = []))
)]
async fn show(State(face): State<Face>, At(id): At<String>, headers: HeaderMap) -> Answered {
    let caller = face.user(&headers, None).await?;
    let bucket = face.run(move |engine| by_id(engine, &caller, &id)).await?;
    Ok(answer::json(&SftpBucket::of(&bucket, name(&headers))))
}

/// Change a bucket's name, or whether it is active. One of them has to be there.
#[utoipa::path(
    patch,
    path = "/v1/buckets/{bucket_id}",
    tag = "SFTP buckets",
    params(("bucket_id" = String, Path, description = "The bucket's id")),
    request_body = Change,
    responses(
        (status = 200, description = "The bucket as it is now", body = SftpBucket),
        (status = 400, description = "Nothing to change, or a wrong value", body = answer::Refused),
        (status = 401, description = "No key, or a wrong one", body = answer::Refused),
        (status = 403, description = "The key may not", body = answer::Refused),
        (status = 404, description = "No such bucket", body = answer::Refused),
        (status = 413, description = "The body is too large", body = answer::Refused),
        (status = 429, description = "The key asks too often", body = answer::Refused),
    ),
    security(("key" = []), ("bearer" = []))
)]
async fn update(State(face): State<Face>, At(id): At<String>, request: Request) -> Answered {
    let (head, body) = request.into_parts();
    let caller = face.user(&head.headers, None).await?;
    let change: Change = read(body).await?;
    if change.name.is_none() && change.active.is_none() {
        return Err(unreadable("name or active has to be there").into());
    }
    let changes = BucketChanges { title: change.name, enabled: change.active, ..BucketChanges::default() };
    let bucket = face
        .run(move |engine| {
            by_id(engine, &caller, &id)?;
            engine.bucket_update(&caller, &id, changes)
        })
        .await?;
    Ok(answer::json(&SftpBucket::of(&bucket, name(&head.headers))))
}

/// Delete a bucket with all it holds, for good. Settings can switch this off.
#[utoipa::path(
    delete,
    path = "/v1/buckets/{bucket_id}",
    tag = "SFTP buckets",
    params(("bucket_id" = String, Path, description = "The bucket's id")),
    responses(
        (status = 200, description = "It is gone"),
        (status = 400, description = "The address cannot be read", body = answer::Refused),
        (status = 401, description = "No key, or a wrong one", body = answer::Refused),
        (status = 403, description = "The key may not, or deletion is switched off", body = answer::Refused),
        (status = 404, description = "No such bucket", body = answer::Refused),
        (status = 429, description = "The key asks too often", body = answer::Refused),
    ),
    security(("key" = []), ("bearer" = []))
)]
async fn delete(State(face): State<Face>, At(id): At<String>, headers: HeaderMap) -> Answered {
    let caller = face.user(&headers, None).await?;
    face.run(move |engine| {
        by_id(engine, &caller, &id)?;
        engine.bucket_erase(&caller, &id)
    })
    .await?;
    Ok(axum::http::StatusCode::OK.into_response())
}

/// The live bucket of that id; this dialect knows no slugs and no trash.
fn by_id(engine: &Engine, caller: &Caller, id: &str) -> Result<engine::model::Bucket> {
    let bucket = engine.bucket_show(caller, id)?;
    if bucket.id == id && bucket.deleted.is_none() {
        return Ok(bucket);
    }
    Err(Error::new(
        Code::BucketNotFound,
        format!("There is no bucket “{id}”. List the buckets to see their ids."),
    ))
}

async fn read<T: DeserializeOwned>(body: Body) -> Result<T> {
    serde_json::from_slice(&body::whole(body, MOST).await?).map_err(unreadable)
}
