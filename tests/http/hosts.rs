//! The loopback is no boundary: only requests that name this server are answered.

use crate::Links;
use acceptance::exchange;

#[test]
fn only_the_servers_own_names_are_answered() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    let port = links.server.address().port();
    for (host, status) in [
        (format!("127.0.0.1:{port}"), 200),
        (format!("localhost:{port}"), 200),
        (format!("LocalHost:{port}"), 200),
        ("127.0.0.1".to_owned(), 421),
        ("localhost".to_owned(), 421),
        ("127.0.0.1:1".to_owned(), 421),
        (format!("evil.example:{port}"), 421),
        (format!("127.0.0.1.evil.example:{port}"), 421),
        (format!("localhost.evil.example:{port}"), 421),
        (format!("192.168.1.1:{port}"), 421),
        (format!("[::1]:{port}"), 421),
        (format!("user@127.0.0.1:{port}"), 421),
    ] {
        for path in [&path, "/", "/nothing"] {
            let answer = exchange(links.server.address(), "GET", path, &[&format!("Host: {host}")]);
            let expected = if status == 200 && path.len() < 10 { 404 } else { status };
            assert_eq!(answer.status, expected, "{host} {path}");
            assert!(answer.status == 200 || !answer.text().contains("words"), "{host}");
        }
    }
}

#[test]
fn a_request_without_a_host_or_with_two_is_refused() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    let address = links.server.address();
    let host = format!("Host: {address}");
    let host = host.as_str();
    for headers in [&[][..], &[host, host], &[host, "Host: evil.example"], &["Host:"]] {
        let answer = exchange(address, "GET", &path, headers);
        assert!([400, 421].contains(&answer.status), "{headers:?}: {}", answer.status);
    }
    assert_eq!(exchange(address, "GET", &path, &[]).status, 400);
}

#[test]
fn a_page_from_elsewhere_is_given_no_right_to_read() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    let answer = links.get_with(&path, &["Origin: https://evil.example"]);
    assert!(answer.headers.iter().all(|(name, _)| !name.starts_with("access-control-")), "{answer:?}");
}
