//! Connections: taken, answered, and ended when they dawdle.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Connections at a time; further ones wait until one ends.
const MOST: usize = 1024;
/// The head of a request has to be there by then.
const HEAD_WITHIN: Duration = Duration::from_secs(15);
/// The largest head, in bytes.
const HEAD_BYTES: usize = 64 * 1024;
/// The most headers.
const HEADERS: usize = 128;
/// What is waited after the system refused a connection, as when it has no descriptors left.
const AFTER_REFUSAL: Duration = Duration::from_millis(50);

/// Answers connections until the runtime ends.
pub async fn answer(listener: TcpListener, app: Router) {
    let room = Arc::new(Semaphore::new(MOST));
    while let Ok(place) = Arc::clone(&room).acquire_owned().await {
        let Ok((connection, _)) = listener.accept().await else {
            tokio::time::sleep(AFTER_REFUSAL).await;
            continue;
        };
        // Head and body leave in pieces; waiting for the other side's word between them would cost 40 ms an answer. A
        // connection that refuses this is slower, and right.
        drop(connection.set_nodelay(true));
        let service = TowerToHyperService::new(app.clone());
        tokio::spawn(async move {
            // What a connection does wrong ends that connection alone.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_WITHIN)
                .max_buf_size(HEAD_BYTES)
                .max_headers(HEADERS)
                .serve_connection(TokioIo::new(connection), service)
                .await;
            drop(place);
        });
    }
}
