//! Who may read what: the bucket's visibility, inherited or overridden (E8).

use super::{ROOT, WRITE, ask, bucket, detail, house, json_of, put, read, send};
use engine::model::Policy;
use engine::{Access, BucketChanges, Caller};
use serde_json::{Value, json};

#[test]
fn objects_inherit_or_override_and_a_change_of_the_bucket_changes_those_that_inherit() {
    let (house, _) = house();
    let owner = house.member("olga", WRITE);
    let other = house.member("otto", WRITE);
    bucket(&house, &owner, "Marketing Assets", "public");
    let objects =
        [("logo.png", Value::Null), ("draft.png", json!("private")), ("banner.png", json!("public"))];
    for (path, visibility) in &objects {
        assert_eq!(put(&house, &owner, "marketing-assets", path, b"x").status, 201);
        let patch = json!({ "visibility": visibility });
        let address = format!("{ROOT}marketing-assets/objects/{path}");
        assert_eq!(json_of(&send(&house, &owner, "PATCH", &address, &patch), 200)["visibility"], *visibility);
    }
    let (_, begin) = house.events(0);
    let who_reads = |path: &str| {
        ["", &other, &owner, &house.key].map(|key| read(&house, key, "marketing-assets", path).status)
    };
    assert_eq!(who_reads("logo.png"), [200, 200, 200, 200]);
    assert_eq!(who_reads("draft.png"), [401, 403, 200, 200]);
    assert_eq!(who_reads("banner.png"), [200, 200, 200, 200]);
    let effective = |key: &str| -> Vec<Value> {
        let list =
            send(&house, key, "GET", &format!("{ROOT}marketing-assets/objects/?ordering=path"), &Value::Null);
        json_of(&list, 200)["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|o| o["effective_visibility"].clone())
            .collect()
    };
    assert_eq!(effective(&owner), ["public", "private", "public"]);
    assert_eq!(effective(&other), ["public", "public"]);
    let patch = json!({ "visibility": "private" });
    json_of(&send(&house, &owner, "PATCH", &format!("{ROOT}marketing-assets/"), &patch), 200);
    assert_eq!(who_reads("logo.png"), [401, 403, 200, 200]);
    assert_eq!(who_reads("draft.png"), [401, 403, 200, 200]);
    assert_eq!(who_reads("banner.png"), [200, 200, 200, 200]);
    assert_eq!(effective(&owner), ["public", "private", "private"]);
    assert_eq!(house.events(begin).0, ["bucket_updated"]);
}

#[test]
fn writing_and_deleting_need_the_owner_whoever_may_read() {
    let (house, _) = house();
    let owner = house.member("olga", WRITE);
    let other = house.member("otto", WRITE);
    for visibility in ["public", "private"] {
        bucket(&house, &owner, visibility, visibility);
        let object = format!("{ROOT}{visibility}/objects/a.txt");
        assert_eq!(put(&house, &owner, visibility, "a.txt", b"x").status, 201);
        let (_, begin) = house.events(0);
        for (method, body) in [
            ("PUT", json!("x")),
            ("POST", json!("x")),
            ("PATCH", json!({ "visibility": "public" })),
            ("DELETE", Value::Null),
        ] {
            let refused = send(&house, &other, method, &object, &body);
            assert_eq!(
                detail(&refused, 403),
                "You do not have permission to perform this action.",
                "{method}"
            );
            assert_eq!(send(&house, "", method, &object, &body).status, 401, "{method}");
        }
        assert_eq!(house.events(begin).0, [] as [&str; 0]);
        for (method, body, status) in [
            ("PUT", json!("y"), 200),
            ("PATCH", json!({ "visibility": null }), 200),
            ("DELETE", Value::Null, 204),
        ] {
            assert_eq!(send(&house, &owner, method, &object, &body).status, status, "{method}");
        }
    }
}

#[test]
fn private_leaves_another_closed_policy_as_it_is() {
    let (house, _) = house();
    let cli = Caller::cli();
    let made = bucket(&house, &house.key, "Team", "private");
    assert_eq!(made["visibility"], "private");
    let policy = || house.engine.bucket_show(&cli, "team").unwrap().policy;
    assert_eq!(policy(), Policy::Private);
    let path = format!("{ROOT}team/");
    let patch = |visibility: &str| {
        json_of(&ask(&house, "PATCH", &path, &json!({ "visibility": visibility })), 200)["visibility"].clone()
    };
    for closed in [Policy::Owner, Policy::Authenticated, Policy::Rules, Policy::Private] {
        let access = Access { policy: Some(closed), ..Access::default() };
        house
            .engine
            .bucket_update(&cli, "team", BucketChanges { access, ..BucketChanges::default() })
            .unwrap();
        assert_eq!((patch("private"), policy()), (json!("private"), closed));
    }
    assert_eq!((patch("public"), policy()), (json!("public"), Policy::Public));
    assert_eq!((patch("public"), policy()), (json!("public"), Policy::Public));
    assert_eq!((patch("private"), policy()), (json!("private"), Policy::Private));
}

#[test]
fn the_uploader_reads_their_own_where_the_bucket_is_anothers() {
    let (house, _) = house();
    let anna = house.member("anna", WRITE);
    bucket(&house, &house.key, "Team", "private");
    let cli = Caller::cli();
    let set = |policy| {
        let access = Access { policy: Some(policy), ..Access::default() };
        house
            .engine
            .bucket_update(&cli, "team", BucketChanges { access, ..BucketChanges::default() })
            .unwrap();
    };
    set(Policy::Authenticated);
    assert_eq!(put(&house, &anna, "team", "own.txt", b"hers").status, 201);
    assert_eq!(put(&house, &house.key, "team", "other.txt", b"his").status, 201);
    set(Policy::Private);
    assert_eq!(read(&house, &anna, "team", "own.txt").text(), "hers");
    assert_eq!(read(&house, &anna, "team", "other.txt").status, 403);
    assert_eq!(read(&house, &anna, "team", "none.txt").status, 403);
    let delete = |path: &str| {
        send(&house, &anna, "DELETE", &format!("{ROOT}team/objects/{path}"), &Value::Null).status
    };
    assert_eq!(delete("other.txt"), 403);
    assert_eq!(delete("own.txt"), 204);
}
