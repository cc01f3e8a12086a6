//! The requests that the document prints in its chapter on visibility. Its bodies leave `app_category` out, which its
//! table of fields requires (E3): the table holds.

use super::{ROOT, ask, ask_as, house, json_of, read};
use crate::form::Form;
use serde_json::{Value, json};

/// The bodies as printed, and what they become.
fn printed() -> [(Value, &'static str, &'static str); 4] {
    [
        (json!({ "name": "Public Images", "visibility": "public" }), "public-images", "public"),
        (
            json!({ "name": "Website Assets", "visibility": "public", "allowed_mime_types": ["image/*", "video/*"] }),
            "website-assets",
            "public",
        ),
        (
            json!({ "name": "User Documents", "visibility": "private", "file_size_limit": 104_857_600 }),
            "user-documents",
            "private",
        ),
        (json!({ "name": "Product Images", "visibility": "public" }), "product-images", "public"),
    ]
}

#[test]
fn the_bodies_without_a_category_are_refused_and_work_with_one() {
    let (house, begin) = house();
    for (body, ..) in printed() {
        let refused = json_of(&ask(&house, "POST", ROOT, &body), 400);
        assert_eq!(refused, json!({ "app_category": ["This field is required."] }), "{body}");
    }
    assert_eq!(house.events(begin).0, [] as [&str; 0]);
    for (mut body, slug, visibility) in printed() {
        body["app_category"] = json!("assets");
        let made = json_of(&ask(&house, "POST", ROOT, &body), 201);
        assert_eq!((&made["slug"], &made["visibility"]), (&json!(slug), &json!(visibility)));
        for (name, value) in body.as_object().unwrap() {
            assert_eq!(&made[name], value, "{slug}");
        }
    }
    assert_eq!(house.events(begin).0, ["bucket_created"; 4]);
}

#[test]
fn one_object_is_private_in_a_public_bucket_and_the_bucket_can_be_closed() {
    let (house, _) = house();
    for name in ["Product Images", "Website Assets"] {
        let body = json!({ "name": name, "visibility": "public", "app_category": "assets" });
        json_of(&ask(&house, "POST", ROOT, &body), 201);
    }
    let (_, begin) = house.events(0);
    let jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0";
    let (open, closed) = ("released/product-1.jpg", "unreleased/secret-product.jpg");
    let path = format!("{ROOT}product-images/objects/{open}");
    let made = json_of(&ask_as(&house, &house.key, "PUT", &path, jpeg, "image/jpeg"), 201);
    assert_eq!((&made["visibility"], &made["effective_visibility"]), (&Value::Null, &json!("public")));
    let (body, kind) = Form::default().file("file", "s.jpg", jpeg).text("visibility", "\"private\"").close();
    let path = format!("{ROOT}product-images/objects/{closed}");
    let made = json_of(&ask_as(&house, &house.key, "PUT", &path, &body, &kind), 201);
    assert_eq!((&made["visibility"], &made["effective_visibility"]), (&json!("private"), &json!("private")));
    assert_eq!(read(&house, "", "product-images", open).body, jpeg);
    assert_eq!(read(&house, "", "product-images", closed).status, 401);
    assert_eq!(read(&house, &house.key, "product-images", closed).body, jpeg);

    let path = format!("{ROOT}website-assets/");
    let answer = json_of(&ask(&house, "PATCH", &path, &json!({ "visibility": "private" })), 200);
    assert_eq!((&answer["slug"], &answer["visibility"]), (&json!("website-assets"), &json!("private")));
    assert_eq!(house.events(begin).0, ["object_created", "object_created", "bucket_updated"]);
}

#[test]
fn the_body_of_the_chapter_on_creating_is_answered_as_printed() {
    let (house, _) = house();
    let body = json!({
        "name": "User Avatars", "app_category": "assets", "visibility": "public",
        "file_size_limit": 5_242_880, "allowed_mime_types": ["image/*"]
    });
    let made = json_of(&ask(&house, "POST", ROOT, &body), 201);
    for (name, value) in body.as_object().unwrap() {
        assert_eq!(&made[name], value);
    }
    assert_eq!(
        (&made["slug"], &made["object_count"], &made["app"]),
        (&json!("user-avatars"), &json!(0), &json!(1))
    );
    assert_eq!(made["modified_by"], Value::Null);
}
