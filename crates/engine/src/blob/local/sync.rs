//! What differs by platform: making things durable, reading at an offset, free space.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

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

/// A file system that can make everything on it durable at once, with what tells whether that is soon done.
#[cfg(target_os = "linux")]
pub struct FileSystem {
    root: File,
    apt: bool,
    memory: Option<File>,
}

#[cfg(target_os = "linux")]
impl FileSystem {
    /// The one that a directory lies on.
    pub fn of(directory: &Path) -> io::Result<Option<Self>> {
        let root = File::open(directory)?;
        // These write their journal once for all of it. Others, as btrfs, have more to do for a whole than for a part.
        let apt = matches!(rustix::fs::fstatfs(&root)?.f_type, EXT4 | XFS);
        Ok(Some(Self { root, apt, memory: File::open("/proc/meminfo").ok() }))
    }

    /// Makes everything on it durable. It tells of every write that failed since this was opened, once.
    pub fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::syncfs(&self.root)?)
    }

    /// Whether that takes no longer than making one small file durable: it does where others have much to write.
    pub fn is_quiet(&self) -> bool {
        self.apt && self.memory.as_ref().and_then(waiting).is_some_and(|bytes| bytes <= QUIET)
    }
}

#[cfg(target_os = "linux")]
const EXT4: rustix::fs::FsWord = 0xef53;
#[cfg(target_os = "linux")]
const XFS: rustix::fs::FsWord = 0x5846_5342;
/// Most disks write that much in a few hundredths of a second. When it is written the next put finds less.
#[cfg(target_os = "linux")]
const QUIET: u64 = 16 << 20;

/// Bytes that wait to be written to any disk, or are being written.
#[cfg(target_os = "linux")]
fn waiting(memory: &File) -> Option<u64> {
    let mut text = [0; 2048];
    let length = read_at(memory, &mut text, 0).ok()?;
    let text = std::str::from_utf8(&text[..length]).ok()?;
    let kibibytes = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    Some((kibibytes("Dirty:")? + kibibytes("Writeback:")?) << 10)
}

/// Elsewhere there is no such call.
#[cfg(not(target_os = "linux"))]
pub enum FileSystem {}

#[cfg(not(target_os = "linux"))]
impl FileSystem {
    pub fn of(_: &Path) -> io::Result<Option<Self>> {
        Ok(None)
    }

    pub fn sync(&self) -> io::Result<()> {
        match *self {}
    }

    pub fn is_quiet(&self) -> bool {
        match *self {}
    }
}

/// A new file that nobody can open for writing again.
#[cfg(unix)]
pub fn read_only_once_closed(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o444);
}

#[cfg(not(unix))]
pub fn read_only_once_closed(_: &mut OpenOptions) {}

/// Lets the system begin to write a part of a file, of which so many bytes are there, while the next part comes. What it
/// does not begin now is written when the file is made durable.
#[cfg(target_os = "linux")]
pub fn begin(file: &File, from: u64, length: std::num::NonZeroU64) {
    // The advice that these bytes are not needed soon is what makes Linux write them; what is not written yet stays.
    let _ = rustix::fs::fadvise(file, from, Some(length), rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
pub fn begin(_: &File, _: u64, _: std::num::NonZeroU64) {}

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
