//! How long a link holds: over replacement and renaming, until the file is deleted.

use crate::Links;

#[test]
fn a_link_leads_to_the_current_content() {
    let links = Links::new();
    let path = links.put("a.txt", "one");
    assert_eq!(links.get(&path).text(), "one");
    assert_eq!(links.put("a.txt", "two"), path);
    assert_eq!(links.get(&path).text(), "two");
    links.home.run(["file", "revert", "kit", "a.txt", "1"]).done();
    assert_eq!(links.get(&path).text(), "one");
}

#[test]
fn a_link_ends_with_the_file_and_is_not_the_next_files() {
    let links = Links::new();
    let path = links.put("a.txt", "one");
    links.home.run(["file", "delete", "kit", "a.txt"]).done();
    assert_eq!(links.get(&path).status, 404);
    let next = links.put("a.txt", "two");
    assert_ne!(next, path);
    assert_eq!((links.get(&path).status, links.get(&next).text().as_str()), (404, "two"));
    links.home.run(["file", "delete", "kit", "a.txt"]).done();
    links.home.run(["trash", "empty"]).done();
    assert_eq!((links.get(&path).status, links.get(&next).status), (404, 404));
}

#[test]
fn a_file_that_comes_back_has_its_link_back() {
    let links = Links::new();
    let path = links.put("a.txt", "one");
    for (away, back) in [("file", &["kit", "a.txt"][..]), ("bucket", &["kit"])] {
        links.home.run([&[away, "delete"], back].concat()).done();
        assert_eq!(links.get(&path).status, 404, "{away}");
        links.home.run([&[away, "restore"], back].concat()).done();
        assert_eq!(links.get(&path).text(), "one", "{away}");
    }
}

#[test]
fn a_renamed_or_moved_file_is_found_under_its_old_link() {
    let links = Links::new();
    let path = links.put("Old name.txt", "words");
    links.home.run(["file", "rename", "kit", "old_name.txt", "New name.txt"]).done();
    links.home.run(["file", "move", "kit", "new_name.txt", "--to", "elsewhere"]).done();
    let answer = links.get(&format!("{path}?download=1"));
    assert_eq!(answer.status, 302);
    let location = answer.header("location").to_owned();
    assert_eq!(location, format!("{}?download=1", path.replace("old_name", "new_name")));
    assert_eq!(links.get(&location).text(), "words");
}

#[test]
fn a_bucket_that_is_off_answers_no_link() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    links.home.run(["bucket", "update", "kit", "--enabled", "false"]).done();
    let answer = links.get(&path);
    assert_eq!(answer.status, 403);
    assert!(!answer.text().contains("words"));
    links.home.run(["bucket", "update", "kit", "--enabled", "true"]).done();
    assert_eq!(links.get(&path).status, 200);
}

#[test]
fn a_file_whose_bytes_are_gone_is_a_fault_and_not_an_empty_file() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    std::fs::remove_file(&links.home.contents()[0]).unwrap();
    assert!([404, 410, 500, 503].contains(&links.get(&path).status));
}
