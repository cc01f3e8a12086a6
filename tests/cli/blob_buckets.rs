//! The command lines of the blob buckets' document, unchanged (C9).

use acceptance::{Home, noise};
use serde_json::{Value, json};

/// The bucket of the document.
fn avatars() -> Home {
    let home = Home::new();
    home.run([
        "blob-buckets",
        "create",
        "--key",
        "avatars",
        "--display-name",
        "User avatars",
        "--access-policy",
        "authenticated",
        "--ttl-tier",
        "persistent",
    ])
    .done();
    home
}

/// A picture by its first bytes.
fn jpeg() -> Vec<u8> {
    [&b"\xff\xd8\xff\xe0\0\x10JFIF\0"[..], &noise(200)].concat()
}

fn upload(home: &Home, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = home.source(name, content);
    let out = home.run(["blob-buckets", "upload", "avatars", path.to_str().unwrap()]).done();
    out.strip_suffix('\n').unwrap().to_owned()
}

#[test]
fn a_bucket_is_made_as_the_document_says() {
    let home = avatars();
    let bucket = home.json(["bucket", "show", "avatars"]);
    assert_eq!((&bucket["slug"], &bucket["title"]), (&json!("avatars"), &json!("User avatars")));
    assert_eq!((&bucket["policy"], &bucket["tier"]), (&json!("authenticated"), &json!("persistent")));
    assert_eq!(bucket["limits"]["fileSizeLimit"], 104_857_600, "100 MB a blob");
    let listed = home.json(["blob-buckets", "list"]);
    assert_eq!((&listed["items"][0]["key"], &listed["cursor"]), (&json!("avatars"), &Value::Null));
    let shown = home.json(["blob-buckets", "get", "avatars"]);
    assert_eq!(shown, listed["items"][0]);
    assert_eq!(
        (&shown["displayName"], &shown["accessPolicy"]),
        (&json!("User avatars"), &json!("authenticated"))
    );
    assert_eq!((&shown["ttlTier"], &shown["blobCount"]), (&json!("persistent"), &json!(0)));
    assert_eq!(shown["maxFileSize"], 104_857_600);
    let facts = home.run(["blob-buckets", "get", "avatars"]).done();
    assert!(
        facts.starts_with("User avatars\n") && facts.contains("  access policy  authenticated\n"),
        "{facts}"
    );
}

#[test]
fn every_policy_and_tier_of_the_document_is_known() {
    let home = Home::new();
    for (said, policy) in
        [("public", "public"), ("authenticated", "authenticated"), ("owner", "owner"), ("cel", "rules")]
    {
        for tier in ["1-hour", "1-day", "30-days", "persistent"] {
            let key = format!("{said}-{tier}");
            let made = home.json([
                "blob-buckets",
                "create",
                "--key",
                &key,
                "--access-policy",
                said,
                "--ttl-tier",
                tier,
            ]);
            assert_eq!((&made["accessPolicy"], &made["ttlTier"]), (&json!(said), &json!(tier)));
            assert_eq!(home.json(["bucket", "show", &key])["policy"], policy);
        }
    }
}

#[test]
fn an_upload_prints_the_id_of_its_blob_alone() {
    let home = avatars();
    let path = home.source("alice.jpg", jpeg());
    let line = ["blob-buckets", "upload", "avatars", path.to_str().unwrap(), "--content-type", "image/jpeg"];
    let ran = home.run(line);
    assert_eq!(ran.err, "");
    let id = ran.done();
    let listed = home.json(["blob-buckets", "blobs", "avatars"]);
    let blob = &listed["items"][0];
    assert_eq!(blob["blobId"], id.trim_end());
    assert_eq!((&blob["filename"], &blob["contentType"]), (&json!("alice.jpg"), &json!("image/jpeg")));
    assert_eq!((&blob["size"], &blob["metadata"]), (&json!(jpeg().len()), &json!({})));
    assert_eq!(home.json(["file", "versions", "avatars", "alice.jpg"])["object"]["id"], blob["blobId"]);
}

#[test]
fn an_upload_keeps_its_metadata() {
    let home = avatars();
    let path = home.source("q2.csv", "a,b\n1,2\n");
    let path = path.to_str().unwrap();
    let blob = home.json(["blob-buckets", "upload", "avatars", path, "--metadata", "{\"teamId\":\"eng\"}"]);
    assert_eq!(blob["metadata"], json!({"teamId": "eng"}));
    let error = home.error(["blob-buckets", "upload", "avatars", path, "--metadata", "[]"]);
    assert_eq!(error["code"], "invalid_metadata");
}

#[test]
fn a_type_that_the_content_is_not_is_told() {
    let home = avatars();
    let path = home.source("page.jpg", "<!DOCTYPE html><html></html>");
    let ran = home.run([
        "blob-buckets",
        "upload",
        "avatars",
        path.to_str().unwrap(),
        "--content-type",
        "image/jpeg",
    ]);
    assert!(ran.err.contains("kept as text/html"), "{}", ran.err);
    assert_eq!(ran.code, Some(0));
}

