//! A bucket's document over HTTP: every letter of it stays.

use super::{Api, ROOT, code, json};
use engine::model::EventKind;

#[test]
fn numbers_order_and_spaces_come_back_as_they_went() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let text = "{ \"b\": 1836486125467611137,\n  \"a\": 1e400, \"c\": 1.0 }";
    let events = api.events(|| {
        let saved = json(&api.ask("PUT", "/buckets/kit/data", text), 200);
        assert_eq!(saved["revision"], 1);
        let shown = api.ask("GET", "/buckets/kit/data", "");
        assert_eq!((shown.text(), shown.header("etag")), (text.to_owned(), "\"1\""));
        let merged = api.ask("PATCH", "/buckets/kit/data", r#"{"d": 0.10}"#);
        assert_eq!(merged.header("etag"), "\"2\"");
    });
    assert_eq!(events, [EventKind::DataChanged, EventKind::DataChanged]);
    let shown = api.ask("GET", "/buckets/kit/data", "").text();
    assert!(
        shown.contains("1836486125467611137") && shown.contains("1e400") && shown.contains("0.10"),
        "{shown}"
    );
}

#[test]
fn a_stale_save_is_refused_with_what_is_there() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let put = |revision: &str, text: &str| {
        let condition = format!("If-Match: {revision}");
        api.send(&api.admin, "PUT", &format!("{ROOT}/buckets/kit/data"), &[&condition], text.as_bytes())
    };
    assert_eq!(put("\"0\"", "[1]").status, 200);
    let stale = json(&put("\"0\"", "[2]"), 409);
    assert_eq!((&stale["code"], &stale["details"]["text"]), (&"stale_revision".into(), &"[1]".into()));
    assert_eq!(put("1", "[3]").status, 200);
    assert_eq!(put("*", "[4]").status, 200);
    assert_eq!(code(&put("W/\"3\"", "[5]"), 400), "bad_request");
    assert_eq!(api.ask("GET", "/buckets/kit/data", "").text(), "[4]");
}

#[test]
fn what_is_no_document_changes_nothing() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let deep = "[".repeat(100_000);
    let events = api.events(|| {
        for (method, body, error) in [
            ("PUT", "{", "invalid_json"),
            ("PUT", "", "invalid_json"),
            ("PUT", deep.as_str(), "invalid_json"),
            ("PATCH", "[1]", "not_an_object"),
            ("PATCH", "{\"a\":}", "invalid_json"),
        ] {
            assert_eq!(code(&api.ask(method, "/buckets/kit/data", body), 400), error, "{method}");
        }
        let bytes = api.send(&api.admin, "PUT", &format!("{ROOT}/buckets/kit/data"), &[], b"\"\xff\"");
        assert_eq!(code(&bytes, 400), "bad_request");
    });
    assert_eq!(events, []);
    assert_eq!(api.ask("GET", "/buckets/kit/data", "").text(), "{}");
}

#[test]
fn sixteen_clients_merge_distinct_keys_and_none_is_lost() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    std::thread::scope(|scope| {
        for client in 0..16 {
            let api = &api;
            scope.spawn(move || {
                for n in 0..25 {
                    let body = format!(r#"{{"k{client}_{n}": {n}}}"#);
                    assert_eq!(api.ask("PATCH", "/buckets/kit/data", &body).status, 200);
                }
            });
        }
    });
    let data = json(&api.ask("GET", "/buckets/kit/data", ""), 200);
    assert_eq!(data.as_object().unwrap().len(), 400);
}
