//! The files of a directory of definitions. A link that leads out of the directory is refused: what is pushed is what
//! lies in it.

use crate::failure::Failure;
use api::ErrorCode;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where the files of buckets lie in the directory.
const FOLDER: &str = "blob-buckets";
/// Nobody writes as many by hand.
const MOST: usize = 10_000;

/// A file in the directory.
#[derive(Debug, Clone)]
pub struct Found {
    /// As people name it: with the directory they named.
    pub shown: PathBuf,
    /// Where it lies, without links.
    pub real: PathBuf,
}

impl Found {
    /// Its name in the folder.
    pub fn name(&self) -> String {
        self.shown.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// Every `blob-buckets/*.toml`, by name; hidden files are none.
pub fn files(dir: &Path) -> Result<Vec<Found>, Failure> {
    let root = dir.canonicalize().map_err(|error| unread(dir, &error))?;
    let folder = dir.join(FOLDER);
    let within = inside(&root, &folder)?;
    let mut found = Vec::new();
    for entry in fs::read_dir(&within).map_err(|error| unread(&folder, &error))? {
        let name = entry.map_err(|error| unread(&folder, &error))?.file_name();
        let shown = folder.join(&name);
        if shown.extension().is_none_or(|end| end != "toml") || name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let real = inside(&root, &shown)?;
        if !real.is_file() {
            let message = format!("{} is no file. Move it away.", shown.display());
            return Err(Failure::new(ErrorCode::SourceNotAFile, message));
        }
        found.push(Found { shown, real });
        if found.len() > MOST {
            let message =
                format!("{} holds more than {MOST} files. Name the right directory.", folder.display());
            return Err(Failure::new(ErrorCode::TooManyFiles, message));
        }
    }
    found.sort_by(|one, other| one.shown.cmp(&other.shown));
    Ok(found)
}

/// Where it really lies, if that is in the directory.
fn inside(root: &Path, shown: &Path) -> Result<PathBuf, Failure> {
    let real = shown.canonicalize().map_err(|error| unread(shown, &error))?;
    if real.starts_with(root) {
        return Ok(real);
    }
    let message = format!("{} leads out of the directory. Put the file itself there.", shown.display());
    Err(Failure::new(ErrorCode::SourceNotAFile, message))
}

fn unread(path: &Path, error: &io::Error) -> Failure {
    let (code, why) = match error.kind() {
        io::ErrorKind::NotFound => (ErrorCode::SourceMissing, "it is not there".to_owned()),
        _ => (ErrorCode::SourceUnreadable, error.to_string()),
    };
    let message =
        format!("{} cannot be read: {why}. Name a directory with the folder {FOLDER} in it.", path.display());
    Failure::new(code, message)
}
