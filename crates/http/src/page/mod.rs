//! The window's page for a browser, at `/`: files made by the page's build, carried in the program. It asks for a key and
//! works through `/api/commands`, `/events` and uploads; nothing it may do is decided here.

use crate::guard::{not_found, plain};
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::door::Face;

/// The built page. A debug build reads it from where it is built.
#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Built;

/// Its first file, which stands for every place in the page.
const INDEX: &str = "index.html";
/// Files whose names change with their content.
const HASHED: &str = "assets/";

/// What the page may do in a browser: nothing from elsewhere, and nothing that was not in a file.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
    img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Answers whatever no other route does: a file of the page, or its index for the places in it. What belongs to the API is
/// not found, so that a script that asks wrongly is told so.
pub async fn get(State(face): State<Face>, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let of_the_api = ["api/", "v1/", "files/", "thumbs/", HASHED].iter().any(|room| path.starts_with(room));
    if !face.page {
        return not_found().await;
    }
    if let Some(file) = Built::get(path).filter(|_| !path.is_empty()) {
        return answer(path, file);
    }
    match Built::get(INDEX) {
        _ if of_the_api => not_found().await,
        Some(index) => answer(INDEX, index),
        None => plain(
            StatusCode::SERVICE_UNAVAILABLE,
            "This program was built without the page. Build it with scripts/page, and the program again.",
        ),
    }
}

fn answer(path: &str, file: EmbeddedFile) -> Response {
    let kept = if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, kind(path)),
        (header::CACHE_CONTROL, kept),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    (headers, file.data.into_owned()).into_response()
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
