//! `GET|HEAD /thumbs/<bucket>/<token>/<version>?side=64|256|640`: a small picture of a file that is a picture. The version
//! is part of the address, so that an answer never grows old.

use crate::door::Face;
use crate::door::caller::secret;
use crate::guard::plain;
use crate::links;
use crate::native::shown::Bytes;
use crate::status::refuse;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::{Code, Picture, Result, Side};
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Decoding takes memory and a core: so many at a time.
static DECODERS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// The route.
pub fn routes() -> OpenApiRouter<Face> {
    OpenApiRouter::new().routes(routes!(get))
}

/// The sides that there are.
struct Sides;

impl utoipa::PartialSchema for Sides {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some([64, 256, 640])).into()
    }
}

impl utoipa::ToSchema for Sides {}

/// A small picture of a file that is one
///
/// Where the bucket wants more than a token, a key that may read or a signed link's query does: then the id of the file
/// stands in place of the token, and the query after `side`.
#[utoipa::path(
    get, path = "/thumbs/{bucket}/{token}/{version}", tag = "links", operation_id = "thumb_read",
    params(
        ("bucket" = String, Path, description = "Id of the bucket"),
        ("token" = String, Path, description = "That of the file's link"),
        ("version" = u64, Path, description = "The version that is the current one, so that an answer never grows old"),
        ("side" = inline(Sides), Query, description = "The longer side in pixels, before everything else in the query"),
    ),
    responses(
        (status = 200, description = "The picture", content(
            (Bytes = "image/jpeg"), (Bytes = "image/png"),
        )),
        (status = 400, description = "The address or `side` cannot be read", content_type = "text/plain", body = String),
        (status = 401, description = "The key is no living one", content_type = "text/plain", body = String),
        (status = 403, description = "The token alone does not do here, the signature is wrong, or the bucket is switched off",
            content_type = "text/plain", body = String),
        (status = 404, description = "There is no file behind this link, or not that version",
            content_type = "text/plain", body = String),
        (status = 410, description = "The signed link has ended, or was revoked", content_type = "text/plain", body = String),
        (status = 415, description = "It is no picture that can be read", content_type = "text/plain", body = String),
        (status = 429, description = "The key asks too often", content_type = "text/plain", body = String),
    ),
    security((), ("key" = []), ("bearer" = [])),
)]
pub async fn get(
    State(face): State<Face>,
    Path((bucket, token, version)): Path<(String, String, u64)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some((side, rest)) = query.as_deref().and_then(parse) else {
        return plain(StatusCode::BAD_REQUEST, "Ask for side=64, side=256 or side=640.");
    };
    let Ok(_turn) = DECODERS.acquire().await else {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "Pail is closing.");
    };
    let made = if links::is_signed(rest) {
        let query = rest.to_owned();
        face.run(move |engine| engine.thumbnail_signed(&bucket, &token, &query, version, side)).await
    } else {
        by_token(&face, &headers, bucket, token, version, side).await
    };
    match made {
        Ok(picture) => {
            let headers = [
                (header::CONTENT_TYPE, picture.media_type),
                (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
                (header::REFERRER_POLICY, "no-referrer"),
                (header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
            ];
            (headers, picture.bytes).into_response()
        }
        Err(error) => refuse(&error),
    }
}

async fn by_token(
    face: &Face,
    headers: &HeaderMap,
    bucket: String,
    token: String,
    version: u64,
    side: Side,
) -> Result<Picture> {
    let (first_bucket, first_token) = (bucket.clone(), token.clone());
    match face.run(move |engine| engine.thumbnail(&first_bucket, &first_token, version, side)).await {
        Err(refused) if refused.code() == Code::Forbidden && secret(headers).is_some() => {
            let caller = face.caller(headers, None).await?;
            face.run(move |engine| engine.thumbnail_by(&caller, &bucket, &token, version, side)).await
        }
        made => made,
    }
}

/// The side, which comes first, and what comes after it.
fn parse(query: &str) -> Option<(Side, &str)> {
    let (side, rest) = query.strip_prefix("side=").map(|side| side.split_once('&').unwrap_or((side, "")))?;
    Some((Side::of(side.parse().ok()?)?, rest))
}
