//! Backups: a directory laid out as a home, made while the home is in use, and brought up to date by copying only what
//! is new.

mod restore;

pub use restore::restore;

use crate::blob::{Address, Blobs, Durability, Local, Ticket};
use crate::db::table::{self, version::Placed};
use crate::home::Home;
use crate::sweep::verify::hash_of;
use crate::{Code, Engine, Error, Result};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::collections::HashSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Rows read, and contents placed, at once.
const PAGE: u32 = 500;
/// Bytes read at once.
const PIECE: usize = 1 << 20;

/// What a backup or its way back came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copied {
    /// Contents in it now.
    pub contents: u64,
    /// Contents that had to be copied.
    pub copied: u64,
    /// Bytes that had to be copied.
    pub bytes: u64,
    /// Contents removed from it, as the home has forgotten them.
    pub removed: u64,
    /// Contents that could not be copied whole, by their place in the files directory.
    pub damaged: Vec<String>,
}

impl Engine {
    /// Makes or renews a backup of the whole home, as it is at one moment. The home stays in use; what is deleted for good
    /// meanwhile leaves the disk a little later. Until the last step the directory holds the former backup.
    ///
    /// # Errors
    /// `database` if another backup runs; `io`, `no_space`, `read_only` for the directory; `home_unusable` if it is
    /// the home itself.
    pub fn backup(&self, to: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Copied> {
        let to = Home::at(std::path::absolute(to).map_err(|error| unwritten(to, error))?);
        if to.root().starts_with(self.home()) || self.home().starts_with(to.root()) {
            return Err(Error::new(
                Code::HomeUnusable,
                "A backup cannot lie in the home itself. Name another directory.",
            ));
        }
        fs::create_dir_all(to.root()).map_err(|error| unwritten(to.root(), error))?;
        let busy =
            || Error::new(Code::Database, "Another backup of this home is running. Wait until it is done.");
        let _hold = self.inner.blobs.hold_removals()?.ok_or_else(busy)?;
        let fresh = to.root().join("pail.db.new");
        self.snapshot(&fresh)?;
        let snapshot = Connection::open(&fresh)?;
        let target = Local::open(&to.files())?;
        let copied = copy_all(&snapshot, self.inner.blobs.as_ref(), &target, progress)?;
        snapshot.close().map_err(|(_, error)| Error::from(error))?;
        put_in_place(&fresh, &to)?;
        forget(&to, &target, copied)
    }

    /// The database as it is now, in a file of its own, without what only concerns this machine.
    fn snapshot(&self, to: &Path) -> Result<()> {
        let _ = fs::remove_file(to);
        let from = self.inner.db.reader()?;
        let mut copy = Connection::open(to)?;
        if Backup::new(&from, &mut copy)?.step(-1)? != StepResult::Done {
            return Err(Error::new(Code::Database, "The database is busy. Make the backup again."));
        }
        copy.execute_batch(
            "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;
             UPDATE workspace SET server = NULL; DELETE FROM checkout;",
        )?;
        copy.close().map_err(|(_, error)| error.into())
    }
}

/// Copies every content that the database names and the target lacks.
fn copy_all(
    database: &Connection,
    from: &dyn Blobs,
    to: &Local,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Copied> {
    let mut copied = Copied::default();
    let (mut object, mut number) = (0, 0);
    loop {
        let page = table::version::placed_after(database, object, number, PAGE)?;
        let Some(last) = page.last() else { return Ok(copied) };
        (object, number) = (last.object, last.number);
        let mut batch: Vec<(Ticket, Address)> = Vec::new();
        for placed in &page {
            copied.contents += 1;
            if to.open(&placed.address).is_ok_and(|there| there.size() == placed.size) {
                continue;
            }
            match copy_one(from, to, placed, Durability::Together)
                .map_err(|error| Error::storage(error, "copy a file"))?
            {
                Some(ticket) => {
                    batch.push((ticket, placed.address.clone()));
                    copied.copied += 1;
                    copied.bytes += placed.size;
                }
                None => copied.damaged.push(place_of(&placed.address)),
            }
            progress(copied.contents, copied.bytes);
        }
        for (_, address) in &batch {
            // One of the wrong size, from a backup that was cut off.
            to.remove(address).map_err(|error| Error::storage(error, "replace a file"))?;
        }
        to.place(&batch).map_err(|error| Error::storage(error, "copy files"))?;
    }
}

/// Copies one content and compares it with its hash on the way; `None` if the source is not whole.
pub(crate) fn copy_one(
    from: &dyn Blobs,
    to: &dyn Blobs,
    placed: &Placed,
    durability: Durability,
) -> io::Result<Option<Ticket>> {
    let Ok(content) = from.open(&placed.address) else { return Ok(None) };
    let mut staging = to.stage()?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; PIECE];
    let mut at = 0;
    loop {
        let Ok(count) = content.read_at(&mut buffer, at) else { return Ok(None) };
        if count == 0 {
            break;
        }
        hasher.update(&buffer[..count]);
        staging.write_all(&buffer[..count])?;
        at += count as u64;
    }
    if hasher.finalize().as_bytes().as_slice() != placed.hash {
        return Ok(None);
    }
    let ticket = staging.seal(durability)?;
    if let Some(tag) = from.tag_of(&placed.address) {
        to.tag(&ticket, &tag);
    }
    Ok(Some(ticket))
}

fn place_of(address: &Address) -> String {
    format!("{}/{}/{}", address.bucket, address.content, address.name)
}

/// The database last: until then the former one names only contents that are still there.
fn put_in_place(fresh: &Path, home: &Home) -> Result<()> {
    let done = fs::File::open(fresh)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(fresh, home.database()))
        .and_then(|()| crate::blob::sync_directory(home.root()));
    done.map_err(|error| unwritten(home.root(), error))
}

/// Removes contents that the database in place does not name.
fn forget(home: &Home, files: &Local, mut copied: Copied) -> Result<Copied> {
    let database = Connection::open(home.database())?;
    let mut unknown = HashSet::new();
    let mut refused = None;
    files
        .list(&mut |address| match table::version::content_known(&database, &address.content) {
            Ok(known) => {
                if !known {
                    unknown.insert(address);
                }
                true
            }
            Err(error) => {
                refused = Some(error);
                false
            }
        })
        .map_err(|error| Error::storage(error, "look through the copies"))?;
    if let Some(error) = refused {
        return Err(error);
    }
    for address in &unknown {
        files.remove(address).map_err(|error| Error::storage(error, "remove an old copy"))?;
    }
    copied.removed = unknown.len() as u64;
    Ok(copied)
}

fn unwritten(to: &Path, error: io::Error) -> Error {
    let code = match error.kind() {
        io::ErrorKind::StorageFull => Code::NoSpace,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Code::ReadOnly,
        _ => Code::Io,
    };
    Error::new(code, format!("{} cannot be written: {error}. Choose another directory.", to.display()))
        .because(error)
}

/// Whether the content at an address of a backup is the one that the hash says.
pub(crate) fn is_whole(files: &Local, placed: &Placed) -> bool {
    files.open(&placed.address).is_ok_and(|content| {
        content.size() == placed.size
            && hash_of(content.as_ref()).is_ok_and(|hash| hash.as_slice() == placed.hash)
    })
}
