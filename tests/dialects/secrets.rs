//! Who shows no living key learns nothing and changes nothing: every address of every API, however it is called. What
//! answers all the same is named here, and holds nothing of the home.

use crate::house::House;
use acceptance::{Answer, Server};
use engine::model::{Permalink, Privilege};
use engine::{Access, Caller, Incoming, NewBucket, NewKey};
use serde_json::{Value, json};

/// What may answer somebody without a key: the engine decides by policy, visibility, rules and links.
const OPEN: &[&str] = &[
    "link_head",
    "link_read",
    "native_blob_content",
    "native_blob_show",
    "native_blob_upload",
    "storage_object_head",
    "storage_object_read",
    "thumb_read",
];

/// The methods of the API of xyOps buckets, which are described as calls of version 1 and have other forms.
const XYOPS: &[&str] = &[
    "get_buckets",
    "get_bucket",
    "create_bucket",
    "update_bucket",
    "delete_bucket",
    "write_bucket_data",
    "upload_bucket_files",
    "delete_bucket_file",
    "empty_bucket",
];

/// What answers without a secret, and is no public object and no link: the programs' own description of themselves, which
/// a browser opens by address, whether anybody is there, and a method that is none, in the original's words.
const FOR_ANYBODY: &[&str] = &[
    "/health",
    "/openapi.json",
    "/docs",
    "/docs/docs.js",
    "/docs/docs.css",
    "/docs/tokens.css",
    "/api/app/no_such_thing/v1",
    "/api/app/no_such_thing",
];

/// A house with a bucket whose links are not open, and a file in it.
struct Closed {
    house: House,
    /// The file's id, and its link.
    blob: String,
    link: String,
}

impl Closed {
    fn new() -> Self {
        let house = House::new();
        let cli = Caller::cli();
        let access = Access { permalink: Some(Permalink::Off), ..Access::default() };
        let kit = Some("kit".to_owned());
        let new = NewBucket { title: "kit".to_owned(), id: kit, access, ..NewBucket::default() };
        house.engine.bucket_create(&cli, new).unwrap();
        let incoming = Incoming { key: "a.txt".to_owned(), ..Incoming::default() };
        let staged = house.engine.object_stage(&cli, "kit", incoming, &mut &b"words"[..], None).unwrap();
        let object = house.engine.object_commit(&cli, vec![staged]).unwrap().remove(0).object;
        let link = format!("/{}", object.path());
        Self { house, blob: object.id, link }
    }

    /// Every way to call what the description names, with what else is called so.
    fn addresses(&self) -> Vec<(String, String)> {
        let described = self.house.server.get("/openapi.json").json();
        let token = self.link.split('/').nth(4).unwrap();
        let mut addresses = Vec::new();
        for (path, methods) in described["paths"].as_object().unwrap() {
            let mut filled = path.clone();
            for (name, value) in [
                ("{app}", "pail"),
                ("{blobId}", &self.blob),
                ("{bucket_id}", "kit"),
                ("{bucket}", "kit"),
                ("{id}", "x"),
                ("{key}", "kit"),
                ("{path}", "a.txt"),
                ("{slug}", "kit"),
                ("{token}", token),
                ("{version}", "1?side=64"),
            ] {
                filled = filled.replace(name, value);
            }
            let command = path.starts_with("/api/commands/");
            filled = filled.replace("{name}", if command { "bucket_list" } else { "a.txt" });
            if filled.ends_with("/blobs") {
                filled.push_str("?filename=b.txt");
            }
            assert!(!filled.contains('{'), "{filled}");
            for (method, operation) in methods.as_object().unwrap() {
                let open = OPEN.contains(&operation["operationId"].as_str().unwrap());
                let optional = operation["security"].as_array().unwrap().contains(&json!({}));
                assert_eq!(open, optional, "{method} {path}: the description says who needs a key");
                addresses.push((method.to_uppercase(), filled.clone()));
                if method == "get" {
                    addresses.push(("HEAD".to_owned(), filled.clone()));
                }
                if filled.starts_with("/api/apps/") && filled.ends_with('/') {
                    addresses.push((method.to_uppercase(), filled.trim_end_matches('/').to_owned()));
                }
            }
        }
        for name in XYOPS {
            for rest in ["/v1", "/v2", ""] {
                for method in ["GET", "POST"] {
                    addresses.push((method.to_owned(), format!("/api/app/{name}{rest}")));
                }
            }
        }
        addresses.push(("PUT".to_owned(), "/api/apps/pail/storage/buckets/kit/".to_owned()));
        addresses.sort();
        addresses.dedup();
        addresses
    }

