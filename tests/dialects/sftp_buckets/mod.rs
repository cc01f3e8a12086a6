//! SFTP buckets: the requests that its document prints, and what must be refused.

use crate::form::Form;
use crate::house::House;
use acceptance::Answer;
use engine::model::{Policy, Privilege};
use engine::{Access, BucketChanges, Caller, WorkspaceChanges};
use serde_json::{Value, json};

/// Asks as the document does: with a Bearer token.
fn ask_as(house: &House, key: &str, method: &str, path: &str, body: &Value) -> Answer {
    let host = format!("Host: {}", house.server.address());
    let token = format!("Authorization: Bearer {key}");
    let body = if body.is_null() { String::new() } else { body.to_string() };
    house.raw(method, path, &[&host, &token, "Content-Type: application/json"], body.as_bytes())
}

fn ask(house: &House, method: &str, path: &str, body: &Value) -> Answer {
    ask_as(house, &house.key, method, path, body)
}

fn made(house: &House, name: &str) -> String {
    let answer = ask(house, "POST", "/v1/buckets", &json!({ "name": name }));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

fn refused(answer: &Answer) -> (u16, String) {
    let body = answer.json();
    assert!(body["error"]["message"].as_str().is_some_and(|words| words.len() > 10), "{body}");
    (answer.status, body["error"]["code"].as_str().unwrap().to_owned())
}

#[test]
fn a_bucket_is_made_shown_changed_and_deleted_as_printed() {
    let house = House::new();
    let (_, begin) = house.events(0);
    let created = ask(&house, "POST", "/v1/buckets", &json!({ "name": "Acme Corporation Bucket" }));
    assert_eq!(created.status, 200);
    let bucket = created.json();
    let fields: Vec<&String> = bucket.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["id", "name", "host", "active", "created_at"]);
    assert_eq!((&bucket["name"], &bucket["active"]), (&json!("Acme Corporation Bucket"), &json!(true)));
    assert_eq!(bucket["host"], "127.0.0.1");
    assert!((1_700_000_000..4_000_000_000).contains(&bucket["created_at"].as_i64().unwrap()));

    let path = format!("/v1/buckets/{}", bucket["id"].as_str().unwrap());
    let updated = ask(&house, "PATCH", &path, &json!({ "name": "Updated Name" }));
    let mut expected = bucket.clone();
    expected["name"] = json!("Updated Name");
    assert_eq!((updated.status, updated.json()), (200, expected.clone()));
    assert_eq!(ask(&house, "GET", &path, &Value::Null).json(), expected);

    let deleted = ask(&house, "DELETE", &path, &Value::Null);
    assert_eq!((deleted.status, deleted.body.len()), (200, 0));
    assert_eq!(refused(&ask(&house, "GET", &path, &Value::Null)), (404, "bucket_not_found".into()));
    assert_eq!(
        house.events(begin).0,
        ["bucket_created", "bucket_updated", "bucket_deleted", "bucket_purged"]
    );
}

#[test]
fn a_list_is_asked_for_and_answered_as_printed() {
    let house = House::new();
    let (first, second) =
        (made(&house, "Acme Corporation Bucket"), made(&house, "Example Organization Bucket"));
    let (_, begin) = house.events(0);
    let (host, token) =
        (format!("Host: {}", house.server.address()), format!("Authorization: Bearer {}", house.key));
    let answer = house.raw("GET", "/v1/buckets", &[&host, &token], b"");
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    let page = answer.json();
    assert_eq!(page.as_object().unwrap().keys().collect::<Vec<_>>(), ["has_more", "next_uri", "data"]);
    for (place, (id, name)) in
        [(&first, "Acme Corporation Bucket"), (&second, "Example Organization Bucket")].iter().enumerate()
    {
        let bucket = &page["data"][place];
        let fields: Vec<&String> = bucket.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["id", "name", "host", "active", "created_at"]);
        assert_eq!((&bucket["id"], &bucket["name"]), (&json!(id), &json!(name)));
    }
    assert_eq!(page["data"].as_array().unwrap().len(), 2);
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
}

