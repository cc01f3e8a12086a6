//! What all rows share: how large, how often, and where.

use crate::Result;
use crate::arguments::Arguments;
use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Rounds that count, after the first, which warms the caches up and is dropped.
const ROUNDS: usize = 5;
/// The same for trying out.
const QUICK_ROUNDS: usize = 3;
/// What `statfs` calls a file system in memory.
const TMPFS: i64 = 0x0102_1994;

/// One run of the benches.
pub struct Bench {
    quick: bool,
    dir: PathBuf,
    pail: PathBuf,
    rooms: TempDir,
    /// Rooms so far.
    given: Cell<usize>,
}

/// A directory of a row. It stays until all rows have run: for some minutes ext4 looks through the inodes that were
/// removed each time it makes one, so that who clears up slows down who comes next, and most of all who makes most.
pub struct Room {
    path: PathBuf,
    /// Places so far.
    given: Cell<usize>,
}

impl Room {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A place in it where nothing is yet.
    pub fn place(&self) -> PathBuf {
        let number = self.given.replace(self.given.get() + 1);
        self.path.join(format!("place-{number}"))
    }
}

impl Bench {
    /// Looks for a disk to work on and for the built `pail` beside this program.
    pub fn new(arguments: &Arguments) -> Result<Self> {
        let program = std::env::current_exe()?;
        let beside = program.parent().ok_or("This program lies in no directory.")?;
        let dir = arguments.dir.clone().unwrap_or_else(|| beside.to_owned());
        if rustix::fs::statfs(&dir)?.f_type == TMPFS {
            return Err(
                format!("{} is in memory. Name a directory on a disk with --dir.", dir.display()).into()
            );
        }
        let pail = beside.join("pail");
        if !pail.is_file() {
            return Err("There is no pail beside this program. Run the benches with `make bench`.".into());
        }
        let rooms = tempfile::Builder::new().prefix("pail-bench-").tempdir_in(&dir)?;
        Ok(Self { quick: arguments.quick, dir, pail, rooms, given: Cell::new(0) })
    }

    /// One of two sizes, of which the second is for trying out.
    pub fn size<T>(&self, full: T, quick: T) -> T {
        if self.quick { quick } else { full }
    }

    /// Whether this is for trying out only.
    pub fn is_quick(&self) -> bool {
        self.quick
    }

    /// How many rounds count.
    pub fn rounds(&self) -> usize {
        self.size(ROUNDS, QUICK_ROUNDS)
    }

    /// The built `pail`.
    pub fn pail(&self) -> &Path {
        &self.pail
    }

    /// Where the disk is that is measured.
    pub fn disk(&self) -> &Path {
        &self.dir
    }

    /// A new directory on that disk.
    pub fn room(&self) -> Result<Room> {
        let number = self.given.replace(self.given.get() + 1);
        let path = self.rooms.path().join(format!("room-{number}"));
        fs::create_dir(&path)?;
        Ok(Room { path, given: Cell::new(0) })
    }

    /// A sentence about the run.
    pub fn describe(&self) -> String {
        let sizes = if self.quick { "Quick sizes: these figures say little. " } else { "" };
        format!("{sizes}One round to warm up, then medians of {}.", self.rounds())
    }
}
