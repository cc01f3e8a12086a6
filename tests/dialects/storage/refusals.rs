//! Who shows no key, a wrong one, or one that asks too often; apps and buckets that are not there; pages from elsewhere.

use super::{ROOT, ask, ask_as, bucket, detail, house, json_of, put, read, send};
use engine::{Caller, NewKey};
use serde_json::{Value, json};

#[test]
fn without_a_key_or_with_a_wrong_one_nothing_is_shown_or_done() {
    let (house, _) = house();
    bucket(&house, &house.key, "Kit", "private");
    put(&house, &house.key, "kit", "a.txt", b"words");
    let (ended, over) = house
        .engine
        .key_create(&Caller::cli(), NewKey { name: "ended".into(), ..NewKey::default() })
        .unwrap();
    let database = rusqlite::Connection::open(house.home.path().join("pail.db")).unwrap();
    assert_eq!(database.execute("UPDATE key SET expires = 1 WHERE id = ?1", [&ended.id]).unwrap(), 1);
    let revoked = house.member("anna", super::WRITE);
    let id =
        house.engine.key_list(&Caller::cli()).unwrap().into_iter().find(|key| key.user == "anna").unwrap().id;
    house.engine.key_revoke(&Caller::cli(), &id).unwrap();
    let wrong = ["pail_wrong", &revoked, &over];
    let (_, begin) = house.events(0);
    let (kit, objects) = (format!("{ROOT}kit/"), format!("{ROOT}kit/objects/"));
    let object = format!("{objects}a.txt");
    for (method, path, body) in [
        ("GET", ROOT, Value::Null),
        ("POST", ROOT, json!({ "name": "x", "app_category": "assets" })),
        ("GET", &kit, Value::Null),
        ("PATCH", &kit, json!({ "visibility": "public" })),
        ("PUT", &kit, json!({})),
        ("DELETE", &kit, Value::Null),
        ("GET", &objects, Value::Null),
        ("GET", &object, Value::Null),
        ("PUT", &object, json!("x")),
        ("POST", &object, json!("x")),
        ("PATCH", &object, json!({ "visibility": "public" })),
        ("DELETE", &object, Value::Null),
        // Nor does anybody learn what is there and what not.
        ("GET", "/api/apps/other/storage/buckets/", Value::Null),
        ("GET", "/api/apps/other/storage/buckets/kit/objects/a.txt", Value::Null),
        ("GET", "/api/apps/my-app/storage/buckets/nope/objects/a.txt", Value::Null),
        ("GET", "/api/apps/my-app/storage/buckets/kit/objects/nope.txt", Value::Null),
    ] {
        let answer = send(&house, "", method, path, &body);
        assert_eq!(detail(&answer, 401), "Authentication credentials were not provided.", "{method} {path}");
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"api\"");
        for key in &wrong {
            assert_eq!(
                detail(&send(&house, key, method, path, &body), 401),
                "Invalid token.",
                "{method} {path}"
            );
        }
    }
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
    assert_eq!(read(&house, &house.key, "kit", "a.txt").text(), "words");
}

#[test]
fn a_key_is_taken_from_either_header() {
    let (house, _) = house();
    assert_eq!(house.ask("GET", ROOT, "", b"").status, 200);
    assert_eq!(ask(&house, "GET", ROOT, &Value::Null).status, 200);
}

#[test]
fn another_app_and_another_bucket_are_not_found() {
    let (house, begin) = house();
    for (method, path) in [
        ("GET", "/api/apps/pail/storage/buckets/"),
        ("POST", "/api/apps/pail/storage/buckets/"),
        ("GET", "/api/apps/%ff/storage/buckets/"),
        ("GET", "/api/apps/my-app/storage/buckets/nope/"),
        ("PATCH", "/api/apps/my-app/storage/buckets/nope/"),
        ("DELETE", "/api/apps/my-app/storage/buckets/nope/"),
        ("GET", "/api/apps/my-app/storage/buckets/nope/objects/"),
        ("GET", "/api/apps/my-app/storage/buckets/nope/objects/a.txt"),
        ("PUT", "/api/apps/my-app/storage/buckets/nope/objects/a.txt"),
        ("PATCH", "/api/apps/my-app/storage/buckets/nope/objects/a.txt"),
        ("DELETE", "/api/apps/my-app/storage/buckets/nope/objects/a.txt"),
    ] {
        assert_eq!(detail(&ask(&house, method, path, &json!({})), 404), "Not found.", "{method} {path}");
    }
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
}

#[test]
fn a_key_that_asks_too_often_is_told_when_to_come_again() {
    let (house, _) = house();
    let new = NewKey { name: "slow".into(), rate: Some(1), ..NewKey::default() };
    let (_, slow) = house.engine.key_create(&Caller::cli(), new).unwrap();
    let throttled =
        (0..30).map(|_| send(&house, &slow, "GET", ROOT, &Value::Null)).find(|answer| answer.status == 429);
    let throttled = throttled.expect("one in a second is not thirty");
    assert!(detail(&throttled, 429).starts_with("Request was throttled."));
    assert_eq!(throttled.header("retry-after"), "1");
}

#[test]
fn a_page_from_elsewhere_does_not_write() {
    let (house, begin) = house();
    let host = format!("Host: {}", house.server.address());
    let bearer = format!("Authorization: Bearer {}", house.key);
    let lines = [host.as_str(), &bearer, "Content-Type: application/json", "Origin: https://evil.example"];
    let body = br#"{"name":"x","app_category":"assets"}"#;
    assert_eq!(house.raw("POST", ROOT, &lines, body).status, 403);
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
    assert_eq!(
        json_of(&ask_as(&house, &house.key, "POST", ROOT, body, "application/json"), 201)["name"],
        "x"
    );
}
