//! Limits and types: one file is refused, in words, and the others come in.

use acceptance::Home;
use serde_json::{Value, json};

/// Puts a small and a large file, a picture and a page into a bucket with those limits: the keys that came in, and the
/// codes and sentences of the failures.
fn put_four(limits: &[&str]) -> (Vec<String>, Vec<Value>, String) {
    let home = Home::new();
    home.json([&["bucket", "create", "Limited"], limits].concat());
    home.source("set/1 small.txt", "small");
    home.source("set/2 large.txt", "x".repeat(3000));
    home.source("set/3 picture.png", [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[0; 32]].concat());
    home.source("set/4 page.html", "<!DOCTYPE html><html></html>");
    let set = home.sources().join("set");
    let ran = home.run(["--json", "file", "put", "limited", set.to_str().unwrap()]);
    let ended: Value = serde_json::from_slice(&ran.bytes).unwrap();
    let failures = ended["failures"].as_array().unwrap().clone();
    assert_eq!(ran.code, Some(i32::from(!failures.is_empty())));
    let told: Vec<Value> = ran.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let codes = |values: &[Value]| values.iter().map(|value| value["code"].clone()).collect::<Vec<_>>();
    assert_eq!(codes(&told), codes(&failures), "every failure is told");
    assert_eq!(home.contents().len(), home.keys("limited").len(), "nothing stays of what was refused");
    (home.keys("limited"), failures, ran.err)
}

#[test]
fn a_file_that_would_break_a_limit_is_refused_and_the_others_come_in() {
    for (limits, came, refused) in [
        (&[][..], &["1_small.txt", "2_large.txt", "3_picture.png", "4_page.html"][..], &[][..]),
        (&["--max-file-size", "2KB"], &["1_small.txt", "3_picture.png", "4_page.html"], &["too_large"]),
        (&["--max-files", "3"], &["1_small.txt", "2_large.txt", "3_picture.png"], &["too_many_files"]),
        (&["--quota", "1000"], &["1_small.txt", "3_picture.png", "4_page.html"], &["quota_exceeded"]),
        (
            &["--types", "text/plain"],
            &["1_small.txt", "2_large.txt"],
            &["type_not_allowed", "type_not_allowed"],
        ),
        (
            &["--types", "image/*,text/html"],
            &["3_picture.png", "4_page.html"],
            &["type_not_allowed", "type_not_allowed"],
        ),
        (&["--types", "*/*"], &["1_small.txt", "2_large.txt", "3_picture.png", "4_page.html"], &[]),
        (
            &["--types", "text/*", "--max-file-size", "2KiB"],
            &["1_small.txt", "4_page.html"],
            &["too_large", "type_not_allowed"],
        ),
    ] {
        let (keys, failures, _) = put_four(limits);
        let names: Vec<_> = keys.iter().map(|key| key.trim_start_matches("set/")).collect();
        assert_eq!(names, came, "{limits:?}");
        let codes: Vec<_> = failures.iter().map(|failure| failure["code"].as_str().unwrap()).collect();
        assert_eq!(codes, refused, "{limits:?}");
    }
}

#[test]
fn a_refusal_names_the_file_the_limit_and_the_way_out() {
    let (_, failures, told) = put_four(&["--max-file-size", "2KiB"]);
    assert_eq!(failures[0]["reason"], "3 KB is over the limit of 2 KiB");
    assert!(failures[0]["advice"].as_str().unwrap().contains("Raise the limit"));
    assert!(told.contains("set/2 large.txt: 3 KB is over the limit of 2 KiB. Raise"), "{told}");
}

#[test]
fn a_page_in_the_clothes_of_a_picture_is_a_page() {
    let home = Home::new();
    home.json(["bucket", "create", "Pictures", "--types", "image/*"]);
    let file = home.source("photo.png", "<!DOCTYPE html><html><script>alert(1)</script></html>");
    let ran = home.run(["file", "put", "pictures", file.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("text/html"), "{}", ran.err);
}

#[test]
fn a_limit_counts_what_a_replacement_frees() {
    let home = Home::new();
    home.json(["bucket", "create", "Tight", "--quota", "1000", "--max-files", "1"]);
    home.put("tight", "a.txt", "x".repeat(900));
    home.put("tight", "a.txt", "y".repeat(950));
    let file = home.source("b.txt", "b");
    let ran = home.run(["file", "put", "tight", file.to_str().unwrap()]);
    assert!(ran.code == Some(1) && ran.err.contains("limit is 1"), "{}", ran.err);
    home.run(["file", "delete", "tight", "a.txt"]).done();
    home.put("tight", "b.txt", "b");
    assert_eq!(home.error(["file", "restore", "tight", "a.txt"])["code"], "too_many_files");
}

#[test]
fn a_limit_holds_for_what_comes_and_not_for_what_is_there() {
    let home = Home::new();
    home.bucket("Later");
    home.put("later", "a.txt", "x".repeat(900));
    let bucket = home.json(["bucket", "update", "later", "--max-file-size", "100", "--max-files", "1"]);
    assert_eq!(bucket["effective"]["fileSizeLimit"], json!(100));
    assert_eq!(home.keys("later"), ["a.txt"]);
    assert_eq!(home.run(["file", "get", "later", "a.txt"]).bytes.len(), 900);
}
