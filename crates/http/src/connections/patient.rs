//! A connection whose other side has to take what it is sent: one that takes nothing for too long is ended.

use super::places::Place;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

/// See the head of this file.
pub struct Patient {
    io: TcpStream,
    within: Duration,
    place: Arc<Place>,
    /// Whether what was to be sent was not taken yet.
    stalled: bool,
    /// Made with the first stall and used again: a download stalls often, for moments.
    due: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    /// A connection that has to take something of what it is sent `within` that time.
    pub fn new(io: TcpStream, within: Duration, place: Arc<Place>) -> Self {
        Self { io, within, place, stalled: false, due: None }
    }

    fn wrote(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.place.moved();
            if self.stalled {
                self.stalled = false;
                self.place.stalled(false);
            }
            return written;
        }
        let within = self.within;
        let due = self.due.get_or_insert_with(|| Box::pin(tokio::time::sleep(within)));
        if !self.stalled {
            due.as_mut().reset(Instant::now() + within);
            self.stalled = true;
            self.place.stalled(true);
        }
        due.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Drop for Patient {
    fn drop(&mut self) {
        if self.stalled {
            // What was not taken is thrown away: the system would go on offering it, and keep it in memory. Where that
            // cannot be asked for, it ends by the system's own patience.
            let _ = self.io.set_zero_linger();
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.io).poll_read(context, buffer);
        if read.is_ready() {
            self.place.moved();
        }
        read
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write(context, bytes);
        self.wrote(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write_vectored(context, pieces);
        self.wrote(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::super::places::Places;
    use super::*;
    use std::future::poll_fn;
    use std::io::Read as _;
    use tokio::net::TcpListener;

    const WITHIN: Duration = Duration::from_secs(30);

    /// Writes once, without waiting.
    async fn write(patient: &mut Patient) -> Poll<io::Result<usize>> {
        poll_fn(|context| Poll::Ready(Pin::new(&mut *patient).poll_write(context, &[0; 65_536]))).await
    }

    /// Writes until nothing more is taken.
    async fn fill(patient: &mut Patient) {
        while let Poll::Ready(written) = write(patient).await {
            written.unwrap();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn only_whoever_takes_nothing_at_all_for_so_long_is_ended() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut reader = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let places = Arc::new(Places::of(1));
        let (held, _) = Places::hold(&places, places.seat().await);
        let mut patient = Patient::new(listener.accept().await.unwrap().0, WITHIN, Arc::clone(held.place()));
        for _ in 0..5 {
            fill(&mut patient).await;
            tokio::time::advance(WITHIN - Duration::from_secs(1)).await;
            // It takes some now, so that all of this lasts longer than one stall may.
            while !write(&mut patient).await.map(Result::unwrap).is_ready() {
                reader.read_exact(&mut [0; 65_536]).unwrap();
                tokio::task::yield_now().await;
            }
        }
        let error = loop {
            match write(&mut patient).await {
                Poll::Ready(Ok(_)) => {}
                Poll::Ready(Err(error)) => break error,
                Poll::Pending => tokio::time::advance(WITHIN + Duration::from_secs(1)).await,
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }
}
