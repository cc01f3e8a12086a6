//! Ctrl-C and the system's request to end, heard by a thread of its own.

use crate::failure::Failure;
use std::io;
use std::sync::mpsc;
use std::thread;

/// Calls `heard` at each request to end, from now until the program ends.
///
/// # Errors
/// If the system gives no way to listen; then such a request ends the program at once, as it always did.
pub fn listen(heard: impl Fn() + Send + 'static) -> Result<(), Failure> {
    let (ready, is_ready) = mpsc::channel();
    thread::Builder::new().name("pail-interrupt".to_owned()).spawn(move || {
        let runtime = match tokio::runtime::Builder::new_current_thread().enable_io().build() {
            Ok(runtime) => runtime,
            Err(error) => return drop(ready.send(Err(error))),
        };
        runtime.block_on(async {
            match Requests::new() {
                Ok(mut requests) => {
                    // Nobody waits any more only if the program is ending already.
                    let _ = ready.send(Ok(()));
                    while requests.next().await.is_some() {
                        heard();
                    }
                }
                Err(error) => drop(ready.send(Err(error))),
            }
        });
    })?;
    is_ready
        .recv()
        .unwrap_or_else(|_| Err(io::Error::other("nothing listens for Ctrl-C")))
        .map_err(Failure::from)
}

#[cfg(unix)]
struct Requests {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Requests {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) -> Option<()> {
        tokio::select! {
            heard = self.interrupt.recv() => heard,
            heard = self.terminate.recv() => heard,
        }
    }
}

#[cfg(windows)]
struct Requests(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Requests {
    fn new() -> io::Result<Self> {
        Ok(Self(tokio::signal::windows::ctrl_c()?))
    }

    async fn next(&mut self) -> Option<()> {
        self.0.recv().await
    }
}
