//! What stands before every route. The loopback is no boundary: a page from anywhere can send the browser here, so the
//! Host must be one of ours, with the port (DESIGN section 6).

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The hosts that this server answers to.
#[derive(Debug, Clone)]
pub struct Hosts {
    bound: SocketAddr,
    named: Arc<[String]>,
}

impl Hosts {
    /// Those of a server bound there, and others that its owner names.
    pub fn of(bound: SocketAddr, named: Vec<String>) -> Self {
        Self { bound, named: named.into() }
    }

    /// Whether a Host header names this server: its address, or `localhost` on the loopback, with its port. A server on
    /// all addresses answers to any address, but to no name: a name can be made to point anywhere.
    pub fn allows(&self, host: &str) -> bool {
        if self.bound.ip().is_loopback()
            && host.eq_ignore_ascii_case(&format!("localhost:{}", self.bound.port()))
        {
            return true;
        }
        if self.named.iter().any(|named| named.eq_ignore_ascii_case(host)) {
            return true;
        }
        match host.parse::<SocketAddr>() {
            Ok(named) if named.port() != self.bound.port() => false,
            Ok(named) => self.bound.ip().is_unspecified() || same(named.ip(), self.bound.ip()),
            Err(_) => false,
        }
    }
}

fn same(one: IpAddr, other: IpAddr) -> bool {
    one.to_canonical() == other.to_canonical()
}

/// Lets through what names this server: else 421, and 400 for no Host at all.
pub async fn check_host(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    match host(request.headers()) {
        Some(host) if hosts.allows(host) => next.run(request).await,
        Some(_) => plain(StatusCode::MISDIRECTED_REQUEST, "This server does not answer to that host."),
        None => plain(StatusCode::BAD_REQUEST, "A Host header is missing."),
    }
}

/// The host that a request names; `None` if it names none, or several.
pub fn host(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(header::HOST).iter();
    let only = all.next()?;
    if all.next().is_some() { None } else { only.to_str().ok() }
}

/// No such route.
pub async fn not_found() -> Response {
    plain(StatusCode::NOT_FOUND, "There is nothing here.")
}

/// A route, but not this way. The header `Allow` says which ways there are.
pub async fn method_not_allowed() -> Response {
    plain(StatusCode::METHOD_NOT_ALLOWED, "This address is not asked like this. The header Allow says how.")
}

/// A sentence as an answer.
pub fn plain(status: StatusCode, sentence: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, format!("{sentence}\n")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_addresses_with_our_port_are_hosts() {
        let loopback = Hosts::of("127.0.0.1:7245".parse().unwrap(), vec!["pail.example:443".to_owned()]);
        for (host, allowed) in [
            ("127.0.0.1:7245", true),
            ("localhost:7245", true),
            ("LOCALHOST:7245", true),
            ("127.0.0.1", false),
            ("localhost", false),
            ("127.0.0.1:80", false),
            ("evil.example:7245", false),
            ("localhost.evil.example:7245", false),
            ("127.0.0.1.evil.example:7245", false),
            ("[::1]:7245", false),
            ("10.0.0.1:7245", false),
            ("pail.example:443", true),
            ("pail.example", false),
            ("", false),
        ] {
            assert_eq!(loopback.allows(host), allowed, "{host}");
        }
        let everywhere = Hosts::of("0.0.0.0:7245".parse().unwrap(), Vec::new());
        assert!(everywhere.allows("192.168.1.5:7245") && everywhere.allows("127.0.0.1:7245"));
        assert!(!everywhere.allows("rebound.example:7245") && !everywhere.allows("192.168.1.5:80"));
        assert!(Hosts::of("[::1]:7245".parse().unwrap(), Vec::new()).allows("[::1]:7245"));
    }
}