#[test]
fn each_upload_of_one_name_is_a_blob_of_its_own() {
    let home = avatars();
    let (one, two) = (upload(&home, "alice.jpg", jpeg()), upload(&home, "alice.jpg", "other"));
    assert_ne!(one, two);
    let listed = home.json(["blob-buckets", "blobs", "avatars"]);
    let ids: Vec<_> =
        listed["items"].as_array().unwrap().iter().map(|blob| blob["blobId"].as_str().unwrap()).collect();
    assert!(ids.len() == 2 && ids.contains(&one.as_str()) && ids.contains(&two.as_str()), "{listed}");
    assert_eq!(home.run(["file", "get", "avatars", "alice.jpg"]).bytes, jpeg());
    assert_eq!(home.run(["file", "get", "avatars", "alice-2.jpg"]).done(), "other");
}

#[test]
fn a_signed_url_is_printed_alone_and_ends_when_it_should() {
    let home = avatars();
    let id = upload(&home, "alice.jpg", jpeg());
    let url = home.run(["blob-buckets", "signed-url", "avatars", &id, "--expires", "3600"]).done();
    assert!(url.starts_with("http://127.0.0.1:7245/files/bucket/") && url.contains("signature="), "{url}");
    let signed = home.json(["blob-buckets", "signed-url", "avatars", &id, "--expires", "90"]);
    assert!(signed["url"].is_string() && signed["expiresAt"].as_str().unwrap().ends_with('Z'), "{signed}");
    let listed = home.json(["link", "list", "avatars", "alice.jpg"]);
    let lives: Vec<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|link| link["expires"].as_i64().unwrap() - link["created"].as_i64().unwrap())
        .collect();
    assert!(lives.iter().any(|life| (3_599_000..=3_600_000).contains(life)), "{lives:?}");
    assert!(lives.iter().any(|life| (89_000..=90_000).contains(life)), "{lives:?}");
    let error = home.error(["blob-buckets", "signed-url", "avatars", &id, "--expires", "604801"]);
    assert_eq!(error["code"], "invalid_limit");
    assert_eq!(home.error(["blob-buckets", "signed-url", "avatars", "none"])["code"], "object_not_found");
}

#[test]
fn a_blob_is_deleted_by_its_id() {
    let home = avatars();
    let (one, two) = (upload(&home, "alice.jpg", jpeg()), upload(&home, "alice.jpg", "other"));
    let told = home.run(["blob-buckets", "delete-blob", "avatars", &one]).done();
    assert_eq!(told, "“alice.jpg” is in the trash\n");
    let listed = home.json(["blob-buckets", "blobs", "avatars"]);
    assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["blobId"]), (1, &json!(two)));
    let again = home.error(["blob-buckets", "delete-blob", "avatars", &one]);
    assert_eq!(again["code"], "in_trash");
}

#[test]
fn a_bucket_that_is_not_empty_goes_by_force_only() {
    let home = avatars();
    upload(&home, "alice.jpg", jpeg());
    let error = home.error(["blob-buckets", "delete", "avatars"]);
    assert_eq!(error["code"], "not_empty");
    assert!(error["message"].as_str().unwrap().contains("--force"), "{error}");
    assert_eq!(home.json(["bucket", "list"]).as_array().unwrap().len(), 1);
    assert_eq!(
        home.run(["blob-buckets", "delete", "avatars", "--force"]).done(),
        "“User avatars” is in the trash: 1 file\n"
    );
    assert_eq!(home.json(["bucket", "list"]), json!([]));
    home.run(["blob-buckets", "create", "--key", "empty"]).done();
    home.run(["blob-buckets", "delete", "empty"]).done();
    assert_eq!(home.json(["trash", "list"])["buckets"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_not_there_or_cannot_be_is_refused() {
    let home = avatars();
    let gone = home.sources().join("gone.jpg");
    for (arguments, code) in [
        (&["blob-buckets", "get", "none"][..], "bucket_not_found"),
        (&["blob-buckets", "blobs", "none"], "bucket_not_found"),
        (&["blob-buckets", "delete", "none", "--force"], "bucket_not_found"),
        (&["blob-buckets", "delete-blob", "avatars", "none"], "object_not_found"),
        (&["blob-buckets", "create", "--key", "avatars"], "name_taken"),
        (&["blob-buckets", "create", "--key", "../x"], "invalid_slug"),
        (&["blob-buckets", "upload", "avatars", gone.to_str().unwrap()], "source_missing"),
        (&["blob-buckets", "upload", "avatars", "/"], "source_not_a_file"),
    ] {
        assert_eq!(home.error(arguments)["code"], code, "{arguments:?}");
    }
    for arguments in [
        &["blob-buckets"][..],
        &["blob-buckets", "create"],
        &["blob-buckets", "create", "--key", "x", "--access-policy", "all"],
        &["blob-buckets", "create", "--key", "x", "--ttl-tier", "2-days"],
        &["blob-buckets", "signed-url", "avatars", "x", "--expires", "soon"],
    ] {
        assert_eq!(home.run(arguments).code, Some(2), "{arguments:?}");
    }
}

#[test]
fn a_blob_over_the_limit_is_refused_and_leaves_nothing() {
    let home = avatars();
    let path = home.sources().join("large.bin");
    std::fs::File::create(&path).unwrap().set_len(104_857_601).unwrap();
    let error = home.error(["blob-buckets", "upload", "avatars", path.to_str().unwrap()]);
    assert_eq!((&error["code"], home.contents().len()), (&json!("too_large"), 0));
    assert!(error["message"].as_str().unwrap().contains("100 MiB"), "{error}");
}
