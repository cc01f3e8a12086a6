//! The document's scripts and addresses, sent as its lines send them, and every way in which a method is called there.

use super::{bucket, done};
use crate::form::Form;
use crate::house::House;
use acceptance::Answer;
use serde_json::{Value, json};

/// Asks as curl does with the document's header lines; with a body curl posts.
fn curl(house: &House, path: &str, body: Option<&str>) -> Answer {
    let host = format!("Host: {}", house.server.address());
    let key = format!("X-API-Key: {}", house.key);
    let mut lines = vec![host.as_str(), "User-Agent: curl/8.5.0", "Accept: */*", &key];
    lines.extend(body.map(|_| "Content-Type: application/json"));
    house.raw(if body.is_some() { "POST" } else { "GET" }, path, &lines, body.unwrap_or_default().as_bytes())
}

fn upload(house: &House, form: Form) -> Value {
    let (body, kind) = form.close();
    let answer = house.ask("POST", "/api/app/upload_bucket_files/v1", &kind, &body);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["files"].clone()
}

#[test]
fn one_script_writes_and_the_other_reads_it_back() {
    let house = House::new();
    bucket(&house, "bme4wi6pg35");
    let (_, begin) = house.events(0);
    let payload = r#"{ "data": { "foo": "bar", "number": 1234 } }"#;
    let wrote = curl(&house, "/api/app/write_bucket_data/v1?id=bme4wi6pg35", Some(payload));
    assert_eq!((wrote.status, wrote.text().as_str()), (200, r#"{"code":0,"data":null}"#));
    assert_eq!(wrote.header("content-type"), "application/json");
    let read = curl(&house, "/api/app/get_bucket/v1?id=bme4wi6pg35", None);
    assert_eq!((read.status, read.header("content-type")), (200, "application/json"));
    let envelope = read.json();
    assert_eq!(envelope.as_object().unwrap().keys().collect::<Vec<_>>(), ["code", "bucket", "data", "files"]);
    assert_eq!((&envelope["code"], &envelope["bucket"]["id"]), (&json!(0), &json!("bme4wi6pg35")));
    assert_eq!(
        (&envelope["data"], &envelope["files"]),
        (&json!({ "foo": "bar", "number": 1234 }), &json!([]))
    );
    let listed = curl(&house, "/api/app/get_buckets/v1", None).json();
    assert_eq!((&listed["rows"][0], &listed["list"]), (&envelope["bucket"], &json!({ "length": 1 })));
    assert_eq!(house.events(begin).0, ["data_changed"]);
}

#[test]
fn the_printed_address_of_a_file_stays_over_replacement_and_ends_with_the_file() {
    let house = House::new();
    bucket(&house, "bme4wi6pg35");
    let (_, begin) = house.events(0);
    let form =
        |content: &[u8]| Form::default().text("id", "bme4wi6pg35").file("file1", "report.csv", content);
    let path = format!("/{}", upload(&house, form(b"a,b\n"))[0]["path"].as_str().unwrap());
    assert!(path.starts_with("/files/bucket/bme4wi6pg35/") && path.ends_with("/report.csv"), "{path}");
    // The address has all that is needed: no key.
    let first = house.server.get(&path);
    assert_eq!((first.status, first.text().as_str()), (200, "a,b\n"));
    assert!(first.header("content-type").starts_with("text/csv"), "{}", first.header("content-type"));
    upload(&house, form(b"a,b\n1,2\n"));
    let second = house.server.get(&path);
    assert_eq!((second.status, second.text().as_str()), (200, "a,b\n1,2\n"));
    assert_ne!(first.header("etag"), second.header("etag"));
    let saved = house.server.get(&format!("{path}?download=1"));
    assert!(saved.header("content-disposition").starts_with("attachment"));
    done(&house, "delete_bucket_file", &json!({ "id": "bme4wi6pg35", "filename": "report.csv" }));
    assert_eq!(house.server.get(&path).status, 404);
    upload(&house, form(b"a,b\n"));
    assert_eq!(house.server.get(&path).status, 404, "added again, it has another address");
    assert_eq!(
        house.events(begin).0,
        ["object_created", "object_replaced", "object_deleted", "object_purged", "object_created"]
    );
}

#[test]
fn a_file_to_delete_is_found_by_each_of_its_facts_and_in_the_query_too() {
    let house = House::new();
    bucket(&house, "b1");
    for name in ["filename", "path", "size", "date", "username", "id in query"] {
        let file = upload(&house, Form::default().text("id", "b1").file("f", "a.txt", b"abc"))[0].clone();
        if name == "id in query" {
            let gone = curl(&house, "/api/app/delete_bucket_file/v1?id=b1&filename=a.txt", Some("{}"));
            assert_eq!(gone.text(), r#"{"code":0}"#);
        } else {
            done(&house, "delete_bucket_file", &json!({ "id": "b1", name: file[name] }));
        }
        assert_eq!(done(&house, "get_bucket", &json!({ "id": "b1" }))["files"], json!([]), "{name}");
    }
}

#[test]
fn a_bucket_is_made_with_everything_and_emptied_of_both_at_once() {
    let house = House::new();
    let (_, begin) = house.events(0);
    let wish = json!({
        "id": "b1", "title": "My Bucket", "enabled": true, "icon": "camera", "notes": "n", "data": { "a": 1 }
    });
    let made = done(&house, "create_bucket", &wish);
    assert_eq!(made.as_object().unwrap().keys().collect::<Vec<_>>(), ["code", "bucket"]);
    for name in ["id", "title", "enabled", "icon", "notes"] {
        assert_eq!(made["bucket"][name], wish[name], "{name}");
    }
    upload(&house, Form::default().text("id", "b1").file("f", "a.txt", b"a"));
    let whole = done(&house, "get_bucket", &json!({ "id": "b1" }));
    assert_eq!((&whole["data"], whole["files"].as_array().unwrap().len()), (&wish["data"], 1));
    done(&house, "empty_bucket", &json!({ "id": "b1", "files": true, "data": true }));
    let whole = done(&house, "get_bucket", &json!({ "id": "b1" }));
    assert_eq!((&whole["data"], &whole["files"]), (&json!({}), &json!([])));
    let (kinds, _) = house.events(begin);
    assert_eq!(kinds[..2], ["bucket_created", "object_created"], "{kinds:?}");
    let mut rest = kinds[2..].to_vec();
    rest.sort_unstable();
    assert_eq!(rest, ["data_changed", "object_deleted", "object_purged"], "{kinds:?}");
}
