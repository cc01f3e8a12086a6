//! Files of a form whose bucket is named only after them wait in a file without a name, which goes when it is closed.

use super::body;
use axum::body::Bytes;
use engine::{Code, Error, Result};
use futures_util::Stream;
use std::fs::File;
use std::io::{Seek as _, Write as _};

/// The most that waits so, for one file.
const MOST: u64 = 1 << 30;

/// A waiting file, at its beginning.
pub struct Spooled {
    /// To read it from.
    pub file: File,
    /// Bytes.
    pub size: u64,
}

impl Spooled {
    /// Takes a stream in.
    ///
    /// # Errors
    /// `too_large` for more than 1 GiB; `bad_request` for a stream that breaks off; `no_space`, `io`.
    pub async fn of<E: std::fmt::Display>(
        pieces: &mut (impl Stream<Item = std::result::Result<Bytes, E>> + Unpin),
    ) -> Result<Self> {
        let mut file = tempfile::tempfile().map_err(unkept)?;
        let mut size = 0;
        while let Some(piece) = body::next(pieces).await? {
            size += piece.len() as u64;
            if size > MOST {
                let message =
                    "A file that comes before the name of its bucket may have 1 GiB. Name the bucket first.";
                return Err(Error::new(Code::TooLarge, message).with("limit", MOST));
            }
            let write = tokio::task::spawn_blocking(move || file.write_all(&piece).map(|()| file));
            file = write.await.map_err(std::io::Error::other).and_then(|written| written).map_err(unkept)?;
        }
        file.rewind().map_err(unkept)?;
        Ok(Self { file, size })
    }
}

fn unkept(error: std::io::Error) -> Error {
    let code = if error.kind() == std::io::ErrorKind::StorageFull { Code::NoSpace } else { Code::Io };
    Error::new(code, "There is no room to keep this upload for a moment. Name the bucket before its files.")
        .because(error)
}
