//! Buckets: made, listed, shown, changed, deleted.

use super::{Api, ROOT, code, json};
use engine::model::EventKind;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

#[test]
fn the_bucket_of_the_quick_start_is_made_and_shown() {
    let api = Api::new();
    let body = r#"{"key": "avatars", "displayName": "User avatars", "accessPolicy": "authenticated", "ttlTier": "persistent"}"#;
    let events = api.events(|| {
        let made = json(&api.ask("POST", "/buckets", body), 201);
        for (member, value) in [
            ("key", "avatars"),
            ("displayName", "User avatars"),
            ("accessPolicy", "authenticated"),
            ("ttlTier", "persistent"),
        ] {
            assert_eq!(made[member], value, "{made}");
        }
        assert!(made["createdAt"].as_str().unwrap().ends_with('Z'));
        assert_eq!(json(&api.ask("GET", "/buckets/avatars", ""), 200), made);
        assert_eq!(json(&api.ask("GET", "/buckets", ""), 200)["items"][0], made);
    });
    assert_eq!(events, [EventKind::BucketCreated]);
    assert_eq!(code(&api.ask("POST", "/buckets", body), 409), "name_taken");
}

#[test]
fn the_bucket_with_rules_is_made_and_a_rule_that_is_none_is_refused_with_its_place() {
    let api = Api::new();
    let body = |delete: &str| {
        format!(
            r#"{{"key": "team-exports", "displayName": "Team data exports", "accessPolicy": "cel", "ttlTier": "30-days",
            "rules": {{"read": "isMemberOf('team', blob.metadata.teamId)",
            "write": "hasRole('admin') || isMemberOf('team', blob.metadata.teamId)", "delete": "{delete}"}}}}"#
        )
    };
    let refused = json(&api.ask("POST", "/buckets", &body("hasRole(")), 400);
    assert_eq!((&refused["code"], &refused["details"]["rule"]), (&"invalid_rule".into(), &"delete".into()));
    let made = json(&api.ask("POST", "/buckets", &body("hasRole('admin')")), 201);
    assert_eq!(made["rules"]["delete"], "hasRole('admin')");
    assert_eq!(made["accessPolicy"], "cel");
}

