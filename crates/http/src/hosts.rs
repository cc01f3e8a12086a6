//! The hosts that this server answers to, and how a request names one. Browsers leave out the port that the scheme has by
//! itself, so `pail.example` is `pail.example:443` where a page was loaded by HTTPS.

use axum::http::{HeaderMap, header};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

const HTTP: u16 = 80;
const HTTPS: u16 = 443;

/// See the head of this file.
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
    ///
    /// The header does not tell the scheme. Without a port, an address is asked by HTTP, which is all that is spoken here; a
    /// name by HTTP or by HTTPS, which its proxy speaks.
    pub fn allows(&self, host: &str) -> bool {
        match port_of(host) {
            Some(_) => self.is_ours(host) || self.is_named(host),
            None => self.is_ours(&with_port(host, HTTP)) || self.scheme_of(host).is_some(),
        }
    }

    /// Whether an Origin header names a page of this server.
    pub fn allows_origin(&self, origin: &str) -> bool {
        let (host, port) = match origin.split_once("://") {
            Some(("http", host)) => (host, HTTP),
            Some(("https", host)) => (host, HTTPS),
            _ => return false,
        };
        let host = if port_of(host).is_some() { host.to_owned() } else { with_port(host, port) };
        self.is_ours(&host) || self.is_named(&host)
    }

    /// Where the addresses begin that whoever asks can follow: `https://pail.example`. The Host was checked at the gate.
    pub fn origin(&self, headers: &HeaderMap) -> String {
        let host = host(headers).unwrap_or_default();
        match host.strip_suffix(":443") {
            Some(name) => format!("https://{name}"),
            None => format!("{}://{host}", self.scheme_of(host).unwrap_or("http")),
        }
    }

    /// The scheme by which a name without a port is asked for: HTTPS where its owner named that port, else HTTP, which is
    /// spoken here.
    fn scheme_of(&self, name: &str) -> Option<&'static str> {
        if port_of(name).is_some() {
            return None;
        }
        let secure = with_port(name, HTTPS);
        if self.named.iter().any(|named| named.eq_ignore_ascii_case(&secure)) {
            return Some("https");
        }
        self.is_named(&with_port(name, HTTP)).then_some("http")
    }

    fn is_ours(&self, host: &str) -> bool {
        if self.bound.ip().is_loopback()
            && host.eq_ignore_ascii_case(&format!("localhost:{}", self.bound.port()))
        {
            return true;
        }
        match host.parse::<SocketAddr>() {
            Ok(named) if named.port() != self.bound.port() => false,
            Ok(named) => self.bound.ip().is_unspecified() || same(named.ip(), self.bound.ip()),
            Err(_) => false,
        }
    }

    /// Whether the owner named it. One who named no port meant the usual ones.
    fn is_named(&self, host: &str) -> bool {
        self.named.iter().any(|named| match port_of(named) {
            Some(_) => named.eq_ignore_ascii_case(host),
            None => [HTTPS, HTTP].iter().any(|port| with_port(named, *port).eq_ignore_ascii_case(host)),
        })
    }
}

/// The host that a request names; `None` if it names none, or several.
pub fn host(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(header::HOST).iter();
    let only = all.next()?;
    if all.next().is_some() { None } else { only.to_str().ok() }
}

/// The name that this server was called by, without the port.
pub fn name(headers: &HeaderMap) -> &str {
    let host = host(headers).unwrap_or_default();
    port_of(host).map_or(host, |port| &host[..host.len() - port.len() - 1])
}

/// What stands after the last colon, unless that is within an IPv6 address.
fn port_of(host: &str) -> Option<&str> {
    host.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.contains(']'))
}

fn with_port(host: &str, port: u16) -> String {
    format!("{host}:{port}")
}

fn same(one: IpAddr, other: IpAddr) -> bool {
    one.to_canonical() == other.to_canonical()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(bound: &str, named: &[&str]) -> Hosts {
        Hosts::of(bound.parse().unwrap(), named.iter().map(|&named| named.to_owned()).collect())
    }

    #[test]
    fn only_our_own_addresses_with_our_port_are_hosts() {
        let loopback = at("127.0.0.1:7245", &["pail.example:443", "pail.lan:8080", "both.example"]);
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
            ("pail.example", true),
            ("Pail.Example", true),
            ("pail.example:", false),
            ("pail.example:80", false),
            ("pail.lan:8080", true),
            ("pail.lan", false),
            ("both.example", true),
            ("both.example:80", true),
            ("both.example:443", true),
            ("both.example:7245", false),
            ("", false),
        ] {
            assert_eq!(loopback.allows(host), allowed, "{host}");
        }
        let everywhere = at("0.0.0.0:7245", &[]);
        assert!(everywhere.allows("192.168.1.5:7245") && everywhere.allows("127.0.0.1:7245"));
        assert!(!everywhere.allows("rebound.example:7245") && !everywhere.allows("192.168.1.5:80"));
        assert!(!everywhere.allows("192.168.1.5") && !everywhere.allows("[::1]"));
        assert!(at("[::1]:7245", &[]).allows("[::1]:7245"));
        let usual = at("127.0.0.1:80", &[]);
        assert!(usual.allows("localhost") && usual.allows("127.0.0.1") && !usual.allows("[::1]"));
        assert!(at("[::1]:80", &[]).allows("[::1]"));
    }

    #[test]
    fn an_origin_without_a_port_has_that_of_its_scheme() {
        let hosts = at("127.0.0.1:7245", &["pail.example:443", "pail.lan:80", "pail.test:8443"]);
        for (origin, allowed) in [
            ("http://127.0.0.1:7245", true),
            ("http://localhost:7245", true),
            ("http://127.0.0.1", false),
            ("https://127.0.0.1", false),
            ("https://pail.example", true),
            ("https://pail.example:443", true),
            ("http://pail.example", false),
            ("http://pail.lan", true),
            ("https://pail.lan", false),
            ("https://pail.test:8443", true),
            ("https://pail.test", false),
            ("https://pail.example.evil.example", false),
            ("ftp://127.0.0.1:7245", false),
            ("null", false),
            ("", false),
        ] {
            assert_eq!(hosts.allows_origin(origin), allowed, "{origin}");
        }
    }

    #[test]
    fn addresses_begin_as_they_were_asked_for() {
        let hosts = at("127.0.0.1:7245", &["pail.example:443", "pail.lan:80", "both.example"]);
        for (host, origin, name) in [
            ("both.example", "http://both.example", "both.example"),
            ("both.example:443", "https://both.example", "both.example"),
            ("127.0.0.1:7245", "http://127.0.0.1:7245", "127.0.0.1"),
            ("pail.example", "https://pail.example", "pail.example"),
            ("pail.example:443", "https://pail.example", "pail.example"),
            ("pail.lan", "http://pail.lan", "pail.lan"),
            ("[::1]:7245", "http://[::1]:7245", "[::1]"),
            ("[::1]", "http://[::1]", "[::1]"),
        ] {
            let headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
            assert_eq!((hosts.origin(&headers).as_str(), super::name(&headers)), (origin, name), "{host}");
        }
    }
}
