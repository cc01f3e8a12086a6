//! Definitions of buckets in a directory: compared, shown, applied, and refused as a whole.

use acceptance::{Home, Ran};
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

/// As the document prints it.
const AVATARS: &str = r#"# config/blob-buckets/avatars.toml
[blobBucket]
key = "avatars"
displayName = "User avatars"
accessPolicy = "authenticated"
ttlTier = "persistent"
"#;

/// As the document prints it.
const EXPORTS: &str = r#"[blobBucket]
key = "team-exports"
displayName = "Team data exports"
accessPolicy = "cel"
ttlTier = "30-days"
[blobBucket.rules]
read = "isMemberOf('team', blob.metadata.teamId)"
write = "hasRole('admin') || isMemberOf('team', blob.metadata.teamId)"
delete = "hasRole('admin')"
"#;

fn config(home: &Home) -> PathBuf {
    home.path().parent().unwrap().join("config")
}

fn define(home: &Home, name: &str, text: impl AsRef<[u8]>) {
    let folder = config(home).join("blob-buckets");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

fn push(home: &Home, options: &[&str]) -> Ran {
    let dir = config(home);
    home.run([&["push", "--dir", dir.to_str().unwrap()], options].concat())
}

fn outcomes(plan: &Value) -> Vec<(&str, &str)> {
    let buckets = plan["buckets"].as_array().unwrap();
    buckets.iter().map(|b| (b["key"].as_str().unwrap(), b["outcome"].as_str().unwrap())).collect()
}

#[test]
fn the_definitions_of_the_document_make_their_buckets() {
    let home = Home::new();
    define(&home, "avatars.toml", AVATARS);
    define(&home, "team-exports.toml", EXPORTS);
    let told = push(&home, &[]).done();
    assert!(told.contains("+ avatars\n    displayName: User avatars\n"), "{told}");
    assert!(told.contains("    ttlTier: 30-days\n"), "{told}");
    assert!(told.ends_with("Made 2 buckets, changed 0 buckets.\n"), "{told}");
    let avatars = home.json(["bucket", "show", "avatars"]);
    assert_eq!((&avatars["slug"], &avatars["title"]), (&json!("avatars"), &json!("User avatars")));
    assert_eq!((&avatars["policy"], &avatars["tier"]), (&json!("authenticated"), &json!("persistent")));
    assert_eq!(avatars["limits"]["fileSizeLimit"], 104_857_600, "100 MB a blob, unless something is said");
    let exports = home.json(["bucket", "show", "team-exports"]);
    assert_eq!((&exports["policy"], &exports["tier"]), (&json!("rules"), &json!("30-days")));
    assert_eq!(exports["rules"]["write"], "hasRole('admin') || isMemberOf('team', blob.metadata.teamId)");
}

#[test]
fn a_second_push_finds_everything_as_it_should_be() {
    let home = Home::new();
    define(&home, "avatars.toml", AVATARS);
    define(&home, "team-exports.toml", EXPORTS);
    push(&home, &[]).done();
    let before = home.json(["bucket", "list"]);
    let plan = push(&home, &["--json"]).json();
    assert_eq!(outcomes(&plan), [("avatars", "unchanged"), ("team-exports", "unchanged")]);
    assert_eq!((&plan["applied"], &plan["leftAlone"]), (&json!(true), &json!([])));
    assert!(push(&home, &[]).done().ends_with("Everything is as the files say.\n"));
    assert_eq!(home.json(["bucket", "list"]), before);
}

#[test]
fn the_difference_names_each_field_with_old_and_new() {
    let home = Home::new();
    define(&home, "avatars.toml", AVATARS);
    push(&home, &[]).done();
    let more =
        "maxFileSize = \"5MB\"\nmaxFiles = 200\nallowedTypes = [\"image/*\"]\ncategory = \"attachments\"\n";
    define(
        &home,
        "avatars.toml",
        AVATARS.replace("authenticated", "public").replace("User avatars", "Faces") + more,
    );
    let plan = push(&home, &["--dry-run", "--json"]).json();
    assert_eq!(
        plan["buckets"][0]["changes"],
        json!([
            {"field": "displayName", "old": "User avatars", "new": "Faces"},
            {"field": "accessPolicy", "old": "authenticated", "new": "public"},
            {"field": "maxFileSize", "old": 104_857_600, "new": 5_000_000},
            {"field": "maxFiles", "old": "none", "new": 200},
            {"field": "allowedTypes", "old": [], "new": ["image/*"]},
            {"field": "category", "old": "assets", "new": "attachments"},
        ])
    );
    let told = push(&home, &[]).done();
    assert!(told.contains("~ avatars\n    displayName: User avatars → Faces\n"), "{told}");
    assert!(
        told.contains("    allowedTypes: all → image/*\n") && told.contains("changed 1 bucket.\n"),
        "{told}"
    );
    let bucket = home.json(["bucket", "show", "avatars"]);
    assert_eq!((&bucket["title"], &bucket["policy"]), (&json!("Faces"), &json!("public")));
    assert_eq!(
        (&bucket["limits"]["fileSizeLimit"], &bucket["limits"]["maxFiles"]),
        (&json!(5_000_000), &json!(200))
    );
    assert_eq!(
        (&bucket["limits"]["allowedMimeTypes"], &bucket["category"]),
        (&json!(["image/*"]), &json!("attachments"))
    );
}

#[test]
fn a_dry_run_shows_everything_and_changes_nothing() {
    let home = Home::new();
    home.bucket("Kit");
    define(&home, "avatars.toml", AVATARS);
    let told = push(&home, &["--dry-run"]).done();
    assert!(
        told.contains("+ avatars\n") && told.ends_with("Would make 1 bucket, change 0 buckets.\n"),
        "{told}"
    );
    let plan = push(&home, &["--dry-run", "--yes", "--json"]).json();
    assert_eq!((&plan["applied"], outcomes(&plan)), (&json!(false), vec![("avatars", "created")]));
    assert_eq!(home.json(["bucket", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn what_a_file_leaves_out_stays_as_it_is() {
    let home = Home::new();
    home.run(["bucket", "create", "Kit", "--policy", "private", "--max-files", "7", "--quota", "1GB"]).done();
    let before = home.json(["bucket", "show", "kit"]);
    define(&home, "kit.toml", "[blobBucket]\nkey = \"kit\"\nttlTier = \"1-day\"\nmaxFiles = \"none\"\n");
    push(&home, &[]).done();
    let after = home.json(["bucket", "show", "kit"]);
    assert_eq!((&after["tier"], &after["limits"]["maxFiles"]), (&json!("1-day"), &Value::Null));
    for kept in ["/title", "/policy", "/limits/quota", "/limits/fileSizeLimit", "/category", "/id"] {
        assert_eq!(after.pointer(kept), before.pointer(kept), "{kept}");
    }
}

#[test]
fn buckets_that_no_file_names_are_named_and_left_alone() {
    let home = Home::new();
    home.bucket("Kit");
    home.bucket("Photos");
    let before = home.json(["bucket", "show", "kit"]);
    define(&home, "avatars.toml", AVATARS);
    let ran = push(&home, &[]);
    assert!(ran.out().contains("Left alone, as no file names them: kit, photos\n"), "{}", ran.out());
    assert_eq!(push(&home, &["--json"]).json()["leftAlone"], json!(["kit", "photos"]));
    assert_eq!(home.json(["bucket", "show", "kit"]), before);
}

#[test]
fn one_wrong_file_refuses_the_whole_push_with_its_place() {
    let file = |line: &str| format!("[blobBucket]\nkey = \"two\"\n{line}\n");
    for (text, code, (line, column), word) in [
        (file("accessPolicy = \"all\""), "bad_request", (3, 16), "Unknown variant"),
        (file("ttlTier = \"2-days\""), "bad_request", (3, 11), "1-hour"),
        (file("ttlTier = 7"), "bad_request", (3, 11), "Wanted string"),
        (file("colour = \"red\""), "bad_request", (3, 1), "Unknown field"),
        (file("displayName = \"unclosed"), "bad_request", (3, 24), "string"),
        (file("displayName = \" \""), "invalid_title", (3, 15), "title"),
        (file("maxFileSize = \"lots\""), "bad_request", (3, 15), "size"),
        (file("maxFileSize = 0"), "bad_request", (3, 15), "size"),
        (file("maxFiles = -3"), "bad_request", (3, 12), "number"),
        (file("allowedTypes = [\"image\"]"), "invalid_type", (3, 16), "image/*"),
        (file("allowedTypes = \"image/*\""), "bad_request", (3, 16), "sequence"),
        (
            file("accessPolicy = \"cel\"\n[blobBucket.rules]\nread = \"true &&\""),
            "invalid_rule",
            (5, 8),
            "rule",
        ),
        (file("accessPolicy = \"cel\"\n[blobBucket.rules]\nredd = \"true\""), "bad_request", (5, 1), "redd"),
        (file("[blobBucket.rules]\nread = \"true\""), "bad_request", (3, 1), "cel"),
        (file("key = \"three\""), "bad_request", (3, 1), "Duplicate"),
        ("[blobBucket]\nkey = \"../../etc\"\n".to_owned(), "invalid_slug", (2, 7), "../../etc"),
        ("[blobBucket]\nkey = \"\"\n".to_owned(), "invalid_slug", (2, 7), "address"),
        ("[blobBucket]\ndisplayName = \"x\"\n".to_owned(), "bad_request", (1, 1), "key"),
        ("[bucket]\nkey = \"x\"\n".to_owned(), "bad_request", (1, 2), "bucket"),
        (String::new(), "bad_request", (1, 1), "blobBucket"),
    ] {
        let home = Home::new();
        define(&home, "one.toml", AVATARS);
        define(&home, "two.toml", &text);
        let error = push(&home, &["--json"]).error();
        assert_eq!(error["code"], code, "{text}: {error}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("blob-buckets/two.toml") && message.contains(word), "{text}: {message}");
        assert!(message.contains(&format!(", line {line}, column {column}: ")), "{text}: {message}");
        assert_eq!(
            (&error["details"]["line"], &error["details"]["column"]),
            (&json!(line.to_string()), &json!(column.to_string()))
        );
        assert_eq!(home.json(["bucket", "list"]), json!([]), "{text}");
    }
}

#[test]
fn every_wrong_file_is_told_at_once() {
    let home = Home::new();
    define(&home, "one.toml", "[blobBucket]\nkey = 1\n");
    define(&home, "two.toml", "nonsense");
    define(&home, "three.toml", AVATARS);
    let told = push(&home, &["--yes"]).refused();
    assert!(told.contains("one.toml, line 2, column 7") && told.contains("two.toml, line 1"), "{told}");
    assert!(told.ends_with("Nothing was changed.\n"), "{told}");
    assert_eq!(home.json(["bucket", "list"]), json!([]));
}

#[test]
fn two_files_of_one_bucket_are_refused() {
    let home = Home::new();
    define(&home, "a.toml", AVATARS);
    define(&home, "b.toml", AVATARS);
    let error = push(&home, &["--json"]).error();
    assert_eq!(error["code"], "name_taken");
    assert!(error["message"].as_str().unwrap().contains("a.toml defines “avatars” already"), "{error}");
}

#[test]
fn a_bucket_in_the_trash_is_not_made_again_behind_its_back() {
    let home = Home::new();
    define(&home, "avatars.toml", AVATARS);
    push(&home, &[]).done();
    home.run(["bucket", "delete", "avatars"]).done();
    let error = push(&home, &["--json"]).error();
    assert_eq!(error["code"], "in_trash");
    assert!(
        error["message"].as_str().unwrap().contains("line 3, column 7: “avatars” is in the trash"),
        "{error}"
    );
}

#[test]
fn hostile_files_are_refused() {
    let deep =
        format!("[blobBucket]\nkey = \"x\"\nallowedTypes = {}{}\n", "[".repeat(50_000), "]".repeat(50_000));
    let dotted = format!("{} = 1\n", vec!["a"; 50_000].join("."));
    let tables = format!("[{}]\n", vec!["a"; 50_000].join("."));
    let long = format!("# {}\n{AVATARS}", "x".repeat(300 << 10));
    for (text, code) in [
        (deep.into_bytes(), "bad_request"),
        (dotted.into_bytes(), "bad_request"),
        (tables.into_bytes(), "bad_request"),
        (long.into_bytes(), "too_large"),
        (b"[blobBucket]\nkey = \"\xff\"\n".to_vec(), "bad_request"),
        (b"[blobBucket]\nkey = \"a\0b\"\n".to_vec(), "bad_request"),
        (vec![0; 4096], "bad_request"),
    ] {
        let home = Home::new();
        define(&home, "x.toml", &text);
        let error = push(&home, &["--json"]).error();
        assert_eq!(error["code"], code, "{:?}: {error}", text.get(..40));
        assert!(error["message"].as_str().unwrap().len() < 1000, "{:?}: {error}", text.get(..40));
    }
}

#[test]
fn what_lies_outside_of_the_directory_is_not_read() {
    let home = Home::new();
    define(&home, "avatars.toml", AVATARS);
    let outside = home.source("outside.toml", EXPORTS);
    let folder = config(&home).join("blob-buckets");
    symlink(&outside, folder.join("link.toml")).unwrap();
    let error = push(&home, &["--json"]).error();
    assert_eq!(error["code"], "source_not_a_file");
    assert!(error["message"].as_str().unwrap().contains("link.toml leads out"), "{error}");
    fs::remove_file(folder.join("link.toml")).unwrap();
    // A link to a file within is what it leads to.
    fs::write(config(&home).join("shared.toml"), EXPORTS).unwrap();
    symlink("../shared.toml", folder.join("within.toml")).unwrap();
    assert_eq!(push(&home, &["--json"]).json()["buckets"].as_array().unwrap().len(), 2);
}

#[test]
fn a_folder_of_definitions_that_leads_out_is_refused() {
    let home = Home::new();
    fs::create_dir(config(&home)).unwrap();
    let outside = home.sources();
    symlink(&outside, config(&home).join("blob-buckets")).unwrap();
    assert_eq!(push(&home, &["--json"]).error()["code"], "source_not_a_file");
}

#[test]
fn only_visible_files_of_the_ending_count() {
    let home = Home::new();
    define(&home, "avatars.toml", AVATARS);
    define(&home, ".avatars.toml", "an editor's own");
    define(&home, "avatars.toml~", "an editor's copy");
    define(&home, "README.md", "# Words");
    assert_eq!(outcomes(&push(&home, &["--json"]).json()), [("avatars", "created")]);
    fs::create_dir(config(&home).join("blob-buckets/folder.toml")).unwrap();
    assert_eq!(push(&home, &["--json"]).error()["code"], "source_not_a_file");
}

#[test]
fn a_directory_that_is_none_is_refused() {
    let home = Home::new();
    assert_eq!(push(&home, &["--json"]).error()["code"], "source_missing");
    fs::create_dir(config(&home)).unwrap();
    let error = push(&home, &["--json"]).error();
    assert_eq!(error["code"], "source_missing");
    assert!(error["message"].as_str().unwrap().contains("blob-buckets"), "{error}");
    fs::create_dir(config(&home).join("blob-buckets")).unwrap();
    assert_eq!(push(&home, &["--json"]).json()["buckets"], json!([]));
    assert_eq!(home.run(["push"]).code, Some(2));
}

#[test]
fn the_words_of_the_document_work_too() {
    let home = Home::new();
    define(&home, "avatars.toml", AVATARS);
    let dir = config(&home);
    home.run(["sync", "push", "--dir", dir.to_str().unwrap()]).done();
    assert_eq!(home.json(["bucket", "show", "avatars"])["title"], "User avatars");
}
