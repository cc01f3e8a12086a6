//! Asking only for what one does not have yet (RFC 9110, section 13).

use crate::Links;

#[test]
fn who_has_the_content_already_is_told_so() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    let whole = links.get(&path);
    let (tag, date) = (whole.header("etag").to_owned(), whole.header("last-modified").to_owned());
    for (condition, status) in [
        (format!("If-None-Match: {tag}"), 304),
        (format!("If-None-Match: W/{tag}"), 304),
        (format!("If-None-Match: \"other\", {tag}"), 304),
        (format!("If-None-Match: {tag},\"other\""), 304),
        ("If-None-Match: *".to_owned(), 304),
        ("If-None-Match: \"other\"".to_owned(), 200),
        ("If-None-Match: \"a,*,b\"".to_owned(), 200),
        (format!("If-None-Match: \"\u{e9}\", {tag}"), 304),
        (format!("If-None-Match: {}", tag.trim_matches('"')), 200),
        ("If-None-Match:".to_owned(), 200),
        (format!("If-Modified-Since: {date}"), 304),
        ("If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT".to_owned(), 304),
        ("If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT".to_owned(), 200),
        ("If-Modified-Since: yesterday".to_owned(), 200),
        // A tag says more than a date.
        (format!("If-None-Match: \"other\"\r\nIf-Modified-Since: {date}"), 200),
    ] {
        let answer = links.get_with(&path, &[&condition]);
        assert_eq!(answer.status, status, "{condition}");
        assert_eq!(answer.body.is_empty(), status == 304, "{condition}");
        assert_eq!(answer.header("etag"), tag, "{condition}");
    }
}

#[test]
fn a_replacement_within_the_same_second_has_another_tag() {
    let links = Links::new();
    let path = links.put("a.txt", "one");
    let tag = links.get(&path).header("etag").to_owned();
    links.put("a.txt", "two");
    let answer = links.get_with(&path, &[&format!("If-None-Match: {tag}")]);
    assert_eq!((answer.status, answer.text().as_str()), (200, "two"));
    assert_ne!(answer.header("etag"), tag);
}

#[test]
fn a_browser_asks_again_before_it_shows_what_it_kept() {
    let links = Links::new();
    let answer = links.get(&links.put("a.txt", "words"));
    assert!(answer.header("cache-control").contains("no-cache"), "{answer:?}");
}
