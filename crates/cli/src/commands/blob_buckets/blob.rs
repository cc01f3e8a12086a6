//! Blobs in the words of the document: files by their id.

use super::Items;
use crate::commands::file::stage;
use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use crate::text;
use crate::when;
use clap::Args;
use engine::model::{Object, ObjectRef};
use engine::rules::words;
use engine::{Incoming, ListRequest, SignRequest};
use http_face::shown;
use std::path::PathBuf;

/// Blobs asked for at once.
const PAGE: u32 = 1000;

#[derive(Args)]
pub struct Upload {
    /// Key of the bucket
    key: String,
    /// The file
    file: PathBuf,
    /// What it is; Pail looks for itself, and says so if it finds something else
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
    /// JSON object to keep with it, or @FILE with one
    #[arg(long, value_name = "JSON|@FILE")]
    metadata: Option<String>,
}

#[derive(Args)]
pub struct SignedUrl {
    /// Key of the bucket
    key: String,
    /// Id of the blob
    blob: String,
    /// How long it lives: seconds, or 15m, 1h, 7d, which is the longest
    #[arg(long, value_name = "SECONDS", default_value = "3600", value_parser = when::seconds)]
    expires: i64,
}

pub fn list(session: &Session, key: &str) -> Result<(), Failure> {
    let mut request = ListRequest { limit: PAGE, ..ListRequest::default() };
    let mut objects = Vec::new();
    loop {
        let page = session.engine.object_list(&session.caller, key, &request)?;
        objects.extend(page.objects);
        request.after = page.next;
        if request.after.is_none() {
            break;
        }
    }
    if session.json {
        let users = session.engine.user_ids()?;
        let blobs = objects.into_iter().map(|object| shown::Blob::of(object, &users));
        return Ok(output::json(&Items::all(blobs.collect::<Result<Vec<_>, _>>()?))?);
    }
    let mut table = Table::new(&["Blob id", "Size", "Added", "Type", "File name"], &[1]);
    for object in objects {
        let (size, added) = (words::size(object.size), when::minute(object.created));
        table.row([object.id, size, added, object.media_type, object.original_name]);
    }
    Ok(table.print()?)
}

/// A name that is there already does not matter: each upload is a blob of its own.
pub fn upload(session: &Session, upload: &Upload) -> Result<(), Failure> {
    let incoming = Incoming {
        key: stage::name_of(&upload.file)?,
        metadata: upload.metadata.as_deref().map(text::given).transpose()?,
        keep_both: true,
        ..Incoming::default()
    };
    let staged = stage::file(session, &upload.key, &upload.file, incoming)?;
    let put = session.engine.object_commit(&session.caller, vec![staged])?.pop();
    let object = put.expect("one file has one answer").object;
    let found = object.media_type.clone();
    show(session, object)?;
    match &upload.content_type {
        Some(said) if !session.json && !said.eq_ignore_ascii_case(&found) => {
            output::aside(&format!("It is kept as {found}: that is what its content and name say."));
        }
        _ => {}
    }
    Ok(())
}

pub fn sign(session: &Session, sign: &SignedUrl) -> Result<(), Failure> {
    let request = SignRequest { seconds: sign.expires, download: None };
    let blob = ObjectRef::Id(sign.blob.clone());
    let link = session.engine.link_sign(&session.caller, &sign.key, &blob, request)?;
    if session.json {
        return Ok(output::json(&shown::SignedUrl::from(link))?);
    }
    Ok(output::line(&link.url)?)
}

pub fn delete(session: &Session, key: &str, blob: String) -> Result<(), Failure> {
    let deleted = session.engine.object_delete(&session.caller, key, &[ObjectRef::Id(blob)], &[])?;
    for object in deleted {
        if session.json {
            show(session, object)?;
        } else {
            output::line(&format!("“{}” is in the trash", object.original_name))?;
        }
    }
    Ok(())
}

/// The blob as JSON, or its id alone.
fn show(session: &Session, object: Object) -> Result<(), Failure> {
    if session.json {
        return Ok(output::json(&shown::Blob::of(object, &session.engine.user_ids()?)?)?);
    }
    Ok(output::line(&object.id)?)
}
