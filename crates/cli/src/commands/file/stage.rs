//! Single files on their way in as streams, with what is said of them. All that was staged waits for one commit.

use crate::failure::Failure;
use crate::session::Session;
use api::ErrorCode;
use engine::{Incoming, Staged};
use std::fs::File;
use std::path::Path;

/// Copies one file in; it waits for its commit.
pub fn file(session: &Session, bucket: &str, path: &Path, incoming: Incoming) -> Result<Staged, Failure> {
    let refused = |why: &str, code| {
        Failure::new(code, format!("{} cannot be brought in: {why}. Name a file.", path.display()))
    };
    // Looked at before it is opened: a pipe would wait for its other end.
    let meta = path.metadata().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => refused("it is not there", ErrorCode::SourceMissing),
        _ => refused(&error.to_string(), ErrorCode::SourceUnreadable),
    })?;
    if !meta.is_file() {
        let why = if meta.is_dir() { "it is a folder" } else { "it is no file" };
        return Err(refused(why, ErrorCode::SourceNotAFile));
    }
    let mut source =
        File::open(path).map_err(|error| refused(&error.to_string(), ErrorCode::SourceUnreadable))?;
    Ok(session.engine.object_stage(&session.caller, bucket, incoming, &mut source, Some(meta.len()))?)
}

/// What the file is called.
pub fn name_of(path: &Path) -> Result<String, Failure> {
    let name = path.file_name().ok_or_else(|| {
        let message = format!("{} has no name of its own. Name a file.", path.display());
        Failure::new(ErrorCode::SourceNotAFile, message)
    })?;
    Ok(name.to_string_lossy().into_owned())
}
