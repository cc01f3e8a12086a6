//! `pail blob-buckets …`: the command lines of the blob buckets' document (C9), unchanged, on the same buckets and files.
//! With `--json` the answers are those of the native HTTP API.

mod blob;
mod bucket;

use crate::failure::Failure;
use crate::session::Session;
use clap::Subcommand;
use serde::Serialize;

/// What can be done with blob buckets. A bucket is named by its key, a blob by its id.
#[derive(Subcommand)]
pub enum Verb {
    /// List the buckets
    List,
    /// Show a bucket
    Get {
        /// Key of the bucket
        key: String,
    },
    /// Make a bucket; it takes 100 MiB a blob
    Create(bucket::Create),
    /// List the blobs of a bucket
    Blobs {
        /// Key of the bucket
        key: String,
    },
    /// Bring a file in as another blob, and print its id
    Upload(blob::Upload),
    /// Print a URL of a blob that ends
    SignedUrl(blob::SignedUrl),
    /// Put a blob into the trash
    DeleteBlob {
        /// Key of the bucket
        key: String,
        /// Id of the blob
        blob: String,
    },
    /// Put a bucket into the trash
    Delete {
        /// Key of the bucket
        key: String,
        /// With all blobs that it holds
        #[arg(long)]
        force: bool,
    },
}

/// All of something, in the form of a page.
#[derive(Serialize)]
struct Items<T> {
    items: Vec<T>,
    cursor: Option<String>,
}

impl<T> Items<T> {
    fn all(items: Vec<T>) -> Self {
        Self { items, cursor: None }
    }
}

pub fn run(session: &Session, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::List => bucket::list(session),
        Verb::Get { key } => bucket::get(session, &key),
        Verb::Create(create) => bucket::create(session, create),
        Verb::Blobs { key } => blob::list(session, &key),
        Verb::Upload(upload) => blob::upload(session, &upload),
        Verb::SignedUrl(sign) => blob::sign(session, &sign),
        Verb::DeleteBlob { key, blob } => blob::delete(session, &key, blob),
        Verb::Delete { key, force } => bucket::delete(session, &key, force),
    }
}
