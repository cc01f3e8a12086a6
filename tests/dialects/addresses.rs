//! Addresses that are no text after decoding are refused in the words of the API that they belong to.

use crate::house::House;
use engine::{Caller, WorkspaceChanges};
use serde_json::{Value, json};

/// Whether a refusal is in the words of its API.
type Worded = fn(&Value) -> bool;

#[test]
fn an_address_that_is_no_text_is_refused_in_the_words_of_its_api() {
    let house = House::new();
    let changes = WorkspaceChanges { slug: Some("my-app".into()), ..WorkspaceChanges::default() };
    house.engine.workspace_update(&Caller::cli(), changes).unwrap();
    let native: Worded = |body| body["code"] == "bad_request" && body["details"].is_object();
    let sftp: Worded = |body| body["error"]["code"] == "bad_request";
    let storage: Worded = |body| *body == json!({ "detail": "Not found." });
    let xyops: Worded = |body| body["code"] == 1;
    for (method, path, status, worded) in [
        ("GET", "/api/buckets/v1/buckets/%ff", 400, native),
        ("PATCH", "/api/buckets/v1/buckets/%ff", 400, native),
        ("DELETE", "/api/buckets/v1/buckets/%ff", 400, native),
        ("GET", "/api/buckets/v1/buckets/kit/blobs/%ff", 400, native),
        ("POST", "/api/buckets/v1/buckets/%ff/blobs", 400, native),
        ("PUT", "/api/buckets/v1/buckets/%ff/data", 400, native),
        ("DELETE", "/api/buckets/v1/signed-urls/%ff", 400, native),
        ("POST", "/api/commands/%ff", 400, native),
        ("GET", "/v1/buckets/%ff", 400, sftp),
        ("PATCH", "/v1/buckets/%ff", 400, sftp),
        ("DELETE", "/v1/buckets/%ff", 400, sftp),
        ("GET", "/api/apps/my-app/storage/buckets/%ff/", 404, storage),
        ("GET", "/api/app/%ff", 200, xyops),
        ("POST", "/api/app/get_buckets/%ff", 200, xyops),
    ] {
        let answer = house.ask(method, path, "application/json", b"{}");
        assert_eq!((answer.status, answer.header("content-type")), (status, "application/json"), "{path}");
        assert!(worded(&answer.json()), "{method} {path}: {}", answer.text());
    }
}
