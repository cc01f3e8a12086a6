//! `GET|HEAD /files/bucket/<bucket>/<token>/<name>`: an object's current content, whole or in part.

mod body;
pub mod conditions;
pub mod disposition;
pub mod range;

use crate::door::Face;
use crate::door::caller::secret;
use crate::guard::plain;
use crate::native::shown::Bytes;
use crate::status::refuse;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use conditions::Validators;
use engine::blob::Content;
use engine::model::Object;
use engine::{Code, Result, rules::media_type};
use range::Part;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What stands behind a link, and its content.
type Opened = (Arc<Object>, Box<dyn Content>);

/// The routes of links.
pub fn routes() -> OpenApiRouter<Face> {
    OpenApiRouter::new().routes(routes!(get, head))
}

/// The file behind a link
///
/// The token is the permission, where the bucket says so; else a signature in the query, or a key that may read. With
/// `Range`, a part of it. `ETag` and `Last-Modified` are validators. What a browser could run is offered as a download only.
#[utoipa::path(
    get, path = "/files/bucket/{bucket}/{token}/{name}", tag = "links", operation_id = "link_read",
    params(
        ("bucket" = String, Path, description = "Id of the bucket"),
        ("token" = String, Path, description = "What nobody guesses; in a signed link the id of the file"),
        ("name" = String, Path, description = "Name of the file; a former one leads to the present one"),
        ("download" = Option<String>, Query, description = "Offer it for download, under this name if it is one"),
        ("Range" = Option<String>, Header, description = "`bytes=0-99`; several ranges are answered with the whole"),
    ),
    responses(
        (status = 200, description = "The whole", content_type = "*/*", body = inline(Bytes)),
        (status = 206, description = "The part that was asked for", content_type = "*/*", body = inline(Bytes)),
        (status = 302, description = "It has another name now, and is there"),
        (status = 304, description = "What the asker has is still it"),
        (status = 400, description = "The address cannot be read", content_type = "text/plain", body = String),
        (status = 401, description = "The key is no living one", content_type = "text/plain", body = String),
        (status = 403, description = "The token alone does not do here, the signature is wrong, or the bucket is switched off",
            content_type = "text/plain", body = String),
        (status = 404, description = "There is no file behind this link", content_type = "text/plain", body = String),
        (status = 410, description = "The signed link has ended, or was revoked", content_type = "text/plain", body = String),
        (status = 416, description = "The range begins after the end"),
        (status = 429, description = "The key asks too often", content_type = "text/plain", body = String),
    ),
    security((), ("key" = []), ("bearer" = [])),
)]
pub async fn get(
    State(face): State<Face>,
    method: Method,
    Path((bucket, token, name)): Path<(String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let query = uri.query();
    if let Some(signed) = query.filter(|query| is_signed(query)) {
        // A signed link is good for the path that was signed, also after its object was renamed.
        let (path, signed) = (uri.path().trim_start_matches('/').to_owned(), signed.to_owned());
        let opened = face.run(move |engine| engine.link_open_signed(&bucket, &token, &path, &signed)).await;
        return match opened {
            Ok((object, _, content)) => answer(&object, content.into(), &method, query, &headers).await,
            Err(error) => refuse(&error),
        };
    }
    let (object, content) = match open(&face, &headers, bucket, token).await {
        Ok(opened) => opened,
        Err(error) => return refuse(&error),
    };
    if name != object.name {
        return moved(&object, query);
    }
    answer(&object, content.into(), &method, query, &headers).await
}

/// The headers of the file behind a link
#[utoipa::path(
    head, path = "/files/bucket/{bucket}/{token}/{name}", tag = "links", operation_id = "link_head",
    params(
        ("bucket" = String, Path, description = "Id of the bucket"),
        ("token" = String, Path, description = "What nobody guesses; in a signed link the id of the file"),
        ("name" = String, Path, description = "Name of the file; a former one leads to the present one"),
    ),
    responses(
        (status = 200, description = "The headers of the whole"),
        (status = 302, description = "It has another name now, and is there"),
        (status = 304, description = "What the asker has is still it"),
        (status = 400, description = "The address cannot be read"),
        (status = 401, description = "The key is no living one"),
        (status = 403, description = "The token alone does not do here, the signature is wrong, or the bucket is switched off"),
        (status = 404, description = "There is no file behind this link"),
        (status = 410, description = "The signed link has ended, or was revoked"),
        (status = 429, description = "The key asks too often"),
    ),
    security((), ("key" = []), ("bearer" = [])),
)]
pub async fn head(
    face: State<Face>,
    method: Method,
    path: Path<(String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    get(face, method, path, uri, headers).await
}

/// Whether a query says that it is signed. What it says besides is the engine's to judge.
pub fn is_signed(query: &str) -> bool {
    query.split('&').any(|part| part.split('=').next() == Some("signature"))
}

/// Here and now if nothing has to be waited for, else on a thread that may wait. A key is looked at only where the token
/// alone does not do.
async fn open(face: &Face, headers: &HeaderMap, bucket: String, token: String) -> Result<Opened> {
    if let Some(opened) = face.engine.link_at_hand(&bucket, &token) {
        return Ok(opened);
    }
    let (first_bucket, first_token) = (bucket.clone(), token.clone());
    match face.run(move |engine| engine.link_open(&first_bucket, &first_token)).await {
        Err(refused) if refused.code() == Code::Forbidden && secret(headers).is_some() => {
            let caller = face.caller(headers, None).await?;
            face.run(move |engine| engine.link_open_by(&caller, &bucket, &token)).await
        }
        opened => opened,
    }
}

fn unread() -> Response {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "The link could not be answered. Try again.")
}

