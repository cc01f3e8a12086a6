//! What is deleted comes back as it was, until it is deleted for good.

use acceptance::Home;
use serde_json::{Value, json};

#[test]
fn a_deleted_file_comes_back_with_its_link_and_versions() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "one");
    let before = home.put("kit", "a.txt", "two");
    let gone = home.json(["file", "delete", "kit", "a.txt"]);
    assert!(gone["objects"][0]["deleted"].is_i64());
    assert!(home.keys("kit").is_empty());
    assert_eq!(home.error(["file", "get", "kit", "a.txt"])["code"], "object_not_found");
    let trash = home.json(["trash", "list"]);
    assert_eq!((&trash["files"], &trash["objects"][0]["bucketTitle"]), (&json!(1), &json!("Kit")));
    let back = home.json(["file", "restore", "kit", "A.txt"]);
    assert_eq!(back["objects"][0], before);
    assert_eq!(home.run(["file", "get", "kit", "a.txt"]).done(), "two");
    assert_eq!(home.json(["trash", "list"])["files"], 0);
}

#[test]
fn what_comes_back_to_a_taken_name_is_numbered() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "old");
    home.run(["file", "delete", "kit", "a.txt"]).done();
    home.put("kit", "a.txt", "new");
    let back = home.json(["file", "restore", "kit", "a.txt"]);
    assert_eq!(back["objects"][0]["key"], "a-2.txt");
    assert_eq!(home.run(["file", "get", "kit", "a.txt"]).done(), "new");
    assert_eq!(home.run(["file", "get", "kit", "a-2.txt"]).done(), "old");
}

#[test]
fn a_folder_goes_with_everything_in_it() {
    let home = Home::new();
    home.bucket("Kit");
    for name in ["Set/a.txt", "Set/deep/b.txt", "settled.txt"] {
        home.source(name, name);
    }
    let sources = home.sources();
    let paths: Vec<_> = ["Set", "settled.txt"].iter().map(|name| sources.join(name)).collect();
    home.run(["file", "put", "kit", paths[0].to_str().unwrap(), paths[1].to_str().unwrap()]).done();
    home.run(["file", "delete", "kit", "Set/"]).done();
    assert_eq!(home.keys("kit"), ["settled.txt"]);
    home.run(["file", "restore", "kit", "set/a.txt", "set/deep/b.txt"]).done();
    assert_eq!(home.keys("kit").len(), 3);
    assert_eq!(home.error(["file", "delete", "kit", "/"])["code"], "invalid_name");
    assert_eq!(home.keys("kit").len(), 3);
}

#[test]
fn one_name_that_is_not_there_refuses_the_whole_delete() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "a");
    assert_eq!(home.error(["file", "delete", "kit", "a.txt", "b.txt"])["code"], "object_not_found");
    assert_eq!(home.keys("kit"), ["a.txt"]);
}

#[test]
fn a_file_deleted_for_good_takes_its_bytes_along() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "one");
    home.put("kit", "a.txt", "two!");
    home.put("kit", "b.txt", "b");
    assert_eq!(home.error(["file", "purge", "kit", "a.txt"])["code"], "object_not_found");
    home.run(["file", "delete", "kit", "a.txt"]).done();
    assert_eq!(home.contents().len(), 3);
    let purged = home.json(["file", "purge", "kit", "a.txt"]);
    assert_eq!(purged, json!({ "files": 1, "bytes": 7, "buckets": 0 }));
    assert_eq!(home.contents().len(), 1);
    assert_eq!(home.error(["file", "restore", "kit", "a.txt"])["code"], "object_not_found");
}

#[test]
fn a_deleted_bucket_comes_back_whole_and_purged_it_is_gone() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "a");
    home.feed(["data", "set", "kit", "-"], b"{\"a\":1}").done();
    home.run(["bucket", "delete", "kit"]).done();
    assert_eq!(home.json(["bucket", "list"]), json!([]));
    for arguments in [&["file", "list", "kit"][..], &["data", "show", "kit"], &["bucket", "delete", "kit"]] {
        assert_eq!(home.error(arguments)["code"], "in_trash", "{arguments:?}");
    }
    assert_eq!(home.json(["trash", "list"])["buckets"][0]["slug"], "kit");
    home.run(["bucket", "restore", "kit"]).done();
    assert_eq!(home.keys("kit"), ["a.txt"]);
    assert_eq!(home.run(["data", "show", "kit"]).done(), "{\"a\":1}\n");
    home.run(["bucket", "delete", "kit"]).done();
    assert_eq!(home.json(["bucket", "purge", "kit"]), json!({ "files": 1, "bytes": 1, "buckets": 1 }));
    assert_eq!(home.error(["bucket", "show", "kit"])["code"], "bucket_not_found");
    assert_eq!(home.contents(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn emptying_the_trash_deletes_what_is_in_it_and_nothing_else() {
    let home = Home::new();
    for title in ["Kit", "Old"] {
        home.bucket(title);
    }
    home.put("kit", "keep.txt", "keep");
    home.put("kit", "go.txt", "go");
    home.put("old", "in.txt", "in");
    home.run(["file", "delete", "kit", "go.txt"]).done();
    home.run(["bucket", "delete", "old"]).done();
    assert_eq!(home.json(["trash", "empty"]), json!({ "files": 2, "bytes": 4, "buckets": 1 }));
    assert_eq!(home.keys("kit"), ["keep.txt"]);
    assert_eq!(home.contents().len(), 1);
    assert_eq!(home.json(["trash", "empty"]), json!({ "files": 0, "bytes": 0, "buckets": 0 }));
}

#[test]
fn a_bucket_is_emptied_of_files_of_data_or_of_both() {
    for (flags, files, data) in
        [(&["--files"][..], 0, "{\"a\":1}\n"), (&["--data"], 1, "{}\n"), (&["--files", "--data"], 0, "{}\n")]
    {
        let home = Home::new();
        home.bucket("Kit");
        home.put("kit", "a.txt", "a");
        home.feed(["data", "set", "kit", "-"], b"{\"a\":1}").done();
        home.json([&["bucket", "empty", "kit"], flags].concat());
        assert_eq!(home.keys("kit").len(), files, "{flags:?}");
        assert_eq!(home.run(["data", "show", "kit"]).done(), data, "{flags:?}");
        assert_eq!(home.json(["trash", "list"])["files"], 1 - files, "{flags:?}");
    }
}

#[test]
fn a_long_trash_is_listed_whole() {
    let home = Home::new();
    home.bucket("Kit");
    for number in 0..1203 {
        home.source(&format!("set/{number}.txt"), "x");
    }
    home.run(["file", "put", "kit", home.sources().join("set").to_str().unwrap()]).done();
    home.json(["bucket", "empty", "kit", "--files"]);
    let trash = home.json(["trash", "list"]);
    let mut keys: Vec<&Value> =
        trash["objects"].as_array().unwrap().iter().map(|trashed| &trashed["object"]["key"]).collect();
    keys.sort_by_key(|key| key.as_str().unwrap().to_owned());
    keys.dedup();
    assert_eq!((keys.len(), &trash["files"]), (1203, &json!(1203)));
}
