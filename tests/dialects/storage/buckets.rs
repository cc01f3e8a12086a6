//! Every request that the document prints for one bucket.

use super::{ROOT, ask, ask_as, bucket, detail, house, json_of, put, send};
use engine::model::Privilege;
use engine::{BucketChanges, Caller, WorkspaceChanges};
use serde_json::{Value, json};

/// Fields of a bucket in the document's order.
const FIELDS: [&str; 14] = [
    "id",
    "uuid",
    "name",
    "slug",
    "visibility",
    "file_size_limit",
    "allowed_mime_types",
    "app_category",
    "app",
    "object_count",
    "created_at",
    "updated_at",
    "created_by",
    "modified_by",
];

fn is_iso(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    let pattern = "dddd-dd-ddTdd:dd:ddZ";
    text.len() == pattern.len()
        && text.chars().zip(pattern.chars()).all(|(c, p)| if p == 'd' { c.is_ascii_digit() } else { c == p })
}

#[test]
fn the_documents_buckets_are_created_as_printed() {
    let (house, begin) = house();
    for (body, slug, visibility, limit, types) in [
        (
            json!({ "name": "My Files", "app_category": "assets" }),
            "my-files",
            "private",
            52_428_800,
            json!([]),
        ),
        (
            json!({
                "name": "User Avatars", "app_category": "assets", "visibility": "public",
                "file_size_limit": 5_242_880, "allowed_mime_types": ["image/jpeg", "image/png", "image/gif"]
            }),
            "user-avatars",
            "public",
            5_242_880,
            json!(["image/jpeg", "image/png", "image/gif"]),
        ),
        (
            json!({
                "name": "Documents", "app_category": "attachments", "visibility": "private",
                "file_size_limit": 52_428_800, "allowed_mime_types": ["image/*", "video/*"]
            }),
            "documents",
            "private",
            52_428_800,
            json!(["image/*", "video/*"]),
        ),
        (
            json!({
                "name": "Large Files", "app_category": "attachments", "visibility": "private",
                "file_size_limit": 104_857_600, "allowed_mime_types": []
            }),
            "large-files",
            "private",
            104_857_600,
            json!([]),
        ),
    ] {
        let made = json_of(&ask(&house, "POST", ROOT, &body), 201);
        let names: Vec<&String> = made.as_object().unwrap().keys().collect();
        assert_eq!(names, FIELDS, "{slug}");
        assert_eq!((&made["name"], &made["app_category"]), (&body["name"], &body["app_category"]));
        assert_eq!((&made["slug"], &made["visibility"]), (&json!(slug), &json!(visibility)));
        assert_eq!((&made["file_size_limit"], &made["allowed_mime_types"]), (&json!(limit), &types));
        assert_eq!((&made["app"], &made["object_count"]), (&json!(1), &json!(0)));
        assert_eq!((&made["created_by"], &made["modified_by"]), (&json!(1), &Value::Null));
        assert!(made["id"].is_i64() && made["uuid"].as_str().unwrap().len() == 36);
        assert!(is_iso(&made["created_at"]) && made["created_at"] == made["updated_at"]);
    }
    assert_eq!(house.events(begin).0, ["bucket_created"; 4]);
}

#[test]
fn slugs_are_made_from_names_and_numbered_where_they_are_taken() {
    let (house, _) = house();
    for (name, slug) in [
        ("User Avatars", "user-avatars"),
        ("My Documents & Files", "my-documents-files"),
        ("Team Projects 2025", "team-projects-2025"),
        ("My@Files", "myfiles"),
        ("User  Avatars!", "user-avatars-2"),
        ("user avatars", "user-avatars-3"),
    ] {
        assert_eq!(bucket(&house, &house.key, name, "private")["slug"], slug, "{name}");
    }
}

