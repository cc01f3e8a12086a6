//! xyOps buckets: the nine methods, their envelopes and refusals.

mod buckets;
mod data;
mod files;
mod printed;
mod refusals;

use crate::house::House;
use acceptance::Answer;
use serde_json::Value;

/// Calls a method of version 1 with JSON.
fn call(house: &House, method: &str, body: &Value) -> Answer {
    call_as(house, &house.key, method, body)
}

fn call_as(house: &House, key: &str, method: &str, body: &Value) -> Answer {
    let path = format!("/api/app/{method}/v1");
    house.ask_as(key, "POST", &path, "application/json", body.to_string().as_bytes())
}

/// Calls a method that works; its envelope.
fn done(house: &House, method: &str, body: &Value) -> Value {
    let answer = call(house, method, body);
    assert_eq!(answer.status, 200, "{method}: {}", answer.text());
    let envelope = answer.json();
    assert_eq!(envelope["code"], 0, "{method}: {envelope}");
    envelope
}

/// Calls a method that refuses: status, code, description.
fn refused(house: &House, method: &str, body: &Value) -> (u16, String, String) {
    words(&call(house, method, body))
}

fn words(answer: &Answer) -> (u16, String, String) {
    let envelope = answer.json();
    let word = |name: &str| envelope[name].as_str().unwrap_or_default().to_owned();
    (answer.status, word("code"), word("description"))
}

/// A bucket of that id.
fn bucket(house: &House, id: &str) {
    done(house, "create_bucket", &serde_json::json!({ "id": id, "title": id }));
}
