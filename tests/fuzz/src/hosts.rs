//! The Host check. Input: which address the server is bound to, then the Host header.

use crate::Target;
use crate::input::Input;
use http::{HeaderMap, HeaderValue, header};
use http_face::fuzzing::{Hosts, host};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

pub const TARGET: Target = Target {
    name: "hosts",
    holds,
    words: &[
        "127.0.0.1",
        ":7245",
        "localhost",
        "LOCALHOST",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "192.168.1.5",
        "[",
        "]",
        "%1",
        ".",
        ":",
        "@",
        " ",
        "evil.example",
        "pail.example:443",
        "0x7f",
        "2130706433",
        "07245",
        "[::]",
        "\n",
    ],
    tries: 30_000,
};

const BOUND: [&str; 6] =
    ["127.0.0.1:7245", "0.0.0.0:7245", "[::1]:7245", "[::]:7245", "192.168.1.5:7245", "127.0.0.1:80"];

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let which = usize::try_from(input.number() % BOUND.len() as u64).unwrap();
    let bound: SocketAddr = BOUND[which].parse().unwrap();
    let given = input.rest();
    let mut headers = HeaderMap::new();
    let Ok(value) = HeaderValue::from_bytes(given) else { return };
    headers.insert(header::HOST, value.clone());
    let Some(named) = host(&headers) else {
        assert!(given.iter().any(|byte| !byte.is_ascii_graphic() && !b" \t".contains(byte)));
        return;
    };
    assert_eq!(named.as_bytes(), given);
    let hosts = Hosts::of(bound, vec!["Pail.example:443".to_owned()]);
    let by_its_owner = ["pail.example:443", "pail.example"].iter().any(|own| named.eq_ignore_ascii_case(own));
    // What names no port is asked by HTTP.
    let portless = named.rsplit(']').next().is_some_and(|end| !end.contains(':'));
    let ours = if portless { slow(bound, &format!("{named}:80")) } else { slow(bound, named) };
    assert_eq!(hosts.allows(named), by_its_owner || ours, "{named:?} at {bound}");
    headers.append(header::HOST, value);
    assert_eq!(host(&headers), None, "two hosts are none");
}

/// An address in full with the port in digits, or `localhost` with it on the loopback; nothing else.
fn slow(bound: SocketAddr, named: &str) -> bool {
    let Some((host, port)) = named.rsplit_once(':') else { return false };
    if port.is_empty() || !port.chars().all(|c| c.is_ascii_digit()) || port.parse() != Ok(bound.port()) {
        return false;
    }
    if host.eq_ignore_ascii_case("localhost") {
        return port == bound.port().to_string()
            && [v4(127, 0, 0, 1), IpAddr::V6(Ipv6Addr::LOCALHOST)].contains(&bound.ip());
    }
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let address = match inner {
        Some(inner) => without_zone(inner).and_then(|address| address.parse().ok()).map(IpAddr::V6),
        None => quad(host),
    };
    let anywhere = [v4(0, 0, 0, 0), IpAddr::V6(Ipv6Addr::UNSPECIFIED)].contains(&bound.ip());
    address.is_some_and(|address| anywhere || as_v4(address) == as_v4(bound.ip()))
}

fn v4(a: u8, b: u8, c: u8, d: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(a, b, c, d))
}

/// Four numbers up to 255 without leading zeros.
fn quad(host: &str) -> Option<IpAddr> {
    let numbers: Option<Vec<u8>> = host
        .split('.')
        .map(|part| part.parse::<u8>().ok().filter(|number| number.to_string() == part))
        .collect();
    match numbers?[..] {
        [a, b, c, d] => Some(v4(a, b, c, d)),
        _ => None,
    }
}

/// An address may name its zone by number.
fn without_zone(address: &str) -> Option<&str> {
    match address.split_once('%') {
        Some((address, zone)) => {
            let number = zone.chars().all(|c| c.is_ascii_digit()) && zone.parse::<u32>().is_ok();
            number.then_some(address)
        }
        None => Some(address),
    }
}

/// An IPv4 address that is written as an IPv6 one is that IPv4 address.
fn as_v4(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(long) if long.segments()[..6] == [0, 0, 0, 0, 0, 0xffff] => {
            let [.., a, b, c, d] = long.octets();
            v4(a, b, c, d)
        }
        other => other,
    }
}
