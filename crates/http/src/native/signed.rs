//! Signed URLs (C6): made, listed, revoked.

use super::answer::{Answer, Refused, done, json};
use super::request::{self, At};
use super::time::iso;
use crate::door::Face;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use engine::model::ObjectRef;
use engine::{SignRequest, SignedLink};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a signed URL is to be.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedUrlRequest {
    /// Seconds until it ends: 1 to 604,800, which is seven days.
    #[schema(minimum = 1, maximum = 604_800)]
    expires_in_seconds: i64,
    /// Offer it for download under this name; left out: shown where it can be.
    download: Option<String>,
}

/// A signed URL.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignedUrl {
    /// It begins as the address of this request does.
    url: String,
    expires_at: String,
    /// To revoke it by.
    id: String,
    created_at: String,
    /// The name of the user who made it.
    created_by: String,
    /// The name it offers for download.
    download: Option<String>,
    /// When it was revoked, or `null`.
    revoked_at: Option<String>,
}

/// Signed URLs of one blob, the newest first.
#[derive(Serialize, ToSchema)]
pub struct SignedUrlList {
    items: Vec<SignedUrl>,
}

impl From<SignedLink> for SignedUrl {
    fn from(link: SignedLink) -> Self {
        Self {
            url: link.url,
            expires_at: iso(link.expires),
            id: link.id,
            created_at: iso(link.created),
            created_by: link.by,
            download: link.download,
            revoked_at: link.revoked.map(iso),
        }
    }
}

impl SignedUrl {
    /// With the address that whoever asks knows this server by.
    fn at(origin: &str, link: SignedLink) -> Self {
        Self { url: format!("{origin}/{}", link.path), ..link.into() }
    }
}

/// Make a signed URL
///
/// Whoever holds it reads the blob until it ends, without a key. Only a caller who may read the blob can make one.
#[utoipa::path(
    post, path = "/api/buckets/v1/buckets/{key}/blobs/{blobId}/signed-url", tag = "signed URLs",
    operation_id = "native_url_sign",
    params(
        ("key" = String, Path, description = "Key or id of the bucket"),
        ("blobId" = String, Path, description = "Id of the blob"),
    ),
    request_body = SignedUrlRequest,
    responses((status = 201, description = "Made", body = SignedUrl), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn sign(
    State(face): State<Face>,
    At((key, id)): At<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let caller = face.user(&headers, None).await?;
    let origin = face.hosts.origin(&headers);
    let wanted: SignedUrlRequest = request::json(body).await?;
    let request = SignRequest { seconds: wanted.expires_in_seconds, download: wanted.download };
    let link = face.run(move |engine| engine.link_sign(&caller, &key, &ObjectRef::Id(id), request)).await?;
    Ok(json(StatusCode::CREATED, &SignedUrl::at(&origin, link)))
}

/// The signed URLs of a blob that have not ended
///
/// Whoever may write the blob sees all of them, whoever may read it those that they made.
#[utoipa::path(
    get, path = "/api/buckets/v1/buckets/{key}/blobs/{blobId}/signed-urls", tag = "signed URLs",
    operation_id = "native_url_list",
    params(
        ("key" = String, Path, description = "Key or id of the bucket"),
        ("blobId" = String, Path, description = "Id of the blob"),
    ),
    responses((status = 200, description = "The newest first, revoked ones too", body = SignedUrlList), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn list(
    State(face): State<Face>,
    At((key, id)): At<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let caller = face.user(&headers, None).await?;
    let origin = face.hosts.origin(&headers);
    let links = face.run(move |engine| engine.link_list(&caller, &key, &ObjectRef::Id(id))).await?;
    let items = links.into_iter().map(|link| SignedUrl::at(&origin, link)).collect();
    Ok(json(StatusCode::OK, &SignedUrlList { items }))
}

/// Revoke a signed URL
///
/// It answers no more, whoever holds it.
#[utoipa::path(
    delete, path = "/api/buckets/v1/signed-urls/{id}", tag = "signed URLs", operation_id = "native_url_revoke",
    params(("id" = String, Path, description = "Id of the signed URL")),
    responses((status = 204, description = "Revoked"), Refused),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn revoke(State(face): State<Face>, At(id): At<String>, headers: HeaderMap) -> Answer {
    let caller = face.user(&headers, None).await?;
    face.run(move |engine| engine.link_revoke(&caller, &id)).await?;
    Ok(done())
}
