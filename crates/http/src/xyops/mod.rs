//! The API of xyOps buckets (features A1 to A13): `/api/app/<method>/v1`.
//!
//! Every answer is an envelope: `{"code":0, …}`, or `{"code":"bucket","description":"…"}` with a status by its code where the
//! address names a version, and with 200 where it names none.
//!
//! Where the original is careless, this is not: a disabled bucket refuses, a caller's own list of files is ignored, data must
//! be an object to be merged, a batch over a limit leaves nothing behind, types are held to.

mod answer;
mod bucket;
mod data;
mod files;
mod model;
mod params;

use crate::door::Face;
use answer::{Failure, Fields};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::Response;
use params::Params;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What a method answers: what goes into the envelope beside the code.
type Answered = Result<Fields, Failure>;

/// Those that change something.
const WRITES: [&str; 7] = [
    "create_bucket",
    "update_bucket",
    "delete_bucket",
    "write_bucket_data",
    "upload_bucket_files",
    "delete_bucket_file",
    "empty_bucket",
];

crate::door::at::at!(Response, answer::unsupported("?"));

/// What stands in the description besides the methods.
#[derive(OpenApi)]
#[openapi(
    tags((
        name = TAG,
        description = "Every answer is an envelope with `code` 0, or with the kind of a refusal and its `description`. A key \
            goes into the header, the query or the body. What reads is also a GET with a query. Every method has other \
            versions (`/v2`), and none: without one, refusals have status 200 too.",
    )),
    components(schemas(answer::Refused)),
    modifiers(&KeyInQuery),
)]
struct Description;

const TAG: &str = "xyOps buckets";

/// The way to show a key that this API alone has.
struct KeyInQuery;

impl Modify for KeyInQuery {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let components = description.components.get_or_insert_with(Default::default);
        let key = ApiKeyValue::with_description(
            "api_key",
            "The same key; the body may have it under this name too",
        );
        components.add_security_scheme("api_key", SecurityScheme::ApiKey(ApiKey::Query(key)));
    }
}

/// All methods, with and without a version.
pub fn routes() -> OpenApiRouter<Face> {
    let documented = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(get_buckets, get_buckets_by_query))
        .routes(routes!(get_bucket, get_bucket_by_query))
        .routes(routes!(create_bucket))
        .routes(routes!(update_bucket))
        .routes(routes!(delete_bucket))
        .routes(routes!(write_bucket_data))
        .routes(routes!(upload_bucket_files))
        .routes(routes!(delete_bucket_file))
        .routes(routes!(empty_bucket));
    // What is documented in version 1 has other versions, and none.
    let with_get = WRITES.into_iter().fold(documented, |router, method| {
        let refused = move |state: State<Face>, request: Request| call(state.0, method, true, request);
        router.route(&format!("/api/app/{method}/v1"), axum::routing::get(refused))
    });
    with_get
        .route("/api/app/{method}", axum::routing::any(unversioned))
        .route("/api/app/{method}/{version}", axum::routing::any(versioned))
}

async fn unversioned(state: State<Face>, At(method): At<String>, request: Request) -> Response {
    call(state.0, &method, false, request).await
}

async fn versioned(
    state: State<Face>,
    At((method, version)): At<(String, String)>,
    request: Request,
) -> Response {
    let numbered = version.strip_prefix('v').is_some_and(|number| number.parse::<u16>().is_ok());
    if numbered { call(state.0, &method, true, request).await } else { answer::unsupported(&method) }
}

/// Calls a method by name and wraps its answer.
async fn call(face: Face, method: &str, versioned: bool, request: Request) -> Response {
    let answered = match method {
        writes if WRITES.contains(&writes) && request.method() != Method::POST => {
            no_post(&face, request).await
        }
        "get_buckets" => bucket::list(&face, request).await,
        "get_bucket" => bucket::get(&face, request).await,
        "create_bucket" => bucket::create(&face, request).await,
        "update_bucket" => bucket::update(&face, request).await,
        "delete_bucket" => bucket::delete(&face, request).await,
        "write_bucket_data" => data::write(&face, request).await,
        "upload_bucket_files" => files::upload(&face, request).await,
        "delete_bucket_file" => files::delete(&face, request).await,
        "empty_bucket" => files::empty(&face, request).await,
        other => return answer::unsupported(other),
    };
    answer::envelope(answered, versioned)
}

