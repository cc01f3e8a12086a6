//! Buckets: made, found, changed.

use acceptance::Home;
use serde_json::{Value, json};

#[test]
fn a_new_bucket_has_an_id_a_slug_and_nothing_in_it() {
    let home = Home::new();
    let bucket = home.json(["bucket", "create", "Brand kit", "--icon", "camera", "--notes", "For the shop"]);
    let id = bucket["id"].as_str().unwrap();
    assert!(id.starts_with('b') && id.len() > 8, "{id}");
    assert!(id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "{id}");
    assert_eq!(bucket["slug"], "brand-kit");
    assert_eq!(bucket["title"], "Brand kit");
    assert_eq!(bucket["icon"], "camera");
    assert_eq!(bucket["notes"], "For the shop");
    assert_eq!(bucket["enabled"], true);
    assert_eq!(bucket["createdBy"], "mara");
    assert_eq!((&bucket["fileCount"], &bucket["byteCount"]), (&json!(0), &json!(0)));
    assert_eq!(bucket["limits"], bucket["effective"]);
    assert_eq!(bucket["deleted"], Value::Null);
    assert_eq!(home.run(["data", "show", id]).done(), "{}\n");
}

#[test]
fn buckets_of_one_title_get_numbered_slugs() {
    let home = Home::new();
    for slug in ["photos", "photos-2", "photos-3"] {
        assert_eq!(home.json(["bucket", "create", "Photos"])["slug"], slug);
    }
    // A bucket in the trash keeps its slug: it may come back.
    home.run(["bucket", "delete", "photos-2"]).done();
    assert_eq!(home.json(["bucket", "create", "Photos"])["slug"], "photos-4");
    assert_eq!(home.json(["bucket", "restore", "photos-2"])["slug"], "photos-2");
}

#[test]
fn slugs_are_made_from_titles() {
    let home = Home::new();
    for (title, slug) in [
        ("User Avatars", "user-avatars"),
        ("My Documents & Files", "my-documents-files"),
        ("Café crème", "cafe-creme"),
        ("  spaced   out  ", "spaced-out"),
        ("日本語", "bucket"),
        ("--help me", "help-me"),
    ] {
        assert_eq!(home.json(["bucket", "create", "--", title])["slug"], slug, "{title}");
    }
}

#[test]
fn a_bucket_is_named_by_id_or_slug() {
    let home = Home::new();
    let id = home.bucket("Brand kit");
    assert_eq!(home.json(["bucket", "show", &id]), home.json(["bucket", "show", "brand-kit"]));
}

#[test]
fn a_list_is_searched_and_ordered() {
    let home = Home::new();
    for title in ["Zebra", "apple", "Mango"] {
        home.bucket(title);
    }
    home.put("mango", "big.txt", "x".repeat(5000));
    home.put("apple", "small.txt", "x");
    let slugs = |arguments: &[&str]| {
        let list = home.json([&["bucket", "list"], arguments].concat());
        let slugs = list.as_array().unwrap().iter().map(|bucket| bucket["slug"].as_str().unwrap().to_owned());
        slugs.collect::<Vec<_>>()
    };
    for (arguments, expected) in [
        (&[][..], &["apple", "mango", "zebra"][..]),
        (&["--descending"], &["zebra", "mango", "apple"]),
        (&["--sort", "created"], &["zebra", "apple", "mango"]),
        (&["--sort", "size", "--descending"], &["mango", "apple", "zebra"]),
        (&["--search", "ANG"], &["mango"]),
        (&["--search", "nothing"], &[]),
    ] {
        assert_eq!(slugs(arguments), expected, "{arguments:?}");
    }
}

