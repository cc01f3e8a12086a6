//! Which pages may write, by whichever API: our own, and those that no browser names.

use crate::house::House;
use engine::{Caller, NewBucket};

/// A write of each API, with the same bucket.
const WRITES: [(&str, &str, &str); 5] = [
    ("POST", "/api/app/write_bucket_data/v1", r#"{"id":"kit","data":{"a":1}}"#),
    ("PATCH", "/v1/buckets/kit", r#"{"name":"Kit"}"#),
    ("PATCH", "/api/buckets/v1/buckets/kit/data", r#"{"a":2}"#),
    ("POST", "/api/commands/data_set", r#"{"bucket":"kit","text":"{}"}"#),
    ("PATCH", "/api/apps/pail/storage/buckets/kit/", r#"{"visibility":"private"}"#),
];

/// A read of each.
const READS: [(&str, &str); 6] = [
    ("GET", "/api/app/get_bucket/v1?id=kit"),
    ("GET", "/v1/buckets/kit"),
    ("GET", "/api/buckets/v1/buckets/kit/data"),
    ("GET", "/api/apps/pail/storage/buckets/kit/"),
    ("HEAD", "/api/buckets/v1/buckets/kit"),
    ("GET", "/openapi.json"),
];

#[test]
fn only_our_own_pages_write_by_whichever_api() {
    let house = House::with(&["--host", "pail.example:443"]);
    let kit = Some("kit".to_owned());
    let new = NewBucket { title: "Kit".to_owned(), id: kit, ..NewBucket::default() };
    house.engine.bucket_create(&Caller::cli(), new).unwrap();
    let (address, port) = (house.server.address(), house.server.address().port());
    let own = format!("http://{address}");
    let key = format!("X-API-Key: {}", house.key);
    let cases: Vec<(Vec<String>, bool)> = vec![
        (vec![], true),
        (vec![own.clone()], true),
        (vec![format!("http://localhost:{port}")], true),
        (vec!["https://pail.example".to_owned()], true),
        (vec!["https://pail.example:443".to_owned()], true),
        (vec!["null".to_owned()], false),
        (vec![String::new()], false),
        (vec!["http://127.0.0.1".to_owned()], false),
        (vec!["http://127.0.0.1:1".to_owned()], false),
        (vec![format!("http://[::1]:{port}")], false),
        (vec![format!("127.0.0.1:{port}")], false),
        (vec![format!("{own}.evil.example")], false),
        (vec![format!("{own}@evil.example")], false),
        (vec!["http://pail.example".to_owned()], false),
        (vec!["https://evil.example".to_owned()], false),
        (vec!["https://evil.example:443".to_owned()], false),
        (vec![own.clone(), "https://evil.example".to_owned()], false),
        (vec!["https://evil.example".to_owned(), own.clone()], false),
    ];
    for host in [address.to_string(), format!("localhost:{port}"), "pail.example".to_owned()] {
        let host = format!("Host: {host}");
        for (origins, allowed) in &cases {
            let origins: Vec<String> = origins.iter().map(|origin| format!("Origin: {origin}")).collect();
            let mut lines = vec![host.as_str(), key.as_str(), "Content-Type: application/json"];
            lines.extend(origins.iter().map(String::as_str));
            let (_, before) = house.events(0);
            for (method, path, body) in WRITES {
                let answer = house.raw(method, path, &lines, body.as_bytes());
                let expected = if *allowed { 200 } else { 403 };
                assert_eq!(answer.status, expected, "{host} {origins:?} {method} {path}: {}", answer.text());
            }
            if !allowed {
                assert_eq!(house.events(before).0, [] as [&str; 0], "{origins:?}");
            }
            for (method, path) in READS {
                let answer = house.raw(method, path, &lines, b"");
                assert_eq!(answer.status, 200, "{origins:?} {method} {path}");
                let leave = answer.headers.iter().find(|(name, _)| name.starts_with("access-control-"));
                assert_eq!(leave, None, "{path}");
            }
        }
    }
}
