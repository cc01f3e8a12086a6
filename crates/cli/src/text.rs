//! Texts that a command takes: from a file, from standard input, or as they stand on the command line.

use crate::failure::Failure;
use api::ErrorCode;
use engine::rules::json::MAX_BYTES;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A text given outright, or as `@FILE`; `@-` is standard input.
pub fn given(written: &str) -> Result<String, Failure> {
    match written.strip_prefix('@') {
        Some(file) => read(Path::new(file)),
        None => Ok(written.to_owned()),
    }
}

/// The text of a file; `-` is standard input. It is read only as far as a document may be long; what is longer the engine
/// refuses.
pub fn read(path: &Path) -> Result<String, Failure> {
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
