//! Uploads: bytes go to the disk while they come, within the bucket's limits, and wait there for their commit.

use super::{Face, body, broken};
use axum::body::Bytes;
use engine::{Caller, Code, Error, Incoming, Result, Staged};
use futures_util::Stream;
use std::pin::pin;

impl Face {
    /// Stages a stream for a bucket. Nothing of it stays if it is refused, breaks off, or is not committed.
    ///
    /// # Errors
    /// As [`engine::Engine::object_stage`]; `bad_request` for a stream that breaks off or pauses too long.
    pub async fn stage<E: std::fmt::Display>(
        &self,
        caller: &Caller,
        bucket: &str,
        incoming: Incoming,
        pieces: &mut (impl Stream<Item = std::result::Result<Bytes, E>> + Unpin),
        size: Option<u64>,
    ) -> Result<Staged> {
        let (sender, mut reader) = body::pipe();
        let (engine, caller, bucket) = (self.engine.clone(), caller.clone(), bucket.to_owned());
        let mut staging = tokio::task::spawn_blocking(move || {
            engine.object_stage(&caller, &bucket, incoming, &mut reader, size)
        });
        let mut sending = pin!(send(sender, pieces));
        let (staged, sent) = tokio::select! {
            sent = &mut sending => (staging.await, sent),
            // What is refused before its end is answered at once, whether or not more of it comes.
            staged = &mut staging => match staged {
                Ok(Err(error)) if error.code() != Code::SourceUnreadable => return Err(error),
                staged => (staged, sending.await),
            },
        };
        let staged = staged.unwrap_or_else(|_| Err(broken()));
        match (staged, sent) {
            // The engine saw a broken stream as an unreadable source; what broke it says more.
            (Err(error), Err(cause)) if error.code() == Code::SourceUnreadable => Err(cause),
            (Ok(_), Err(cause)) => Err(cause),
            (staged, _) => staged,
        }
    }
}

/// Sends all pieces. A reader that stops before the end has its reasons, which it tells itself.
async fn send<E: std::fmt::Display>(
    sender: body::Sender,
    pieces: &mut (impl Stream<Item = std::result::Result<Bytes, E>> + Unpin),
) -> Result<(), Error> {
    loop {
        match body::next(pieces).await {
            Ok(Some(piece)) if piece.is_empty() => {}
            Ok(Some(piece)) => {
                if !sender.send(piece).await {
                    return Ok(());
                }
            }
            Ok(None) => {
                sender.end().await;
                return Ok(());
            }
            Err(error) => {
                sender.break_off(&error).await;
                return Err(error);
            }
        }
    }
}
