//! Bytes on their way out: read piece by piece while they are sent, so that memory stays flat.

use axum::body::{Body, Bytes};
use engine::blob::Content;
use futures_util::stream;
use std::io;
use std::sync::Arc;

/// Bytes read at once.
const PIECE: u64 = 256 * 1024;

/// `length` bytes from `start` on.
pub fn stream(content: Arc<dyn Content>, start: u64, length: u64) -> Body {
    Body::from_stream(stream::unfold((content, start, length), |(content, at, left)| async move {
        if left == 0 {
            return None;
        }
        let source = Arc::clone(&content);
        let read = tokio::task::spawn_blocking(move || piece(source.as_ref(), at, left)).await;
        let read = read.unwrap_or_else(|_| Err(io::Error::other("the reading ended")));
        let sent = read.as_ref().map_or(left, |bytes| bytes.len() as u64);
        Some((read, (content, at + sent, left - sent)))
    }))
}

/// The next piece. Content that ends early ends the connection: the asker must not take it for whole.
fn piece(content: &dyn Content, at: u64, left: u64) -> io::Result<Bytes> {
    let mut buffer = vec![0; usize::try_from(left.min(PIECE)).unwrap_or(0)];
    let mut filled = 0;
    while filled < buffer.len() {
        match content.read_at(&mut buffer[filled..], at + filled as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => filled += count,
        }
    }
    Ok(buffer.into())
}
