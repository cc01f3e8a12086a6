//! What the document does through its client library, call by call.

use super::{Api, ROOT, json};
use engine::model::EventKind;

#[test]
fn the_calls_of_the_document_in_their_order() {
    let api = Api::new();
    let jpeg = [&b"\xff\xd8\xff\xe0\0\x10JFIF\0"[..], &acceptance::noise(300)].concat();
    let events = api.events(|| {
        let made = r#"{"key": "avatars", "displayName": "User avatars", "accessPolicy": "authenticated",
            "ttlTier": "persistent"}"#;
        json(&api.ask("POST", "/buckets", made), 201);
        // bucket("avatars").upload(bytes, { filename, contentType })
        let path = format!("{ROOT}/buckets/avatars/blobs?filename=alice.jpg&contentType=image/jpeg");
        let blob = json(&api.send(&api.mara, "POST", &path, &[], &jpeg), 201);
        let id = blob["blobId"].as_str().unwrap();
        let one = format!("/buckets/avatars/blobs/{id}");
        // signedUrl(blobId, { expiresInSeconds: 3600 })
        let signed =
            json(&api.ask("POST", &format!("{one}/signed-url"), r#"{"expiresInSeconds": 3600}"#), 201);
        let url = signed["url"].as_str().unwrap();
        let address = &url[url.find("/files/").unwrap()..];
        assert_eq!(api.send("", "GET", address, &[], b"").body, jpeg, "nobody needs to be known");
        // read(blobId)
        let read = api.send(&api.nils, "GET", &format!("{ROOT}{one}/content"), &[], b"");
        assert_eq!((read.status, read.header("content-type")), (200, "image/jpeg"));
        assert_eq!(read.body, jpeg);
        // list({ limit: 50 })
        let list = json(
            &api.send(&api.nils, "GET", &format!("{ROOT}/buckets/avatars/blobs?limit=50"), &[], b""),
            200,
        );
        assert_eq!((list["items"].as_array().unwrap().len(), &list["cursor"]), (1, &serde_json::Value::Null));
        assert_eq!(list["items"][0], blob);
        // get(blobId)
        assert_eq!(json(&api.ask("GET", &one, ""), 200), blob);
        // delete(blobId)
        assert_eq!(api.ask("DELETE", &one, "").status, 204);
        assert_eq!(super::code(&api.ask("GET", &one, ""), 404), "in_trash");
        assert_eq!(api.send("", "GET", address, &[], b"").status, 404, "its signed URL ends with it");
    });
    assert_eq!(
        events,
        [EventKind::BucketCreated, EventKind::ObjectCreated, EventKind::LinkSigned, EventKind::ObjectDeleted]
    );
}

#[test]
fn the_upload_with_metadata_is_answered_with_it() {
    let api = Api::new();
    api.bucket("team-exports", "authenticated");
    let metadata = "X-Blob-Metadata: %7B%22teamId%22%3A%20%22eng%22%7D";
    let path = format!("{ROOT}/buckets/team-exports/blobs?filename=q2.csv&contentType=text/csv");
    let blob = json(&api.send(&api.mara, "POST", &path, &[metadata], b"a,b\n1,2\n"), 201);
    assert_eq!((&blob["filename"], &blob["contentType"]), (&"q2.csv".into(), &"text/csv".into()));
    assert_eq!(blob["metadata"], serde_json::json!({ "teamId": "eng" }));
    let shown = json(
        &api.ask("GET", &format!("/buckets/team-exports/blobs/{}", blob["blobId"].as_str().unwrap()), ""),
        200,
    );
    assert_eq!(shown, blob);
}
