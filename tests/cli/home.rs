//! Homes that cannot be used: said politely, and left as they were.

use acceptance::{Home, Mount};
use rusqlite::Connection;
use std::fs;

#[test]
fn a_home_of_a_newer_pail_is_refused_and_left_as_it_was() {
    let home = Home::new();
    home.bucket("Kit");
    let database = home.path().join("pail.db");
    let connection = Connection::open(&database).unwrap();
    connection.pragma_update(None, "user_version", 4711).unwrap();
    drop(connection);
    let before = fs::read(&database).unwrap();
    for arguments in
        [&["bucket", "list"][..], &["bucket", "create", "New"], &["serve", "--listen", "127.0.0.1:0"]]
    {
        let error = home.error(arguments);
        assert_eq!(error["code"], "home_too_new", "{arguments:?}");
        assert!(error["message"].as_str().unwrap().contains("Update Pail"), "{error}");
    }
    assert_eq!(fs::read(&database).unwrap(), before);
}

#[test]
fn a_home_that_is_a_file_is_refused() {
    let home = Home::new();
    fs::write(home.path(), "not a folder").unwrap();
    let error = home.error(["bucket", "list"]);
    assert_eq!(error["code"], "home_unusable", "{error}");
    assert!(error["message"].as_str().unwrap().contains("--home"), "{error}");
    assert_eq!(fs::read_to_string(home.path()).unwrap(), "not a folder");
}

#[test]
fn a_database_that_is_none_is_refused_and_left_as_it_was() {
    let home = Home::new();
    fs::create_dir(home.path()).unwrap();
    let database = home.path().join("pail.db");
    let letters = "these are no pages of a database\n".repeat(400);
    fs::write(&database, &letters).unwrap();
    assert_eq!(home.run(["bucket", "list"]).code, Some(1));
    assert_eq!(fs::read_to_string(&database).unwrap(), letters);
}

#[test]
fn a_home_that_may_not_be_written_is_refused_in_words() {
    let Some(mount) = Mount::of(16) else { return };
    let home = Home::at(mount.path().join("home"));
    home.bucket("Kit");
    home.put("kit", "a.txt", "a");
    mount.make_read_only();
    let file = home.source("b.txt", "b");
    for arguments in [&["bucket", "create", "New"][..], &["file", "put", "kit", file.to_str().unwrap()]] {
        let error = home.error(arguments);
        assert_eq!(error["code"], "read_only", "{arguments:?}: {error}");
        assert!(error["message"].as_str().unwrap().ends_with('.'), "{error}");
    }
    let nowhere = Home::at(mount.path().join("other"));
    assert_eq!(nowhere.error(["bucket", "list"])["code"], "read_only");
}

#[test]
fn a_home_is_made_where_none_is() {
    let home = Home::at(Home::new().path().join("deep/er/home"));
    assert_eq!(home.json(["bucket", "list"]), serde_json::json!([]));
    assert!(home.path().join("pail.db").is_file());
    fs::remove_dir_all(home.path().ancestors().nth(3).unwrap()).unwrap();
}
