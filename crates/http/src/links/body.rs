//! Bytes on their way out. A small body is read whole, so that it leaves with its head in one write. A large one is read
//! piece by piece while it is sent, so that memory stays flat. What lies in the system's memory is read here and now; only
//! what has to come from a disk is waited for on another thread.

use axum::body::{Body, Bytes};
use engine::blob::Content;
use futures_util::stream;
use std::io;
use std::sync::Arc;

/// Bodies up to so many bytes are small.
const SMALL: u64 = 128 * 1024;
/// Bytes of a large body that are read at once.
const PIECE: u64 = 256 * 1024;

/// `length` bytes from `start` on.
///
/// # Errors
/// Content that cannot be read, or ends early. Of a large body that shows only while it is sent, and ends the connection:
/// the asker must not take it for whole.
pub async fn of(content: Arc<dyn Content>, start: u64, length: u64) -> io::Result<Body> {
    if length <= SMALL {
        return Ok(Body::from(piece(content, start, length).await?));
    }
    Ok(Body::from_stream(stream::unfold((start, length), move |(at, left)| {
        let content = Arc::clone(&content);
        async move {
            if left == 0 {
                return None;
            }
            let read = piece(content, at, left.min(PIECE)).await;
            let sent = read.as_ref().map_or(left, |bytes| bytes.len() as u64);
            Some((read, (at + sent, left - sent)))
        }
    })))
}

/// Exactly `length` bytes, which are few.
async fn piece(content: Arc<dyn Content>, at: u64, length: u64) -> io::Result<Bytes> {
    let mut buffer = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    let filled = content.read_at_hand(&mut buffer, at)?.unwrap_or(0);
    if filled < buffer.len() {
        let rest = move || fill(content.as_ref(), buffer, filled, at);
        buffer = tokio::task::spawn_blocking(rest).await.map_err(io::Error::other)??;
    }
    Ok(buffer.into())
}

/// Reads what is missing after the first `filled` bytes.
fn fill(content: &dyn Content, mut buffer: Vec<u8>, mut filled: usize, at: u64) -> io::Result<Vec<u8>> {
    while filled < buffer.len() {
        match content.read_at(&mut buffer[filled..], at + filled as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => filled += count,
        }
    }
    Ok(buffer)
}
