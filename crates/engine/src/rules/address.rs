//! Where webhooks may go: web addresses, and the internet addresses behind them. Pail stands inside a network whose doors
//! are closed to the outside; whoever may name an address must not reach through Pail what they could not reach
//! themselves.

use crate::{Code, Error, Result};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// The longest web address, in bytes.
const LONGEST: usize = 2000;

/// A web address that a request can go to: http or https, with a host, without credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
}

impl Target {
    /// Reads a web address.
    ///
    /// # Errors
    /// `invalid_address`.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(refuse(format!("An address of {} bytes is too long", text.len()), SHORTER));
        }
        let mut url = Url::parse(text).map_err(|_| refuse(format!("“{text}” is no web address"), FORM))?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(refuse("Only addresses with http:// or https:// can be called", FORM));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse(
                "An address with a name or a password in it is not called",
                "Messages are signed: leave out what stands before the @.",
            ));
        }
        url.set_fragment(None);
        Ok(Self { url })
    }

    /// The whole address, in its normal form.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Whether it is spoken to through TLS.
    pub fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The host by name, or its internet address as it is written: `build.lan`, `192.0.2.1`, `2001:db8::1`.
    pub fn host(&self) -> String {
        self.url.host().map(plain).unwrap_or_default()
    }

    /// The internet address, if the host is written as one.
    pub fn literal(&self) -> Option<IpAddr> {
        match self.url.host()? {
            Host::Domain(_) => None,
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
        }
    }

    /// The port to connect to.
    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(0)
    }

    /// What the header `Host` says: the host, and the port if it is not the usual one.
    pub fn authority(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Path and query, as they stand in a request.
    pub fn path(&self) -> String {
        match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        }
    }

    /// Whether the workspace's settings name the host: then it may lie in a private network.
    pub fn is_named(&self, hosts: &[String]) -> bool {
        let host = self.host();
        hosts.iter().any(|named| self::host(named).is_ok_and(|named| named == host))
    }
}

/// Reads the name of a host, or its internet address, in the form that [`Target::host`] has.
///
/// # Errors
/// `invalid_address`.
pub fn host(text: &str) -> Result<String> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    if let Ok(address) = bare.parse::<Ipv6Addr>() {
        return Ok(address.to_string());
    }
    let read = Host::parse(bare).ok().map(plain).filter(|host| !host.is_empty() && !host.contains('*'));
    read.ok_or_else(|| {
        refuse(
            format!("“{text}” is no name of a host"),
            "Write one such as build.lan or 10.0.0.7, without a port.",
        )
    })
}

fn plain<S: AsRef<str>>(host: Host<S>) -> String {
    match host {
        Host::Domain(name) => name.as_ref().trim_end_matches('.').to_owned(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    }
}

const FORM: &str = "Write one such as https://example.com/hook.";
const SHORTER: &str = "Write a shorter one.";

fn refuse(reason: impl Into<String>, advice: &str) -> Error {
    Error::refusal(Code::InvalidAddress, reason, advice)
}

/// Refuses an address whose host is written as an internet address that nothing may be sent to. Where the host is a name,
/// only the connection shows what is behind it.
///
/// # Errors
/// `invalid_address`.
pub fn check_literal(target: &Target, hosts: &[String]) -> Result<()> {
    match target.literal() {
        Some(address) if !target.is_named(hosts) => check(&target.host(), address),
        _ => Ok(()),
    }
}

/// Refuses an internet address that nothing may be sent to; `host` is what led to it.
///
/// # Errors
/// `invalid_address`.
pub fn check(host: &str, address: IpAddr) -> Result<()> {
    let Some(what) = closed(address) else { return Ok(()) };
    Err(refuse(
        format!("{host} is at {address}, which is {what}"),
        "To call it all the same, name its host in Settings under “Webhooks may call”.",
    ))
}

/// Why nothing may be sent to that address; `None` for a public one.
pub fn closed(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => closed_v4(address),
        IpAddr::V6(address) => closed_v6(address),
    }
}

