//! Parts of a file (RFC 9110, section 14).

use crate::Links;

const CONTENT: &str = "0123456789abcdefghij";

#[test]
fn a_range_gives_that_part_and_says_which() {
    let links = Links::new();
    let path = links.put("a.txt", CONTENT);
    for (range, part, said) in [
        ("bytes=0-0", "0", "bytes 0-0/20"),
        ("bytes=0-4", "01234", "bytes 0-4/20"),
        ("bytes=10-14", "abcde", "bytes 10-14/20"),
        ("bytes=15-", "fghij", "bytes 15-19/20"),
        ("bytes=0-", CONTENT, "bytes 0-19/20"),
        ("bytes=19-19", "j", "bytes 19-19/20"),
        ("bytes=18-999", "ij", "bytes 18-19/20"),
        ("bytes=-3", "hij", "bytes 17-19/20"),
        ("bytes=-999", CONTENT, "bytes 0-19/20"),
    ] {
        let answer = links.get_with(&path, &[&format!("Range: {range}")]);
        assert_eq!((answer.status, answer.text().as_str()), (206, part), "{range}");
        assert_eq!(answer.header("content-range"), said, "{range}");
        assert_eq!(answer.header("content-length"), part.len().to_string(), "{range}");
        assert!(answer.header("etag").starts_with('"'), "{range}");
    }
}

#[test]
fn a_range_past_the_end_is_told_the_size() {
    let links = Links::new();
    let (path, empty) = (links.put("a.txt", CONTENT), links.put("empty.txt", ""));
    for (path, range, size) in [
        (&path, "bytes=20-", 20),
        (&path, "bytes=20-30", 20),
        (&path, "bytes=99999999999999999999-", 20),
        (&path, "bytes=-0", 20),
        (&empty, "bytes=0-", 0),
        (&empty, "bytes=-0", 0),
    ] {
        let answer = links.get_with(path, &[&format!("Range: {range}")]);
        assert_eq!((answer.status, answer.body.len()), (416, 0), "{range} of {size}");
        assert_eq!(answer.header("content-range"), format!("bytes */{size}"), "{range}");
    }
}

#[test]
fn several_ranges_and_what_is_no_range_give_the_whole() {
    let links = Links::new();
    let empty = links.put("empty.txt", "");
    assert_eq!(links.get_with(&empty, &["Range: bytes=-5"]).status, 200, "the end of nothing is all of it");
    let path = links.put("a.txt", CONTENT);
    for range in [
        "bytes=0-1,5-6",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-2",
        "bytes=1",
        "bytes 0-4",
        "items=0-4",
        "bytes=0x1-4",
        "bytes=--4",
        "",
    ] {
        let answer = links.get_with(&path, &[&format!("Range: {range}")]);
        assert_eq!((answer.status, answer.text().as_str()), (200, CONTENT), "{range:?}");
        assert_eq!(answer.header("content-range"), "", "{range:?}");
    }
}

#[test]
fn if_range_gives_the_part_only_of_the_same_content() {
    let links = Links::new();
    let path = links.put("a.txt", CONTENT);
    let whole = links.get(&path);
    let (tag, date) = (whole.header("etag").to_owned(), whole.header("last-modified").to_owned());
    for (condition, status) in [
        (tag.clone(), 206),
        (date, 206),
        ("\"other\"".to_owned(), 200),
        (format!("W/{tag}"), 200),
        ("Sat, 01 Jan 2000 00:00:00 GMT".to_owned(), 200),
        ("nonsense".to_owned(), 200),
    ] {
        let answer = links.get_with(&path, &["Range: bytes=0-4", &format!("If-Range: {condition}")]);
        assert_eq!(answer.status, status, "{condition}");
        assert_eq!(answer.body.len(), if status == 206 { 5 } else { 20 }, "{condition}");
    }
    links.put("a.txt", "replaced meanwhile!!");
    let answer = links.get_with(&path, &["Range: bytes=0-4", &format!("If-Range: {tag}")]);
    assert_eq!((answer.status, answer.text().as_str()), (200, "replaced meanwhile!!"));
}

#[test]
fn a_range_means_nothing_to_head() {
    let links = Links::new();
    let path = links.put("a.txt", CONTENT);
    let answer = links.server.ask("HEAD", &path, &["Range: bytes=0-4"]);
    assert_eq!((answer.status, answer.header("content-length")), (200, "20"));
}
