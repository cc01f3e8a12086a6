//! What stands before every route. The loopback is no boundary: a page from anywhere can send the browser here, so the
//! Host must be one of ours, with the port (DESIGN section 6).

use crate::hosts::{Hosts, host};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets through what names this server: else 421, and 400 for no Host at all.
pub async fn check_host(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    match host(request.headers()) {
        Some(host) if hosts.allows(host) => next.run(request).await,
        Some(_) => plain(StatusCode::MISDIRECTED_REQUEST, "This server does not answer to that host."),
        None => plain(StatusCode::BAD_REQUEST, "A Host header is missing."),
    }
}

/// No such route.
pub async fn not_found() -> Response {
    plain(StatusCode::NOT_FOUND, "There is nothing here.")
}

/// A route, but not this way. The header `Allow` says which ways there are.
pub async fn method_not_allowed() -> Response {
    plain(StatusCode::METHOD_NOT_ALLOWED, "This address is not asked like this. The header Allow says how.")
}

/// A sentence as an answer.
pub fn plain(status: StatusCode, sentence: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, format!("{sentence}\n")).into_response()
}