#[test]
fn a_bucket_is_shown_with_and_without_the_last_slash() {
    let (house, _) = house();
    let made = bucket(&house, &house.key, "User Avatars", "public");
    let (_, begin) = house.events(0);
    for path in [format!("{ROOT}user-avatars/"), format!("{ROOT}user-avatars")] {
        let answer = ask(&house, "GET", &path, &Value::Null);
        assert_eq!(json_of(&answer, 200), made);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(put(&house, &house.key, "user-avatars", "a.png", b"\x89PNG\r\n\x1a\n").status, 201);
    assert_eq!(
        json_of(&ask(&house, "GET", &format!("{ROOT}user-avatars/"), &Value::Null), 200)["object_count"],
        1
    );
    let id = house.engine.bucket_id_by_slug("user-avatars").unwrap();
    for path in [format!("{ROOT}{id}/"), format!("{ROOT}{}/", made["uuid"].as_str().unwrap())] {
        assert_eq!(detail(&ask(&house, "GET", &path, &Value::Null), 404), "Not found.");
    }
    assert_eq!(house.events(begin).0, ["object_created"]);
}

#[test]
fn the_documents_changes_change_what_they_name_and_nothing_else() {
    let (house, _) = house();
    let made = bucket(&house, &house.key, "User Avatars", "public");
    let (_, begin) = house.events(0);
    let path = format!("{ROOT}user-avatars/");
    let mut expected = made.clone();
    for (patch, changed) in [
        (json!({ "visibility": "private" }), json!({ "visibility": "private" })),
        (json!({ "file_size_limit": 10_485_760 }), json!({ "file_size_limit": 10_485_760 })),
        (
            json!({ "visibility": "private", "file_size_limit": 10_485_760 }),
            json!({ "visibility": "private", "file_size_limit": 10_485_760 }),
        ),
        (
            json!({ "allowed_mime_types": ["application/pdf", "application/msword",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"] }),
            json!({ "allowed_mime_types": ["application/pdf", "application/msword",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"] }),
        ),
        (json!({ "name": "Profile Pictures" }), json!({ "name": "Profile Pictures" })),
        (json!({ "app_category": "attachments" }), json!({ "app_category": "attachments" })),
        (
            json!({ "slug": "x", "app": 9, "uuid": "x", "id": 9, "object_count": 9, "created_by": 9 }),
            json!({}),
        ),
        (json!({ "visibility": "public" }), json!({ "visibility": "public" })),
    ] {
        for (name, value) in changed.as_object().unwrap() {
            expected[name] = value.clone();
        }
        expected["modified_by"] = json!(1);
        let mut after = json_of(&ask(&house, "PATCH", &path, &patch), 200);
        assert!(is_iso(&after["updated_at"]));
        after["updated_at"] = expected["updated_at"].clone();
        assert_eq!(after, expected, "{patch}");
    }
    assert_eq!(house.events(begin).0, ["bucket_updated"; 8]);
}

#[test]
fn put_is_not_allowed_and_says_what_is() {
    let (house, _) = house();
    bucket(&house, &house.key, "User Avatars", "public");
    let (_, begin) = house.events(0);
    for path in [format!("{ROOT}user-avatars/"), format!("{ROOT}user-avatars")] {
        let answer = ask(&house, "PUT", &path, &json!({ "name": "x", "app_category": "assets" }));
        assert_eq!(detail(&answer, 405), "Method \"PUT\" not allowed.");
        assert_eq!(answer.header("allow"), "GET, HEAD, PATCH, DELETE");
        let nobody = send(&house, "", "PUT", &path, &json!({}));
        assert_eq!(detail(&nobody, 401), "Authentication credentials were not provided.");
    }
    let answer = ask(&house, "DELETE", ROOT, &Value::Null);
    assert_eq!(
        (detail(&answer, 405).as_str(), answer.header("allow")),
        ("Method \"DELETE\" not allowed.", "GET, HEAD, POST")
    );
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
}

#[test]
fn a_bucket_is_deleted_for_good_with_all_its_objects() {
    let (house, _) = house();
    bucket(&house, &house.key, "User Avatars", "public");
    assert_eq!(put(&house, &house.key, "user-avatars", "a/b.txt", b"words").status, 201);
    let (_, begin) = house.events(0);
    let path = format!("{ROOT}user-avatars/");
    let answer = ask(&house, "DELETE", &path, &Value::Null);
    assert_eq!((answer.status, answer.body.as_slice()), (204, b"".as_slice()));
    assert_eq!(house.events(begin).0, ["bucket_deleted", "bucket_purged"]);
    assert_eq!(detail(&ask(&house, "GET", &path, &Value::Null), 404), "Not found.");
    assert_eq!(detail(&ask(&house, "DELETE", &path, &Value::Null), 404), "Not found.");
    assert!(house.engine.trash_list(&Caller::cli(), 0, 10).unwrap().buckets.is_empty());
    // The slug is free again.
    assert_eq!(bucket(&house, &house.key, "User Avatars", "public")["slug"], "user-avatars");
}

#[test]
fn a_deletion_that_fails_says_so_and_leaves_the_bucket_as_it_was() {
    let (house, _) = house();
    let made = bucket(&house, &house.key, "User Avatars", "public");
    let (_, begin) = house.events(0);
    let database = rusqlite::Connection::open(house.home.path().join("pail.db")).unwrap();
    database
        .execute_batch("CREATE TRIGGER stuck BEFORE DELETE ON bucket BEGIN SELECT RAISE(ABORT, 'stuck'); END")
        .unwrap();
    let path = format!("{ROOT}user-avatars/");
    let answer = ask(&house, "DELETE", &path, &Value::Null);
    assert_eq!(
        json_of(&answer, 500),
        json!({ "success": false, "message": "Failed to delete bucket \"User Avatars\"", "status_code": 500 })
    );
    assert_eq!(json_of(&ask(&house, "GET", &path, &Value::Null), 200), made);
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
    database.execute_batch("DROP TRIGGER stuck").unwrap();
    assert_eq!(ask(&house, "DELETE", &path, &Value::Null).status, 204);
}

#[test]
fn deleting_can_be_switched_off_and_a_disabled_bucket_refuses() {
    let (house, _) = house();
    bucket(&house, &house.key, "User Avatars", "public");
    put(&house, &house.key, "user-avatars", "a.txt", b"words");
    let cli = Caller::cli();
    let changes = |allowed| WorkspaceChanges { api_deletion: Some(allowed), ..WorkspaceChanges::default() };
    let path = format!("{ROOT}user-avatars/");
    house.engine.workspace_update(&cli, changes(false)).unwrap();
    assert!(detail(&ask(&house, "DELETE", &path, &Value::Null), 403).contains("may not delete buckets"));
    house.engine.workspace_update(&cli, changes(true)).unwrap();
    let off = BucketChanges { enabled: Some(false), ..BucketChanges::default() };
    house.engine.bucket_update(&cli, "user-avatars", off).unwrap();
    let object = format!("{path}objects/a.txt");
    for (method, path, body) in [
        ("GET", &path, Value::Null),
        ("PATCH", &path, json!({ "name": "x" })),
        ("DELETE", &path, Value::Null),
        ("GET", &object, Value::Null),
        ("PUT", &object, json!("x")),
        ("PATCH", &object, json!({ "visibility": null })),
        ("DELETE", &object, Value::Null),
    ] {
        assert!(detail(&ask(&house, method, path, &body), 403).contains("switched off"), "{method} {path}");
    }
}

#[test]
fn each_privilege_allows_its_own_acts() {
    let (house, _) = house();
    let made = bucket(&house, &house.key, "Team", "private");
    let (_, begin) = house.events(0);
    let path = format!("{ROOT}team/");
    let forbidden = "You do not have permission to perform this action.";
    for (method, path, body, needed) in [
        ("POST", ROOT, json!({ "name": "x", "app_category": "assets" }), Privilege::CreateBuckets),
        ("PATCH", path.as_str(), json!({ "name": "x" }), Privilege::EditBuckets),
        ("DELETE", path.as_str(), Value::Null, Privilege::DeleteBuckets),
    ] {
        for privilege in [Privilege::CreateBuckets, Privilege::EditBuckets, Privilege::DeleteBuckets] {
            let key = house.member("anna", &[privilege]);
            if privilege != needed {
                assert_eq!(detail(&send(&house, &key, method, path, &body), 403), forbidden, "{method}");
            }
        }
    }
    // A private bucket is its owner's, whatever a key of somebody else may do.
    let anna = house.member("anna", &[Privilege::EditBuckets, Privilege::DeleteBuckets]);
    for (method, body) in [("GET", Value::Null), ("PATCH", json!({ "name": "x" })), ("DELETE", Value::Null)] {
        assert_eq!(detail(&send(&house, &anna, method, &path, &body), 403), forbidden, "{method}");
    }
    assert_eq!(json_of(&ask(&house, "GET", &path, &Value::Null), 200), made);
    let (kinds, _) = house.events(begin);
    assert!(kinds.iter().all(|kind| ["user_changed", "key_created"].contains(kind)), "{kinds:?}");
    let maker = house.member("anna", super::WRITE);
    let own = json_of(
        &send(&house, &maker, "POST", ROOT, &json!({ "name": "Own", "app_category": "assets" })),
        201,
    );
    assert_eq!(own["created_by"], 2);
    assert_eq!(ask_as(&house, &maker, "GET", &format!("{ROOT}own/"), b"", "").status, 200);
}
