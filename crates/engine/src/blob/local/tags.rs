//! What stands beside a file in an extended attribute. It is made durable with the rename that follows; where the file
//! system has none, nothing is kept.

use std::path::Path;

/// The attribute's name.
#[cfg(any(target_os = "linux", target_os = "macos"))]
const NAME: &str = "user.pail";
/// Longer than any tag.
#[cfg(any(target_os = "linux", target_os = "macos"))]
const LONGEST: usize = 4096;

/// Writes it. What cannot be written is not there for a rebuild, which then goes by the names on the disk.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub fn write(path: &Path, tag: &[u8]) {
    let _ = rustix::fs::setxattr(path, NAME, tag, rustix::fs::XattrFlags::empty());
}

/// Reads it.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub fn read(path: &Path) -> Option<Vec<u8>> {
    let mut buffer = vec![0; LONGEST];
    let length = rustix::fs::getxattr(path, NAME, &mut buffer[..]).ok()?;
    buffer.truncate(length);
    Some(buffer)
}

/// Writes nothing: this system has no such attributes.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub fn write(_: &Path, _: &[u8]) {}

/// Finds nothing.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub fn read(_: &Path) -> Option<Vec<u8>> {
    None
}
