//! `pail data …`

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use crate::text;
use api::wire;
use clap::Subcommand;
use std::path::PathBuf;

/// What can be done with a bucket's document. A bucket is named by id or slug.
#[derive(Subcommand)]
pub enum Verb {
    /// Print the document to the letter
    Show {
        /// Id or slug
        bucket: String,
    },
    /// Replace the document
    Set {
        /// Id or slug
        bucket: String,
        /// The document, or - for standard input
        file: PathBuf,
        /// Only if the document is still of this revision
        #[arg(long, value_name = "N")]
        revision: Option<u64>,
    },
    /// Merge the keys of a JSON object into the document
    Merge {
        /// Id or slug
        bucket: String,
        /// The object, or - for standard input
        file: PathBuf,
    },
}

pub fn run(session: &Session, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Show { bucket } => {
            let data: wire::Data = session.call("data_show", wire::BucketRequest { bucket })?;
            session.show(&data, |data| output::text(&data.text))
        }
        Verb::Set { bucket, file, revision } => {
            let request = wire::DataSetRequest { bucket, text: text::read(&file)?, revision };
            saved(session, &session.call("data_set", request)?)
        }
        Verb::Merge { bucket, file } => {
            let request = wire::DataMergeRequest { bucket, text: text::read(&file)? };
            saved(session, &session.call("data_merge", request)?)
        }
    }
}

fn saved(session: &Session, data: &wire::Data) -> Result<(), Failure> {
    session.show(data, |data| output::line(&format!("Saved as revision {}", data.revision)))
}
