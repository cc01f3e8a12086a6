//! The server behind copied links: it runs as long as the window does.

use engine::Engine;
use http_face::Server;
use serde::Serialize;
use std::net::{Ipv4Addr, SocketAddr};

/// P-A-I-L on a telephone.
const PORT: u16 = 7245;

/// How the program around the page stands (`Status` in `ui/src/host/host.ts`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Where links are served, if they are.
    pub server: Option<String>,
    /// What the person should know from the start.
    pub notice: Option<String>,
}

/// Serves links on the usual port, or on the next free one. A window whose links cannot be served still opens, and says so.
pub fn serve(engine: &Engine) -> (Option<Server>, Status) {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
    match Server::start(engine.clone(), address, true) {
        Ok(server) => {
            let status = status(server.url(), server.moved_from());
            (Some(server), status)
        }
        Err(error) => {
            let notice = format!("Copied links do not open for now. {}", error.message());
            (None, Status { server: None, notice: Some(notice) })
        }
    }
}

fn status(url: &str, moved_from: Option<u16>) -> Status {
    let notice = moved_from.map(|taken| {
        let now = url.rsplit(':').next().unwrap_or(url);
        format!("Another program uses port {taken}, so links open on port {now} while this window is open")
    });
    Status { server: Some(url.to_owned()), notice }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_said_plainly() {
        let status = status("http://127.0.0.1:7246", Some(7245));
        assert_eq!(status.server.as_deref(), Some("http://127.0.0.1:7246"));
        assert_eq!(
            status.notice.as_deref(),
            Some("Another program uses port 7245, so links open on port 7246 while this window is open")
        );
    }

    #[test]
    fn the_usual_port_needs_no_word() {
        assert_eq!(status("http://127.0.0.1:7245", None).notice, None);
    }
}
