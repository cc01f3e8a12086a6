//! The storage buckets API: buckets, pages, validation, objects by path, and what is refused.

mod buckets;
mod lists;
mod objects;
mod refusals;
mod uploads;
mod validation;
mod visibility;
mod visibility_chapter;

use crate::house::House;
use acceptance::Answer;
use engine::model::Privilege;
use engine::{Caller, WorkspaceChanges};
use serde_json::{Value, json};

/// Where the document's app has its buckets.
const ROOT: &str = "/api/apps/my-app/storage/buckets/";

/// What members need for everything but deleting buckets.
const WRITE: &[Privilege] = &[Privilege::CreateBuckets, Privilege::EditBuckets];

/// A house whose workspace is the document's app, and the last event of its making.
fn house() -> (House, u64) {
    let house = House::new();
    let changes = WorkspaceChanges { slug: Some("my-app".into()), ..WorkspaceChanges::default() };
    house.engine.workspace_update(&Caller::cli(), changes).unwrap();
    let (_, begin) = house.events(0);
    (house, begin)
}

/// Asks as the document's curl lines do: with a bearer token; an empty one is none.
fn ask_as(house: &House, key: &str, method: &str, path: &str, body: &[u8], kind: &str) -> Answer {
    let host = format!("Host: {}", house.server.address());
    let (bearer, kind) = (format!("Authorization: Bearer {key}"), format!("Content-Type: {kind}"));
    let mut lines = vec![host.as_str()];
    if !key.is_empty() {
        lines.push(&bearer);
    }
    if kind != "Content-Type: " {
        lines.push(&kind);
    }
    house.raw(method, path, &lines, body)
}

/// Asks with every privilege and a body of JSON; null is none.
fn ask(house: &House, method: &str, path: &str, body: &Value) -> Answer {
    send(house, &house.key, method, path, body)
}

fn send(house: &House, key: &str, method: &str, path: &str, body: &Value) -> Answer {
    if body.is_null() {
        return ask_as(house, key, method, path, b"", "");
    }
    ask_as(house, key, method, path, body.to_string().as_bytes(), "application/json")
}

/// The answer's JSON, which must come with that status.
fn json_of(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json");
    answer.json()
}

/// The one sentence of a refusal.
fn detail(answer: &Answer, status: u16) -> String {
    let body = json_of(answer, status);
    let words = body["detail"].as_str().unwrap_or_else(|| panic!("no detail: {body}")).to_owned();
    assert_eq!(body, json!({ "detail": words }));
    words
}

/// Makes a bucket of that name and visibility.
fn bucket(house: &House, key: &str, name: &str, visibility: &str) -> Value {
    let body = json!({ "name": name, "app_category": "assets", "visibility": visibility });
    json_of(&send(house, key, "POST", ROOT, &body), 201)
}

/// Brings an object in as a raw body.
fn put(house: &House, key: &str, bucket: &str, path: &str, content: &[u8]) -> Answer {
    ask_as(house, key, "PUT", &format!("{ROOT}{bucket}/objects/{path}"), content, "application/octet-stream")
}

/// Reads an object.
fn read(house: &House, key: &str, bucket: &str, path: &str) -> Answer {
    ask_as(house, key, "GET", &format!("{ROOT}{bucket}/objects/{path}"), b"", "")
}
