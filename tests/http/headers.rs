//! What is said with a file: its facts, and what keeps it from acting as a page of ours.

use crate::Links;
use acceptance::Answer;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

#[test]
fn a_file_comes_with_its_facts() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    let answer = links.get(&path);
    assert_eq!((answer.status, answer.text().as_str()), (200, "words"));
    assert!(answer.header("content-type").starts_with("text/plain"), "{answer:?}");
    assert_eq!(answer.header("content-length"), "5");
    assert_eq!(answer.header("accept-ranges"), "bytes");
    let hash = links.home.json(["file", "list", "kit"])["objects"][0]["hash"].as_str().unwrap().to_owned();
    assert_eq!(answer.header("etag"), format!("\"{hash}\""));
    assert!(answer.header("last-modified").ends_with(" GMT"), "{answer:?}");
}

#[test]
fn head_answers_as_get_without_the_body() {
    let links = Links::new();
    for (name, content) in [("a.txt", &b"words"[..]), ("empty.txt", b""), ("p.png", PNG)] {
        let path = links.put(name, content);
        for headers in [&[][..], &["If-None-Match: *"]] {
            let get = links.server.ask("GET", &path, headers);
            let head = links.server.ask("HEAD", &path, headers);
            assert_eq!((head.status, head.body.len()), (get.status, 0), "{name}");
            let but_length = |answer: &Answer| {
                answer
                    .steady_headers()
                    .into_iter()
                    .filter(|(name, _)| name != "content-length")
                    .collect::<Vec<_>>()
            };
            assert_eq!(but_length(&head), but_length(&get), "{name}");
            // A 304 may leave the length out, but what it says must be that of the content.
            let length = content.len().to_string();
            assert_eq!(head.header("content-length"), length, "{name}");
            assert!(get.status == 304 || get.header("content-length") == length, "{name}");
        }
    }
}

#[test]
fn every_answer_with_content_of_people_is_fenced_in() {
    let links = Links::new();
    let path = links.put("a.html", "<!DOCTYPE html><html><script>alert(1)</script></html>");
    for headers in [&[][..], &["Range: bytes=0-3"], &["If-None-Match: *"], &["Range: bytes=999-"]] {
        let answer = links.get_with(&path, headers);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{headers:?}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("sandbox; default-src 'none'"), "{policy}");
        assert!(!policy.contains("allow-") && !policy.contains("script-src"), "{policy}");
        assert!(!answer.header("cross-origin-resource-policy").is_empty(), "{headers:?}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{headers:?}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{headers:?}");
        assert_eq!(answer.header("set-cookie"), "", "{headers:?}");
    }
}

#[test]
fn only_what_cannot_act_is_shown_in_place() {
    let links = Links::new();
    for (name, content, kind, inline) in [
        ("p.png", PNG, "image/png", true),
        ("g.gif", b"GIF89a\x01\0\x01\0\0\0\0;".as_slice(), "image/gif", true),
        ("j.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", "image/jpeg", true),
        ("t.txt", b"words", "text/plain", true),
        ("s.mp3", b"ID3\x03\0\0\0\0\0\0\0\0\0\0\0\0", "audio/mpeg", true),
        ("v.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "video/mp4", true),
        ("h.html", b"<!DOCTYPE html><html></html>", "text/html", false),
        ("h.png", b"<!DOCTYPE html><html></html>", "text/html", false),
        // Somebody's notes about HTML; with nosniff no browser takes them for a page.
        ("h.txt", b"<!DOCTYPE html><html></html>", "text/plain", true),
        ("s.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", "image/svg+xml", false),
        ("x.xml", b"<?xml version=\"1.0\"?><a/>", "", false),
        ("x.xhtml", b"<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "", false),
        ("d.pdf", b"%PDF-1.7\n", "application/pdf", false),
        ("z.zip", b"PK\x03\x04\x14\0\0\0\0\0", "application/zip", false),
        ("j.js", b"alert(1)", "", false),
        ("c.css", b"a{}", "", false),
        ("b.bin", b"\0\x01\x02\x03", "application/octet-stream", false),
    ] {
        let answer = links.get(&links.put(name, content));
        let shown = answer.header("content-type");
        assert!(shown.starts_with(kind), "{name}: {shown}");
        let way = answer.header("content-disposition").split(';').next().unwrap().to_owned();
        assert_eq!(way, if inline { "inline" } else { "attachment" }, "{name} as {shown}");
    }
}

#[test]
fn other_methods_are_refused_with_what_is_allowed() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let answer = links.server.ask(method, &path, &["Content-Length: 0"]);
        assert_eq!(answer.status, 405, "{method}");
        let mut allowed: Vec<_> = answer.header("allow").split(',').map(str::trim).collect();
        allowed.sort_unstable();
        assert_eq!(allowed, ["GET", "HEAD"], "{method}");
    }
    assert_eq!(links.get(&path).text(), "words");
}
