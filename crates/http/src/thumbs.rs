//! `GET|HEAD /thumbs/<bucket>/<token>/<version>?side=64|256|640`: a small picture of a file that is a picture. The version
//! is part of the address, so that an answer never grows old.

use crate::guard::plain;
use crate::status::refuse;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::{Engine, Side};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Decoding takes memory and a core: so many at a time.
static DECODERS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Answers with the small picture.
pub async fn get(
    State(engine): State<Engine>,
    Path((bucket, token, version)): Path<(String, String, u64)>,
    RawQuery(query): RawQuery,
) -> Response {
    let side = query
        .as_deref()
        .and_then(|query| query.strip_prefix("side="))
        .and_then(|side| Side::of(side.parse().ok()?));
    let Some(side) = side else {
        return plain(StatusCode::BAD_REQUEST, "Ask for side=64, side=256 or side=640.");
    };
    let Ok(_turn) = DECODERS.acquire().await else {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "Pail is closing.");
    };
    match tokio::task::spawn_blocking(move || engine.thumbnail(&bucket, &token, version, side)).await {
        Ok(Ok(picture)) => {
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
        Ok(Err(error)) => refuse(&error),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "The picture could not be made."),
    }
}
