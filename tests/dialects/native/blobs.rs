//! Blobs: listed in pages, shown, read whole and in part, described, deleted.

use super::{Api, ROOT, code, json};
use acceptance::Answer;
use engine::model::EventKind;
use serde_json::Value;

impl Api {
    fn content(&self, key: &str, path: &str, headers: &[&str]) -> Answer {
        self.send(key, "GET", &format!("{ROOT}{path}/content"), headers, b"")
    }
}

fn path(bucket: &str, blob: &Value) -> String {
    format!("/buckets/{bucket}/blobs/{}", blob["blobId"].as_str().unwrap())
}

#[test]
fn a_list_is_walked_by_cursor() {
    let api = Api::new();
    api.bucket("avatars", "authenticated");
    for n in 0..5 {
        api.upload("avatars", &format!("a{n}.txt"), "x");
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = json(&api.ask("GET", &format!("/buckets/avatars/blobs?limit=2{cursor}"), ""), 200);
        seen.extend(
            page["items"].as_array().unwrap().iter().map(|blob| blob["key"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, ["a0.txt", "a1.txt", "a2.txt", "a3.txt", "a4.txt"]);
    for wrong in ["limit=0", "limit=1001", "limit=-1", "limit=x", "cursor=x"] {
        assert_eq!(api.ask("GET", &format!("/buckets/avatars/blobs?{wrong}"), "").status, 400, "{wrong}");
    }
}

#[test]
fn a_blob_is_shown_and_read_whole_and_in_part() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let blob = api.upload("kit", "a.txt", "0123456789");
    let path = path("kit", &blob);
    let events = api.events(|| {
        assert_eq!(json(&api.ask("GET", &path, ""), 200), blob);
        let whole = api.content(&api.mara, &path, &[]);
        assert_eq!((whole.status, whole.text()), (200, "0123456789".to_owned()));
        assert_eq!(whole.header("etag"), blob["etag"]);
        assert!(whole.header("content-security-policy").starts_with("sandbox"));
        let part = api.content(&api.mara, &path, &["Range: bytes=2-4"]);
        assert_eq!(
            (part.status, part.text().as_str(), part.header("content-range")),
            (206, "234", "bytes 2-4/10")
        );
        assert_eq!(api.content(&api.mara, &path, &["Range: bytes=10-"]).status, 416);
        let known = format!("If-None-Match: {}", blob["etag"].as_str().unwrap());
        assert_eq!(api.content(&api.mara, &path, &[&known]).status, 304);
        let head = api.send(&api.mara, "HEAD", &format!("{ROOT}{path}/content"), &[], b"");
        assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, "10", 0));
    });
    assert_eq!(events, []);
}

#[test]
fn who_reads_is_decided_by_policy_and_visibility() {
    let api = Api::new();
    for policy in ["private", "owner", "authenticated", "public"] {
        api.bucket(policy, policy);
        let blob = api.upload(policy, "a.txt", "words");
        let path = path(policy, &blob);
        let (nobody, member) = match policy {
            "public" => (200, 200),
            "authenticated" => (401, 200),
            _ => (401, 403),
        };
        let statuses = |key: &str| {
            (
                api.content(key, &path, &[]).status,
                api.send(key, "GET", &format!("{ROOT}{path}"), &[], b"").status,
            )
        };
        assert_eq!((statuses(""), statuses(&api.mara)), ((nobody, nobody), (member, member)), "{policy}");
        let shown = json(&api.ask("PATCH", &path, r#"{"visibility": "public"}"#), 200);
        assert_eq!(shown["visibility"], "public");
        assert_eq!(statuses(""), (200, 200), "{policy}");
        json(&api.ask("PATCH", &path, r#"{"visibility": "private"}"#), 200);
        assert_eq!((statuses(""), statuses(&api.mara)), ((401, 401), (403, 403)), "{policy}");
        json(&api.ask("PATCH", &path, r#"{"visibility": "inherited"}"#), 200);
        assert_eq!(statuses(""), (nobody, nobody), "{policy}");
    }
}

#[test]
fn the_rules_of_the_document_decide_by_group_role_and_metadata() {
    let api = Api::new();
    let body = r#"{"key": "team-exports", "accessPolicy": "cel", "rules": {
        "read": "isMemberOf('team', blob.metadata.teamId)",
        "write": "hasRole('admin') || isMemberOf('team', blob.metadata.teamId)", "delete": "hasRole('admin')"}}"#;
    json(&api.ask("POST", "/buckets", body), 201);
    let group = engine::model::Group { kind: "team".to_owned(), id: "eng".to_owned() };
    let changes = engine::UserChanges { groups: Some(vec![group]), ..Default::default() };
    api.engine.user_update(&engine::Caller::cli(), "mara.member", changes).unwrap();
    let metadata = ["X-Blob-Metadata: %7B%22teamId%22%3A%22eng%22%7D"];
    let upload = format!("{ROOT}/buckets/team-exports/blobs?filename=q2.csv");
    let refused = api.send(&api.nils, "POST", &upload, &metadata, b"a");
    assert_eq!(code(&refused, 403), "forbidden");
    let blob = json(&api.send(&api.mara, "POST", &upload, &metadata, b"a"), 201);
    let path = path("team-exports", &blob);
    assert_eq!(api.content(&api.mara, &path, &[]).status, 200);
    assert_eq!(api.content(&api.nils, &path, &[]).status, 403);
    assert_eq!(api.send(&api.mara, "DELETE", &format!("{ROOT}{path}"), &[], b"").status, 403);
    assert_eq!(api.ask("DELETE", &path, "").status, 204);
}

#[test]
fn metadata_is_changed_to_the_letter() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let path = path("kit", &api.upload("kit", "a.txt", "x"));
    let events = api.events(|| {
        let changed = api.ask("PATCH", &path, r#"{"metadata": {"n": 1836486125467611137, "x": 1e400}}"#);
        assert!(
            changed.text().contains(r#""metadata":{"n": 1836486125467611137, "x": 1e400}"#),
            "{}",
            changed.text()
        );
        let large = format!(r#"{{"metadata": {{"x": "{}"}}}}"#, "x".repeat(9000));
        for wrong in [r#"{"metadata": 7}"#, r#"{"visibility": "all"}"#, r#"{"size": 1}"#, &large] {
            assert_eq!(api.ask("PATCH", &path, wrong).status, 400, "{wrong}");
        }
    });
    assert_eq!(events, [EventKind::ObjectUpdated]);
}

#[test]
fn a_deleted_blob_is_gone_for_readers() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let path = path("kit", &api.upload("kit", "a.txt", "x"));
    let events = api.events(|| {
        assert_eq!(api.ask("DELETE", &path, "").status, 204);
        assert_eq!(code(&api.ask("DELETE", &path, ""), 404), "in_trash");
        assert_eq!(code(&api.content(&api.admin, &path, &[]), 404), "in_trash");
        assert_eq!(code(&api.ask("GET", "/buckets/kit/blobs/f0", ""), 404), "object_not_found");
    });
    assert_eq!(events, [EventKind::ObjectDeleted]);
}
