//! All routes of the server, behind the checks that hold for every one of them.

use crate::door::Face;
use crate::hosts::Hosts;
use crate::{
    commands, docs, events, guard, links, native, origin, page, sftp_buckets, storage, thumbs, xyops,
};
use axum::Router;
use axum::middleware;
use axum::routing::get;
use engine::Engine;
use std::net::SocketAddr;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

/// What a server is to be.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Whether a taken port leads to the next free one.
    pub next_free: bool,
    /// Whether the window's page is served at `/`.
    pub page: bool,
    /// Names and ports that it answers to besides its own address, such as `pail.example:443`. Browsers may leave
    /// out 443 and 80.
    pub hosts: Vec<String>,
}

/// The whole server.
pub fn all(engine: Engine, bound: SocketAddr, settings: Settings) -> Router {
    let hosts = Hosts::of(bound, settings.hosts);
    let (dialects, description) = described().split_for_parts();
    dialects
        .merge(docs::routes(&description))
        .route("/health", get(health))
        .method_not_allowed_fallback(guard::method_not_allowed)
        .fallback(page::get)
        .layer(middleware::from_fn_with_state(hosts.clone(), origin::check))
        .layer(middleware::from_fn_with_state(hosts.clone(), guard::check_host))
        .with_state(Face::new(engine, hosts, settings.page))
}

/// What stands in the description: every dialect, and links.
fn described() -> OpenApiRouter<Face> {
    let shared = OpenApiRouter::with_openapi(docs::Description::openapi());
    dialects().into_iter().fold(shared, OpenApiRouter::merge)
}

/// One line each.
fn dialects() -> Vec<OpenApiRouter<Face>> {
    vec![
        native::routes(),
        xyops::routes(),
        sftp_buckets::routes(),
        storage::routes(),
        commands::routes(),
        events::routes(),
        links::routes(),
        thumbs::routes(),
    ]
}

/// Whether anybody is there.
async fn health() -> &'static str {
    "ok\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_two_dialects_give_one_name_to_different_schemas() {
        let mut known = BTreeMap::new();
        for dialect in dialects() {
            for (name, schema) in dialect.into_openapi().components.unwrap_or_default().schemas {
                let schema = serde_json::to_value(schema).unwrap();
                if let Some(other) = known.insert(name.clone(), schema.clone()) {
                    assert_eq!(other, schema, "{name}");
                }
            }
        }
        assert!(known.contains_key("Blob"));
    }
}