/// What writes is a POST: of a GET a browser does not tell from which page it comes. Only whoever has a key learns that.
async fn no_post(face: &Face, request: Request) -> Answered {
    let (head, _) = request.into_parts();
    let key = Params::of_query(head.uri.query())?.take("api_key");
    face.user(&head.headers, key.as_deref()).await?;
    Err(Failure::new("api", "This method changes something. Send it as a POST."))
}

/// Declares the documented form of a method of version 1: a POST with JSON, or a GET.
macro_rules! method {
    ($(#[$meta:meta])* $verb:ident $name:ident = $method:literal, $path:literal, ($($params:tt)*), ($($body:tt)*), $answer:ty) => {
        $(#[$meta])*
        #[utoipa::path(
            $verb,
            path = $path,
            tag = TAG,
            params($($params)*),
            $($body)*
            responses((status = 200, description = "Done", body = $answer), answer::Refused),
            security(("key" = []), ("bearer" = []), ("api_key" = []))
        )]
        async fn $name(state: State<Face>, request: Request) -> Response {
            call(state.0, $method, true, request).await
        }
    };
}

method! {
    /// All buckets, without data and files.
    post get_buckets = "get_buckets", "/api/app/get_buckets/v1", (), (request_body = model::Nothing,), model::Buckets
}
method! {
    /// All buckets, without data and files.
    get get_buckets_by_query = "get_buckets", "/api/app/get_buckets/v1", (), (), model::Buckets
}
method! {
    /// One bucket with its data and files.
    post get_bucket = "get_bucket", "/api/app/get_bucket/v1",
    (("id" = Option<String>, Query, description = "The bucket, if the body does not name it")),
    (request_body = model::Which,), model::Whole
}
method! {
    /// One bucket with its data and files.
    get get_bucket_by_query = "get_bucket", "/api/app/get_bucket/v1",
    (("id" = String, Query, description = "The bucket")), (), model::Whole
}
method! {
    /// Make a bucket.
    post create_bucket = "create_bucket", "/api/app/create_bucket/v1", (), (request_body = model::Create,), model::Made
}
method! {
    /// Change some properties of a bucket; `data` replaces the whole document.
    post update_bucket = "update_bucket", "/api/app/update_bucket/v1", (), (request_body = model::Update,), model::Done
}
method! {
    /// Delete a bucket with its data and files, for good.
    post delete_bucket = "delete_bucket", "/api/app/delete_bucket/v1", (), (request_body = model::Id,), model::Done
}
method! {
    /// Merge an object into a bucket's data, one level deep. No merge is lost, whoever else is writing.
    post write_bucket_data = "write_bucket_data", "/api/app/write_bucket_data/v1",
    (("id" = Option<String>, Query, description = "The bucket, if the body does not name it")),
    (request_body = model::Write,), model::Written
}
method! {
    /// Bring files in, each as a part of a form; the field names do not matter. All of them come in, or none.
    post upload_bucket_files = "upload_bucket_files", "/api/app/upload_bucket_files/v1",
    (("id" = Option<String>, Query, description = "The bucket, if no field names it")),
    (request_body(content = model::Upload, content_type = "multipart/form-data"),), model::Files
}
method! {
    /// Delete the first file that meets all criteria, for good.
    post delete_bucket_file = "delete_bucket_file", "/api/app/delete_bucket_file/v1",
    (("id" = Option<String>, Query, description = "The bucket, if the body does not name it")),
    (request_body = model::Criteria,), model::Done
}
method! {
    /// Empty a bucket of its files, its data, or both, for good.
    post empty_bucket = "empty_bucket", "/api/app/empty_bucket/v1",
    (("id" = Option<String>, Query, description = "The bucket, if the body does not name it")),
    (request_body = model::Empty,), model::Done
}

/// Reads the parameters of a request and finds out who asks.
async fn asked(face: &Face, request: Request) -> Result<(engine::Caller, Params), Failure> {
    let (head, body) = request.into_parts();
    let mut params = Params::of_query(head.uri.query())?;
    let in_query = params.take("api_key");
    // A key in the head or the query is looked at before the body: nobody unknown sends a large one.
    let known = crate::door::caller::secret(&head.headers).is_some() || in_query.is_some();
    if known {
        let caller = face.user(&head.headers, in_query.as_deref()).await?;
        params.read_body(&head.headers, body, params::LARGE).await?;
        params.take("api_key");
        return Ok((caller, params));
    }
    params.read_body(&head.headers, body, params::SMALL).await?;
    let in_body = params.take("api_key");
    Ok((face.user(&head.headers, in_body.as_deref()).await?, params))
}
