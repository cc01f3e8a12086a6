//! Signed links: good for whoever holds them until they end, and for nothing that was not signed.

use crate::Links;
use acceptance::Answer;
use engine::model::ObjectRef;
use engine::{Caller, Engine, SignRequest, SignedLink};

/// A file, and a way to sign links to it from another process on the same home.
pub struct Signed {
    pub links: Links,
    pub engine: Engine,
    pub path: String,
    object: ObjectRef,
}

impl Signed {
    pub fn new(name: &str, content: &[u8]) -> Self {
        let links = Links::new();
        let path = links.put(name, content);
        let engine = Engine::open(links.home.path()).unwrap();
        Self { links, engine, path, object: ObjectRef::Key(name.to_owned()) }
    }

    pub fn sign(&self, seconds: i64, download: Option<&str>) -> SignedLink {
        let request = SignRequest { seconds, download: download.map(str::to_owned) };
        self.engine.link_sign(&Caller::cli(), "kit", &self.object, request).unwrap()
    }

    pub fn get(&self, path: &str) -> Answer {
        self.links.get(&format!("/{path}"))
    }
}

#[test]
fn a_signed_link_shows_the_file_whole_in_part_and_by_its_head() {
    let it = Signed::new("a.txt", b"0123456789");
    let link = it.sign(60, None);
    let whole = it.get(&link.path);
    assert_eq!((whole.status, whole.text().as_str()), (200, "0123456789"));
    assert_eq!(whole.header("content-disposition"), "inline; filename=\"a.txt\"");
    let path = format!("/{}", link.path);
    let part = it.links.get_with(&path, &["Range: bytes=3-5"]);
    assert_eq!((part.status, part.text().as_str()), (206, "345"));
    let head = it.links.server.ask("HEAD", &path, &[]);
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, "10", 0));
    let saved = it.get(&it.sign(60, Some("Ünter uns.txt")).path);
    assert!(saved.header("content-disposition").starts_with("attachment; "), "{:?}", saved.headers);
    assert!(saved.header("content-disposition").ends_with("filename*=UTF-8''%C3%9Cnter%20uns.txt"));
}

#[test]
fn a_signed_link_is_no_permalink_once_its_signature_is_taken_off() {
    let it = Signed::new("a.txt", b"words");
    let link = it.sign(60, None);
    let bare = link.path.split('?').next().unwrap();
    assert_eq!(it.get(bare).status, 404);
    assert_eq!(it.get(&format!("{bare}?download=1")).status, 404);
    let token = format!("{}?{}", &it.path[1..], link.path.split('?').nth(1).unwrap());
    assert_eq!(it.get(&token).status, 403, "a signature is good for its own path");
}

#[test]
fn a_link_that_differs_in_one_bit_shows_nothing() {
    let it = Signed::new("a.txt", b"words");
    let path = it.sign(3600, Some("a")).path;
    let mut flipped = 0;
    for at in 0..path.len() {
        for bit in 0..7 {
            let mut bytes = path.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            // What cannot stand in a request line, and a fragment, is never sent by any client.
            if !bytes[at].is_ascii_graphic() || bytes[at] == b'#' {
                continue;
            }
            let changed = String::from_utf8(bytes).unwrap();
            let answer = it.get(&changed);
            assert!([400, 403, 404].contains(&answer.status), "{} for {changed}", answer.status);
            assert!(!answer.text().contains("words"), "{changed}");
            flipped += 1;
        }
    }
    assert!(flipped > 500, "{flipped}");
    assert_eq!(it.get(&path).text(), "words");
}

#[test]
fn doubled_unknown_and_missing_parameters_are_refused() {
    let it = Signed::new("a.txt", b"words");
    let path = it.sign(3600, None).path;
    let query = path.split('?').nth(1).unwrap();
    let parts: Vec<&str> = query.split('&').collect();
    for extra in parts.iter().chain(&["x=1", "download=b", "", "signature="]) {
        assert_eq!(it.get(&format!("{path}&{extra}")).status, 403, "with {extra}");
    }
    for left_out in &parts {
        let rest: Vec<_> = parts.iter().filter(|part| *part != left_out).copied().collect();
        let answer = it.get(&format!("{}?{}", path.split('?').next().unwrap(), rest.join("&")));
        assert!([403, 404].contains(&answer.status), "without {left_out}: {}", answer.status);
    }
}

#[test]
fn a_link_ends_at_its_time() {
    let it = Signed::new("a.txt", b"words");
    let link = it.sign(1, None);
    acceptance::wait_until("the link ends", || it.get(&link.path).status == 410);
    assert!(it.get(&link.path).text().contains("Ask for a new one"));
}

#[test]
fn a_revoked_link_and_one_of_a_revoked_key_are_gone_and_others_stay() {
    let it = Signed::new("a.txt", b"words");
    let (one, other) = (it.sign(60, None), it.sign(60, Some("b.txt")));
    it.engine.link_revoke(&Caller::cli(), &one.id).unwrap();
    assert_eq!((it.get(&one.path).status, it.get(&other.path).status), (410, 200));
    it.engine.link_rotate(&Caller::cli(), false).unwrap();
    let newer = it.sign(61, None);
    assert_eq!((it.get(&other.path).status, it.get(&newer.path).status), (200, 200));
    it.engine.link_rotate(&Caller::cli(), true).unwrap();
    assert_eq!((it.get(&other.path).status, it.get(&newer.path).status), (410, 410));
    assert_eq!(it.get(&it.sign(62, None).path).status, 200);
}

#[test]
fn a_link_follows_its_file_through_names_and_ends_with_it() {
    let it = Signed::new("a.txt", b"words");
    let link = it.sign(60, None);
    let object = it.engine.object_rename(&Caller::cli(), "kit", &it.object, "b.txt").unwrap();
    let answer = it.get(&link.path);
    assert_eq!((answer.status, answer.header("content-disposition")), (200, "inline; filename=\"b.txt\""));
    it.engine.object_delete(&Caller::cli(), "kit", &[ObjectRef::Id(object.id)], &[]).unwrap();
    assert_eq!(it.get(&link.path).status, 404);
}