#[test]
fn pages_lead_to_one_another_and_show_every_bucket_once() {
    let house = House::new();
    let ids: Vec<String> = (0..7).map(|number| made(&house, &format!("Bucket {number}"))).collect();
    let mut seen = Vec::new();
    let mut next = Some("/v1/buckets?limit=3".to_owned());
    while let Some(path) = next {
        let page = ask(&house, "GET", &path, &Value::Null).json();
        let data = page["data"].as_array().unwrap().clone();
        seen.extend(data.iter().map(|bucket| bucket["id"].as_str().unwrap().to_owned()));
        next = page["next_uri"].as_str().map(str::to_owned);
        assert_eq!(page["has_more"], next.is_some());
        if let Some(next) = &next {
            assert!(next.starts_with(&format!("/v1/buckets?after={}", seen.last().unwrap())), "{next}");
        }
    }
    assert_eq!(seen, ids);
    let whole = ask(&house, "GET", "/v1/buckets", &Value::Null).json();
    assert_eq!((&whole["has_more"], &whole["next_uri"]), (&json!(false), &Value::Null));
    for (wrong, code) in [
        ("limit=0", "bad_request"),
        ("limit=101", "bad_request"),
        ("limit=x", "bad_request"),
        ("after=nope", "invalid_cursor"),
    ] {
        let answer = ask(&house, "GET", &format!("/v1/buckets?{wrong}"), &Value::Null);
        assert_eq!(refused(&answer), (400, code.into()), "{wrong}");
    }
}

/// The ids of a page, and where the next one is.
fn page(house: &House, key: &str, path: &str) -> (Vec<String>, Option<String>) {
    let answer = ask_as(house, key, "GET", path, &Value::Null);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    let page = answer.json();
    let ids = page["data"].as_array().unwrap().iter().map(|bucket| bucket["id"].as_str().unwrap().to_owned());
    (ids.collect(), page["next_uri"].as_str().map(str::to_owned))
}

#[test]
fn a_page_is_of_twenty_and_names_the_next_one_as_printed() {
    let house = House::new();
    let ids: Vec<String> = (0..43).map(|number| made(&house, &format!("Bucket {number}"))).collect();
    let (first, next) = page(&house, &house.key, "/v1/buckets");
    assert_eq!(first, ids[..20]);
    assert_eq!(next, Some(format!("/v1/buckets?after={}", ids[19])));
    let (second, next) = page(&house, &house.key, &next.unwrap());
    assert_eq!(second, ids[20..40]);
    assert_eq!(next, Some(format!("/v1/buckets?after={}", ids[39])));
    assert_eq!(page(&house, &house.key, &next.unwrap()), (ids[40..].to_vec(), None));
}

#[test]
fn every_bucket_of_a_page_can_be_deleted_before_the_next_is_asked_for() {
    let house = House::new();
    let ids: Vec<String> = (0..7).map(|number| made(&house, &format!("Bucket {number}"))).collect();
    // One of an id of somebody's own choice tells by nothing in it when it was made.
    let body = json!({ "id": "zz", "title": "Of my own" }).to_string();
    let own = house.ask("POST", "/api/app/create_bucket/v1", "application/json", body.as_bytes());
    assert_eq!(own.status, 200);
    let last = made(&house, "The last");
    let (mut seen, mut next) = (Vec::new(), Some("/v1/buckets?limit=2".to_owned()));
    while let Some(path) = next {
        let (ids, after) = page(&house, &house.key, &path);
        for id in &ids {
            assert_eq!(ask(&house, "DELETE", &format!("/v1/buckets/{id}"), &Value::Null).status, 200);
        }
        seen.extend(ids);
        next = after;
    }
    assert_eq!(seen, [&ids[..], &["zz".to_owned(), last]].concat());
    assert_eq!(page(&house, &house.key, "/v1/buckets"), (Vec::new(), None));
}

#[test]
fn a_list_goes_on_after_a_bucket_that_went_to_the_trash_or_out_of_sight() {
    let house = House::new();
    let ids: Vec<String> = (0..6).map(|number| made(&house, &format!("Bucket {number}"))).collect();
    let anna = house.member("anna", &[]);
    let (first, next) = page(&house, &anna, "/v1/buckets?limit=2");
    assert_eq!(first, ids[..2]);
    let access = Access { policy: Some(Policy::Private), ..Access::default() };
    let hide = BucketChanges { access, ..BucketChanges::default() };
    house.engine.bucket_update(&Caller::cli(), &ids[1], hide).unwrap();
    let (second, next) = page(&house, &anna, &next.unwrap());
    assert_eq!(second, ids[2..4]);
    house.engine.bucket_delete(&Caller::cli(), &ids[3]).unwrap();
    assert_eq!(page(&house, &anna, &next.unwrap()), (ids[4..].to_vec(), None));
}

