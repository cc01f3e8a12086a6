//! Where an archive goes: a file beside its place, renamed there when it is whole.

use crate::model::id;
use crate::{Code, Error, Result};
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The file that is written. Once it has failed it takes everything and keeps nothing: the writer of zip files ends its
/// archive even when it is dropped, and says on standard error that it cannot.
pub struct Outlet {
    file: BufWriter<File>,
    at: u64,
    end: u64,
    failed: bool,
}

impl Outlet {
    /// An empty one.
    pub fn new(file: File) -> Self {
        Self { file: BufWriter::new(file), at: 0, end: 0, failed: false }
    }

    /// The file with everything in it.
    pub fn into_file(self) -> io::Result<File> {
        self.file.into_inner().map_err(io::IntoInnerError::into_error)
    }

    /// Does it, unless it failed before.
    fn unless_failed<T>(
        &mut self,
        otherwise: T,
        work: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.failed {
            return Ok(otherwise);
        }
        let done = work(&mut self.file);
        self.failed = done.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        done
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.unless_failed(bytes.len(), |file| file.write(bytes))?;
        self.at += count as u64;
        self.end = self.end.max(self.at);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_failed((), BufWriter::flush)
    }
}

impl Seek for Outlet {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        let at = at.ok_or(io::ErrorKind::InvalidInput)?;
        if at != self.at {
            self.unless_failed(at, |file| file.seek(SeekFrom::Start(at)))?;
            self.at = at;
        }
        Ok(at)
    }
}

/// A file beside its place, which goes unless it is renamed there.
pub struct Temporary {
    path: PathBuf,
}

impl Temporary {
    /// A new one, with its file.
    pub fn beside(to: &Path) -> io::Result<(Self, File)> {
        let path = to.with_file_name(format!(".pail-{}", id::token()));
        let file = File::create_new(&path)?;
        Ok((Self { path }, file))
    }

    /// Puts the file in its place, durable.
    pub fn rename(mut self, to: &Path) -> io::Result<()> {
        fs::rename(&self.path, to)?;
        self.path.clear();
        to.parent().map_or(Ok(()), crate::blob::sync_directory)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            // The error that led here says more than one of this removal.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Refuses a place that is no file's: a rename would put one there.
pub fn check_place(to: &Path) -> Result<()> {
    let refused = |why: &str| {
        Error::refusal(Code::Io, format!("{} {why}", to.display()), "Name a file to write, such as pail.zip.")
    };
    if to.file_name().is_none() {
        return Err(refused("is no file"));
    }
    match fs::symlink_metadata(to) {
        Ok(meta) if !meta.is_file() => Err(refused("is there and is no file")),
        _ => Ok(()),
    }
}

/// A place that the system does not let us write to.
pub fn unwritten(to: &Path, error: io::Error) -> Error {
    let code = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Code::NoSpace,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Code::ReadOnly,
        _ => Code::Io,
    };
    Error::new(code, format!("{} cannot be written: {error}. Choose another place.", to.display()))
        .because(error)
}
