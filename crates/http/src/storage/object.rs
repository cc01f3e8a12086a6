//! Objects by their paths: listed, read, changed, deleted (E8, E9). Public ones are read by anybody.

use super::Answer;
use super::answer::{Detail, Failure, Invalid, done, json};
use super::asked::{Asked, fields};
use super::at::At;
use super::model::{self, Object, Objects};
use super::pages::Wanted;
use super::query::Query;
use crate::door::Face;
use crate::links;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use engine::model::{ObjectRef, ObjectSort, Visibility};
use engine::{ListRequest, ObjectChanges};

/// List the objects of a bucket
///
/// Those that the key may read.
#[utoipa::path(
    get, path = "/api/apps/{app}/storage/buckets/{slug}/objects/", tag = "storage buckets",
    operation_id = "storage_object_list",
    params(
        ("app" = String, Path, description = "Slug of the workspace"),
        ("slug" = String, Path, description = "Slug of the bucket"),
        ("search" = Option<String>, Query, description = "What path or original name contains"),
        ("ordering" = Option<String>, Query,
            description = "`path`, `name`, `size`, `content_type`, `updated_at`, with `-` for descending; else `path`"),
        ("page" = Option<String>, Query, description = "From 1 on, or `last`"),
        ("page_size" = Option<u64>, Query, minimum = 1, description = "100 if nothing is said, 1000 at most"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Objects),
        (status = 400, description = "A parameter cannot be", body = Invalid),
        (status = 401, description = "No key, or no living one", body = Detail),
        (status = 403, description = "The key may not look into it, or it is switched off", body = Detail),
        (status = 404, description = "No such app or bucket, or no such page", body = Detail),
        (status = 429, description = "The key asks too often", body = Detail),
    ),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn list(
    State(face): State<Face>,
    At((app, slug)): At<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Answer {
    let asked = Asked::user(&face, &headers, app).await?;
    let query = Query::of(uri.query());
    let wanted = Wanted::read(&query)?;
    let (sort, descending) = ordering(query.get("ordering").unwrap_or_default());
    let text = query.get("search").map(str::to_owned);
    let (offset, limit) = wanted.guess();
    let mut request = ListRequest { text, sort, descending, offset, limit, ..ListRequest::default() };
    let caller = asked.caller;
    let found = face
        .run(move |engine| {
            let bucket = engine.bucket_by_slug(&caller, &slug)?;
            let mut page = engine.object_list(&caller, &bucket.id, &request)?;
            let place = wanted.among(page.total);
            // The last page is known only when it is known how many there are.
            if let Ok(place) = &place
                && place.offset != request.offset
            {
                request.offset = place.offset;
                page = engine.object_list(&caller, &bucket.id, &request)?;
            }
            Ok(place.map(|place| (bucket, page, place, engine.user_numbers())))
        })
        .await?;
    let (bucket, page, place, numbers) = found?;
    let numbers = numbers?;
    let (next, previous) = place.links(&asked.site, uri.path(), &query);
    let shown = |object| Object::of(object, &bucket, &numbers, &asked.site);
    let results = page.objects.into_iter().map(shown).collect();
    Ok(json(StatusCode::OK, &Objects { count: page.total, next, previous, results }))
}

fn ordering(field: &str) -> (ObjectSort, bool) {
    let (field, descending) = field.strip_prefix('-').map_or((field, false), |field| (field, true));
    match field {
        "size" => (ObjectSort::Size, descending),
        "content_type" => (ObjectSort::Type, descending),
        "updated_at" => (ObjectSort::Date, descending),
        "path" | "name" => (ObjectSort::Name, descending),
        _ => (ObjectSort::Name, false),
    }
}

/// Read an object
///
/// With `Range`, a part of it. `ETag` and `Last-Modified` are validators. What a browser could run is offered as a download
/// only. A public object needs no key, nor does one of a public bucket that is not private itself.
#[utoipa::path(
    get, path = "/api/apps/{app}/storage/buckets/{slug}/objects/{path}", tag = "storage buckets",
    operation_id = "storage_object_read",
    params(
        ("app" = String, Path, description = "Slug of the workspace"),
        ("slug" = String, Path, description = "Slug of the bucket"),
        ("path" = String, Path, description = "Where it lies; slashes stand for themselves"),
        ("download" = Option<String>, Query, description = "Offer it for download, under this name if it is one"),
        ("Range" = Option<String>, Header, description = "`bytes=0-99`; several ranges are answered with the whole"),
    ),
    responses(
        (status = 200, description = "The whole", content_type = "*/*", body = Vec<u8>),
        (status = 206, description = "The part that was asked for", content_type = "*/*", body = Vec<u8>),
        (status = 304, description = "What the asker has is still it"),
        (status = 401, description = "It is not public, and there is no key, or no living one", body = Detail),
        (status = 403, description = "The key may not read it, or the bucket is switched off", body = Detail),
        (status = 404, description = "No such app, bucket or object", body = Detail),
        (status = 416, description = "The range begins after the end"),
        (status = 429, description = "The key asks too often", body = Detail),
    ),
    security((), ("key" = []), ("bearer" = [])),
)]
pub async fn read(
    State(face): State<Face>,
    At((app, slug, path)): At<(String, String, String)>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Answer {
    let asked = Asked::anyone(&face, &headers, app).await?;
    let bucket = asked.bucket_id(&face, slug).await?;
    let key = key(&path)?;
    let (object, content) = face.run(move |engine| engine.object_open(&asked.caller, &bucket, &key)).await?;
    Ok(links::answer(&object, content.into(), &method, uri.query(), &headers).await)
}

/// Read the headers of an object
#[utoipa::path(
    head, path = "/api/apps/{app}/storage/buckets/{slug}/objects/{path}", tag = "storage buckets",
    operation_id = "storage_object_head",
    params(
        ("app" = String, Path, description = "Slug of the workspace"),
        ("slug" = String, Path, description = "Slug of the bucket"),
        ("path" = String, Path, description = "Where it lies; slashes stand for themselves"),
    ),
    responses(
        (status = 200, description = "The headers of the whole"),
        (status = 304, description = "What the asker has is still it"),
        (status = 401, description = "It is not public, and there is no key, or no living one"),
        (status = 403, description = "The key may not read it, or the bucket is switched off"),
        (status = 404, description = "No such app, bucket or object"),
        (status = 429, description = "The key asks too often"),
    ),
    security((), ("key" = []), ("bearer" = [])),
)]
pub async fn head(
    face: State<Face>,
    at: At<(String, String, String)>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Answer {
    read(face, at, method, uri, headers).await
}

/// Change who may read an object, or its metadata
#[utoipa::path(
    patch, path = "/api/apps/{app}/storage/buckets/{slug}/objects/{path}", tag = "storage buckets",
    operation_id = "storage_object_update",
    params(
        ("app" = String, Path, description = "Slug of the workspace"),
        ("slug" = String, Path, description = "Slug of the bucket"),
        ("path" = String, Path, description = "Where it lies; slashes stand for themselves"),
    ),
    request_body = model::ObjectPatch,
    responses(
        (status = 200, description = "The object as it is now", body = Object),
        (status = 400, description = "The body cannot be read, or a field is wrong", body = Invalid),
        (status = 401, description = "No key, or no living one", body = Detail),
        (status = 403, description = "The key may not change it, or the bucket is switched off", body = Detail),
        (status = 404, description = "No such app, bucket or object", body = Detail),
        (status = 413, description = "The body is over 1 MiB", body = Detail),
        (status = 415, description = "The body is not said to be JSON", body = Detail),
        (status = 429, description = "The key asks too often", body = Detail),
    ),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn update(
    State(face): State<Face>,
    At((app, slug, path)): At<(String, String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let asked = Asked::user(&face, &headers, app).await?;
    let (caller, key) = (asked.caller, key(&path)?);
    let mut fields = fields(&headers, body).await?;
    let visibility = fields.choice_or_null("visibility", Visibility::named);
    let metadata = fields.json("metadata");
    fields.finish()?;
    let (object, bucket, numbers) = face
        .run(move |engine| {
            let bucket = engine.bucket_by_slug(&caller, &slug)?;
            let changes = ObjectChanges { metadata, visibility };
            let object = engine.object_update(&caller, &bucket.id, &key, changes)?;
            Ok((object, bucket, engine.user_numbers()?))
        })
        .await?;
    Ok(json(StatusCode::OK, &Object::of(object, &bucket, &numbers, &asked.site)))
}

/// Delete an object with all its versions, for good
#[utoipa::path(
    delete, path = "/api/apps/{app}/storage/buckets/{slug}/objects/{path}", tag = "storage buckets",
    operation_id = "storage_object_delete",
    params(
        ("app" = String, Path, description = "Slug of the workspace"),
        ("slug" = String, Path, description = "Slug of the bucket"),
        ("path" = String, Path, description = "Where it lies; slashes stand for themselves"),
    ),
    responses(
        (status = 204, description = "Gone"),
        (status = 401, description = "No key, or no living one", body = Detail),
        (status = 403, description = "The key may not delete it, or the bucket is switched off", body = Detail),
        (status = 404, description = "No such app, bucket or object", body = Detail),
        (status = 429, description = "The key asks too often", body = Detail),
    ),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn delete(
    State(face): State<Face>,
    At((app, slug, path)): At<(String, String, String)>,
    headers: HeaderMap,
) -> Answer {
    let asked = Asked::user(&face, &headers, app).await?;
    let bucket = asked.bucket_id(&face, slug).await?;
    let key = key(&path)?;
    face.run(move |engine| {
        let gone = engine.object_delete(&asked.caller, &bucket, &[key], &[])?;
        let gone: Vec<ObjectRef> = gone.into_iter().map(|object| ObjectRef::Id(object.id)).collect();
        engine.object_purge(&asked.caller, &bucket, &gone)
    })
    .await?;
    Ok(done())
}

/// The object of a path, whose segments are normalised as those of names are. At a path that cannot be there is nothing.
fn key(path: &str) -> Result<ObjectRef, Failure> {
    let (folder, name) = engine::rules::name::key(path).map_err(|_| Failure::not_found())?;
    Ok(ObjectRef::Key(if folder.is_empty() { name } else { format!("{folder}/{name}") }))
}