#[test]
fn an_inactive_bucket_takes_no_files_until_it_is_active_again() {
    let house = House::new();
    let id = made(&house, "Acme");
    let path = format!("/v1/buckets/{id}");
    let upload = || {
        let (body, kind) = Form::default().text("id", &id).file("f", "a.txt", b"a").close();
        house.ask("POST", "/api/app/upload_bucket_files/v1", &kind, &body).status
    };
    assert_eq!(ask(&house, "PATCH", &path, &json!({ "active": false })).json()["active"], false);
    assert_eq!(upload(), 403);
    assert_eq!(ask(&house, "PATCH", &path, &json!({ "active": true })).json()["active"], true);
    assert_eq!(upload(), 200);
}

#[test]
fn an_inactive_bucket_is_not_deleted_until_it_is_active_again() {
    let house = House::new();
    let id = made(&house, "Acme");
    let path = format!("/v1/buckets/{id}");
    assert_eq!(ask(&house, "PATCH", &path, &json!({ "active": false })).status, 200);
    let (_, before) = house.events(0);
    assert_eq!(refused(&ask(&house, "DELETE", &path, &Value::Null)), (403, "bucket_disabled".into()));
    assert_eq!(ask(&house, "GET", &path, &Value::Null).json()["active"], false);
    assert_eq!(house.events(before).0, [""; 0]);
    assert_eq!(ask(&house, "PATCH", &path, &json!({ "active": true })).status, 200);
    assert_eq!(ask(&house, "DELETE", &path, &Value::Null).status, 200);
}

#[test]
fn deletion_can_be_switched_off_for_programs_and_for_them_alone() {
    let house = House::new();
    let id = made(&house, "Acme");
    let switch = |on| {
        let changes = WorkspaceChanges { api_deletion: Some(on), ..WorkspaceChanges::default() };
        house.engine.workspace_update(&Caller::cli(), changes).unwrap();
    };
    switch(false);
    let path = format!("/v1/buckets/{id}");
    assert_eq!(refused(&ask(&house, "DELETE", &path, &Value::Null)), (403, "deletion_off".into()));
    let body = json!({ "id": id }).to_string();
    let elsewhere = house.ask("POST", "/api/app/delete_bucket/v1", "application/json", body.as_bytes());
    assert_eq!(elsewhere.status, 403);
    assert_eq!(ask(&house, "GET", &path, &Value::Null).status, 200);
    switch(true);
    assert_eq!(ask(&house, "DELETE", &path, &Value::Null).status, 200);
    let another = made(&house, "Another");
    switch(false);
    house.home.run(["bucket", "delete", &another]).done();
}

#[test]
fn what_cannot_be_is_refused_and_changes_nothing() {
    let house = House::new();
    let id = made(&house, "Acme");
    let path = format!("/v1/buckets/{id}");
    let (_, begin) = house.events(0);
    for (method, path, body, expected) in [
        ("POST", "/v1/buckets", json!({}), (400, "bad_request")),
        ("POST", "/v1/buckets", json!({ "name": 7 }), (400, "bad_request")),
        ("POST", "/v1/buckets", json!({ "name": " " }), (400, "invalid_title")),
        ("POST", "/v1/buckets", json!([]), (400, "bad_request")),
        ("PATCH", path.as_str(), json!({}), (400, "bad_request")),
        ("PATCH", path.as_str(), json!({ "active": "yes" }), (400, "bad_request")),
        ("PATCH", "/v1/buckets/nope", json!({ "name": "x" }), (404, "bucket_not_found")),
        ("DELETE", "/v1/buckets/nope", Value::Null, (404, "bucket_not_found")),
        ("DELETE", "/v1/buckets/acme", Value::Null, (404, "bucket_not_found")),
    ] {
        let answer = ask(&house, method, path, &body);
        assert_eq!(refused(&answer), (expected.0, expected.1.to_owned()), "{method} {path} {body}");
    }
    let none = house.raw("GET", "/v1/buckets", &[&format!("Host: {}", house.server.address())], b"");
    assert_eq!(refused(&none), (401, "sign_in_needed".into()));
    assert_eq!(
        refused(&ask_as(&house, "wrong", "GET", "/v1/buckets", &Value::Null)),
        (401, "key_refused".into())
    );
    let key = house.member("anna", &[Privilege::EditBuckets]);
    assert_eq!(refused(&ask_as(&house, &key, "DELETE", &path, &Value::Null)), (403, "forbidden".into()));
    assert_eq!(ask(&house, "PUT", &path, &json!({ "name": "x" })).status, 405);
    assert_eq!(house.events(begin).0, ["user_changed", "key_created"]);
}
