//! Tables of addresses, and laws that hold for all of them.

use super::*;
use proptest::prelude::*;

fn is_closed(address: &str) -> bool {
    closed(address.parse().unwrap()).is_some()
}

#[test]
fn nothing_goes_to_addresses_that_are_not_public() {
    for address in [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "169.254.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "168.63.129.16",
        "192.0.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.1.2.3",
        "64:ff9b:1::8.8.8.8",
        "100::1",
        "2001::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "4000::1",
    ] {
        assert!(is_closed(address), "{address}");
    }
}

#[test]
fn public_addresses_are_open_up_to_the_edges_of_closed_networks() {
    for address in [
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "203.0.114.0",
        "223.255.255.255",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2003::1",
        "2606:4700:4700::1111",
        "3ffe::1",
        "3fff:1000::1",
    ] {
        assert!(!is_closed(address), "{address}");
    }
}

proptest! {
    #[test]
    fn an_address_within_another_is_as_closed_as_it_is_alone(bits in any::<u32>()) {
        let inner = Ipv4Addr::from_bits(bits);
        let mapped = IpAddr::V6(inner.to_ipv6_mapped());
        let behind = IpAddr::V6(Ipv6Addr::from_bits(0x0064_ff9b << 96 | u128::from(bits)));
        let alone = closed(inner.into());
        prop_assert_eq!(closed(mapped), alone);
        prop_assert_eq!(closed(behind), alone);
    }

    #[test]
    fn what_the_system_calls_private_is_closed(bits in any::<u32>(), wide in any::<u128>()) {
        let v4 = Ipv4Addr::from_bits(bits);
        if v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_multicast() || v4.is_unspecified()
            || v4.is_broadcast() || v4.is_documentation()
        {
            prop_assert!(closed(v4.into()).is_some(), "{}", v4);
        }
        let v6 = Ipv6Addr::from_bits(wide);
        if v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local() || v6.is_multicast() {
            prop_assert!(closed(v6.into()).is_some(), "{}", v6);
        }
    }

    #[test]
    fn an_open_address_of_version_6_is_global_or_carries_a_public_one(bits in any::<u128>()) {
        let address = Ipv6Addr::from_bits(bits);
        if closed(address.into()).is_none() {
            let carried = address.to_ipv4_mapped().or_else(|| translated(address));
            prop_assert!(bits >> 125 == 1 || carried.is_some(), "{}", address);
        }
    }

    #[test]
    fn what_is_read_is_read_the_same_again(text in ".{0,60}") {
        if let Ok(target) = Target::parse(&text) {
            prop_assert_eq!(Target::parse(target.url()).unwrap(), target);
        }
    }
}

#[test]
fn every_way_to_write_this_computer_is_seen() {
    for url in [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://2130706433/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:0:0:1]:8080/",
        "http://①②⑦.0.0.1/",
        "http://127.0.0.1.:80/",
    ] {
        let target = Target::parse(url).unwrap();
        assert_eq!(check_literal(&target, &[]).unwrap_err().code(), Code::InvalidAddress, "{url}");
    }
}

#[test]
fn addresses_that_no_message_can_go_to_are_refused() {
    for url in [
        "",
        "example.com/hook",
        "/hook",
        "ftp://example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "https://user@example.com/",
        "https://user:word@example.com/",
        "https://:word@example.com/",
        "http://exa mple.com/",
        "http://[::1/",
        "http://example.com:99999/",
    ] {
        assert_eq!(Target::parse(url).unwrap_err().code(), Code::InvalidAddress, "{url}");
    }
    let long = format!("https://example.com/{}", "a".repeat(LONGEST));
    assert!(Target::parse(&long).is_err());
}

#[test]
fn an_address_is_taken_apart_as_a_request_needs_it() {
    let target = Target::parse(" HTTPS://Example.COM:8443/a b?c=1#d ").unwrap();
    assert_eq!(target.url(), "https://example.com:8443/a%20b?c=1");
    assert_eq!((target.host().as_str(), target.port()), ("example.com", 8443));
    assert_eq!((target.authority().as_str(), target.path().as_str()), ("example.com:8443", "/a%20b?c=1"));
    assert!(target.is_secure());
    let plain = Target::parse("http://[2606:4700::1]").unwrap();
    assert_eq!((plain.authority().as_str(), plain.port()), ("[2606:4700::1]", 80));
    assert_eq!((plain.host().as_str(), plain.path().as_str()), ("2606:4700::1", "/"));
}

#[test]
fn a_host_is_allowed_by_its_name_and_by_no_part_of_it() {
    let hosts: Vec<String> = ["Build.LAN", " 127.0.0.1 ", "[::1]"].map(str::to_owned).to_vec();
    let named = |url: &str| Target::parse(url).unwrap().is_named(&hosts);
    for url in [
        "http://build.lan/",
        "http://BUILD.lan.:81/",
        "http://127.0.0.1:9/",
        "http://127.1/",
        "http://[::1]/",
    ] {
        assert!(named(url), "{url}");
    }
    for url in
        ["http://build.lan.evil.example/", "http://notbuild.lan/", "http://127.0.0.2/", "http://localhost/"]
    {
        assert!(!named(url), "{url}");
    }
}

#[test]
fn hosts_are_read_as_addresses_have_them_and_what_is_none_is_refused() {
    for (written, read) in [
        ("build.lan", "build.lan"),
        (" Build.LAN. ", "build.lan"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("10.0.0.7", "10.0.0.7"),
        ("127.1", "127.0.0.1"),
        ("::1", "::1"),
        ("[0:0::1]", "::1"),
    ] {
        assert_eq!(host(written).unwrap(), read, "{written}");
    }
    for written in [
        "",
        " ",
        ".",
        "http://build.lan",
        "build.lan:80",
        "build.lan/x",
        "a b",
        "*",
        "me@build.lan",
        "[build.lan",
    ] {
        assert_eq!(host(written).map_err(|error| error.code()), Err(Code::InvalidAddress), "{written}");
    }
}
