//! Fields that are wrong, in the words of the document.

use super::{ROOT, ask, ask_as, bucket, detail, house, json_of};
use serde_json::{Value, json};

#[test]
fn wrong_fields_are_named_all_at_once_and_nothing_is_made() {
    let (house, begin) = house();
    let required = json!(["This field is required."]);
    for (body, errors) in [
        (json!({}), json!({ "name": required, "app_category": required })),
        (json!({ "name": "x" }), json!({ "app_category": required })),
        (json!({ "app_category": "assets" }), json!({ "name": required })),
        (
            json!({ "name": "", "app_category": "x" }),
            json!({ "name": ["This field may not be blank."], "app_category": ["\"x\" is not a valid choice."] }),
        ),
        (
            json!({ "name": null, "app_category": null }),
            json!({ "name": ["This field may not be null."], "app_category": ["This field may not be null."] }),
        ),
        (
            json!({ "name": ["a"], "app_category": true, "visibility": "secret", "file_size_limit": "big" }),
            json!({
                "name": ["Not a valid string."], "app_category": ["\"True\" is not a valid choice."],
                "visibility": ["\"secret\" is not a valid choice."],
                "file_size_limit": ["A valid integer is required."]
            }),
        ),
        (
            json!({ "name": "a".repeat(201), "app_category": "Assets" }),
            json!({
                "name": ["Ensure this field has no more than 200 characters."],
                "app_category": ["\"Assets\" is not a valid choice."]
            }),
        ),
        (
            json!({ "name": "x", "app_category": "assets", "allowed_mime_types": "image/png", "file_size_limit": 0 }),
            json!({
                "allowed_mime_types": ["Expected a list of items but got type \"str\"."],
                "file_size_limit": ["Ensure this value is greater than or equal to 1."]
            }),
        ),
        (
            json!({ "name": "x", "app_category": "assets", "file_size_limit": u64::MAX }),
            json!({ "file_size_limit": ["Ensure this value is less than or equal to 9223372036854775807."] }),
        ),
        (
            json!([{ "name": "x" }]),
            json!({ "non_field_errors": ["Invalid data. Expected a dictionary, but got list."] }),
        ),
        (json!("x"), json!({ "non_field_errors": ["Invalid data. Expected a dictionary, but got str."] })),
    ] {
        assert_eq!(json_of(&ask(&house, "POST", ROOT, &body), 400), errors, "{body}");
    }
    let answer = ask_as(&house, &house.key, "POST", ROOT, b"", "application/json");
    assert_eq!(json_of(&answer, 400), json!({ "name": required, "app_category": required }));
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
}

#[test]
fn wrong_media_types_are_listed_as_python_prints_them() {
    let (house, _) = house();
    let made = bucket(&house, &house.key, "Kit", "private");
    let (_, begin) = house.events(0);
    let words = |list: &str| {
        json!({ "allowed_mime_types": [format!(
            "Invalid MIME type format: {list}. Valid formats: 'image/png', 'image/*', 'application/pdf', etc."
        )] })
    };
    for (types, list) in [
        (json!(["image/", "image"]), "['image/', 'image']"),
        (
            json!(["image/", "image", "*/png", "", "/png", "image/*pdf", "image/png"]),
            "['image/', 'image', '*/png', '', '/png', 'image/*pdf']",
        ),
        (json!(["it's", 5, null]), "[\"it's\", 5, None]"),
    ] {
        let body = json!({ "name": "x", "app_category": "assets", "allowed_mime_types": types });
        assert_eq!(json_of(&ask(&house, "POST", ROOT, &body), 400), words(list));
        let patch = json!({ "name": "Renamed", "allowed_mime_types": types });
        assert_eq!(json_of(&ask(&house, "PATCH", &format!("{ROOT}kit/"), &patch), 400), words(list));
    }
    assert_eq!(json_of(&ask(&house, "GET", &format!("{ROOT}kit/"), &Value::Null), 200), made);
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
    for types in [
        json!([
            "image/png",
            "image/jpeg",
            "application/pdf",
            "image/*",
            "video/*",
            "text/plain",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        ]),
        json!(["image/*", "video/*", "audio/*"]),
        json!([
            "application/pdf",
            "application/msword",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.ms-excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ]),
        json!(["*/*"]),
        json!(["text/*"]),
        json!([]),
    ] {
        let after = json_of(
            &ask(&house, "PATCH", &format!("{ROOT}kit/"), &json!({ "allowed_mime_types": types })),
            200,
        );
        assert_eq!(after["allowed_mime_types"], types);
    }
}

#[test]
fn bodies_that_cannot_be_read_change_nothing() {
    let (house, _) = house();
    let made = bucket(&house, &house.key, "Kit", "private");
    let (_, begin) = house.events(0);
    let deep = format!(r#"{{"name":"x","x":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let kit = format!("{ROOT}kit/");
    for (method, path) in [("POST", ROOT), ("PATCH", kit.as_str())] {
        for body in [&b"{"[..], b"{\"name\":", b"{\"name\": 'x'}", b"\xff", b"\0", b"nope", deep.as_bytes()] {
            let answer = ask_as(&house, &house.key, method, path, body, "application/json");
            assert!(detail(&answer, 400).starts_with("JSON parse error - "), "{method}");
        }
        let large = format!(r#"{{"name":"{}"}}"#, "x".repeat(2 << 20));
        let answer = ask_as(&house, &house.key, method, path, large.as_bytes(), "application/json");
        assert_eq!(answer.status, 413, "{method}");
        let answer = ask_as(&house, &house.key, method, path, b"name=x", "text/plain");
        assert_eq!(detail(&answer, 415), "Unsupported media type \"text/plain\" in request.");
    }
    let number = br#"{"name":"x","app_category":"assets","file_size_limit":1e400}"#;
    let answer = ask_as(&house, &house.key, "POST", ROOT, number, "application/json; charset=utf-8");
    assert_eq!(json_of(&answer, 400), json!({ "file_size_limit": ["A valid integer is required."] }));
    assert_eq!(json_of(&ask(&house, "GET", &kit, &Value::Null), 200), made);
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
}