#[test]
fn an_update_changes_what_it_names_and_nothing_else() {
    let home = Home::new();
    let made = ["bucket", "create", "Brand kit", "--max-files", "7", "--types", "image/*, text/plain"];
    let before = home.json(made);
    for (arguments, pointer, value) in [
        (&["--title", "Marke"][..], "/title", json!("Marke")),
        (&["--icon", "mail"], "/icon", json!("mail")),
        (&["--notes", "Neu"], "/notes", json!("Neu")),
        (&["--enabled", "false"], "/enabled", json!(false)),
        (&["--max-file-size", "1GiB"], "/limits/fileSizeLimit", json!(1 << 30)),
        (&["--max-files", "none"], "/limits/maxFiles", Value::Null),
        (&["--quota", "50MB"], "/limits/quota", json!(50_000_000)),
        (&["--types", "none"], "/limits/allowedMimeTypes", json!([])),
        (&["--policy", "private"], "/policy", json!("private")),
        (&["--tier", "1-day"], "/tier", json!("1-day")),
        (&["--permalink", "signed"], "/permalink", json!("signed")),
        (&["--category", "attachments"], "/category", json!("attachments")),
    ] {
        let before = home.json(["bucket", "show", "brand-kit"]);
        let mut expected = before.clone();
        let after = home.json([&["bucket", "update", "brand-kit"], arguments].concat());
        *expected.pointer_mut(pointer).unwrap() = value;
        expected["effective"] = after["effective"].clone();
        expected["modified"] = after["modified"].clone();
        expected["modifiedBy"] = json!("mara");
        expected["revision"] = json!(before["revision"].as_u64().unwrap() + 1);
        assert_eq!(after, expected, "{arguments:?}");
    }
    let after = home.json(["bucket", "show", "brand-kit"]);
    assert_eq!(
        (&after["id"], &after["slug"], &after["uuid"]),
        (&before["id"], &before["slug"], &before["uuid"])
    );
}

#[test]
fn what_no_bucket_can_have_is_refused_in_words() {
    let home = Home::new();
    home.bucket("Brand kit");
    let (long, path) = ("x".repeat(201), "a/b");
    for (arguments, code) in [
        (&["bucket", "create", ""][..], "invalid_title"),
        (&["bucket", "create", "   "], "invalid_title"),
        (&["bucket", "create", &long], "invalid_title"),
        (&["bucket", "create", "two\nlines"], "invalid_title"),
        (&["bucket", "create", "T", "--icon", path], "invalid_icon"),
        (&["bucket", "create", "T", "--types", "image"], "invalid_type"),
        (&["bucket", "create", "T", "--types", "image/png,*/png"], "invalid_type"),
        (&["bucket", "update", "brand-kit", "--title", ""], "invalid_title"),
        (&["bucket", "update", "brand-kit", "--types", "/"], "invalid_type"),
        (&["bucket", "show", "nobody"], "bucket_not_found"),
        (&["bucket", "update", "nobody", "--title", "T"], "bucket_not_found"),
        (&["bucket", "delete", "nobody"], "bucket_not_found"),
        (&["bucket", "restore", "nobody"], "bucket_not_found"),
        (&["bucket", "restore", "brand-kit"], "not_in_trash"),
        (&["bucket", "purge", "brand-kit"], "not_in_trash"),
        (&["bucket", "empty", "nobody", "--data"], "bucket_not_found"),
    ] {
        let error = home.error(arguments);
        assert_eq!(error["code"], code, "{arguments:?}: {error}");
        let sentence = error["message"].as_str().unwrap();
        assert!(sentence.ends_with('.') && !sentence.contains("rror"), "{sentence}");
    }
    assert_eq!(home.json(["bucket", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_bucket_that_is_off_refuses_the_command_line_and_can_be_switched_on() {
    let home = Home::new();
    home.bucket("Brand kit");
    home.put("brand-kit", "a.txt", "a");
    home.run(["bucket", "update", "brand-kit", "--enabled", "false"]).done();
    let file = home.source("b.txt", "b");
    for arguments in [
        &["file", "put", "brand-kit", file.to_str().unwrap()][..],
        &["file", "list", "brand-kit"],
        &["file", "get", "brand-kit", "a.txt"],
        &["file", "link", "brand-kit", "a.txt"],
        &["file", "delete", "brand-kit", "a.txt"],
        &["data", "show", "brand-kit"],
        &["data", "merge", "brand-kit", "-"],
        &["bucket", "delete", "brand-kit"],
        &["blob-buckets", "delete", "brand-kit", "--force"],
    ] {
        let ran = home.feed([&["--json"], arguments].concat(), b"{}");
        assert_eq!(ran.error()["code"], "bucket_disabled", "{arguments:?}");
    }
    home.run(["bucket", "update", "brand-kit", "--enabled", "true"]).done();
    assert_eq!(home.keys("brand-kit"), ["a.txt"]);
}
