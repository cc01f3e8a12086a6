//! The storage buckets API (features E1 to E9): `/api/apps/{app}/storage/buckets/`, where the app is this workspace's slug.
//!
//! It answers as Django REST framework does: plain resources, pages with `next` and `previous`, errors by field or as
//! `detail`. Every address is answered with and without its last slash. Deleting a bucket or an object is for good. Its 204
//! carries no body, for HTTP allows none; the words of a deletion that failed come with 500.

mod answer;
mod asked;
mod at;
mod bucket;
mod fields;
mod list;
mod model;
mod object;
mod pages;
mod python;
mod query;
mod upload;

use crate::door::Face;
use answer::Failure;
use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::routing::{MethodRouter, get};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// What a handler answers.
type Answer = Result<axum::response::Response, Failure>;

/// What stands in the description. Paths of objects hold slashes there, which OpenAPI cannot say.
#[derive(OpenApi)]
#[openapi(paths(
    list::list,
    bucket::create,
    bucket::show,
    bucket::update,
    bucket::delete,
    object::list,
    object::read,
    object::head,
    object::update,
    object::delete,
    upload::put,
    upload::post,
))]
struct Description;

/// All addresses.
pub fn routes() -> OpenApiRouter<Face> {
    let buckets = || get(list::list).post(bucket::create).fallback(refuse::<Buckets>);
    let bucket = || get(bucket::show).patch(bucket::update).delete(bucket::delete).fallback(refuse::<Bucket>);
    let objects = || get(object::list).fallback(refuse::<Objects>);
    let object = get(object::read)
        .head(object::head)
        .put(upload::put)
        .post(upload::post)
        .patch(object::update)
        .delete(object::delete)
        .fallback(refuse::<Object>);
    let root = "/api/apps/{app}/storage/buckets";
    let both = |router: OpenApiRouter<Face>, path: &str, methods: &dyn Fn() -> MethodRouter<Face>| {
        router.route(path, methods()).route(&format!("{path}/"), methods())
    };
    let router = OpenApiRouter::with_openapi(Description::openapi());
    let router = both(router, root, &buckets);
    let router = both(router, &format!("{root}/{{slug}}"), &bucket);
    let router = both(router, &format!("{root}/{{slug}}/objects"), &objects);
    router.route(&format!("{root}/{{slug}}/objects/{{*path}}"), object)
}

/// A kind of address, and what may be done there.
trait Kind {
    const ALLOW: &'static str;
}

/// Declares kinds of addresses with their methods.
macro_rules! kinds {
    ($($kind:ident = $allow:literal),* $(,)?) => {$(
        struct $kind;

        impl Kind for $kind {
            const ALLOW: &'static str = $allow;
        }
    )*};
}

kinds! {
    Buckets = "GET, HEAD, POST",
    Bucket = "GET, HEAD, PATCH, DELETE",
    Objects = "GET, HEAD",
    Object = "GET, HEAD, PUT, POST, PATCH, DELETE",
}

/// A method that an address does not have. Whoever shows no key does not learn even that.
async fn refuse<K: Kind>(State(face): State<Face>, method: Method, headers: HeaderMap) -> Answer {
    face.user(&headers, None).await?;
    Err(Failure::method(&method, K::ALLOW))
}
