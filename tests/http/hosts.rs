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

#[test]
fn a_name_of_the_owners_is_answered_as_browsers_write_it() {
    let home = acceptance::Home::new();
    home.bucket("Kit");
    let key = home.run(["key", "create", "all", "--privilege", "admin"]).done();
    let server = acceptance::Server::with(&home, &["--host", "pail.example:443", "--host", "pail.lan:8080"]);
    let key = format!("X-API-Key: {}", key.trim());
    for (host, origin, read, written) in [
        ("pail.example", "https://pail.example", 200, 200),
        ("pail.example:443", "https://pail.example:443", 200, 200),
        ("pail.example", "http://pail.example", 200, 403),
        ("pail.example", "https://pail.example:8443", 200, 403),
        ("pail.example:80", "https://pail.example", 421, 421),
        ("pail.lan:8080", "http://pail.lan:8080", 200, 200),
        ("pail.lan:8080", "http://pail.lan", 200, 403),
        ("pail.lan", "http://pail.lan:8080", 421, 421),
    ] {
        let lines = [format!("Host: {host}"), format!("Origin: {origin}"), key.clone()];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert_eq!(exchange(server.address(), "GET", "/health", &lines).status, read, "{host}, {origin}");
        let merged = acceptance::send(
            server.address(),
            "PATCH",
            "/api/buckets/v1/buckets/kit/data",
            &lines,
            b"{\"a\":1}",
        );
        assert_eq!(merged.status, written, "{host}, {origin}");
    }
}
