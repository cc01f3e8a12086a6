//! What differs by platform: making things durable, reading at an offset, free space.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Makes a file's bytes durable. On macOS the standard library asks for `F_FULLFSYNC`.
pub fn file(file: &File) -> io::Result<()> {
    file.sync_all()
}

/// Makes a directory's entries durable. Windows keeps them with the file and has no such call.
#[cfg(unix)]
pub fn directory(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

#[cfg(not(unix))]
pub fn directory(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes the bytes of many files of one file system durable: at once where the system can, else one by one.
#[cfg(target_os = "linux")]
pub fn batch(on: &Path, _: &mut dyn Iterator<Item = PathBuf>) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(on)?)?)
}

#[cfg(not(target_os = "linux"))]
pub fn batch(_: &Path, files: &mut dyn Iterator<Item = PathBuf>) -> io::Result<()> {
    files.try_for_each(|path| file(&File::open(path)?))
}

/// Makes the entries of many directories of one file system durable.
#[cfg(target_os = "linux")]
pub fn batch_directories(on: &Path, _: &BTreeSet<PathBuf>) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(on)?)?)
}

#[cfg(not(target_os = "linux"))]
pub fn batch_directories(_: &Path, directories: &BTreeSet<PathBuf>) -> io::Result<()> {
    directories.iter().try_for_each(|path| directory(path))
}

/// A new file that nobody can open for writing again.
#[cfg(unix)]
pub fn read_only_once_closed(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o444);
}

#[cfg(not(unix))]
pub fn read_only_once_closed(_: &mut OpenOptions) {}

/// Reads at an offset without moving a cursor that others share.
#[cfg(unix)]
pub fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    use std::os::unix::fs::FileExt as _;
    file.read_at(buffer, offset)
}

#[cfg(windows)]
pub fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    use std::os::windows::fs::FileExt as _;
    file.seek_read(buffer, offset)
}

/// Reads at an offset what the system holds in memory; `None` if it would wait for the disk, or cannot tell.
#[cfg(target_os = "linux")]
pub fn read_at_hand(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<Option<usize>> {
    use rustix::io::{Errno, ReadWriteFlags};
    let mut buffers = [io::IoSliceMut::new(buffer)];
    match rustix::io::preadv2(file, &mut buffers, offset, ReadWriteFlags::NOWAIT) {
        Ok(count) => Ok(Some(count)),
        Err(Errno::AGAIN | Errno::OPNOTSUPP | Errno::NOSYS | Errno::INTR) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
pub fn read_at_hand(_: &File, _: &mut [u8], _: u64) -> io::Result<Option<usize>> {
    Ok(None)
}

/// Free bytes for who is not root.
#[cfg(unix)]
pub fn free(path: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(path).ok()?;
    Some(stat.f_bavail.saturating_mul(stat.f_frsize))
}

#[cfg(not(unix))]
pub fn free(_: &Path) -> Option<u64> {
    None
}
