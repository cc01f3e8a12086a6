//! Lists: searched, filtered, ordered, by pages.

use super::{ROOT, ask, bucket, detail, house, json_of, send};
use crate::house::House;
use serde_json::{Value, json};

fn list(house: &House, query: &str) -> Value {
    json_of(&ask(house, "GET", &format!("{ROOT}{query}"), &Value::Null), 200)
}

fn slugs(page: &Value) -> Vec<&str> {
    page["results"].as_array().unwrap().iter().map(|bucket| bucket["slug"].as_str().unwrap()).collect()
}

/// The document's buckets, and one more.
fn filled() -> House {
    let (house, _) = house();
    for (name, visibility, category, limit) in [
        ("User Avatars", "public", "assets", 5),
        ("Documents", "private", "attachments", 9),
        ("Avatar Backups", "private", "attachments", 7),
    ] {
        let body = json!({ "name": name, "app_category": category, "visibility": visibility, "file_size_limit": limit });
        json_of(&ask(&house, "POST", ROOT, &body), 201);
    }
    house
}

#[test]
fn the_documents_lists_find_what_they_name() {
    let house = filled();
    let (_, begin) = house.events(0);
    let all = list(&house, "");
    assert_eq!((&all["count"], &all["next"], &all["previous"]), (&json!(3), &Value::Null, &Value::Null));
    assert_eq!(all.as_object().unwrap().keys().collect::<Vec<_>>(), ["count", "next", "previous", "results"]);
    let shown = json_of(&ask(&house, "GET", &format!("{ROOT}documents/"), &Value::Null), 200);
    assert_eq!(all["results"][1], shown);
    for (query, found) in [
        ("", &["user-avatars", "documents", "avatar-backups"][..]),
        ("?search=avatar", &["user-avatars", "avatar-backups"]),
        ("?search=AVATAR%20back", &["avatar-backups"]),
        ("?search=r-av", &["user-avatars"]),
        ("?search=nothing", &[]),
        ("?visibility=public", &["user-avatars"]),
        ("?visibility=private", &["documents", "avatar-backups"]),
        ("?app_category=assets", &["user-avatars"]),
        ("?app_category=attachments&visibility=private&search=doc", &["documents"]),
        ("?app_category=&visibility=", &["user-avatars", "documents", "avatar-backups"]),
        ("?ordering=-created_at", &["avatar-backups", "documents", "user-avatars"]),
        ("?ordering=created_at", &["user-avatars", "documents", "avatar-backups"]),
        ("?ordering=name", &["avatar-backups", "documents", "user-avatars"]),
        ("?ordering=-file_size_limit", &["documents", "avatar-backups", "user-avatars"]),
        ("?ordering=app_category,-name", &["user-avatars", "documents", "avatar-backups"]),
        ("?ordering=visibility,slug", &["avatar-backups", "documents", "user-avatars"]),
        ("?ordering=no_such_field", &["user-avatars", "documents", "avatar-backups"]),
    ] {
        let page = list(&house, query);
        assert_eq!(slugs(&page), found, "{query}");
        assert_eq!(page["count"], found.len(), "{query}");
    }
    let path = ROOT.trim_end_matches('/');
    assert_eq!(json_of(&ask(&house, "GET", path, &Value::Null), 200), all);
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
}

#[test]
fn pages_link_to_their_neighbours_and_keep_the_other_parameters() {
    let house = filled();
    let at = |rest: &str| json!(format!("http://{}{ROOT}{rest}", house.server.address()));
    let first = list(&house, "?ordering=-id&page_size=1&search=a,t");
    assert_eq!((slugs(&first), &first["count"]), (vec!["avatar-backups"], &json!(2)));
    assert_eq!(first["next"], at("?ordering=-id&page_size=1&search=a,t&page=2"));
    assert_eq!(first["previous"], Value::Null);
    let second = list(&house, "?page=2&ordering=-id&page_size=1&search=a,t");
    assert_eq!(slugs(&second), ["user-avatars"]);
    assert_eq!(second["next"], Value::Null);
    assert_eq!(second["previous"], at("?ordering=-id&page_size=1&search=a,t"));
    assert_eq!(slugs(&list(&house, "?page=last&page_size=2")), ["avatar-backups"]);
    assert_eq!(list(&house, "?page=2&page_size=1")["previous"], at("?page_size=1"));
}

#[test]
fn pages_that_are_not_there_and_words_that_are_none_are_refused() {
    let house = filled();
    for page in ["2", "0", "-1", "x", "1.5", "99999999999999999999999"] {
        let answer = ask(&house, "GET", &format!("{ROOT}?page={page}"), &Value::Null);
        assert_eq!(detail(&answer, 404), "Invalid page.", "{page}");
    }
    for (query, errors) in [
        (
            "?visibility=secret",
            json!({ "visibility": ["Select a valid choice. secret is not one of the available choices."] }),
        ),
        (
            "?app_category=x%20y",
            json!({ "app_category": ["Select a valid choice. x y is not one of the available choices."] }),
        ),
        ("?page_size=x", json!({ "page_size": ["A valid integer is required."] })),
    ] {
        assert_eq!(json_of(&ask(&house, "GET", &format!("{ROOT}{query}"), &Value::Null), 400), errors);
    }
}

#[test]
fn a_member_sees_public_buckets_and_their_own() {
    let (house, _) = house();
    let anna = house.member("anna", super::WRITE);
    bucket(&house, &house.key, "Closed", "private");
    bucket(&house, &house.key, "Open", "public");
    bucket(&house, &anna, "Annas", "private");
    let seen = json_of(&send(&house, &anna, "GET", ROOT, &Value::Null), 200);
    assert_eq!(slugs(&seen), ["open", "annas"]);
    assert_eq!(list(&house, "")["count"], 3);
}
