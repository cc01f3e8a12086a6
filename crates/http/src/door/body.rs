//! Bodies: small ones as a whole, large ones as a stream that the engine reads while it comes.

use super::unreadable;
use axum::body::{Body, Bytes};
use engine::{Code, Error, Result};
use futures_util::{Stream, StreamExt as _};
use std::io;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

/// The longest that a body may pause.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// What a small body has to bring in each second, on the whole and after [`PATIENCE`]: else whoever sends a letter now and
/// then would keep a connection for ever. Files may come as slowly as they like, as long as they do not pause.
const PACE: u64 = 4096;
/// Pieces on their way from the connection to the engine.
const PIECES: usize = 8;

/// A whole body of at most `limit` bytes.
///
/// # Errors
/// `too_large`; `bad_request` for one that breaks off, pauses for longer than [`PATIENCE`], or comes too slowly.
pub async fn whole(body: Body, limit: usize) -> Result<Bytes> {
    let begun = Instant::now();
    let mut pieces = body.into_data_stream();
    let mut all = Vec::new();
    loop {
        let due = begun + PATIENCE + Duration::from_secs(all.len() as u64 / PACE);
        let Ok(piece) = timeout_at(due, next(&mut pieces)).await else {
            return Err(unreadable(format!("it came more slowly than {PACE} bytes a second")));
        };
        let Some(piece) = piece? else { break };
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

#[cfg(test)]
#[allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.
mod tests {
    use super::*;
    use futures_util::stream;
    use std::convert::Infallible;

    /// A body of so many pieces, one each time `pause` has gone by. The clock of these tests runs ahead by itself.
    fn body(pieces: usize, size: usize, pause: Duration) -> Body {
        Body::from_stream(stream::unfold(0, move |sent| async move {
            tokio::time::sleep(pause).await;
            (sent < pieces).then(|| (Ok::<_, Infallible>(Bytes::from(vec![b'x'; size])), sent + 1))
        }))
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_body_that_keeps_its_pace_is_taken() {
        let taken = whole(body(100, 10 * 4096, Duration::from_secs(10)), 8 << 20).await.unwrap();
        assert_eq!(taken.len(), 100 * 10 * 4096);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_pauses_too_long_is_refused() {
        let refused = whole(body(2, 1 << 20, PATIENCE + Duration::from_secs(1)), 8 << 20).await.unwrap_err();
        assert_eq!(refused.code(), Code::BadRequest);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_of_a_letter_now_and_then_is_refused_in_time() {
        let begun = Instant::now();
        let refused = whole(body(1000, 1, Duration::from_secs(5)), 8 << 20).await.unwrap_err();
        assert_eq!(refused.code(), Code::BadRequest);
        assert!(refused.message().contains("slowly"), "{}", refused.message());
        assert!(begun.elapsed() <= PATIENCE + Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_may_come_slowly_but_not_pause() {
        let mut slow = body(100, 1, Duration::from_secs(20)).into_data_stream();
        let mut count = 0;
        while next(&mut slow).await.unwrap().is_some() {
            count += 1;
        }
        assert_eq!(count, 100);
        let mut stuck = body(1, 1, PATIENCE * 2).into_data_stream();
        assert_eq!(next(&mut stuck).await.unwrap_err().code(), Code::BadRequest);
    }
}
