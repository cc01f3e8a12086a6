//! Verify, backup, restore, doctor: what a home that was harmed says, and how it gets well.

use acceptance::Home;
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

/// Flips a bit of the stored file of that name.
fn rot(home: &Home, name: &str) {
    let file = home.contents().into_iter().find(|path| path.ends_with(name)).unwrap();
    let mut bytes = fs::read(&file).unwrap();
    bytes[0] ^= 1;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(&file, bytes).unwrap();
}

fn beside(home: &Home, name: &str) -> PathBuf {
    home.path().parent().unwrap().join(name)
}

#[test]
fn a_flipped_bit_is_found_kept_back_and_healed_from_a_backup() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "precious");
    let backup = beside(&home, "backup");
    let backup = backup.to_str().unwrap();
    assert_eq!(home.json(["verify"]), json!({"contents": 1, "bytes": 8, "damaged": []}));
    home.run(["backup", backup]).done();
    rot(&home, "a.txt");
    let verified = home.run(["verify"]);
    assert_eq!(verified.code, Some(1));
    assert!(
        verified.out().contains("a.txt version 1, the current one, is not what it was"),
        "{}",
        verified.out()
    );
    assert_eq!(home.error(["file", "get", "kit", "a.txt"])["code"], "content_damaged");
    assert_eq!(home.run(["doctor"]).code, Some(1));
    assert_eq!(home.run(["doctor", "--repair"]).code, Some(1), "nothing here can heal it");
    home.run(["doctor", "--repair", "--from", backup]).done();
    assert_eq!(home.run(["file", "get", "kit", "a.txt"]).done(), "precious");
    assert!(home.run(["doctor"]).done().contains("All is well"));
}

#[test]
fn a_backup_comes_back_as_another_home_and_never_over_one() {
    let home = Home::new();
    home.bucket("Kit");
    let put = home.put("kit", "sub/a.txt", "one");
    home.run(["backup", beside(&home, "backup").to_str().unwrap()]).done();
    let other = Home::at(beside(&home, "other"));
    let backup = beside(&home, "backup");
    assert_eq!(other.json(["restore", backup.to_str().unwrap()])["contents"], 1);
    assert_eq!(other.json(["file", "list", "kit"])["objects"][0]["path"], put["path"]);
    assert_eq!(other.error(["restore", backup.to_str().unwrap()])["code"], "home_taken");
    assert_eq!(home.error(["restore", backup.to_str().unwrap()])["code"], "home_taken");
    let nothing = Home::at(beside(&home, "nothing"));
    assert_eq!(nothing.error(["restore", "/nowhere"])["code"], "home_unusable");
    assert!(!nothing.path().join("pail.db").exists());
}

#[test]
fn a_lost_database_comes_back_from_the_files() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "one");
    home.put("kit", "a.txt", "two");
    for name in ["pail.db", "pail.db-wal", "pail.db-shm"] {
        let _ = fs::remove_file(home.path().join(name));
    }
    fs::write(home.path().join("pail.db"), "no database at all, but long enough to be looked at").unwrap();
    assert_eq!(home.run(["bucket", "list"]).code, Some(1));
    let rebuilt = home.json(["doctor", "--rebuild"]);
    assert_eq!((&rebuilt["buckets"], &rebuilt["versions"]), (&json!(1), &json!(2)));
    assert!(fs::metadata(rebuilt["former"].as_str().unwrap()).is_ok(), "the broken one is put aside");
    if rebuilt["untagged"] == 0 {
        assert_eq!(home.run(["file", "get", "kit", "a.txt"]).done(), "two");
    } else {
        println!("left out: this file system keeps nothing beside files");
    }
    home.run(["doctor"]).done();
}
