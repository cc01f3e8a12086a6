//! One bucket: made, shown, changed, deleted (E3 to E5).

use super::answer::{Detail, Failure, Invalid, Undeleted, done, json};
use super::asked::{Asked, fields};
use super::at::At;
use super::model::{self, Bucket};
use super::{Answer, model::Numbers};
use crate::door::Face;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use engine::model::{Category, Limits, Policy, Privilege, Visibility};
use engine::{Access, BucketChanges, NewBucket};

/// The largest file of a bucket that names no limit: 50 MiB.
const USUAL_LIMIT: u64 = 52_428_800;

/// Create a bucket
///
/// Its slug is made from its name; a slug that is taken gets a number.
#[utoipa::path(
    post, path = "/api/apps/{app}/storage/buckets/", tag = "storage buckets", operation_id = "storage_bucket_create",
    params(("app" = String, Path, description = "Slug of the workspace")),
    request_body = model::NewBucket,
    responses(
        (status = 201, description = "Made", body = Bucket),
        (status = 400, description = "The body cannot be read, or a field is wrong", body = Invalid),
        (status = 401, description = "No key, or no living one", body = Detail),
        (status = 403, description = "The key lacks the privilege", body = Detail),
        (status = 404, description = "No such app", body = Detail),
        (status = 413, description = "The body is over 1 MiB", body = Detail),
        (status = 415, description = "The body is not said to be JSON", body = Detail),
        (status = 429, description = "The key asks too often", body = Detail),
    ),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn create(State(face): State<Face>, At(app): At<String>, headers: HeaderMap, body: Body) -> Answer {
    let asked = Asked::user(&face, &headers, app).await?;
    asked.caller.need(Privilege::CreateBuckets)?;
    let mut fields = fields(&headers, body).await?;
    let title = fields.name(true);
    let category = fields.choice("app_category", true, Category::named);
    let visibility = fields.choice("visibility", false, Visibility::named);
    let limits = Limits {
        file_size_limit: Some(fields.bytes("file_size_limit").unwrap_or(USUAL_LIMIT)),
        allowed_mime_types: fields.types("allowed_mime_types").unwrap_or_default(),
        ..Limits::default()
    };
    fields.finish()?;
    let policy = match visibility {
        Some(Visibility::Public) => Policy::Public,
        Some(Visibility::Private) | None => Policy::Private,
    };
    let new = NewBucket {
        title: title.unwrap_or_default(),
        category,
        limits,
        access: Access { policy: Some(policy), ..Access::default() },
        ..NewBucket::default()
    };
    let caller = asked.caller;
    shown(&face, StatusCode::CREATED, move |engine| engine.bucket_create(&caller, new)).await
}

/// Show a bucket
#[utoipa::path(
    get, path = "/api/apps/{app}/storage/buckets/{slug}/", tag = "storage buckets",
    operation_id = "storage_bucket_show",
    params(
        ("app" = String, Path, description = "Slug of the workspace"),
        ("slug" = String, Path, description = "Slug of the bucket"),
    ),
    responses(
        (status = 200, description = "The bucket", body = Bucket),
        (status = 401, description = "No key, or no living one", body = Detail),
        (status = 403, description = "The key may not look into it, or it is switched off", body = Detail),
        (status = 404, description = "No such app or bucket", body = Detail),
        (status = 429, description = "The key asks too often", body = Detail),
    ),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn show(
    State(face): State<Face>,
    At((app, slug)): At<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let caller = Asked::user(&face, &headers, app).await?.caller;
    shown(&face, StatusCode::OK, move |engine| engine.bucket_by_slug(&caller, &slug)).await
}

