//! Data: merged one level deep, to the letter, by many at once.

use super::{bucket, call, done, refused};
use crate::form::Form;
use crate::house::House;
use acceptance::noise;
use serde_json::json;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

#[test]
fn data_are_merged_one_level_deep_and_answered_whole_if_asked_for() {
    let house = House::new();
    bucket(&house, "b1");
    let payload = br#"{ "data": { "foo": "bar", "number": 1234 } }"#;
    let answer = house.ask("POST", "/api/app/write_bucket_data/v1?id=b1", "application/json", payload);
    assert_eq!((answer.status, answer.text().as_str()), (200, r#"{"code":0,"data":null}"#));
    let merged = done(
        &house,
        "write_bucket_data",
        &json!({ "id": "b1", "data": { "number": null, "deep": { "x": 1 } }, "fetch": true }),
    );
    assert_eq!(merged["data"], json!({ "foo": "bar", "number": null, "deep": { "x": 1 } }));
    let replaced = done(
        &house,
        "write_bucket_data",
        &json!({ "id": "b1", "data": { "deep": { "y": 2 } }, "fetch": true }),
    );
    assert_eq!(replaced["data"]["deep"], json!({ "y": 2 }));
    done(&house, "write_bucket_data", &json!({ "id": "b1" }));
    assert_eq!(done(&house, "get_bucket", &json!({ "id": "b1" }))["data"], replaced["data"]);
}

#[test]
fn numbers_that_no_float_holds_survive() {
    let house = House::new();
    bucket(&house, "b1");
    let payload = br#"{"id":"b1","data":{"big":1836486125467611137,"huge":1e400,"exact":1.0},"fetch":true}"#;
    let answer = house.ask("POST", "/api/app/write_bucket_data/v1", "application/json", payload);
    for literal in ["1836486125467611137", "1e400", "1.0"] {
        assert!(answer.text().contains(literal), "{}", answer.text());
    }
}

#[test]
fn what_is_no_object_is_refused_and_nothing_is_mangled() {
    let house = House::new();
    bucket(&house, "b1");
    for data in [json!("text"), json!([1]), json!(1), json!(true), json!(null)] {
        let (status, code, words) =
            refused(&house, "write_bucket_data", &json!({ "id": "b1", "data": data }));
        assert_eq!((status, code.as_str()), (400, "api"), "{data}: {words}");
    }
    assert_eq!(done(&house, "get_bucket", &json!({ "id": "b1" }))["data"], json!({}));
    done(&house, "update_bucket", &json!({ "id": "b1", "data": [1] }));
    let (status, ..) = refused(&house, "write_bucket_data", &json!({ "id": "b1", "data": { "a": 1 } }));
    assert_eq!(status, 400);
    assert_eq!(done(&house, "get_bucket", &json!({ "id": "b1" }))["data"], json!([1]));
}

#[test]
fn sixteen_clients_writing_two_hundred_keys_each_lose_none() {
    let house = House::new();
    bucket(&house, "b1");
    std::thread::scope(|scope| {
        for client in 0..16 {
            let house = &house;
            scope.spawn(move || {
                for key in 0..200 {
                    let data = json!({ "id": "b1", "data": { format!("c{client}k{key}"): key } });
                    assert_eq!(call(house, "write_bucket_data", &data).status, 200);
                }
            });
        }
    });
    let data = done(&house, "get_bucket", &json!({ "id": "b1" }))["data"].clone();
    assert_eq!(data.as_object().unwrap().len(), 16 * 200);
    for client in 0..16 {
        for key in 0..200 {
            assert_eq!(data[format!("c{client}k{key}")], key);
        }
    }
}

#[test]
fn a_merge_does_not_wait_for_an_upload() {
    let house = House::new();
    bucket(&house, "b1");
    let (body, kind) = Form::default().text("id", "b1").file("file1", "big.bin", &noise(4 << 20)).close();
    let mut upload = TcpStream::connect(house.server.address()).unwrap();
    let head = format!(
        "POST /api/app/upload_bucket_files/v1 HTTP/1.1\r\nHost: {}\r\nX-API-Key: {}\r\nContent-Type: {kind}\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        house.server.address(),
        house.key,
        body.len()
    );
    let (first, rest) = body.split_at(body.len() / 2);
    upload.write_all(head.as_bytes()).unwrap();
    upload.write_all(first).unwrap();
    // The upload stands half-way while these are answered.
    for key in 0..20 {
        done(&house, "write_bucket_data", &json!({ "id": "b1", "data": { format!("k{key}"): key } }));
    }
    upload.write_all(rest).unwrap();
    let mut answer = String::new();
    upload.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("big.bin"), "{answer}");
}
