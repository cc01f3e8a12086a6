//! Changes as they happen, for those who may see them.

use super::{Api, code, json};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

/// Somebody who listens.
struct Listener(BufReader<TcpStream>);

impl Listener {
    /// Begins to listen and waits until that is acknowledged.
    fn new(api: &Api, key: &str, headers: &str, query: &str) -> Self {
        let mut connection = TcpStream::connect(api.server.address()).unwrap();
        connection.set_read_timeout(Some(acceptance::SOON)).unwrap();
        let host = api.server.address();
        let head =
            format!("GET /events{query} HTTP/1.1\r\nHost: {host}\r\nX-API-Key: {key}\r\n{headers}\r\n");
        connection.write_all(head.as_bytes()).unwrap();
        let mut listener = Self(BufReader::new(connection));
        let head = std::iter::from_fn(|| Some(listener.line()))
            .take_while(|line| !line.is_empty())
            .collect::<Vec<_>>();
        assert!(head[0].contains("200"), "{head:?}");
        assert!(head.iter().any(|line| line == "content-type: text/event-stream"), "{head:?}");
        while listener.line() != ": listening" {}
        listener
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert!(self.0.read_line(&mut line).unwrap() > 0, "it ended");
        line.trim_end().to_owned()
    }

    /// The next event, with its id.
    fn next(&mut self) -> (u64, Value) {
        loop {
            if let Some(id) = self.line().strip_prefix("id: ") {
                let data = self.line();
                return (
                    id.parse().unwrap(),
                    serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap(),
                );
            }
        }
    }
}

#[test]
fn an_admin_hears_of_every_change_in_order_and_resumes_after_any() {
    let api = Api::new();
    let mut live = Listener::new(&api, &api.admin, "", "");
    api.bucket("kit", "authenticated");
    api.upload("kit", "a.txt", "x");
    let (first, made) = live.next();
    let (second, brought) = live.next();
    assert_eq!((&made["kind"], &brought["kind"]), (&"bucket_created".into(), &"object_created".into()));
    assert_eq!((made["id"].as_u64(), &brought["detail"]), (Some(first), &"a.txt".into()));
    assert!(second > first);
    let mut resumed = Listener::new(&api, &api.admin, &format!("Last-Event-ID: {first}\r\n"), "?after=0");
    assert_eq!(resumed.next(), (second, brought.clone()));
    let mut asked = Listener::new(&api, &api.admin, "", &format!("?after={first}"));
    assert_eq!(asked.next(), (second, brought));
}

#[test]
fn a_member_hears_only_of_what_they_may_see() {
    let api = Api::new();
    let mut mara = Listener::new(&api, &api.mara, "", "");
    api.bucket("hidden", "private");
    api.upload("hidden", "secret.txt", "x");
    api.bucket("own", "owner");
    api.upload("own", "of-the-admin.txt", "x");
    api.bucket("shared", "authenticated");
    api.upload("shared", "a.txt", "x");
    let heard: Vec<_> = (0..3).map(|_| mara.next().1["detail"].as_str().unwrap().to_owned()).collect();
    assert_eq!(heard, ["own", "shared", "a.txt"]);
}

