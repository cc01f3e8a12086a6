//! Bodies: small ones as a whole, large ones as a stream that the engine reads while it comes.

use super::unreadable;
use axum::body::{Body, Bytes};
use engine::{Code, Error, Result};
use futures_util::{Stream, StreamExt as _};
use std::io;
use std::time::Duration;
use tokio::sync::mpsc;

/// The longest that a body may pause.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// Pieces on their way from the connection to the engine.
const PIECES: usize = 8;

/// A whole body of at most `limit` bytes.
///
/// # Errors
/// `too_large`; `bad_request` for one that breaks off or pauses for longer than [`PATIENCE`].
pub async fn whole(body: Body, limit: usize) -> Result<Bytes> {
    let mut pieces = body.into_data_stream();
    let mut all = Vec::new();
    while let Some(piece) = next(&mut pieces).await? {
        if all.len() + piece.len() > limit {
            return Err(Error::new(
                Code::TooLarge,
                format!("This body is larger than {limit} bytes. Send less at once."),
            )
            .with("limit", limit));
        }
        all.extend_from_slice(&piece);
    }
    Ok(all.into())
}

/// The next piece of a stream, if it comes in time.
///
/// # Errors
/// `bad_request`.
pub async fn next<E: std::fmt::Display>(
    pieces: &mut (impl Stream<Item = std::result::Result<Bytes, E>> + Unpin),
) -> Result<Option<Bytes>> {
    match tokio::time::timeout(PATIENCE, pieces.next()).await {
        Ok(Some(Ok(piece))) => Ok(Some(piece)),
        Ok(Some(Err(error))) => Err(unreadable(error)),
        Ok(None) => Ok(None),
        Err(_) => Err(unreadable(format!("nothing came for {} seconds", PATIENCE.as_secs()))),
    }
}

/// One end of a stream between a connection and a thread that reads.
pub fn pipe() -> (Sender, Reader) {
    let (sender, receiver) = mpsc::channel(PIECES);
    (Sender(sender), Reader { receiver, piece: Bytes::new(), ended: false })
}

/// Where the connection puts the pieces.
pub struct Sender(mpsc::Sender<io::Result<Bytes>>);

impl Sender {
    /// Passes a piece on; false if nobody reads any more.
    pub async fn send(&self, piece: Bytes) -> bool {
        self.0.send(Ok(piece)).await.is_ok()
    }

    /// Says that the stream broke off: the reader must not take what came for the whole.
    pub async fn break_off(&self, error: &Error) {
        // Whoever has stopped reading need not know.
        let _ = self
            .0
            .send(Err(io::Error::new(io::ErrorKind::ConnectionAborted, error.message().to_owned())))
            .await;
    }

    /// Says that this was all.
    pub async fn end(&self) {
        let _ = self.0.send(Ok(Bytes::new())).await;
    }
}

/// Where a thread reads them. A stream whose sender went away without a word has broken off.
pub struct Reader {
    receiver: mpsc::Receiver<io::Result<Bytes>>,
    piece: Bytes,
    ended: bool,
}

impl io::Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.piece.is_empty() && !self.ended {
            self.piece = self.receiver.blocking_recv().unwrap_or_else(|| {
                Err(io::Error::new(io::ErrorKind::ConnectionAborted, "the upload broke off"))
            })?;
            self.ended = self.piece.is_empty();
        }
        let count = buffer.len().min(self.piece.len());
        buffer[..count].copy_from_slice(&self.piece.split_to(count));
        Ok(count)
    }
}
