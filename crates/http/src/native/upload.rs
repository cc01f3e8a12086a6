//! Uploads: the raw bytes with what is said of them in the query and a header, or a form. An upload never replaces what
//! has its name, unless it is asked to.

use super::answer::{Answer, Refused, json};
use super::request::{self, At};
use super::shown::{Blob, BlobVisibility, Bytes};
use crate::door::form::{Form, Part};
use crate::door::{Face, unreadable};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use engine::{Caller, Incoming, Result, Staged};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use utoipa::ToSchema;

/// Metadata in JSON: as base64url, percent-encoded, or as it is.
const METADATA: &str = "x-blob-metadata";

/// What is said of an upload besides its bytes.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    filename: Option<String>,
    folder: Option<String>,
    visibility: Option<BlobVisibility>,
    #[serde(default)]
    replace: bool,
    #[serde(skip)]
    metadata: Option<String>,
}

/// An upload as a form. The file comes last.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it tells the form's fields to whoever reads the description")]
#[schema(rename_all = "camelCase")]
pub struct BlobForm {
    /// What the file is called; left out, as its part says.
    filename: Option<String>,
    /// A hint; the type is decided from content and name.
    content_type: Option<String>,
    /// A JSON object of at most 8 KB.
    metadata: Option<String>,
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Bring a blob in
///
/// The body is the file itself, or a form. Where a rule of the bucket lets anybody write, no key is needed. When this
/// answers, the blob is durable.
#[utoipa::path(
    post, path = "/api/buckets/v1/buckets/{key}/blobs", tag = "blobs", operation_id = "native_blob_upload",
    params(
        ("key" = String, Path, description = "Key or id of the bucket"),
        ("filename" = Option<String>, Query, description = "What the file is called. A raw body needs it"),
        ("folder" = Option<String>, Query, description = "Where it goes"),
        ("contentType" = Option<String>, Query, description = "A hint; the type is decided from content and name"),
        ("visibility" = Option<BlobVisibility>, Query, description = "Who may read it"),
        ("replace" = Option<bool>, Query, description = "Become a new version of what has its name, instead of `name-2.ext`"),
        ("X-Blob-Metadata" = Option<String>, Header, description = "A JSON object of at most 8 KB, as base64url or percent-encoded"),
    ),
    request_body(content((inline(Bytes) = "application/octet-stream"), (BlobForm = "multipart/form-data"))),
    responses((status = 201, description = "It is there", body = Blob), Refused),
    security((), ("key" = []), ("bearer" = [])),
)]
pub async fn upload(
    State(face): State<Face>,
    At(key): At<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let caller = face.caller(&headers, None).await?;
    let mut said: Said = request::query(&uri)?;
    said.metadata = headers.get(METADATA).map(|value| metadata(value.as_bytes())).transpose()?;
    let staged = if Form::is_one(&headers) {
        form(&face, &caller, &key, said, Form::of(&headers, body)?).await?
    } else {
        let size = headers.get(header::CONTENT_LENGTH).and_then(|size| size.to_str().ok()?.parse().ok());
        let incoming = said.incoming(None)?;
        face.stage(&caller, &key, incoming, &mut body.into_data_stream(), size).await?
    };
    let blob = face
        .run(move |engine| {
            let put = engine.object_commit(&caller, vec![staged])?.into_iter().next();
            let put = put.ok_or_else(|| unreadable("it holds no file"))?;
            Blob::of(put.object, &engine.user_ids()?)
        })
        .await?;
    Ok(json(StatusCode::CREATED, &blob))
}

/// Reads a form to its end; its one file is staged on the way.
async fn form(face: &Face, caller: &Caller, key: &str, mut said: Said, mut form: Form) -> Result<Staged> {
    let mut staged = None;
    while let Some(part) = form.next().await? {
        if staged.is_some() {
            return Err(unreadable(format!(
                "the field “{}” comes after the file, which is the last",
                part.field
            )));
        }
        match part.field.as_str() {
            "file" => staged = Some(file(face, caller, key, &said, part).await?),
            "filename" => said.filename = Some(part.text().await?),
            "metadata" => said.metadata = Some(part.text().await?),
            "contentType" => drop(part.text().await?),
            other => return Err(unreadable(format!("there is no field “{other}”"))),
        }
    }
    staged.ok_or_else(|| unreadable("it has no field “file”"))
}

async fn file(face: &Face, caller: &Caller, key: &str, said: &Said, mut part: Part) -> Result<Staged> {
    let incoming = said.incoming(part.filename.as_deref())?;
    face.stage(caller, key, incoming, part.pieces(), None).await
}

impl Said {
    /// What it becomes; `named` is what the form calls the file.
    fn incoming(&self, named: Option<&str>) -> Result<Incoming> {
        let filename = self.filename.as_deref().or(named).unwrap_or_default();
        // A name has no folders in it, whatever the client sends.
        let name = engine::rules::name::original(filename);
        if name.is_empty() {
            return Err(unreadable("filename is missing"));
        }
        let folder = self.folder.as_deref().unwrap_or_default().trim_matches('/');
        Ok(Incoming {
            key: if folder.is_empty() { name } else { format!("{folder}/{name}") },
            metadata: self.metadata.clone(),
            visibility: self.visibility.map(Into::into),
            keep_both: !self.replace,
        })
    }
}

/// The metadata in a header.
fn metadata(value: &[u8]) -> Result<String> {
    let wrong = || unreadable("X-Blob-Metadata is no JSON in base64url or percent-encoded");
    let text = std::str::from_utf8(value).map_err(|_| wrong())?.trim();
    if text.starts_with('{') {
        return Ok(text.to_owned());
    }
    if text.starts_with('%') {
        return percent_decode_str(text).decode_utf8().map(Into::into).map_err(|_| wrong());
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).or_else(|_| URL_SAFE.decode(text)).map_err(|_| wrong())?;
    String::from_utf8(bytes).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_read_in_each_of_its_forms() {
        for value in ["{\"a\":1}", "%7B%22a%22%3A1%7D", "eyJhIjoxfQ", "eyJhIjoxfQ=="] {
            assert_eq!(metadata(value.as_bytes()).unwrap(), "{\"a\":1}", "{value}");
        }
        for value in ["%ff", "=", "é", "a b"] {
            assert!(metadata(value.as_bytes()).is_err(), "{value}");
        }
    }
}
