//! The native API (C): `/api/buckets/v1`. Buckets, their blobs, their data and signed links, in plain JSON.
//!
//! Who reads and writes is decided by the engine. What is public or what a rule opens needs no key; everything else does.

pub mod answer;
mod blob;
mod bucket;
mod content;
mod data;
pub mod request;
pub mod shown;
pub mod signed;
mod time;
mod upload;

use crate::door::Face;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// All routes.
pub fn routes() -> OpenApiRouter<Face> {
    OpenApiRouter::new()
        .routes(routes!(bucket::list, bucket::create))
        .routes(routes!(bucket::show, bucket::update, bucket::delete))
        .routes(routes!(blob::list, upload::upload))
        .routes(routes!(blob::show, blob::update, blob::delete))
        .routes(routes!(content::get))
        .routes(routes!(signed::sign))
        .routes(routes!(signed::list))
        .routes(routes!(signed::revoke))
        .routes(routes!(data::show, data::set, data::merge))
}
