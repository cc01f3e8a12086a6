//! Blobs coming in: raw, as a form, from anybody where a rule says so.

use super::{Api, ROOT, code, json};
use acceptance::Answer;
use engine::model::EventKind;

impl Api {
    fn post(&self, key: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        self.send(key, "POST", &format!("{ROOT}{path}"), headers, body)
    }

    /// Sends a form of fields, and of files with their names.
    fn form(&self, path: &str, parts: &[(&str, Option<&str>, &str)]) -> Answer {
        let mut body = String::new();
        for (field, file, content) in parts {
            let name = file.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
            body.push_str(&format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{field}\"{name}\r\n\r\n{content}\r\n"
            ));
        }
        body.push_str("--edge--\r\n");
        self.post(&self.admin, path, &["Content-Type: multipart/form-data; boundary=edge"], body.as_bytes())
    }
}

#[test]
fn the_upload_of_the_quick_start_answers_the_blob() {
    let api = Api::new();
    api.bucket("avatars", "authenticated");
    let path = "/buckets/avatars/blobs?filename=alice.jpg&contentType=image/jpeg";
    let events = api.events(|| {
        let blob = json(&api.post(&api.mara, path, &[], b"\xff\xd8\xff\xe0 a picture"), 201);
        assert_eq!(blob["filename"], "alice.jpg");
        assert_eq!(blob["contentType"], "image/jpeg");
        assert_eq!((&blob["key"], &blob["size"]), (&"alice.jpg".into(), &14.into()));
        assert_eq!(blob["metadata"], serde_json::json!({}));
        assert!(blob["blobId"].as_str().unwrap().starts_with('f'));
        assert!(blob["uploaderId"].as_str().unwrap().starts_with('u'));
        assert!(blob["expiresAt"].is_null() && blob["createdAt"].as_str().unwrap().ends_with('Z'));
        assert_eq!(blob["etag"].as_str().unwrap().len(), 66);
    });
    assert_eq!(events, [EventKind::ObjectCreated]);
}

#[test]
fn metadata_comes_in_a_header_or_a_form_and_must_be_an_object() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    for header in ["%7B%22teamId%22%3A%20%22eng%22%7D", "eyJ0ZWFtSWQiOiAiZW5nIn0", r#"{"teamId": "eng"}"#] {
        let header = format!("X-Blob-Metadata: {header}");
        let blob = json(&api.post(&api.admin, "/buckets/kit/blobs?filename=q2.csv", &[&header], b"a,b"), 201);
        assert_eq!(blob["metadata"]["teamId"], "eng", "{header}");
    }
    let form = [
        ("metadata", None, r#"{"teamId": "eng"}"#),
        ("contentType", None, "text/csv"),
        ("file", Some("q3.csv"), "a,b"),
    ];
    let blob = json(&api.form("/buckets/kit/blobs", &form), 201);
    assert_eq!((&blob["filename"], &blob["metadata"]["teamId"]), (&"q3.csv".into(), &"eng".into()));
    let events = api.events(|| {
        for (wrong, error) in
            [("%5B1%5D", "invalid_metadata"), ("%7B", "invalid_metadata"), ("not base64!", "bad_request")]
        {
            let header = format!("X-Blob-Metadata: {wrong}");
            let refused = api.post(&api.admin, "/buckets/kit/blobs?filename=x", &[&header], b"x");
            assert_eq!(code(&refused, 400), error, "{wrong}");
        }
    });
    assert_eq!(events, []);
}

#[test]
fn an_upload_never_replaces_unless_it_is_asked_to() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let first = api.upload("kit", "a.txt", "one");
    let second = api.upload("kit", "a.txt", "two");
    assert_eq!((&first["key"], &second["key"]), (&"a.txt".into(), &"a-2.txt".into()));
    let events = api.events(|| {
        let third = json(&api.ask("POST", "/buckets/kit/blobs?filename=a.txt&replace=true", "three"), 201);
        assert_eq!(third["blobId"], first["blobId"]);
    });
    assert_eq!(events, [EventKind::ObjectReplaced]);
}

#[test]
fn a_name_leads_nowhere_and_a_folder_is_normalised() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    for (query, key) in [
        ("filename=../../etc/passwd", "passwd"),
        ("filename=%5C%5Cserver%5Cshare%5Cx.txt", "x.txt"),
        ("filename=a.txt&folder=Q1/Raw%20Data", "q1/raw_data/a.txt"),
        ("filename=R%C3%A9sum%C3%A9%20(Final)%202025.PDF", "r_sum_final_2025.pdf"),
    ] {
        let blob = json(&api.ask("POST", &format!("/buckets/kit/blobs?{query}"), "x"), 201);
        assert_eq!(blob["key"], key, "{query}");
    }
    for query in ["", "?filename=", "?filename=..", "?filename=a&folder=..%2F.."] {
        let refused = api.ask("POST", &format!("/buckets/kit/blobs{query}"), "x");
        assert_eq!(refused.status, 400, "{query}: {}", refused.text());
    }
}

#[test]
fn anybody_brings_blobs_where_a_rule_says_so_and_nowhere_else() {
    let api = Api::new();
    let body = r#"{"key": "applications", "accessPolicy": "cel", "rules": {"write": "user.userId == ''"}}"#;
    assert_eq!(api.ask("POST", "/buckets", body).status, 201);
    api.bucket("shared", "authenticated");
    api.bucket("site", "public");
    let events = api.events(|| {
        let blob = json(&api.post("", "/buckets/applications/blobs?filename=cv.pdf", &[], b"%PDF-1.7"), 201);
        assert_eq!(blob["uploaderId"], "");
        for bucket in ["shared", "site"] {
            let refused = api.post("", &format!("/buckets/{bucket}/blobs?filename=cv.pdf"), &[], b"%PDF-1.7");
            assert_eq!(code(&refused, 401), "sign_in_needed", "{bucket}");
        }
    });
    assert_eq!(events, [EventKind::ObjectCreated]);
}

#[test]
fn a_form_that_is_none_leaves_nothing() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let many: Vec<_> = (0..1001).map(|_| ("contentType", None, "x")).collect();
    let events = api.events(|| {
        for (parts, status) in [
            (&[][..], 400),
            (&[("metadata", None, "{}")], 400),
            (&[("other", None, "x"), ("file", Some("a.txt"), "x")], 400),
            (&[("file", Some("a.txt"), "x"), ("metadata", None, "{}")], 400),
            (&[("file", Some("a.txt"), "x"), ("file", Some("b.txt"), "y")], 400),
            (&many, 413),
        ] {
            let refused = api.form("/buckets/kit/blobs", parts);
            assert_eq!(refused.status, status, "{}", refused.text());
        }
        let broken = ["Content-Type: multipart/form-data; boundary=edge"];
        let refused = api.post(&api.admin, "/buckets/kit/blobs", &broken, b"--edge\r\nno form");
        assert_eq!(code(&refused, 400), "bad_request");
    });
    assert_eq!(events, []);
    assert_eq!(json(&api.ask("GET", "/buckets/kit/blobs", ""), 200)["items"], serde_json::json!([]));
}