/// The object has another name now: the link still leads to it, under that name.
fn moved(object: &Object, query: Option<&str>) -> Response {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let location = format!("/{}{query}", object.path());
    let headers = [(header::LOCATION, location), (header::CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::FOUND, headers).into_response()
}

/// An object's content as an answer: whole or in part, or that the asker has it already.
pub(crate) async fn answer(
    object: &Object,
    content: Arc<dyn Content>,
    method: &Method,
    query: Option<&str>,
    asked: &HeaderMap,
) -> Response {
    let size = content.size();
    let validators = Validators::of(object);
    let mut headers = user_content_headers(object, query);
    validators.write(&mut headers);
    if validators.not_modified(asked) {
        // The length of what is not sent (RFC 9110, section 8.6); left out, a HEAD would be given that of nothing.
        insert(&mut headers, header::CONTENT_LENGTH, &size.to_string());
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let asked_range =
        asked.get(header::RANGE).filter(|_| method == Method::GET && validators.range_holds(asked));
    let part = asked_range.map_or(Part::Whole, |range| range::parse(range.to_str().unwrap_or(""), size));
    let (status, start, length) = match part {
        Part::Whole => (StatusCode::OK, 0, size),
        Part::Bytes { start, end } => {
            insert(&mut headers, header::CONTENT_RANGE, &format!("bytes {start}-{end}/{size}"));
            (StatusCode::PARTIAL_CONTENT, start, end - start + 1)
        }
        Part::Unsatisfiable => {
            insert(&mut headers, header::CONTENT_RANGE, &format!("bytes */{size}"));
            return (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response();
        }
    };
    insert(&mut headers, header::CONTENT_LENGTH, &length.to_string());
    if method == Method::HEAD {
        return (status, headers).into_response();
    }
    match body::of(content, start, length).await {
        Ok(body) => (status, headers, body).into_response(),
        Err(_) => unread(),
    }
}

/// What keeps user content from acting as a page of ours (DESIGN section 6).
fn user_content_headers(object: &Object, query: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let kind = &object.media_type;
    let charset = if kind.starts_with("text/") { "; charset=utf-8" } else { "" };
    // A browser's own page around a film or a sound loads it from this address.
    let media =
        if kind.starts_with("video/") || kind.starts_with("audio/") { "; media-src 'self'" } else { "" };
    insert(&mut headers, header::CONTENT_TYPE, &format!("{kind}{charset}"));
    insert(
        &mut headers,
        header::CONTENT_DISPOSITION,
        &disposition::of(object, query, media_type::is_inline(kind)),
    );
    insert(&mut headers, header::CONTENT_SECURITY_POLICY, &format!("sandbox; default-src 'none'{media}"));
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::ACCEPT_RANGES, "bytes"),
        (header::CACHE_CONTROL, "private, no-cache"),
        // The token is the permission: who has the link may show the picture in a page, as the window does.
        (header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
}

/// A value made by us; one that is no header value (a hostile media type, say) is left out.
fn insert(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