/// Networks that are not the public internet (IANA's registry of special addresses), and machines of clouds that answer
/// every guest with secrets. The first that fits names the reason.
const CLOSED_V4: &[(Ipv4Addr, u32, &str)] = &[
    (Ipv4Addr::new(127, 0, 0, 0), 8, "this computer itself"),
    (Ipv4Addr::new(0, 0, 0, 0), 8, "no address of a host"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, PRIVATE),
    (Ipv4Addr::new(172, 16, 0, 0), 12, PRIVATE),
    (Ipv4Addr::new(192, 168, 0, 0), 16, PRIVATE),
    (Ipv4Addr::new(169, 254, 169, 254), 32, METADATA),
    (Ipv4Addr::new(169, 254, 0, 0), 16, LINK_LOCAL),
    (Ipv4Addr::new(100, 100, 100, 200), 32, METADATA),
    (Ipv4Addr::new(168, 63, 129, 16), 32, METADATA),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "in the network of a provider"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, SPECIAL),
    (Ipv4Addr::new(192, 31, 196, 0), 24, SPECIAL),
    (Ipv4Addr::new(192, 52, 193, 0), 24, SPECIAL),
    (Ipv4Addr::new(192, 88, 99, 0), 24, SPECIAL),
    (Ipv4Addr::new(192, 175, 48, 0), 24, SPECIAL),
    (Ipv4Addr::new(192, 0, 2, 0), 24, DOCUMENTATION),
    (Ipv4Addr::new(198, 51, 100, 0), 24, DOCUMENTATION),
    (Ipv4Addr::new(203, 0, 113, 0), 24, DOCUMENTATION),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "for measuring networks"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, MULTICAST),
    (Ipv4Addr::new(240, 0, 0, 0), 4, SPECIAL),
];

const PRIVATE: &str = "in a private network";
const LINK_LOCAL: &str = "in the network of one link";
const METADATA: &str = "where a cloud tells its guests secrets";
const SPECIAL: &str = "reserved for special purposes";
const DOCUMENTATION: &str = "for examples in documents";
const MULTICAST: &str = "not one host but many";

fn closed_v4(address: Ipv4Addr) -> Option<&'static str> {
    let within = |network: &Ipv4Addr, length: u32| {
        let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
        address.to_bits() & mask == network.to_bits()
    };
    CLOSED_V4.iter().find(|(network, length, _)| within(network, *length)).map(|(_, _, why)| *why)
}

fn closed_v6(address: Ipv6Addr) -> Option<&'static str> {
    // What carries another address within leads to that one.
    if let Some(inner) = address.to_ipv4_mapped().or_else(|| translated(address)) {
        return closed_v4(inner);
    }
    let part = address.segments();
    match (part[0], part[1]) {
        _ if address.is_loopback() => Some("this computer itself"),
        _ if address.is_unspecified() => Some("no address of a host"),
        (0xff00..=0xffff, _) => Some(MULTICAST),
        (0xfe80..=0xfebf, _) => Some(LINK_LOCAL),
        (0xfc00..=0xfdff, _) => Some(PRIVATE),
        (0x2001, 0x0db8) | (0x3fff, 0x0000..=0x0fff) => Some(DOCUMENTATION),
        // Tunnels (Teredo, 6to4), benchmarks, identifiers that are no places.
        (0x2001, 0x0000..=0x01ff) | (0x2002, _) => Some(SPECIAL),
        // All that is public lies in 2000::/3.
        (0x2000..=0x3fff, _) => None,
        _ => Some(SPECIAL),
    }
}

/// The address behind a translator of IPv6 to IPv4 (RFC 6052, 64:ff9b::/96). A network that has nothing but IPv6 reaches
/// public hosts through it.
fn translated(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = address.segments() else { return None };
    Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
}

#[cfg(test)]
mod tests;