#[test]
fn a_bucket_takes_a_hundred_mebibytes_a_blob_unless_more_less_or_no_limit_is_said() {
    let api = Api::new();
    let made = |body: &str| json(&api.ask("POST", "/buckets", body), 201);
    let usual = made(r#"{"key": "usual"}"#);
    assert_eq!(usual["maxFileSize"], 104_857_600);
    assert_eq!(made(r#"{"key": "small", "maxFileSize": 4}"#)["maxFileSize"], 4);
    assert!(made(r#"{"key": "endless", "maxFileSize": null}"#)["maxFileSize"].is_null());

    // The length that is told is enough to refuse it: not one byte of it is sent, and the answer is not waited for to end.
    let mut large = TcpStream::connect(api.server.address()).unwrap();
    large.set_read_timeout(Some(acceptance::SOON)).unwrap();
    let (host, key) = (api.server.address(), &api.admin);
    let head = format!(
        "POST {ROOT}/buckets/usual/blobs?filename=big.bin HTTP/1.1\r\nHost: {host}\r\nX-API-Key: {key}\r\n\
         Content-Length: 104857601\r\n\r\n"
    );
    large.write_all(head.as_bytes()).unwrap();
    let mut status = String::new();
    BufReader::new(large).read_line(&mut status).unwrap();
    assert!(status.starts_with("HTTP/1.1 413"), "{status}");
    let five = |bucket: &str| api.ask("POST", &format!("/buckets/{bucket}/blobs?filename=a.txt"), "12345");
    assert_eq!(code(&five("small"), 413), "too_large");
    assert_eq!(five("endless").status, 201);

    let patched = |body: &str| json(&api.ask("PATCH", "/buckets/small", body), 200)["maxFileSize"].clone();
    assert_eq!(patched(r#"{"description": "x"}"#), 4, "what is not said stays");
    assert_eq!(patched(r#"{"maxFileSize": 5}"#), 5);
    assert_eq!(five("small").status, 201);
    assert!(patched(r#"{"maxFileSize": null}"#).is_null());
    for wrong in ["0", "-1", "1.5", "\"5\"", "18446744073709551616"] {
        for (method, path) in [("PATCH", "/buckets/small"), ("POST", "/buckets")] {
            let body = format!(r#"{{"displayName": "x", "maxFileSize": {wrong}}}"#);
            assert_eq!(api.ask(method, path, &body).status, 400, "{method} {wrong}");
        }
    }
}

#[test]
fn settings_change_one_by_one_and_a_wrong_one_changes_nothing() {
    let api = Api::new();
    api.bucket("kit", "owner");
    let events = api.events(|| {
        let changed = json(&api.ask("PATCH", "/buckets/kit", r#"{"ttlTier": "1-hour"}"#), 200);
        assert_eq!((&changed["ttlTier"], &changed["accessPolicy"]), (&"1-hour".into(), &"owner".into()));
        for wrong in [r#"{"ttlTier": "2-hours"}"#, r#"{"displayName": ""}"#, r#"{"key": "other"}"#, "[]", "{"]
        {
            assert_eq!(api.ask("PATCH", "/buckets/kit", wrong).status, 400, "{wrong}");
        }
    });
    assert_eq!(events, [EventKind::BucketUpdated]);
}

#[test]
fn a_bucket_with_blobs_is_deleted_only_by_force() {
    let api = Api::new();
    api.bucket("full", "authenticated");
    api.upload("full", "a.txt", "words");
    let events = api.events(|| {
        assert_eq!(code(&api.ask("DELETE", "/buckets/full", ""), 409), "not_empty");
        assert_eq!(code(&api.ask("DELETE", "/buckets/full?force=perhaps", ""), 400), "bad_request");
        let gone = api.ask("DELETE", "/buckets/full?force=true", "");
        assert_eq!((gone.status, gone.body.len()), (204, 0));
    });
    assert_eq!(events, [EventKind::BucketDeleted]);
    for path in ["/buckets/full", "/buckets/full/blobs", "/buckets/full/data"] {
        assert_eq!(code(&api.ask("GET", path, ""), 404), "in_trash", "{path}");
    }
}

#[test]
fn a_bucket_that_is_switched_off_is_not_deleted_by_programs() {
    let api = Api::new();
    api.bucket("off", "authenticated");
    json(&api.ask("PATCH", "/buckets/off", r#"{"enabled": false}"#), 200);
    let events = api.events(|| {
        for query in ["", "?force=true"] {
            assert_eq!(code(&api.ask("DELETE", &format!("/buckets/off{query}"), ""), 403), "bucket_disabled");
        }
    });
    assert_eq!(events, []);
    json(&api.ask("PATCH", "/buckets/off", r#"{"enabled": true}"#), 200);
    assert_eq!(api.ask("DELETE", "/buckets/off", "").status, 204);
}

#[test]
fn members_see_and_change_what_the_policy_lets_them() {
    let api = Api::new();
    api.bucket("hidden", "private");
    api.bucket("shared", "authenticated");
    let listed = json(&api.send(&api.mara, "GET", &format!("{ROOT}/buckets"), &[], b""), 200);
    let keys: Vec<_> = listed["items"].as_array().unwrap().iter().map(|bucket| &bucket["key"]).collect();
    assert_eq!(keys, ["shared"]);
    for (method, body) in [("GET", ""), ("PATCH", r#"{"description": "x"}"#), ("DELETE", "")] {
        let refused = api.send(&api.mara, method, &format!("{ROOT}/buckets/hidden"), &[], body.as_bytes());
        assert_eq!(code(&refused, 403), "forbidden", "{method}");
    }
}
