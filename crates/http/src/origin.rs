//! A browser tells with each write which page it comes from. Only our own may write (DESIGN section 6).

use crate::guard::plain;
use crate::hosts::Hosts;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

/// Refuses a write that a foreign page makes: 403. What only reads shows a foreign page nothing, for no answer carries
/// leave for it.
pub async fn check(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let foreign = request
        .headers()
        .get_all(header::ORIGIN)
        .iter()
        .any(|origin| !origin.to_str().is_ok_and(|origin| hosts.allows_origin(origin)));
    if foreign && !reads {
        return plain(StatusCode::FORBIDDEN, "A page from elsewhere may not write here.");
    }
    next.run(request).await
}
