//! A content that is being written: an exclusive temporary file, removed unless it is sealed.

use super::{Since, Whole, sync};
use crate::blob::{Durability, Staging, Ticket};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::num::NonZeroU64;
use std::path::PathBuf;
use std::sync::Arc;

/// So many bytes at a time of a large content go to the disk while the next ones come.
const BEGIN_AT: u64 = 16 << 20;

/// The file and what is known of it.
pub(super) struct Writing {
    file: File,
    path: PathBuf,
    name: String,
    whole: Option<Arc<Whole>>,
    /// Before its first byte.
    since: Since,
    /// Bytes so far, and how many of them the system was told to begin to write.
    written: u64,
    begun: u64,
    sealed: bool,
}

impl Writing {
    /// Makes the file.
    pub fn begin(path: PathBuf, name: String, whole: Option<Arc<Whole>>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        sync::read_only_once_closed(&mut options);
        let file = options.open(&path)?;
        let since = whole.as_ref().map(|whole| whole.together.now()).unwrap_or_default();
        Ok(Self { file, path, name, whole, since, written: 0, begun: 0, sealed: false })
    }
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.written += count as u64;
        if let Some(waiting) =
            NonZeroU64::new(self.written - self.begun).filter(|bytes| bytes.get() >= BEGIN_AT)
        {
            sync::begin(&self.file, self.begun, waiting);
            self.begun = self.written;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Staging for Writing {
    fn seal(mut self: Box<Self>, durability: Durability) -> io::Result<Ticket> {
        let later = durability == Durability::Together
            || self.whole.as_ref().is_some_and(|whole| whole.system.is_quiet());
        if !later {
            sync::file(&self.file)?;
        }
        self.sealed = true;
        Ok(Ticket { name: std::mem::take(&mut self.name), waits: later.then_some(self.since) })
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if !self.sealed {
            // What cannot be removed now is cleared by the next start.
            let _ = fs::remove_file(&self.path);
        }
    }
}