#[test]
fn a_member_who_resumes_hears_of_what_went_for_good_meanwhile_by_its_ids() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    api.bucket("short", "authenticated");
    api.bucket("hidden", "private");
    let gone = api.upload("kit", "a.txt", "x")["blobId"].clone();
    let secret = api.upload("hidden", "secret.txt", "x")["blobId"].clone();
    let before = api.engine.newest_event().unwrap();
    let id = |key: &str| api.engine.bucket_show(&engine::Caller::cli(), key).unwrap().id;
    let (kit, short, hidden) = (id("kit"), id("short"), id("hidden"));
    let storage = |key: &str, method: &str, body: &str| {
        let path = format!("/api/app/{method}/v1");
        let answer = api.send(key, "POST", &path, &["Content-Type: application/json"], body.as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.text());
    };
    // This API knows no trash: what it deletes is gone at once.
    storage(&api.admin, "delete_bucket_file", &format!(r#"{{"id": "{kit}", "filename": "a.txt"}}"#));
    storage(&api.admin, "delete_bucket_file", &format!(r#"{{"id": "{hidden}", "filename": "secret.txt"}}"#));
    storage(&api.admin, "delete_bucket", &format!(r#"{{"id": "{hidden}"}}"#));
    storage(&api.admin, "delete_bucket", &format!(r#"{{"id": "{short}"}}"#));

    let mut mara = Listener::new(&api, &api.mara, &format!("Last-Event-ID: {before}\r\n"), "");
    let mut heard = Vec::new();
    loop {
        let (_, event) = mara.next();
        assert_ne!(event["object"], secret);
        assert_ne!(event["bucket"], hidden);
        if event["object"] == gone {
            assert_eq!((&event["detail"], &event["by"]), (&"".into(), &"".into()), "the ids alone");
        }
        heard
            .push((event["kind"].as_str().unwrap().to_owned(), event["bucket"].as_str().unwrap().to_owned()));
        if heard.last().unwrap().0 == "bucket_purged" {
            break;
        }
    }
    let kinds: Vec<_> = heard.iter().map(|(kind, bucket)| (kind.as_str(), bucket.as_str())).collect();
    assert_eq!(
        kinds,
        [
            ("object_deleted", kit.as_str()),
            ("object_purged", &kit),
            ("bucket_deleted", &short),
            ("bucket_purged", &short)
        ]
    );
}

#[test]
fn a_member_hears_that_a_file_has_expired() {
    let api = Api::new();
    json(&api.ask("POST", "/buckets", r#"{"key": "brief", "ttlTier": "1-hour"}"#), 201);
    let blob = api.upload("brief", "a.txt", "x");
    let before = api.engine.newest_event().unwrap();
    let rows = rusqlite::Connection::open(api.engine.home().join("pail.db")).unwrap();
    rows.busy_timeout(acceptance::SOON).unwrap();
    // Its hour is over; who keeps house on the home next sees to it.
    rows.execute("UPDATE object SET expires = 1", []).unwrap();
    drop(rows);
    let mut mara = Listener::new(&api, &api.mara, "", &format!("?after={before}"));
    let _house = api.engine.keep_house().unwrap();
    let (_, event) = mara.next();
    assert_eq!((&event["kind"], &event["object"]), (&"object_expired".into(), &blob["blobId"]));
}

#[test]
fn who_resumes_after_an_event_that_is_none_of_this_home_is_told_to_read_all_again() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    for (header, query) in [("Last-Event-ID: 999999\r\n", ""), ("", "?after=999999")] {
        let newest = api.engine.newest_event().unwrap();
        let mut late = Listener::new(&api, &api.admin, header, query);
        while late.line() != "event: reset" {}
        assert_eq!(late.next(), (newest, serde_json::json!({ "newest": newest })));
        api.upload("kit", "a.txt", "x");
        let (id, event) = late.next();
        assert_eq!((id, &event["kind"]), (newest + 1, &"object_created".into()));
    }
}

#[test]
fn nobody_hears_without_a_key_and_a_wrong_place_is_refused() {
    let api = Api::new();
    assert_eq!(code(&api.send("", "GET", "/events", &[], b""), 401), "sign_in_needed");
    let refused = api.send(&api.admin, "GET", "/events", &["Last-Event-ID: soon"], b"");
    assert_eq!(code(&refused, 400), "bad_request");
    assert_eq!(code(&api.send(&api.admin, "GET", "/events?after=-1", &[], b""), 400), "bad_request");
}

#[test]
fn a_key_that_is_revoked_hears_no_more() {
    let api = Api::new();
    let mut mara = Listener::new(&api, &api.mara, "", "");
    let keys = api.engine.key_list(&engine::Caller::cli()).unwrap();
    let key = keys.iter().find(|key| key.user == "mara.member").unwrap();
    api.engine.key_revoke(&engine::Caller::cli(), &key.id).unwrap();
    // The last chunk is one of nothing.
    while mara.line() != "0" {}
}

#[test]
fn a_server_ends_though_somebody_listens() {
    let api = Api::new();
    let mut listener = Listener::new(&api, &api.admin, "", "");
    assert_eq!(api.server.end(rustix::process::Signal::TERM), Some(0));
    let mut rest = String::new();
    while listener.0.read_line(&mut rest).is_ok_and(|count| count > 0) {}
    assert!(!rest.contains("data:"), "{rest}");
}
