//! Steps 1 to 3 of the write path (DESIGN section 4): into a temporary file, hashed in the same pass, the limits held
//! while it streams, then sealed.

use super::hashing::Hashing;
use crate::blob::{Durability, Sealed, Staging};
use crate::model::Limits;
use crate::{Code, Engine, Error, Result, rules};
use std::io::{self, Read};
use std::sync::Arc;
use std::thread;

/// Bytes read at once.
const PIECE: usize = 512 * 1024;

/// From this size on the disk is asked beforehand whether there is room. Less is soon copied, and refused by the disk.
const WORTH_ASKING: u64 = 64 * 1024;

/// What content must meet while it streams.
#[derive(Debug, Clone)]
pub(crate) struct Checks {
    pub limits: Limits,
    pub accept: String,
}

/// Where content comes from.
pub(crate) struct Source<'a> {
    pub reader: &'a mut dyn Read,
    /// Name that helps to tell the type.
    pub name: &'a str,
    /// Size, if it is known.
    pub size: Option<u64>,
    /// Told of each piece; an error stops the copying.
    pub progress: &'a mut dyn FnMut(u64) -> Result<()>,
}

/// Sealed content that waits to be placed.
pub(crate) struct Copied {
    pub sealed: Sealed,
    pub size: u64,
    pub media_type: String,
    pub hash: [u8; 32],
}

impl Engine {
    /// Copies a source into a sealed temporary file. Whatever stops it, nothing of it stays.
    pub(crate) fn copy_in(
        &self,
        source: Source<'_>,
        checks: &Checks,
        durability: Durability,
    ) -> Result<Copied> {
        if let Some(size) = source.size {
            rules::limits::check_size(&checks.limits, size)?;
            if size >= WORTH_ASKING {
                self.check_space(size)?;
            }
        }
        let mut staging = self.inner.blobs.stage().map_err(unwritable)?;
        let (size, media_type, hash) = stream(source, staging.as_mut(), checks)?;
        let ticket = staging.seal(durability).map_err(unwritable)?;
        let sealed = Sealed::new(ticket, Arc::clone(&self.inner.blobs));
        Ok(Copied { sealed, size, media_type, hash })
    }

    /// Refuses what the disk cannot hold before a byte is copied.
    pub(crate) fn check_space(&self, size: u64) -> Result<()> {
        match self.inner.blobs.free() {
            Some(free) if size > free => Err(Error::refusal(
                Code::NoSpace,
                format!(
                    "{} do not fit: {} are free on the disk",
                    rules::words::size(size),
                    rules::words::size(free)
                ),
                "Free some space and try again.",
            )
            .with("free", free)),
            _ => Ok(()),
        }
    }
}

/// Reads to the end; the type is decided, and refused, from the head before the rest is copied.
fn stream(source: Source<'_>, staging: &mut dyn Staging, checks: &Checks) -> Result<(u64, String, [u8; 32])> {
    let mut buffer =
        vec![0; PIECE.min(source.size.map_or(PIECE, |size| usize::try_from(size).unwrap_or(PIECE) + 1))];
    let mut head = read_head(source.reader, &mut buffer)?;
    let media_type = rules::media_type::decide(source.name, &buffer[..head.min(rules::media_type::HEAD)]);
    rules::limits::check_type(&checks.limits, &checks.accept, source.name, &media_type)?;
    thread::scope(|scope| {
        let (mut size, mut hashing) = (0_u64, Hashing::new());
        while head > 0 {
            size += head as u64;
            if let Some(limit) = checks.limits.file_size_limit.filter(|limit| size > *limit) {
                return Err(rules::limits::too_large_while_reading(limit));
            }
            staging.write_all(&buffer[..head]).map_err(unwritable)?;
            (source.progress)(head as u64)?;
            hashing.update(scope, &mut buffer, head).map_err(unwritable)?;
            head = read_piece(source.reader, &mut buffer)?;
        }
        Ok((size, media_type, hashing.finish().map_err(unwritable)?))
    })
}

/// Fills the buffer as far as the type needs, or to the end of the source.
fn read_head(reader: &mut dyn Read, buffer: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < buffer.len().min(rules::media_type::HEAD) {
        match read_piece(reader, &mut buffer[filled..])? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

fn read_piece(reader: &mut dyn Read, buffer: &mut [u8]) -> Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(error)),
            Ok(count) => return Ok(count),
        }
    }
}

fn unwritable(error: io::Error) -> Error {
    Error::storage(error, "write the file")
}

/// A source that the system does not let us read.
pub(crate) fn unreadable(error: io::Error) -> Error {
    let refusal = match error.kind() {
        io::ErrorKind::NotFound => Error::refusal(
            Code::SourceMissing,
            "It is not there any more",
            "Look where it went and add it again.",
        ),
        io::ErrorKind::PermissionDenied => Error::refusal(
            Code::SourceUnreadable,
            "It may not be read by you",
            "Give yourself permission to read it.",
        ),
        _ => Error::refusal(
            Code::SourceUnreadable,
            format!("It cannot be read: {error}"),
            "Look at its disk and try again.",
        ),
    };
    refusal.because(error)
}
