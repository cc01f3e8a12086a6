//! All routes of the server, behind the checks that hold for every one of them.

use crate::door::Face;
use crate::{guard, links, origin, thumbs, xyops};
use axum::Router;
use axum::middleware;
use axum::routing::get;
use engine::Engine;
use std::net::SocketAddr;
use utoipa_axum::router::OpenApiRouter;

/// What a server is to be.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Whether a taken port leads to the next free one.
    pub next_free: bool,
    /// Whether the window's page is served at `/`.
    pub page: bool,
    /// Names and ports that it answers to besides its own address, such as `pail.example:443`.
    pub hosts: Vec<String>,
}

/// The whole server.
pub fn all(engine: Engine, bound: SocketAddr, settings: Settings) -> Router {
    let hosts = guard::Hosts::of(bound, settings.hosts);
    let (dialects, _) = OpenApiRouter::new().merge(xyops::routes()).split_for_parts();
    dialects
        .route("/files/bucket/{bucket}/{token}/{name}", get(links::get))
        .route("/thumbs/{bucket}/{token}/{version}", get(thumbs::get))
        .route("/health", get(health))
        .method_not_allowed_fallback(guard::method_not_allowed)
        .fallback(guard::not_found)
        .layer(middleware::from_fn_with_state(hosts.clone(), origin::check))
        .layer(middleware::from_fn_with_state(hosts, guard::check_host))
        .with_state(Face::new(engine, settings.page))
}

/// Whether anybody is there.
async fn health() -> &'static str {
    "ok\n"
}
