//! The server: bound, announced in the home, and stopped when it is dropped.

use crate::connections;
use crate::routes::{self, Settings};
use axum::Router;
use engine::{Code, Engine, Error, Result};
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
use tokio::runtime::Runtime;

/// Ports tried after the one that is taken.
const NEXT_PORTS: u16 = 50;
/// How often the home is looked at for a withdrawn address.
const ANNOUNCE_EVERY: Duration = Duration::from_secs(2);

/// A running server. Dropped, it stops.
pub struct Server {
    engine: Engine,
    url: String,
    moved_from: Option<u16>,
    runtime: Option<Runtime>,
}

impl Server {
    /// Serves a home at `address`, and announces that in the home. Port 0 takes any.
    ///
    /// # Errors
    /// `io` if the address cannot be had, with what to do about it.
    pub fn start(engine: Engine, address: SocketAddr, settings: Settings) -> Result<Self> {
        let listener = bind(address, settings.next_free)?;
        let bound = listener.local_addr().map_err(|error| unserved(address, error))?;
        let url = format!("http://{}", reachable(bound));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("pail-http")
            .enable_all()
            .build()
            .map_err(|error| unserved(address, error))?;
        let app = routes::all(engine.clone(), bound, settings);
        runtime.spawn(serve(listener, app));
        engine.announce_server(&url)?;
        runtime.spawn(stay_announced(engine.clone(), url.clone()));
        let moved_from = (address.port() != 0 && bound.port() != address.port()).then_some(address.port());
        Ok(Self { engine, url, moved_from, runtime: Some(runtime) })
    }

    /// Where links begin: `http://127.0.0.1:7245`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The port that was asked for and taken, if the server had to move.
    pub fn moved_from(&self) -> Option<u16> {
        self.moved_from
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A home that cannot be written now keeps the address; the next server writes its own.
        let _ = self.engine.withdraw_server(&self.url);
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn serve(listener: TcpListener, app: Router) {
    let listener = listener.set_nonblocking(true).and_then(|()| tokio::net::TcpListener::from_std(listener));
    if let Ok(listener) = listener {
        connections::answer(listener, app, connections::Limits::of_process()).await;
    }
}

/// When another server of the home stops, it takes its address back; then ours is the one again.
async fn stay_announced(engine: Engine, url: String) {
    let mut tick = tokio::time::interval(ANNOUNCE_EVERY);
    loop {
        tick.tick().await;
        let (engine, url) = (engine.clone(), url.clone());
        // An answer that fails now comes with the next tick.
        let _ = tokio::task::spawn_blocking(move || match engine.workspace() {
            Ok(workspace) if workspace.server.is_none() => engine.announce_server(&url),
            _ => Ok(()),
        })
        .await;
    }
}

fn bind(address: SocketAddr, next_free: bool) -> Result<TcpListener> {
    let last = if next_free { address.port().saturating_add(NEXT_PORTS) } else { address.port() };
    let mut refused = None;
    for port in address.port()..=last {
        match TcpListener::bind(SocketAddr::new(address.ip(), port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => return Err(unserved(address, error)),
        }
    }
    Err(unserved(address, refused.unwrap_or_else(|| ErrorKind::AddrInUse.into())))
}

fn unserved(address: SocketAddr, error: std::io::Error) -> Error {
    let message = match error.kind() {
        ErrorKind::AddrInUse => {
            format!("{address} is in use by another program. Stop it, or listen elsewhere with --listen.")
        }
        _ => format!("Nothing can be served at {address}: {error}. Listen elsewhere with --listen."),
    };
    Error::new(Code::Io, message).because(error)
}

/// An address that a browser on this machine can open.
fn reachable(bound: SocketAddr) -> SocketAddr {
    match bound {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => SocketAddr::from(([127, 0, 0, 1], bound.port())),
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => {
            SocketAddr::from(([0, 0, 0, 0, 0, 0, 0, 1], bound.port()))
        }
        other => other,
    }
}
