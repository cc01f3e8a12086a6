//! Signed URLs over the API; what their links answer is tested with the other links.

use super::{Api, ROOT, code, json};
use engine::model::EventKind;

#[test]
fn the_signed_url_of_the_document_is_read_without_a_key_until_it_is_revoked() {
    let api = Api::new();
    api.bucket("avatars", "authenticated");
    let blob = api.upload("avatars", "alice.jpg", "picture");
    let base = format!("/buckets/avatars/blobs/{}", blob["blobId"].as_str().unwrap());
    let events = api.events(|| {
        let made =
            json(&api.ask("POST", &format!("{base}/signed-url"), r#"{"expiresInSeconds": 3600}"#), 201);
        let url = made["url"].as_str().unwrap().to_owned();
        let root = format!("http://{}", api.server.address());
        let path = url.strip_prefix(&root).unwrap();
        assert_eq!(api.send("", "GET", path, &[], b"").text(), "picture");
        let listed = json(&api.ask("GET", &format!("{base}/signed-urls"), ""), 200);
        assert_eq!(listed["items"][0]["id"], made["id"]);
        let id = made["id"].as_str().unwrap();
        assert_eq!(api.ask("DELETE", &format!("/signed-urls/{id}"), "").status, 204);
        assert_eq!(api.send("", "GET", path, &[], b"").status, 410);
        let again =
            json(&api.ask("POST", &format!("{base}/signed-url"), r#"{"expiresInSeconds": 3600}"#), 201);
        assert_ne!(again["id"], made["id"]);
        let again = again["url"].as_str().unwrap().strip_prefix(&root).unwrap().to_owned();
        assert_eq!(api.send("", "GET", &again, &[], b"").text(), "picture", "a new link is no revoked one");
        assert_eq!(code(&api.ask("DELETE", "/signed-urls/none", ""), 404), "link_not_found");
    });
    assert_eq!(events, [EventKind::LinkSigned, EventKind::LinkRevoked, EventKind::LinkSigned]);
}

#[test]
fn only_who_may_read_signs_and_for_seven_days_at_most() {
    let api = Api::new();
    api.bucket("hidden", "owner");
    let blob = api.upload("hidden", "a.txt", "x");
    let path = format!("{ROOT}/buckets/hidden/blobs/{}/signed-url", blob["blobId"].as_str().unwrap());
    let events = api.events(|| {
        let good = br#"{"expiresInSeconds": 604800}"#;
        assert_eq!(code(&api.send(&api.mara, "POST", &path, &[], good), 403), "forbidden");
        assert_eq!(code(&api.send("", "POST", &path, &[], good), 401), "sign_in_needed");
        for (seconds, error) in [
            ("604801", "invalid_limit"),
            ("0", "invalid_limit"),
            ("-1", "invalid_limit"),
            ("\"1\"", "bad_request"),
        ] {
            let body = format!(r#"{{"expiresInSeconds": {seconds}}}"#);
            assert_eq!(
                code(&api.send(&api.admin, "POST", &path, &[], body.as_bytes()), 400),
                error,
                "{seconds}"
            );
        }
        json(&api.send(&api.admin, "POST", &path, &[], good), 201);
    });
    assert_eq!(events, [EventKind::LinkSigned]);
}

#[test]
fn signed_urls_begin_where_they_were_asked_for() {
    let api = Api::with(&["--host", "pail.example:443"]);
    api.bucket("kit", "authenticated");
    let blob = api.upload("kit", "a.txt", "words");
    let base = format!("{ROOT}/buckets/kit/blobs/{}", blob["blobId"].as_str().unwrap());
    let (address, port) = (api.server.address(), api.server.address().port());
    let key = format!("X-API-Key: {}", api.admin);
    for (host, origin) in [
        (address.to_string(), format!("http://{address}")),
        (format!("localhost:{port}"), format!("http://localhost:{port}")),
        ("pail.example".to_owned(), "https://pail.example".to_owned()),
        ("pail.example:443".to_owned(), "https://pail.example".to_owned()),
    ] {
        let lines = [format!("Host: {host}"), key.clone()];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let ask =
            |method: &str, path: &str, body: &[u8]| acceptance::send(address, method, path, &lines, body);
        let made = ask("POST", &format!("{base}/signed-url"), br#"{"expiresInSeconds": 60}"#).json();
        let path = made["url"].as_str().unwrap().strip_prefix(&origin).unwrap().to_owned();
        assert_eq!(ask("GET", &path, b"").text(), "words");
        let listed = ask("GET", &format!("{base}/signed-urls"), b"").json();
        for link in listed["items"].as_array().unwrap() {
            assert!(link["url"].as_str().unwrap().starts_with(&format!("{origin}/files/bucket/")), "{link}");
        }
    }
}

#[test]
fn a_reader_lists_and_revokes_the_links_that_they_made_and_no_others() {
    let api = Api::new();
    api.bucket("site", "public");
    let blob = api.upload("site", "a.txt", "x");
    let base = format!("{ROOT}/buckets/site/blobs/{}", blob["blobId"].as_str().unwrap());
    let sign = |key: &str| {
        let body = br#"{"expiresInSeconds": 3600}"#;
        let made = json(&api.send(key, "POST", &format!("{base}/signed-url"), &[], body), 201);
        made["id"].as_str().unwrap().to_owned()
    };
    let listed = |key: &str| -> Vec<(String, bool)> {
        let all = json(&api.send(key, "GET", &format!("{base}/signed-urls"), &[], b""), 200);
        let items = all["items"].as_array().unwrap();
        items
            .iter()
            .map(|link| (link["id"].as_str().unwrap().to_owned(), link["revokedAt"].is_string()))
            .collect()
    };
    let (admins, maras) = (sign(&api.admin), sign(&api.mara));
    assert_eq!(listed(&api.mara), [(maras.clone(), false)]);
    assert!(listed(&api.nils).is_empty());
    assert_eq!(listed(&api.admin).len(), 2);
    let revoke = |key: &str, id: &str| api.send(key, "DELETE", &format!("{ROOT}/signed-urls/{id}"), &[], b"");
    assert_eq!(code(&revoke(&api.mara, &admins), 403), "forbidden");
    assert_eq!(revoke(&api.mara, &maras).status, 204);
    assert_eq!(listed(&api.mara), [(maras, true)]);
    let nobody = api.send("", "GET", &format!("{base}/signed-urls"), &[], b"");
    assert_eq!(code(&nobody, 401), "sign_in_needed");
    api.bucket("hidden", "private");
    let secret = api.upload("hidden", "b.txt", "x");
    let path = format!("{ROOT}/buckets/hidden/blobs/{}/signed-urls", secret["blobId"].as_str().unwrap());
    assert_eq!(code(&api.send(&api.mara, "GET", &path, &[], b""), 403), "forbidden");
}
