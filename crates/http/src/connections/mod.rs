//! Connections: taken, answered, and ended when they dawdle.
//!
//! No secret is needed to open one, so none may keep others out by holding it still. There is no cap for each address: the
//! window, the command line and whatever a proxy passes on all come from one, and it would be theirs to share. Instead, when
//! all places are taken, whoever has kept us waiting the longest makes room ([`places`]). An address can then hold no more
//! than it uses.

mod descriptors;
mod patient;
mod places;
mod service;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use patient::Patient;
use places::Places;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};

/// The largest head, in bytes.
const HEAD_BYTES: usize = 64 * 1024;
/// The most headers.
const HEADERS: usize = 128;
/// The most connections at a time.
const MOST: usize = 1024;
/// What is waited after the system refused a connection, as when it has no descriptors left.
const AFTER_REFUSAL: Duration = Duration::from_millis(50);

/// What connections are held to.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at a time.
    most: usize,
    /// The head of a request has to be there by then.
    head_within: Duration,
    /// What is sent has to be taken, at least some of it, by then.
    write_within: Duration,
}

impl Limits {
    /// Those of this process: as many connections as its descriptors allow, [`MOST`] at most.
    pub fn of_process() -> Self {
        Self {
            most: descriptors::connections(MOST),
            head_within: Duration::from_secs(15),
            // A film that is paused waits as long. When all places are taken it makes room much earlier.
            write_within: Duration::from_secs(300),
        }
    }
}

/// Answers connections until the runtime ends.
pub async fn answer(listener: TcpListener, app: Router, limits: Limits) {
    let places = Arc::new(Places::of(limits.most));
    loop {
        let connection = match listener.accept().await {
            Ok((connection, _)) => connection,
            // Whoever came has gone again: that is their affair alone.
            Err(error) if has_gone(&error) => continue,
            Err(_) => {
                places.make_room(Duration::ZERO);
                tokio::time::sleep(AFTER_REFUSAL).await;
                continue;
            }
        };
        let seat = places.seat().await;
        // Head and body leave in pieces; waiting for the other side's word between them would cost 40 ms an answer. A
        // connection that refuses this is slower, and right.
        drop(connection.set_nodelay(true));
        let (held, leave) = Places::hold(&places, seat);
        let serving = serve(connection, app.clone(), limits, Arc::clone(held.place()));
        tokio::spawn(async move {
            // Whether it ended by itself or had to leave is the same to everybody else.
            let _ = leave.heeded_by(serving).await;
            drop(held);
        });
    }
}

/// Whether a connection ended before it was taken.
fn has_gone(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted, TimedOut};
    matches!(error.kind(), ConnectionAborted | ConnectionReset | Interrupted | TimedOut)
}

/// Answers one connection to its end. What it does wrong ends that connection alone.
async fn serve(connection: TcpStream, app: Router, limits: Limits, place: Arc<places::Place>) {
    let connection = Patient::new(connection, limits.write_within, Arc::clone(&place));
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_within)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(connection), service::of(app, place))
        .await;
}

#[cfg(test)]
mod tests;
