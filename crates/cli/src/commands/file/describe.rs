//! What is said of a file besides its content: metadata and visibility.

use super::key;
use crate::choices::{Visibility, word};
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use crate::text;
use api::wire;
use clap::{ArgGroup, Args};

#[derive(Args)]
#[command(override_usage = "pail file update [OPTIONS] <BUCKET> <KEY>")]
#[command(group = ArgGroup::new("file_change").required(true).multiple(true).args(["metadata", "visibility"]))]
pub struct Update {
    /// Id or slug
    bucket: String,
    /// Key, or the name the file came with
    key: String,
    /// All of its metadata: a JSON object, or @FILE with one
    #[arg(long, value_name = "JSON|@FILE")]
    metadata: Option<String>,
    /// Who may read it
    #[arg(long, value_enum)]
    visibility: Option<Visibility>,
}

pub fn run(session: &Session, update: Update) -> Result<(), Failure> {
    let request = wire::ObjectUpdateRequest {
        bucket: update.bucket,
        object: key::object(&update.key)?,
        metadata: update.metadata.as_deref().map(text::given).transpose()?,
        visibility: update.visibility.map(Into::into),
    };
    let object: wire::ObjectInfo = session.call("object_update", request)?;
    session.show(&object, |object| {
        let visibility = object.visibility.as_ref().map_or_else(|| "inherited".to_owned(), word);
        output::line(&format!("{}  {visibility}  {}", object.key, object.metadata))
    })
}
