//! `pail data …`

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use api::{ErrorCode, wire};
use clap::Subcommand;
use engine::rules::json::MAX_BYTES;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

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
            let request = wire::DataSetRequest { bucket, text: read(&file)?, revision };
            saved(session, &session.call("data_set", request)?)
        }
        Verb::Merge { bucket, file } => {
            let request = wire::DataMergeRequest { bucket, text: read(&file)? };
            saved(session, &session.call("data_merge", request)?)
        }
    }
}

fn saved(session: &Session, data: &wire::Data) -> Result<(), Failure> {
    session.show(data, |data| output::line(&format!("Saved as revision {}", data.revision)))
}

/// The text to save. It is read only as far as a document may be long; what is longer the engine refuses.
fn read(path: &Path) -> Result<String, Failure> {
    let most = MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|error| unread(path, &error))?;
    if bytes.len() > MAX_BYTES {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("This is not JSON: byte {at} is not UTF-8. Save it as UTF-8 and try again.");
        Failure::new(ErrorCode::InvalidJson, message)
    })
}

fn unread(path: &Path, error: &io::Error) -> Failure {
    let (code, why) = match error.kind() {
        io::ErrorKind::NotFound => (ErrorCode::SourceMissing, "it is not there".to_owned()),
        io::ErrorKind::IsADirectory => (ErrorCode::SourceNotAFile, "it is a folder".to_owned()),
        io::ErrorKind::PermissionDenied => (ErrorCode::SourceUnreadable, "you may not read it".to_owned()),
        _ => (ErrorCode::SourceUnreadable, error.to_string()),
    };
    Failure::new(code, format!("{} cannot be read: {why}. Name another file.", path.display()))
}
