//! What must be refused, in the words of the original, while the server goes on.

use super::{bucket, call_as, done, refused, words};
use crate::form::Form;
use crate::house::House;
use engine::{Caller, NewKey};
use serde_json::json;

#[test]
fn without_a_key_or_with_a_wrong_one_nothing_is_shown() {
    let house = House::new();
    bucket(&house, "b1");
    let none = call_as(&house, "", "get_buckets", &json!({}));
    assert_eq!(words(&none), (403, "session".into(), "No Session ID or API Key could be found".into()));
    let wrong = call_as(&house, "pail_wrong", "get_buckets", &json!({}));
    assert_eq!(words(&wrong), (403, "session".into(), "Invalid API Key".into()));
    let key = house.member("anna", &[]);
    let id = house.engine.key_list(&Caller::cli()).unwrap()[0].id.clone();
    assert_eq!(call_as(&house, &key, "get_buckets", &json!({})).status, 200);
    house.engine.key_revoke(&Caller::cli(), &id).unwrap();
    assert_eq!(words(&call_as(&house, &key, "get_buckets", &json!({}))).1, "session");
}

#[test]
fn a_key_that_asks_too_often_is_told_so() {
    let house = House::new();
    let new = NewKey { name: "slow".into(), rate: Some(2), ..NewKey::default() };
    let (_, key) = house.engine.key_create(&Caller::cli(), new).unwrap();
    let statuses: Vec<u16> =
        (0..30).map(|_| call_as(&house, &key, "get_buckets", &json!({})).status).collect();
    assert_eq!(statuses[0], 200);
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[test]
fn errors_are_mapped_to_a_status_only_where_a_version_is_named() {
    let house = House::new();
    let ask = |path: &str| house.ask("GET", path, "", b"");
    assert_eq!(words(&ask("/api/app/get_bucket/v1?id=nope")).0, 404);
    assert_eq!(words(&ask("/api/app/get_bucket/v7?id=nope")).0, 404);
    assert_eq!(
        words(&ask("/api/app/get_bucket?id=nope")),
        (200, "notfound".into(), "Bucket not found: nope".into())
    );
    for path in ["/api/app/no_such_thing/v1", "/api/app/no_such_thing"] {
        let answer = ask(path);
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.json(),
            json!({ "code": 1, "description": "Unsupported API: app/api_no_such_thing" })
        );
    }
}

#[test]
fn what_writes_is_a_post() {
    let house = House::new();
    bucket(&house, "b1");
    done(&house, "write_bucket_data", &json!({ "id": "b1", "data": { "kept": 1 } }));
    let (_, begin) = house.events(0);
    let host = format!("Host: {}", house.server.address());
    let key = format!("X-API-Key: {}", house.key);
    for call in [
        "create_bucket/v1?title=t",
        "update_bucket/v1?id=b1&title=t",
        "delete_bucket/v1?id=b1",
        "write_bucket_data/v1?id=b1&data=%7B%22a%22:1%7D",
        "write_bucket_data/v2?id=b1&data=%7B%22a%22:1%7D",
        "upload_bucket_files/v1?id=b1",
        "delete_bucket_file/v1?id=b1&filename=a",
        "empty_bucket/v1?id=b1&data=true",
    ] {
        for method in ["GET", "HEAD"] {
            for origin in [None, Some("Origin: https://evil.example")] {
                let mut lines = vec![host.as_str(), key.as_str()];
                lines.extend(origin);
                let answer = house.raw(method, &format!("/api/app/{call}"), &lines, b"");
                assert_eq!(answer.status, 400, "{method} {call}");
                if method == "GET" {
                    assert_eq!(words(&answer).1, "api");
                }
            }
        }
    }
    let unversioned = house.ask("GET", "/api/app/empty_bucket?id=b1&data=true", "", b"");
    assert_eq!((unversioned.status, words(&unversioned).1.as_str()), (200, "api"));
    assert_eq!(done(&house, "get_bucket", &json!({ "id": "b1" }))["data"], json!({ "kept": 1 }));
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
}