    /// Asks without a secret, or with one that is none, shown in that header.
    fn ask(&self, method: &str, path: &str, secret: Option<&str>) -> Answer {
        let host = format!("Host: {}", self.house.server.address());
        let mut lines = vec![host.as_str(), "Content-Type: application/json"];
        lines.extend(secret);
        let body: &[u8] = if ["GET", "HEAD"].contains(&method) { b"" } else { br#"{"id": "kit"}"# };
        self.house.raw(method, path, &lines, body)
    }
}

/// Holds a refusal to the words of the API that it comes from. `shown` says whether there was a secret.
fn hold(method: &str, path: &str, shown: bool, answer: &Answer) {
    let of = |room: &str| path.starts_with(room);
    let code = if shown { "key_refused" } else { "sign_in_needed" };
    let (status, words): (u16, fn(&Value) -> &Value) = if of("/api/app/") {
        (if path.contains("/v") { 403 } else { 200 }, |body| &body["code"])
    } else if of("/files/") || of("/thumbs/") {
        (if shown { 401 } else { 403 }, |body| body)
    } else if of("/api/apps/") {
        (401, |body| &body["detail"])
    } else if of("/v1/") {
        (401, |body| &body["error"]["code"])
    } else {
        (401, |body| &body["code"])
    };
    assert_eq!(answer.status, status, "{method} {path}: {}", answer.text());
    if method == "HEAD" {
        return assert_eq!(answer.body, b"", "{path}");
    }
    if of("/files/") || of("/thumbs/") {
        return assert!(answer.text().contains("API key"), "{path}: {}", answer.text());
    }
    let body = answer.json();
    let expected = match () {
        () if of("/api/app/") => "session",
        () if of("/api/apps/") && shown => "Invalid token.",
        () if of("/api/apps/") => "Authentication credentials were not provided.",
        () => code,
    };
    assert_eq!(words(&body), expected, "{method} {path}: {body}");
}

/// A wrong secret, a revoked one, and one that has ended.
fn dead_secrets(house: &House) -> [String; 3] {
    let cli = Caller::cli();
    let made = |name: &str| {
        let new = NewKey { name: name.to_owned(), privileges: vec![Privilege::Admin], ..NewKey::default() };
        house.engine.key_create(&cli, new).unwrap()
    };
    let (revoked, of_revoked) = made("revoked");
    house.engine.key_revoke(&cli, &revoked.id).unwrap();
    let (ended, of_ended) = made("ended");
    let database = rusqlite::Connection::open(house.home.path().join("pail.db")).unwrap();
    database.busy_timeout(acceptance::SOON).unwrap();
    assert_eq!(database.execute("UPDATE key SET expires = 1 WHERE id = ?1", [&ended.id]).unwrap(), 1);
    ["pail_wrong".to_owned(), of_revoked, of_ended]
}

#[test]
fn every_route_refuses_without_a_secret_and_with_one_that_is_none() {
    let closed = Closed::new();
    let dead = dead_secrets(&closed.house);
    let addresses = closed.addresses();
    let (_, begin) = closed.house.events(0);
    for (method, path) in &addresses {
        hold(method, path, false, &closed.ask(method, path, None));
        for secret in &dead {
            for header in [format!("X-API-Key: {secret}"), format!("Authorization: Bearer {secret}")] {
                hold(method, path, true, &closed.ask(method, path, Some(&header)));
            }
            if path.starts_with("/api/app/") {
                let path = format!("{path}?api_key={secret}");
                hold(method, &path, true, &closed.ask(method, &path, None));
            }
        }
    }
    assert_eq!(closed.house.events(begin).0, [] as [&str; 0]);
    let rooms = [
        "/api/app/",
        "/api/apps/",
        "/api/buckets/",
        "/api/commands/",
        "/events",
        "/files/",
        "/thumbs/",
        "/v1/",
    ];
    for room in rooms {
        assert!(addresses.iter().any(|(_, path)| path.starts_with(room)), "{room}");
    }
    assert!(addresses.len() > 100, "{}", addresses.len());
    let key = format!("X-API-Key: {}", closed.house.key);
    assert_eq!(closed.ask("GET", &closed.link, Some(&key)).text(), "words", "a living key still reads");
}

#[test]
fn what_answers_anybody_is_the_same_whatever_the_home_holds() {
    let (full, empty) = (Closed::new(), House::new());
    for path in FOR_ANYBODY {
        let (one, other) = (full.house.server.get(path), empty.server.get(path));
        assert_eq!((one.status, other.status), (200, 200), "{path}");
        assert!(one.body == other.body, "{path} tells of the home");
    }
    // The window's page in a browser comes before its key, and holds nothing but itself.
    let pages = [&full.house.home, &empty.home].map(|home| Server::with(home, &["--ui"]).get("/").body);
    assert!(pages[0] == pages[1], "the page tells of the home");
    let unknown = full.house.server.get("/api/app/no_such_thing/v1").json();
    assert_eq!(unknown, json!({ "code": 1, "description": "Unsupported API: app/api_no_such_thing" }));
    for nothing in ["/", "/api", "/files", "/docs/none", "/v1", "/.well-known/x"] {
        assert_eq!(full.house.server.get(nothing).status, 404, "{nothing}");
    }
}
