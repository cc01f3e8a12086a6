//! Methods on data.

use super::answer::Fields;
use super::bucket::failure;
use super::{Answered, asked};
use crate::door::Face;
use axum::extract::Request;
use engine::model::Privilege;

/// `write_bucket_data`
pub async fn write(face: &Face, request: Request) -> Answered {
    let (caller, params) = asked(face, request).await?;
    caller.need(Privilege::EditBuckets)?;
    let (id, fetch) = (params.bucket()?, params.flag("fetch")?.unwrap_or(false));
    let (patch, named) = (params.json("data"), id.clone());
    let data = face
        .run(move |engine| match patch {
            Some(patch) => engine.data_merge(&caller, &named, &patch),
            // Nothing to write is written; the bucket has to be there all the same.
            None => engine.data_show(&caller, &named),
        })
        .await
        .map_err(|error| failure(error, &id))?;
    Ok(Fields::none().raw("data", if fetch { &data.text } else { "null" }))
}
