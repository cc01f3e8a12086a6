//! What comes from outside is hostile: refused in the API's own words, with nothing changed, and the server goes on.

use super::{Api, ROOT, code};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

#[test]
fn malformed_json_wrong_types_and_missing_fields_are_refused() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let deep = format!("{}1{}", "{\"a\":".repeat(50_000), "}".repeat(50_000));
    let long = format!("{{\"key\": \"{}\"}}", "x".repeat(2 << 20));
    let events = api.events(|| {
        for (body, status) in [
            ("", 400),
            ("{", 400),
            ("null", 400),
            ("[]", 400),
            ("\"kit\"", 400),
            ("{\"key\": 7}", 400),
            ("{}", 400),
            ("{\"key\": \"UPPER case\"}", 400),
            ("{\"key\": \"a\", \"accessPolicy\": \"everyone\"}", 400),
            ("{\"key\": \"a\", \"surprise\": true}", 400),
            ("\u{0}", 400),
            (deep.as_str(), 400),
            (long.as_str(), 413),
        ] {
            let refused = api.ask("POST", "/buckets", body);
            assert_eq!(refused.status, status, "{:.60}: {}", body, refused.text());
            code(&refused, status);
        }
    });
    assert_eq!(events, []);
}

#[test]
fn a_body_over_the_limit_or_of_a_refused_type_leaves_nothing() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let changes = engine::BucketChanges {
        limits: Some(engine::model::Limits {
            file_size_limit: Some(1000),
            allowed_mime_types: vec!["text/plain".to_owned()],
            ..Default::default()
        }),
        ..Default::default()
    };
    api.engine.bucket_update(&engine::Caller::cli(), "kit", changes).unwrap();
    let upload = format!("{ROOT}/buckets/kit/blobs?filename=");
    let events = api.events(|| {
        let large = api.send(&api.admin, "POST", &format!("{upload}a.txt"), &[], &[b'x'; 5000]);
        assert_eq!(code(&large, 413), "too_large");
        let typed = api.send(&api.admin, "POST", &format!("{upload}a.png"), &[], b"\x89PNG\r\n\x1a\n");
        assert_eq!(code(&typed, 415), "type_not_allowed");
    });
    assert_eq!(events, []);
    assert_eq!(api.upload("kit", "a.txt", "small")["key"], "a.txt");
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_and_the_server_goes_on() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let events = api.events(|| {
        let mut connection = TcpStream::connect(api.server.address()).unwrap();
        let head = format!(
            "POST {ROOT}/buckets/kit/blobs?filename=a.txt HTTP/1.1\r\nHost: {}\r\nX-API-Key: {}\r\nContent-Length: 1000\r\n\r\nhalf",
            api.server.address(),
            api.admin
        );
        connection.write_all(head.as_bytes()).unwrap();
        connection.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    });
    assert_eq!(events, []);
    assert_eq!(api.upload("kit", "a.txt", "whole")["size"], 5);
}

#[test]
fn a_method_that_is_none_here_is_told_which_there_are() {
    let api = Api::new();
    let refused = api.ask("PUT", "/buckets", "{}");
    assert_eq!((refused.status, refused.header("allow")), (405, "GET,HEAD,POST"));
    assert_eq!(api.ask("GET", "/nothing", "").status, 404);
}

#[test]
fn those_who_dawdle_in_the_middle_of_a_body_keep_nobody_waiting() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let address = api.server.address();
    let key = &api.admin;
    let begin = |method: &str, path: &str| {
        let mut connection = TcpStream::connect(address).unwrap();
        let head = format!(
            "{method} {ROOT}/buckets/kit/{path} HTTP/1.1\r\nHost: {address}\r\nX-API-Key: {key}\r\nContent-Length: 1000\r\n\r\n{{"
        );
        connection.write_all(head.as_bytes()).unwrap();
        connection
    };
    let dawdling: Vec<_> = (0..40)
        .flat_map(|number| [begin("PATCH", "data"), begin("POST", &format!("blobs?filename={number}.txt"))])
        .collect();
    for number in 0..20 {
        let merged = api.ask("PATCH", "/buckets/kit/data", &format!("{{\"n{number}\": 1}}"));
        assert_eq!(merged.status, 200, "{}", merged.text());
        assert_eq!(api.upload("kit", &format!("quick-{number}.txt"), "now")["size"], 3);
    }
    drop(dawdling);
    // What was begun and broke off left nothing.
    let listed: serde_json::Value =
        serde_json::from_str(&api.ask("GET", "/buckets/kit/blobs?limit=100", "").text()).unwrap();
    assert_eq!(listed["items"].as_array().unwrap().len(), 20);
}
