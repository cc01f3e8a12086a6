//! What runs beside the window for as long as it is open: the server behind copied links, the watch over files that are
//! being edited, housekeeping, messages to webhooks. The window opens without them too, and says what is missing.

use engine::{Engine, Housekeeping, Watch};
use http_face::{Server, Settings};
use serde::Serialize;
use std::net::{Ipv4Addr, SocketAddr};
use webhooks::Deliverer;

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

/// All of it; dropped, it stops.
pub struct Beside {
    _server: Option<Server>,
    _checkouts: Option<Watch>,
    _house: Option<Housekeeping>,
    _webhooks: Option<Deliverer>,
}

/// Starts what can be started, and says how that stands.
pub fn start(engine: &Engine) -> (Beside, Status) {
    let mut notices = Vec::new();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
    let server = Server::start(engine.clone(), address, Settings { next_free: true, ..Settings::default() })
        .map_err(|error| notices.push(format!("Copied links do not open for now: {}", error.message())))
        .ok();
    notices.extend(server.as_ref().and_then(|server| moved(server.url(), server.moved_from()?)));
    let checkouts = api::watch_checkouts(engine)
        .map_err(|error| {
            notices.push(format!("Saves of edited files are not noticed for now: {}", error.message))
        })
        .ok();
    // It only frees space; the next start tries again.
    let house = engine.keep_house().ok();
    let webhooks = Deliverer::start(engine.clone(), webhooks::Settings::default())
        .map_err(|error| notices.push(error.message().to_owned()))
        .ok();
    let status = Status {
        server: server.as_ref().map(|server| server.url().to_owned()),
        notice: (!notices.is_empty()).then(|| notices.join(" ")),
    };
    (Beside { _server: server, _checkouts: checkouts, _house: house, _webhooks: webhooks }, status)
}

/// That links are at another port than usual.
fn moved(url: &str, taken: u16) -> Option<String> {
    let now = url.rsplit(':').next()?;
    Some(format!("Another program uses port {taken}, so links open on port {now} while this window is open"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn a_taken_port_is_said_plainly() {
        assert_eq!(
            moved("http://127.0.0.1:7246", 7245).as_deref(),
            Some("Another program uses port 7245, so links open on port 7246 while this window is open")
        );
    }

    #[test]
    fn links_are_served_even_where_the_usual_port_is_taken() {
        // Taken by this test, or by a Pail that is open on this computer.
        let _taken = TcpListener::bind((Ipv4Addr::LOCALHOST, PORT));
        let home = tempfile::tempdir().unwrap();
        let (_beside, status) = start(&Engine::open(home.path()).unwrap());
        let server = status.server.unwrap();
        assert!(server.starts_with("http://127.0.0.1:72"), "{server}");
        assert!(status.notice.unwrap().contains("port 7245"));
    }
}
