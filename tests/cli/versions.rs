//! Earlier contents of a file.

use acceptance::Home;
use serde_json::json;

#[test]
fn every_content_of_a_file_is_kept_as_a_version() {
    let home = Home::new();
    home.bucket("Kit");
    for content in ["one", "two", "three"] {
        home.put("kit", "a.txt", content);
    }
    let detail = home.json(["file", "versions", "kit", "a.txt"]);
    let versions = detail["versions"].as_array().unwrap();
    let numbers: Vec<_> =
        versions.iter().map(|v| (v["number"].clone(), v["size"].clone(), v["current"].clone())).collect();
    assert_eq!(
        numbers,
        [
            (json!(3), json!(5), json!(true)),
            (json!(2), json!(3), json!(false)),
            (json!(1), json!(3), json!(false))
        ]
    );
}

#[test]
fn an_earlier_version_becomes_the_current_one_again() {
    let home = Home::new();
    home.bucket("Kit");
    let first = home.put("kit", "a.txt", "one");
    home.put("kit", "a.txt", "two");
    let back = home.json(["file", "revert", "kit", "a.txt", "1"]);
    assert_eq!((&back["hash"], &back["path"]), (&first["hash"], &first["path"]));
    assert_eq!(home.run(["file", "get", "kit", "a.txt"]).done(), "one");
    // Nothing is lost by it: what was current is a version still.
    home.run(["file", "revert", "kit", "a.txt", "2"]).done();
    assert_eq!(home.run(["file", "get", "kit", "a.txt"]).done(), "two");
    assert_eq!(home.error(["file", "revert", "kit", "a.txt", "99"])["code"], "version_not_found");
}
