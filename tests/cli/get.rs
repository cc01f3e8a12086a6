//! Getting files out, and links to them.

use acceptance::{Home, noise};
use std::fs;

#[test]
fn a_file_goes_to_a_pipe_byte_for_byte() {
    let home = Home::new();
    home.bucket("Kit");
    let bytes = noise(3_000_001);
    home.put("kit", "blob.bin", &bytes);
    assert_eq!(home.run(["file", "get", "kit", "blob.bin"]).bytes, bytes);
    assert_eq!(home.run(["file", "get", "kit", "blob.bin", "-o", "-"]).bytes, bytes);
}

#[test]
fn a_file_goes_where_it_is_told() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "Tall story.txt", "story");
    let out = home.sources().join("out");
    fs::create_dir(&out).unwrap();
    let named = out.join("named.txt");
    for _ in 0..2 {
        // A name that was named outright is written again.
        home.run(["file", "get", "kit", "tall_story.txt", "-o", named.to_str().unwrap()]).done();
        assert_eq!(fs::read_to_string(&named).unwrap(), "story");
    }
    home.run(["file", "get", "kit", "tall_story.txt", "-o", out.to_str().unwrap()]).done();
    assert_eq!(fs::read_to_string(out.join("Tall story.txt")).unwrap(), "story");
    assert_eq!(fs::read_dir(&out).unwrap().count(), 2);
}

#[test]
fn a_file_that_nobody_named_is_not_overwritten() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "stored");
    let out = home.sources().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("a.txt"), "mine").unwrap();
    let error = home.error(["file", "get", "kit", "a.txt", "-o", out.to_str().unwrap()]);
    assert_eq!(error["code"], "name_taken");
    assert_eq!(fs::read_to_string(out.join("a.txt")).unwrap(), "mine");
}

#[test]
fn a_device_stays_a_device() {
    use std::os::unix::fs::FileTypeExt as _;
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "stored");
    home.run(["file", "get", "kit", "a.txt", "-o", "/dev/null"]).done();
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    assert_eq!(home.run(["file", "get", "kit", "a.txt", "-o", "/dev/stdout"]).bytes, b"stored");
    let error = home.error(["file", "get", "kit", "a.txt", "-o", "/dev/full"]);
    assert_eq!(error["code"], "no_space");
}

#[test]
fn a_place_that_is_not_there_is_refused_and_leaves_nothing() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "stored");
    let nowhere = home.sources().join("nowhere/a.txt");
    let told = home.run(["file", "get", "kit", "a.txt", "-o", nowhere.to_str().unwrap()]).refused();
    assert!(told.contains("nowhere/a.txt"), "{told}");
}

#[test]
fn a_file_whose_bytes_are_gone_is_refused_in_words() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "stored");
    fs::remove_file(&home.contents()[0]).unwrap();
    let out = home.sources().join("out");
    fs::create_dir(&out).unwrap();
    let error = home.error(["file", "get", "kit", "a.txt", "-o", out.to_str().unwrap()]);
    assert_eq!(error["code"], "content_missing");
    assert_eq!(fs::read_dir(out).unwrap().count(), 0, "nothing half-written stays");
}

#[test]
fn a_link_says_where_it_leads_and_whether_it_answers() {
    let home = Home::new();
    home.bucket("Kit");
    let object = home.put("kit", "a.txt", "a");
    let link = home.json(["file", "link", "kit", "a.txt"]);
    assert_eq!(link["path"], object["path"]);
    assert_eq!(link["url"], format!("http://127.0.0.1:7245/{}", object["path"].as_str().unwrap()));
    assert_eq!(link["served"], false);
    let people = home.run(["file", "link", "kit", "a.txt"]);
    assert_eq!(people.out(), format!("{}\n", link["url"].as_str().unwrap()));
    assert!(people.err.contains("pail serve"), "{}", people.err);
}
