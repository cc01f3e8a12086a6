//! Methods on files.

use super::answer::{Failure, Fields};
use super::bucket::failure;
use super::model::File;
use super::params::Params;
use super::{Answered, asked};
use crate::door::Face;
use crate::door::form::{Form, Part};
use crate::door::spool::Spooled;
use axum::extract::Request;
use engine::model::{ObjectRef, Privilege};
use engine::{Caller, Code, Engine, Error, Incoming, ListRequest};
use std::collections::BTreeMap;

/// All files of a bucket, by name.
pub fn all(engine: &Engine, caller: &Caller, bucket: &str) -> engine::Result<Vec<File>> {
    let mut request = ListRequest { limit: 1000, ..ListRequest::default() };
    let mut files = Vec::new();
    loop {
        let page = engine.object_list(caller, bucket, &request)?;
        files.extend(page.objects.into_iter().map(File::from));
        match page.next {
            Some(next) => request.after = Some(next),
            None => return Ok(files),
        }
    }
}

/// `upload_bucket_files`
pub async fn upload(face: &Face, request: Request) -> Answered {
    let (head, body) = request.into_parts();
    let mut params = Params::of_query(head.uri.query())?;
    let key = params.take("api_key");
    let caller = face.user(&head.headers, key.as_deref()).await?;
    caller.need(Privilege::EditBuckets)?;
    let mut form = Form::of(&head.headers, body)?;
    let mut bucket = params.bucket_of_form()?;
    let mut staged = Vec::new();
    // What a file is held to is its bucket's: those that come before it is named wait outside.
    let mut spool = face.spool.form();
    let mut waiting: Vec<(Incoming, String, Spooled)> = Vec::new();
    while let Some(mut part) = form.next().await? {
        match (&part.filename, &bucket) {
            (None, _) => {
                let field = part.field.clone();
                let text = part.text().await?;
                if bucket.is_none() && (field == "id" || field == "bucket") {
                    bucket = Some(text);
                }
            }
            (Some(_), None) => {
                let spooled = spool.take(part.pieces()).await?;
                waiting.push((incoming(&part), part.field, spooled));
            }
            (Some(_), Some(bucket)) => {
                let (incoming, field) = (incoming(&part), part.field.clone());
                let one = face.stage(&caller, bucket, incoming, part.pieces(), None).await;
                staged.push(one.map_err(|error| upload_failure(error, bucket, &field))?);
            }
        }
    }
    let bucket = bucket.ok_or_else(|| Failure::missing("id"))?;
    for (incoming, field, mut spooled) in waiting {
        let (caller, named) = (caller.clone(), bucket.clone());
        let one = face
            .run(move |engine| {
                let size = Some(spooled.size());
                engine.object_stage(&caller, &named, incoming, &mut spooled.file, size)
            })
            .await;
        staged.push(one.map_err(|error| upload_failure(error, &bucket, &field))?);
    }
    let named = bucket.clone();
    let files = face
        .run(move |engine| {
            engine.object_commit(&caller, staged)?;
            all(engine, &caller, &named)
        })
        .await
        .map_err(|error| upload_failure(error, &bucket, ""))?;
    Ok(Fields::none().with("files", &files))
}

fn incoming(part: &Part) -> Incoming {
    let name = part.filename.as_deref().unwrap_or_default();
    // Only the last segment: a form names files, not places.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    Incoming { key: name.to_owned(), ..Incoming::default() }
}

fn upload_failure(error: Error, bucket: &str, field: &str) -> Failure {
    match error.code() {
        Code::TooLarge => {
            Failure::new("bucket", "One or more of the files exceed the maximum allowed bucket file size.")
        }
        Code::TooManyFiles => Failure::new(
            "bucket",
            "Failed to process uploaded files: Error: The bucket has reached its maximum number of allowed files.",
        ),
        Code::InvalidName => Failure::new(
            "api",
            format!("File '{field}' is missing required name property, or name is invalid."),
        ),
        _ => failure(error, bucket),
    }
}

/// `delete_bucket_file`
pub async fn delete(face: &Face, request: Request) -> Answered {
    let (caller, params) = asked(face, request).await?;
    caller.need(Privilege::EditBuckets)?;
    let id = params.bucket()?;
    let criteria = params.others(&["id"]);
    if criteria.is_empty() {
        return Err(Failure::new("bucket", "No criteria specified to locate file."));
    }
    let named = id.clone();
    let wanted = criteria.clone();
    let found = face
        .run(move |engine| {
            let Some(file) = find(&all(engine, &caller, &named)?, &wanted) else { return Ok(false) };
            let file = [ObjectRef::Id(file)];
            engine.object_delete(&caller, &named, &file, &[])?;
            engine.object_purge(&caller, &named, &file)?;
            Ok(true)
        })
        .await
        .map_err(|error| failure(error, &id))?;
    if found {
        return Ok(Fields::none());
    }
    let pairs: Vec<String> = criteria.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    let description = format!("Failed to delete bucket file: Bucket file not found: {{{}}}", pairs.join(","));
    Err(Failure::new("bucket", description))
}

/// The id of the first file that meets all criteria.
fn find(files: &[File], criteria: &BTreeMap<String, String>) -> Option<String> {
    let meets = |file: &&File| {
        let facts = serde_json::to_value(file).unwrap_or_default();
        criteria.iter().all(|(name, wanted)| {
            // A query says numbers and texts alike.
            let wanted: serde_json::Value = serde_json::from_str(wanted).unwrap_or_default();
            facts.get(name).is_some_and(|fact| *fact == wanted || plain(fact) == plain(&wanted))
        })
    };
    let file = files.iter().find(meets)?;
    serde_json::to_value(file).ok()?.get("id")?.as_str().map(str::to_owned)
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `empty_bucket`
pub async fn empty(face: &Face, request: Request) -> Answered {
    let (caller, params) = asked(face, request).await?;
    caller.need(Privilege::EditBuckets)?;
    let id = params.bucket()?;
    let (files, data) = (params.flag("files")?.unwrap_or(false), params.flag("data")?.unwrap_or(false));
    if !files && !data {
        return Err(Failure::new("bucket", "Please specify files and/or data to empty from bucket."));
    }
    let named = id.clone();
    face.run(move |engine| {
        let gone = engine.bucket_empty(&caller, &named, files, data)?;
        let gone: Vec<ObjectRef> = gone.into_iter().map(|object| ObjectRef::Id(object.id)).collect();
        engine.object_purge(&caller, &named, &gone)
    })
    .await
    .map_err(|error| failure(error, &id))?;
    Ok(Fields::none())
}
