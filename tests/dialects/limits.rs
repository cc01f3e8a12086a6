//! Bodies over the limit, JSON without a bottom, and keys that ask too often, in each API's own words; nothing changes, and
//! the server goes on.

use crate::house::House;
use acceptance::Answer;
use engine::{Caller, NewBucket, NewKey};

/// More than any API takes as one body of JSON, but for data.
const LARGE: usize = (1 << 20) + 1;
/// More than the API of xyOps buckets takes.
const LARGEST: usize = (80 << 20) + 1;

fn house() -> House {
    let house = House::new();
    let kit = Some("kit".to_owned());
    let new = NewBucket { title: "Kit".to_owned(), id: kit, ..NewBucket::default() };
    house.engine.bucket_create(&Caller::cli(), new).unwrap();
    house
}

fn filled(before: &str, size: usize, after: &str) -> Vec<u8> {
    let mut body = before.as_bytes().to_vec();
    body.resize(size - after.len(), b'x');
    body.extend_from_slice(after.as_bytes());
    body
}

/// Status, and the word for the refusal where its API has one.
fn refusal(answer: &Answer) -> (u16, String) {
    let text = answer.text();
    let Ok(body) = serde_json::from_str::<serde_json::Value>(&text) else {
        return (answer.status, text.trim_end().to_owned());
    };
    let word =
        [&body["code"], &body["error"]["code"], &body["detail"]].into_iter().find_map(|word| word.as_str());
    (answer.status, word.unwrap_or_default().to_owned())
}

#[test]
fn a_body_over_the_limit_is_refused_in_the_words_of_its_api() {
    let house = house();
    let (_, begin) = house.events(0);
    let json = "application/json";
    for (method, path, body, status, word) in [
        ("POST", "/v1/buckets", filled(r#"{"name":""#, LARGE, r#""}"#), 413, "too_large"),
        ("PATCH", "/v1/buckets/kit", filled(r#"{"name":""#, LARGE, r#""}"#), 413, "too_large"),
        ("POST", "/api/buckets/v1/buckets", filled(r#"{"key":""#, LARGE, r#""}"#), 413, "too_large"),
        ("POST", "/api/commands/bucket_create", filled(r#"{"title":""#, LARGE, r#""}"#), 413, "too_large"),
        (
            "POST",
            "/api/app/write_bucket_data/v1",
            filled(r#"{"id":"kit","data":{"a":""#, LARGEST, r#""}}"#),
            400,
            "400 Bad Request",
        ),
    ] {
        let answer = house.ask(method, path, json, &body);
        assert_eq!(refusal(&answer), (status, word.to_owned()), "{method} {path}");
    }
    // Whose key is in the body is not known yet, and sends less.
    let before = format!(r#"{{"api_key":"{}","id":"kit","data":{{"a":""#, house.key);
    let answer =
        house.ask_as("", "POST", "/api/app/write_bucket_data/v1", json, &filled(&before, LARGE, r#""}}"#));
    assert_eq!(refusal(&answer), (400, "400 Bad Request".to_owned()));
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
    assert_eq!(house.server.get("/health").status, 200);
}

#[test]
fn json_without_a_bottom_is_refused_by_each_api() {
    let house = house();
    let (_, begin) = house.events(0);
    let deep = format!("{}1{}", r#"{"name":"#.repeat(50_000), "}".repeat(50_000));
    for (method, path, status, word) in [
        ("POST", "/v1/buckets", 400, "bad_request"),
        ("PATCH", "/v1/buckets/kit", 400, "bad_request"),
        ("POST", "/api/buckets/v1/buckets", 400, "bad_request"),
        ("POST", "/api/commands/bucket_create", 400, "bad_request"),
        ("POST", "/api/app/create_bucket/v1", 400, ""),
        ("POST", "/api/apps/pail/storage/buckets/", 400, ""),
    ] {
        let answer = house.ask(method, path, "application/json", deep.as_bytes());
        let (refused, words) = refusal(&answer);
        assert_eq!(refused, status, "{method} {path}: {words}");
        assert!(words.contains(word), "{method} {path}: {words}");
    }
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
    assert_eq!(house.server.get("/health").status, 200);
}

#[test]
fn a_key_that_asks_too_often_is_told_so_by_each_api() {
    let house = house();
    for (method, path, word) in [
        ("GET", "/v1/buckets", "rate_limited"),
        ("GET", "/api/buckets/v1/buckets", "rate_limited"),
        ("POST", "/api/commands/bucket_list", "rate_limited"),
        ("GET", "/api/app/get_buckets/v1", "rate"),
        ("GET", "/api/apps/pail/storage/buckets/", "Request was throttled."),
        ("GET", "/events?after=-1", "rate_limited"),
    ] {
        let new = NewKey { name: "slow".into(), rate: Some(1), ..NewKey::default() };
        let (_, slow) = house.engine.key_create(&Caller::cli(), new).unwrap();
        let body: &[u8] = if method == "POST" { b"{}" } else { b"" };
        let throttled = (0..1000)
            .map(|_| refusal(&house.ask_as(&slow, method, path, "application/json", body)))
            .find(|(status, _)| *status == 429);
        let (_, words) = throttled.expect("a thousand in a row are more than one a second");
        assert!(words.starts_with(word), "{path}: {words}");
    }
}
