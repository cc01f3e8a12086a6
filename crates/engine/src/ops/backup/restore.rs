//! The way back from a backup, into a home that is not there yet.

use super::{Copied, copy_all, put_in_place, unwritten};
use crate::blob::Local;
use crate::home::Home;
use crate::{Code, Error, Result};
use rusqlite::Connection;
use std::fs;
use std::path::Path;

/// Makes a home out of a backup. Every content is compared with its hash on the way.
///
/// # Errors
/// `home_taken` if there is a home already: nothing is overwritten. `home_unusable` if the directory holds no backup;
/// `home_too_new`, `no_space`, `io`, `database`.
pub fn restore(from: &Path, home: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Copied> {
    let absolute = |path: &Path| std::path::absolute(path).map_err(|error| unwritten(path, error));
    let (from, home) = (Home::at(absolute(from)?), Home::at(absolute(home)?));
    if !from.database().is_file() {
        let message =
            format!("{} holds no backup of Pail. Name the directory of one.", from.root().display());
        return Err(Error::new(Code::HomeUnusable, message));
    }
    if home.database().exists() {
        let message = format!(
            "There is a home at {} already, and nothing is overwritten. Move it away, or name another with --home.",
            home.root().display()
        );
        return Err(Error::new(Code::HomeTaken, message));
    }
    fs::create_dir_all(home.root()).map_err(|error| unwritten(home.root(), error))?;
    let fresh = home.root().join("pail.db.new");
    fs::copy(from.database(), &fresh).map_err(|error| unwritten(home.root(), error))?;
    let database = Connection::open(&fresh)?;
    let copied = copy_all(&database, &Local::open(&from.files())?, &Local::open(&home.files())?, progress)?;
    database.close().map_err(|(_, error)| Error::from(error))?;
    put_in_place(&fresh, &home)?;
    Ok(copied)
}