#[test]
fn what_the_original_refuses_in_a_bucket_is_refused() {
    let house = House::new();
    bucket(&house, "b1");
    for title in ["a < b", "<b>", ">"] {
        for (method, body) in [
            ("create_bucket", json!({ "title": title })),
            ("update_bucket", json!({ "id": "b1", "title": title })),
        ] {
            let malformed = (400, "api".into(), "Malformed parameter: title".into());
            assert_eq!(refused(&house, method, &body), malformed, "{method} {title}");
        }
    }
    for id in ["__proto__", "constructor"] {
        let malformed = (400, "api".into(), "Malformed parameter: id".into());
        assert_eq!(refused(&house, "create_bucket", &json!({ "id": id, "title": "t" })), malformed, "{id}");
    }
    assert_eq!(done(&house, "get_buckets", &json!({}))["list"]["length"], 1);
}

#[test]
fn missing_malformed_and_reserved_parameters_are_named() {
    let house = House::new();
    assert_eq!(
        refused(&house, "get_bucket", &json!({})),
        (400, "api".into(), "Missing parameter: id".into())
    );
    assert_eq!(
        refused(&house, "create_bucket", &json!({ "notes": "x" })),
        (400, "api".into(), "Missing parameter: title".into())
    );
    assert_eq!(
        refused(&house, "create_bucket", &json!({ "title": 7 })),
        (400, "api".into(), "Malformed parameter: title".into())
    );
    assert_eq!(refused(&house, "get_bucket", &json!({ "id": "b1", "__proto__": {} })).1, "api");
    for method in
        ["update_bucket", "delete_bucket", "write_bucket_data", "empty_bucket", "delete_bucket_file"]
    {
        let data = if method == "empty_bucket" { json!(true) } else { json!({}) };
        let body = json!({ "id": "nope", "data": data, "filename": "x" });
        assert_eq!(
            refused(&house, method, &body),
            (500, "bucket".into(), "Bucket not found: nope".into()),
            "{method}"
        );
    }
}

#[test]
fn bodies_that_cannot_be_read_are_answered_in_plain_text_and_change_nothing() {
    let house = House::new();
    bucket(&house, "b1");
    let deep = format!(r#"{{"id":"b1","data":{{"a":{}{}}}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    for body in ["{", "[]", "\"x\"", "{\"id\":\"b1\"", "\u{0}", deep.as_str()] {
        let answer = house.ask("POST", "/api/app/write_bucket_data/v1", "application/json", body.as_bytes());
        assert_eq!(answer.status, 400, "{}", &body[..body.len().min(40)]);
    }
    let answer = house.ask("POST", "/api/app/upload_bucket_files/v1", "application/json", b"{}");
    assert_eq!((answer.status, answer.text().trim()), (400, "400 Bad Request"));
    let (body, kind) = Form::default().text("id", "b1").file("f", "a", b"aaaa").close();
    let cut = house.ask("POST", "/api/app/upload_bucket_files/v1", &kind, &body[..body.len() - 30]);
    assert_eq!(cut.status, 400);
    let mut thousands = Form::default().text("id", "b1");
    for number in 0..1200 {
        thousands = thousands.file("f", &format!("{number}.txt"), b"x");
    }
    let (body, kind) = thousands.close();
    let many = house.ask("POST", "/api/app/upload_bucket_files/v1", &kind, &body);
    let most = "A form has at most 1000 parts. Send the rest in another.";
    assert_eq!(words(&many), (500, "bucket".into(), most.into()));
    let whole = done(&house, "get_bucket", &json!({ "id": "b1" }));
    assert_eq!((&whole["files"], &whole["data"]), (&json!([]), &json!({})));
}

#[test]
fn a_page_from_elsewhere_does_not_write() {
    let house = House::new();
    let host = format!("Host: {}", house.server.address());
    let key = format!("X-API-Key: {}", house.key);
    let body = br#"{"title":"t"}"#;
    let mut headers = vec![host.as_str(), key.as_str(), "Origin: https://evil.example"];
    assert_eq!(house.raw("POST", "/api/app/create_bucket/v1", &headers, body).status, 403);
    let own = format!("Origin: http://{}", house.server.address());
    headers[2] = &own;
    assert_eq!(house.raw("POST", "/api/app/create_bucket/v1", &headers, body).status, 200);
}
