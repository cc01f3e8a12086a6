//! Buckets: made, listed, shown, changed, deleted.

use super::{bucket, call_as, done, refused, words};
use crate::house::House;
use engine::model::Privilege;
use serde_json::json;

#[test]
fn a_bucket_lives_from_create_to_delete_and_tells_of_it() {
    let house = House::new();
    let (_, begin) = house.events(0);
    let made =
        done(&house, "create_bucket", &json!({ "title": "My Bucket", "icon": "camera", "notes": "n" }));
    let made = &made["bucket"];
    let id = made["id"].as_str().unwrap();
    assert!(id.starts_with('b') && id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
    assert_eq!((made["revision"].as_u64(), made["enabled"].as_bool()), (Some(1), Some(true)));
    assert!(
        made["created"].as_i64().unwrap() > 1_700_000_000
            && made["created"].as_i64().unwrap() < 4_000_000_000
    );
    assert!(made.get("data").is_none() && made.get("files").is_none());

    let listed = done(&house, "get_buckets", &json!({}));
    assert_eq!(listed["list"]["length"], 1);
    assert_eq!(listed["rows"][0], *made);

    done(&house, "update_bucket", &json!({ "id": id, "title": "Renamed", "data": [1, 2] }));
    let whole = done(&house, "get_bucket", &json!({ "id": id }));
    assert_eq!(whole["bucket"]["title"], "Renamed");
    assert_eq!(whole["bucket"]["icon"], "camera");
    assert_eq!(whole["bucket"]["revision"], 2);
    assert_eq!(whole["data"], json!([1, 2]));
    assert_eq!(whole["files"], json!([]));

    done(&house, "delete_bucket", &json!({ "id": id }));
    let gone = refused(&house, "get_bucket", &json!({ "id": id }));
    assert_eq!(gone, (404, "notfound".into(), format!("Bucket not found: {id}")));
    let (kinds, _) = house.events(begin);
    assert_eq!(
        kinds,
        ["bucket_created", "bucket_updated", "data_changed", "bucket_deleted", "bucket_purged"]
    );
}

#[test]
fn an_empty_icon_is_none_and_notes_lose_their_tags() {
    let house = House::new();
    let plain = done(&house, "create_bucket", &json!({ "id": "b1", "title": "t" }))["bucket"].clone();
    let noted = json!({ "id": "b2", "title": "t", "icon": "camera", "notes": "a <b>bold</b> word, 1 < 2" });
    let made = done(&house, "create_bucket", &noted)["bucket"].clone();
    assert_eq!((&made["icon"], &made["notes"]), (&json!("camera"), &json!("a bold word, 1 < 2")));
    done(&house, "update_bucket", &json!({ "id": "b2", "icon": "", "notes": "<i>n</i>" }));
    let now = done(&house, "get_bucket", &json!({ "id": "b2" }))["bucket"].clone();
    assert_eq!((&now["icon"], &now["notes"]), (&plain["icon"], &json!("n")));
}

#[test]
fn get_bucket_reads_its_parameters_from_the_query_as_curl_sends_them() {
    let house = House::new();
    bucket(&house, "b1");
    let answer = house.ask("GET", "/api/app/get_bucket/v1?id=b1", "", b"");
    assert_eq!((answer.status, answer.json()["bucket"]["id"].as_str()), (200, Some("b1")));
    let in_query = house.raw(
        "GET",
        &format!("/api/app/get_buckets/v1?api_key={}", house.key),
        &[&format!("Host: {}", house.server.address())],
        b"",
    );
    assert_eq!(in_query.json()["list"]["length"], 1);
    let body = json!({ "api_key": house.key, "id": "b1" }).to_string();
    let in_body = house.ask_as("", "POST", "/api/app/get_bucket/v1", "application/json", body.as_bytes());
    assert_eq!(in_body.json()["code"], 0);
}

#[test]
fn an_id_of_ones_own_is_kept_and_is_given_once() {
    let house = House::new();
    bucket(&house, "my_bucket_1");
    let again = refused(&house, "create_bucket", &json!({ "id": "my_bucket_1", "title": "Again" }));
    assert_eq!(again, (500, "bucket".into(), "That Bucket ID already exists: my_bucket_1".into()));
    for wrong in ["My Bucket", "a-b", "../x", "B1"] {
        let (status, code, words) = refused(&house, "create_bucket", &json!({ "id": wrong, "title": "t" }));
        assert_eq!(
            (status, code.as_str(), words.as_str()),
            (400, "api", "Malformed parameter: id"),
            "{wrong}"
        );
    }
}

#[test]
fn a_disabled_bucket_refuses_and_can_be_switched_on_again() {
    let house = House::new();
    bucket(&house, "b1");
    done(&house, "update_bucket", &json!({ "id": "b1", "enabled": false }));
    for (method, body) in [
        ("get_bucket", json!({ "id": "b1" })),
        ("write_bucket_data", json!({ "id": "b1", "data": { "a": 1 } })),
        ("empty_bucket", json!({ "id": "b1", "data": true })),
        ("delete_bucket", json!({ "id": "b1" })),
    ] {
        let (status, code, words) = refused(&house, method, &body);
        assert_eq!((status, code.as_str()), (403, "access"), "{method}");
        assert!(words.contains("switched off"), "{words}");
    }
    done(&house, "update_bucket", &json!({ "id": "b1", "enabled": true }));
    done(&house, "write_bucket_data", &json!({ "id": "b1", "data": { "a": 1 } }));
}

#[test]
fn settings_and_data_are_saved_together_or_not_at_all() {
    let house = House::new();
    done(&house, "create_bucket", &json!({ "id": "atom", "title": "As it was", "data": { "was": 1 } }));
    let deep = format!(
        r#"{{"id":"atom","title":"CHANGED","enabled":false,"data":{}{}}}"#,
        "[".repeat(5000),
        "]".repeat(5000)
    );
    let (_, before) = house.events(0);
    let answer = house.ask("POST", "/api/app/update_bucket/v1", "application/json", deep.as_bytes());
    assert_eq!(answer.status, 400);
    let whole = done(&house, "get_bucket", &json!({ "id": "atom" }));
    assert_eq!((&whole["bucket"]["title"], &whole["bucket"]["revision"]), (&json!("As it was"), &json!(1)));
    assert_eq!(house.events(before).0, [""; 0]);

    // The whole record with the switch off: the bucket was on when this was asked.
    let record = json!({ "id": "atom", "title": "T2", "enabled": false, "data": { "a": 1 } });
    done(&house, "update_bucket", &record);
    assert_eq!(house.events(before).0, ["bucket_updated", "data_changed"]);
    let (status, code, _) =
        refused(&house, "update_bucket", &json!({ "id": "atom", "title": "T3", "data": { "b": 1 } }));
    assert_eq!((status, code.as_str()), (403, "access"), "it is off now, and takes no data");
    // And with the switch on: it lets the data in.
    let record = json!({ "id": "atom", "title": "T4", "enabled": true, "data": { "c": 1 } });
    done(&house, "update_bucket", &record);
    let whole = done(&house, "get_bucket", &json!({ "id": "atom" }));
    assert_eq!((&whole["bucket"]["title"], &whole["data"]), (&json!("T4"), &json!({ "c": 1 })));
    assert_eq!(whole["bucket"]["revision"], 3);
}

#[test]
fn each_privilege_allows_its_own_acts() {
    let house = House::new();
    bucket(&house, "b1");
    let acts = [
        ("create_bucket", json!({ "title": "t" }), Privilege::CreateBuckets),
        ("update_bucket", json!({ "id": "b1", "notes": "n" }), Privilege::EditBuckets),
        ("write_bucket_data", json!({ "id": "b1", "data": {} }), Privilege::EditBuckets),
        ("empty_bucket", json!({ "id": "b1", "data": true }), Privilege::EditBuckets),
        ("delete_bucket", json!({ "id": "b1" }), Privilege::DeleteBuckets),
    ];
    for (method, body, needed) in &acts {
        for privilege in [Privilege::CreateBuckets, Privilege::EditBuckets, Privilege::DeleteBuckets] {
            if privilege == *needed {
                continue;
            }
            let key = house.member("anna", &[privilege]);
            let (status, code, _) = words(&call_as(&house, &key, method, body));
            assert_eq!((status, code.as_str()), (403, "access"), "{method} with {}", privilege.as_str());
        }
        let key = house.member("anna", &[*needed]);
        assert_eq!(call_as(&house, &key, method, body).json()["code"], 0, "{method}");
    }
    let reader = house.member("anna", &[]);
    assert_eq!(call_as(&house, &reader, "get_buckets", &json!({})).json()["list"]["length"], 1);
}
