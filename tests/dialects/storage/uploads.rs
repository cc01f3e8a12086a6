//! Uploads as raw bodies and forms, and the limits that refuse them.

use super::{ROOT, ask, ask_as, bucket, house, json_of, put, read};
use crate::form::Form;
use crate::house::House;
use acceptance::Answer;
use serde_json::{Value, json};

/// Brings a form to a path.
fn form(house: &House, method: &str, path: &str, form: Form) -> Answer {
    let (body, kind) = form.close();
    ask_as(house, &house.key, method, &format!("{ROOT}{path}"), &body, &kind)
}

fn count(house: &House, bucket: &str) -> Value {
    json_of(&ask(house, "GET", &format!("{ROOT}{bucket}/"), &Value::Null), 200)["object_count"].clone()
}

#[test]
fn a_form_brings_the_file_and_who_may_read_it() {
    let (house, _) = house();
    bucket(&house, &house.key, "Product Images", "public");
    let (_, begin) = house.events(0);
    let at = "product-images/objects/unreleased/secret-product.jpg";
    for (method, sent, visibility, effective) in [
        (
            "PUT",
            Form::default().file("file", "s.jpg", b"one").text("visibility", "private"),
            json!("private"),
            "private",
        ),
        (
            "POST",
            Form::default().text("visibility", "\"public\"").file("file", "s.jpg", b"two"),
            json!("public"),
            "public",
        ),
        ("PUT", Form::default().file("file", "s.jpg", b"three"), json!("public"), "public"),
        ("PUT", Form::default().file("file", "s.jpg", b"four").text("visibility", ""), Value::Null, "public"),
    ] {
        let answer = form(&house, method, at, sent);
        assert!([200, 201].contains(&answer.status), "{}", answer.text());
        let object = answer.json();
        assert_eq!(object["path"], "unreleased/secret-product.jpg");
        assert_eq!(
            (&object["visibility"], &object["effective_visibility"]),
            (&visibility, &json!(effective))
        );
    }
    assert_eq!(read(&house, "", "product-images", "unreleased/secret-product.jpg").text(), "four");
    assert_eq!(
        house.events(begin).0,
        ["object_created", "object_replaced", "object_replaced", "object_replaced"]
    );
}

#[test]
fn forms_that_cannot_be_taken_leave_nothing_behind() {
    let (house, _) = house();
    bucket(&house, &house.key, "Kit", "private");
    let (_, begin) = house.events(0);
    for (sent, field) in [
        (Form::default().text("visibility", "private"), "file"),
        (Form::default().text("file", "no file"), "file"),
        (Form::default().file("file", "a", b"a").file("file", "b", b"b"), "file"),
        (Form::default().file("file", "a", b"a").text("visibility", "secret"), "visibility"),
        (Form::default().text("visibility", "secret").file("file", "a", b"a"), "visibility"),
    ] {
        let refused = json_of(&form(&house, "PUT", "kit/objects/a.txt", sent), 400);
        assert!(refused[field][0].is_string(), "{refused}");
    }
    let mut thousands = Form::default().file("file", "a", b"a");
    for number in 0..1200 {
        thousands = thousands.text(&format!("f{number}"), "x");
    }
    assert_eq!(form(&house, "PUT", "kit/objects/a.txt", thousands).status, 400);
    let (body, kind) = Form::default().file("file", "a", b"aaaa").close();
    let path = format!("{ROOT}kit/objects/a.txt");
    assert_eq!(ask_as(&house, &house.key, "PUT", &path, &body[..body.len() - 30], &kind).status, 400);
    assert_eq!(count(&house, "kit"), 0);
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
}

#[test]
fn limits_of_size_and_type_hold_for_both_ways() {
    let (house, _) = house();
    let body = json!({ "name": "Kit", "app_category": "assets", "file_size_limit": 8, "allowed_mime_types": ["text/*"] });
    json_of(&ask(&house, "POST", ROOT, &body), 201);
    let (_, begin) = house.events(0);
    assert_eq!(put(&house, &house.key, "kit", "a.txt", b"12345678").status, 201);
    let png = b"\x89PNG\r\n\x1a\n";
    for content in [&b"123456789"[..], png] {
        let raw = put(&house, &house.key, "kit", "b.txt", content);
        let parts = form(&house, "POST", "kit/objects/b.txt", Form::default().file("file", "b.txt", content));
        for answer in [raw, parts] {
            assert!(json_of(&answer, 400)["file"][0].is_string());
        }
    }
    // A limit changed by PATCH holds for what comes.
    let patch = json!({ "file_size_limit": 100, "allowed_mime_types": [] });
    json_of(&ask(&house, "PATCH", &format!("{ROOT}kit/"), &patch), 200);
    assert_eq!(put(&house, &house.key, "kit", "b.txt", png).status, 201);
    assert_eq!(house.events(begin).0, ["object_created", "bucket_updated", "object_created"]);
}

#[test]
fn an_empty_body_is_an_empty_object_and_a_large_one_streams() {
    let (house, _) = house();
    bucket(&house, &house.key, "Kit", "private");
    assert_eq!(json_of(&put(&house, &house.key, "kit", "empty.txt", b""), 201)["size"], 0);
    let large = vec![b'x'; 40 << 20];
    let before = house.server.peak_memory();
    assert_eq!(json_of(&put(&house, &house.key, "kit", "large.txt", &large), 201)["size"], 40 << 20);
    assert!(house.server.peak_memory().saturating_sub(before) < 32 << 20, "the whole was held in memory");
    let over = vec![b'x'; 51 << 20];
    assert_eq!(put(&house, &house.key, "kit", "over.txt", &over).status, 400);
    assert_eq!(count(&house, "kit"), 2);
}
