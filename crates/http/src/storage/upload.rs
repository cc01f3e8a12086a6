//! Uploads to a path: a raw body, or a form with the file and who may read it (E9). Bytes go to the disk as they come.

use super::Answer;
use super::answer::{Detail, Failure, Invalid, json};
use super::asked::Asked;
use super::at::At;
use super::fields::not_a_choice;
use super::model::{self, Object};
use crate::door::Face;
use crate::door::form::Form;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use engine::model::{Bucket, Privilege, Visibility};
use engine::{Caller, Incoming, Staged};

/// Bring an object in
///
/// What is there already gets new content; its former content becomes a version. Its type is decided from content and name.
#[utoipa::path(
    put, path = "/api/apps/{app}/storage/buckets/{slug}/objects/{path}", tag = "storage buckets",
    operation_id = "storage_object_put",
    params(
        ("app" = String, Path, description = "Slug of the workspace"),
        ("slug" = String, Path, description = "Slug of the bucket"),
        ("path" = String, Path, description = "Where it is to lie; slashes stand for themselves"),
    ),
    request_body(content(
        (Vec<u8> = "application/octet-stream"),
        (model::ObjectForm = "multipart/form-data"),
    )),
    responses(
        (status = 200, description = "The object with its new content", body = Object),
        (status = 201, description = "The new object", body = Object),
        (status = 400, description = "The body breaks off, a field is wrong, or a limit refuses", body = Invalid),
        (status = 401, description = "No key, or no living one", body = Detail),
        (status = 403, description = "The key may not write here, or the bucket is switched off", body = Detail),
        (status = 404, description = "No such app or bucket", body = Detail),
        (status = 429, description = "The key asks too often", body = Detail),
    ),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn put(
    State(face): State<Face>,
    At((app, slug, path)): At<(String, String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    upload(&face, app, slug, path, headers, body).await
}

/// Bring an object in, as with PUT
#[utoipa::path(
    post, path = "/api/apps/{app}/storage/buckets/{slug}/objects/{path}", tag = "storage buckets",
    operation_id = "storage_object_post",
    params(
        ("app" = String, Path, description = "Slug of the workspace"),
        ("slug" = String, Path, description = "Slug of the bucket"),
        ("path" = String, Path, description = "Where it is to lie; slashes stand for themselves"),
    ),
    request_body(content(
        (Vec<u8> = "application/octet-stream"),
        (model::ObjectForm = "multipart/form-data"),
    )),
    responses(
        (status = 200, description = "The object with its new content", body = Object),
        (status = 201, description = "The new object", body = Object),
        (status = 400, description = "The body breaks off, a field is wrong, or a limit refuses", body = Invalid),
        (status = 401, description = "No key, or no living one", body = Detail),
        (status = 403, description = "The key may not write here, or the bucket is switched off", body = Detail),
        (status = 404, description = "No such app or bucket", body = Detail),
        (status = 429, description = "The key asks too often", body = Detail),
    ),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn post(
    State(face): State<Face>,
    At((app, slug, path)): At<(String, String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    upload(&face, app, slug, path, headers, body).await
}

async fn upload(
    face: &Face,
    app: String,
    slug: String,
    path: String,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let asked = Asked::user(face, &headers, app).await?;
    let caller = asked.caller;
    caller.need(Privilege::EditBuckets)?;
    let asker = caller.clone();
    let bucket = face.run(move |engine| engine.bucket_by_slug(&asker, &slug)).await?;
    let staged = if Form::is_one(&headers) {
        of_form(face, &caller, &bucket, path, Form::of(&headers, body)?).await?
    } else {
        let incoming = Incoming { key: path, ..Incoming::default() };
        let size = headers.get(header::CONTENT_LENGTH).and_then(|size| size.to_str().ok()?.parse().ok());
        face.stage(&caller, &bucket.id, incoming, &mut body.into_data_stream(), size).await?
    };
    let (puts, numbers) = face
        .run(move |engine| Ok((engine.object_commit(&caller, vec![staged])?, engine.user_numbers()?)))
        .await?;
    // What was staged was committed, or refused before.
    let put = puts.into_iter().next().ok_or_else(Failure::not_found)?;
    let status = if put.replaced { StatusCode::OK } else { StatusCode::CREATED };
    Ok(json(status, &Object::of(put.object, &bucket, &numbers, &asked.site)))
}

/// The file of a form, and who may read it; one may come before the other.
async fn of_form(
    face: &Face,
    caller: &Caller,
    bucket: &Bucket,
    path: String,
    mut form: Form,
) -> Result<Staged, Failure> {
    let (mut file, mut shown_to) = (None, None);
    while let Some(mut part) = form.next().await? {
        match (part.field.as_str(), &part.filename) {
            ("file", Some(_)) if file.is_some() => {
                return Err(Failure::field("file", "A path takes one file. Send each to its own."));
            }
            ("file", Some(_)) => {
                let incoming = Incoming { key: path.clone(), ..Incoming::default() };
                file = Some(face.stage(caller, &bucket.id, incoming, part.pieces(), None).await?);
            }
            ("visibility", None) => shown_to = Some(visibility(&part.text().await?)?),
            // What nobody asks for is read and forgotten.
            _ => {}
        }
    }
    let file = file.ok_or_else(|| Failure::field("file", "No file was submitted."))?;
    Ok(match shown_to {
        Some(visibility) => file.shown_to(visibility),
        None => file,
    })
}

/// A visibility in a form; the document writes it with quotes. Empty and `null` are as the bucket's.
fn visibility(word: &str) -> Result<Option<Visibility>, Failure> {
    match word.trim().trim_matches('"') {
        "" | "null" => Ok(None),
        word => {
            Visibility::named(word).map(Some).ok_or_else(|| Failure::field("visibility", not_a_choice(word)))
        }
    }
}