/// Change a bucket
///
/// `private` takes only the public out; a bucket that is not public stays as closed as it is.
#[utoipa::path(
    patch, path = "/api/apps/{app}/storage/buckets/{slug}/", tag = "storage buckets",
    operation_id = "storage_bucket_update",
    params(
        ("app" = String, Path, description = "Slug of the workspace"),
        ("slug" = String, Path, description = "Slug of the bucket"),
    ),
    request_body = model::BucketPatch,
    responses(
        (status = 200, description = "The bucket as it is now", body = Bucket),
        (status = 400, description = "The body cannot be read, or a field is wrong", body = Invalid),
        (status = 401, description = "No key, or no living one", body = Detail),
        (status = 403, description = "The key may not change it, or it is switched off", body = Detail),
        (status = 404, description = "No such app or bucket", body = Detail),
        (status = 413, description = "The body is over 1 MiB", body = Detail),
        (status = 415, description = "The body is not said to be JSON", body = Detail),
        (status = 429, description = "The key asks too often", body = Detail),
    ),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn update(
    State(face): State<Face>,
    At((app, slug)): At<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let caller = Asked::user(&face, &headers, app).await?.caller;
    caller.need(Privilege::EditBuckets)?;
    let (asker, named) = (caller.clone(), slug.clone());
    let bucket = face.run(move |engine| engine.bucket_by_slug(&asker, &named)).await?;
    let mut fields = fields(&headers, body).await?;
    let title = fields.name(false);
    let category = fields.choice("app_category", false, Category::named);
    let visibility = fields.choice("visibility", false, Visibility::named);
    let file_size_limit = fields.bytes("file_size_limit");
    let allowed_mime_types = fields.types("allowed_mime_types");
    fields.finish()?;
    let change = move |bucket: &engine::model::Bucket| {
        let policy = visibility.filter(|wanted| *wanted != model::visibility(bucket.policy));
        let policy = policy.map(|wanted| match wanted {
            Visibility::Public => Policy::Public,
            Visibility::Private => Policy::Private,
        });
        let limits = Limits {
            file_size_limit: file_size_limit.or(bucket.limits.file_size_limit),
            allowed_mime_types: allowed_mime_types.unwrap_or(bucket.limits.allowed_mime_types.clone()),
            ..bucket.limits.clone()
        };
        BucketChanges {
            title,
            category,
            limits: Some(limits),
            access: Access { policy, ..Access::default() },
            ..BucketChanges::default()
        }
    };
    shown(&face, StatusCode::OK, move |engine| engine.bucket_update_with(&caller, &bucket.id, change)).await
}

/// Delete a bucket with all its objects, for good
#[utoipa::path(
    delete, path = "/api/apps/{app}/storage/buckets/{slug}/", tag = "storage buckets",
    operation_id = "storage_bucket_delete",
    params(
        ("app" = String, Path, description = "Slug of the workspace"),
        ("slug" = String, Path, description = "Slug of the bucket"),
    ),
    responses(
        (status = 204, description = "Gone. HTTP allows no body here"),
        (status = 401, description = "No key, or no living one", body = Detail),
        (status = 403, description = "The key may not delete it, or it is switched off", body = Detail),
        (status = 404, description = "No such app or bucket", body = Detail),
        (status = 429, description = "The key asks too often", body = Detail),
        (status = 500, description = "It could not be deleted, and is as it was", body = Undeleted),
    ),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn delete(
    State(face): State<Face>,
    At((app, slug)): At<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let caller = Asked::user(&face, &headers, app).await?.caller;
    caller.need(Privilege::DeleteBuckets)?;
    let asker = caller.clone();
    let bucket = face.run(move |engine| engine.bucket_by_slug(&asker, &slug)).await?;
    let erased = face.run(move |engine| engine.bucket_erase(&caller, &bucket.id)).await;
    match erased.map_err(Failure::from) {
        Ok(_) => Ok(done()),
        Err(failure) if failure.is_fault() => Err(Failure::undeleted(&bucket.title)),
        Err(failure) => Err(failure),
    }
}

/// Does something that gives a bucket, and shows it.
async fn shown(
    face: &Face,
    status: StatusCode,
    work: impl FnOnce(&engine::Engine) -> engine::Result<engine::model::Bucket> + Send + 'static,
) -> Answer {
    let (bucket, numbers): (_, Numbers) =
        face.run(move |engine| Ok((work(engine)?, engine.user_numbers()?))).await?;
    Ok(json(status, &Bucket::of(bucket, &numbers)))
}
