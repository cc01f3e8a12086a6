//! Bringing files in: what is printed, what meets what, what is left out.

use acceptance::{Home, noise, peak_memory, wait_until};
use serde_json::json;
use std::fs::File;
use std::path::Path;
use std::process::Stdio;

fn put<'a>(bucket: &'a str, paths: &'a [&'a Path], options: &'a [&'a str]) -> Vec<&'a str> {
    let paths = paths.iter().map(|path| path.to_str().unwrap());
    ["file", "put", bucket].into_iter().chain(paths).chain(options.iter().copied()).collect()
}

#[test]
fn a_put_tells_each_object_with_its_link() {
    let home = Home::new();
    home.bucket("Brand kit");
    let file = home.source("Logo sheet.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    let out = home.run(put("brand-kit", &[&file], &[])).done();
    assert!(out.contains("logo_sheet.svg") && out.contains("http://127.0.0.1:7245/files/bucket/b"), "{out}");
}

#[test]
fn the_json_of_a_put_is_the_ingested_document() {
    let home = Home::new();
    let bucket = home.bucket("Brand kit");
    let bytes = noise(70_000);
    let file = home.source("Blob.bin", &bytes);
    let ended = home.json(put("brand-kit", &[&file], &[]));
    assert_eq!((&ended["added"], &ended["replaced"], &ended["skipped"]), (&json!(1), &json!(0), &json!(0)));
    assert_eq!(ended["failures"], json!([]));
    assert_eq!(ended["transfer"]["state"], "done");
    assert_eq!(ended["transfer"]["bytesDone"], 70_000);
    let object = &ended["objects"][0];
    assert_eq!((&object["size"], &object["bucket"]), (&json!(70_000), &json!(bucket)));
    assert_eq!((&object["version"], &object["by"]), (&json!(1), &json!("mara")));
    assert_eq!(object["hash"].as_str().unwrap().len(), 64);
    let path: Vec<_> = object["path"].as_str().unwrap().split('/').collect();
    assert_eq!((path[0], path[1], path[2], path[4]), ("files", "bucket", bucket.as_str(), "blob.bin"));
    // 128 bits of randomness in base 64 are 22 characters.
    assert!(path[3].len() >= 22, "{path:?}");
}

#[test]
fn many_files_and_folders_come_in_at_once_byte_for_byte() {
    let home = Home::new();
    home.bucket("Many");
    for number in 0..300 {
        home.source(&format!("tree/{}/file {number}.dat", number % 7), noise(number * 37));
    }
    let tree = home.sources().join("tree");
    let ended = home.json(put("many", &[&tree], &[]));
    assert_eq!((&ended["added"], ended["objects"].as_array().unwrap().len()), (&json!(300), 300));
    assert_eq!(home.json(["bucket", "show", "many"])["fileCount"], 300);
    for number in [0, 1, 150, 299] {
        let key = format!("tree/{}/file {number}.dat", number % 7);
        assert_eq!(home.run(["file", "get", "many", &key]).bytes, noise(number * 37), "{key}");
    }
}

#[test]
fn an_empty_file_is_a_file() {
    let home = Home::new();
    home.bucket("Empty");
    assert_eq!(home.put("empty", "nothing.txt", "")["size"], 0);
    assert_eq!(home.run(["file", "get", "empty", "nothing.txt"]).done(), "");
}

#[test]
fn the_media_type_comes_from_content_and_name() {
    let home = Home::new();
    home.bucket("Types");
    let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[0; 32]].concat();
    for (name, content, kind) in [
        ("a.png", png.as_slice(), "image/png"),
        ("b.txt", &png, "image/png"),
        ("c.png", b"<!DOCTYPE html><html><script>x</script></html>", "text/html"),
        ("d.pdf", b"%PDF-1.7\n%x\n", "application/pdf"),
        ("e.txt", b"plain words\n", "text/plain"),
        ("f.json", b"{\"a\":1}", "application/json"),
        ("g.csv", b"a,b\n1,2\n", "text/csv"),
    ] {
        assert_eq!(home.put("types", name, content)["mediaType"], kind, "{name}");
    }
}

#[test]
fn the_same_name_again_makes_a_version_and_keeps_the_link() {
    let home = Home::new();
    home.bucket("Brand kit");
    let first = home.put("brand-kit", "Logo.svg", "one");
    let second = home.put("brand-kit", "logo.SVG", "two");
    for kept in ["id", "key", "path"] {
        assert_eq!(first[kept], second[kept], "{kept}");
    }
    assert_eq!((&second["version"], &second["versions"]), (&json!(2), &json!(2)));
    assert_eq!(second["originalName"], "logo.SVG");
    assert_eq!(home.run(["file", "get", "brand-kit", "logo.svg"]).done(), "two");
    let bucket = home.json(["bucket", "show", "brand-kit"]);
    assert_eq!((&bucket["fileCount"], &bucket["byteCount"]), (&json!(1), &json!(3)));
}

#[test]
fn two_files_of_one_put_that_meet_wait_for_a_word() {
    for (way, keys, last) in [
        (None, &["set/price_list_new_.txt"][..], "round"),
        (Some("skip"), &["set/price_list_new_.txt"], "round"),
        (Some("replace"), &["set/price_list_new_.txt"], "square"),
        (Some("keep-both"), &["set/price_list_new_-2.txt", "set/price_list_new_.txt"], "round"),
    ] {
        let home = Home::new();
        home.bucket("Meet");
        home.source("set/Price list (new).txt", "round");
        home.source("set/Price list [new].txt", "square");
        let set = home.sources().join("set");
        let ran = match way {
            None => home.run(put("meet", &[&set], &[])),
            Some(way) => home.run(put("meet", &[&set], &["--on-conflict", way])),
        };
        assert_eq!(ran.code, Some(i32::from(way.is_none())), "{way:?}: {}", ran.err);
        if way.is_none() {
            assert!(ran.err.contains("[new].txt: It meets “Price list (new).txt”"), "{}", ran.err);
            assert!(ran.err.contains("--on-conflict"), "{}", ran.err);
        }
        assert_eq!(home.keys("meet"), keys, "{way:?}");
        assert_eq!(home.run(["file", "get", "meet", "set/price_list_new_.txt"]).done(), last, "{way:?}");
    }
}

#[test]
fn a_way_for_conflicts_leaves_other_files_of_the_bucket_alone() {
    let home = Home::new();
    home.bucket("Meet");
    home.put("meet", "a.txt", "before");
    let ended = home.json(put("meet", &[&home.source("a.txt", "after")], &["--on-conflict", "keep-both"]));
    assert_eq!((&ended["added"], &ended["replaced"]), (&json!(0), &json!(1)));
    assert_eq!(home.keys("meet"), ["a.txt"]);
    let ended = home.json(put("meet", &[&home.source("b.txt", "b")], &["--on-conflict", "skip"]));
    assert_eq!((&ended["added"], &ended["skipped"]), (&json!(1), &json!(0)));
}

#[test]
fn the_same_file_twice_in_one_put_meets_itself() {
    let home = Home::new();
    home.bucket("Twice");
    let file = home.source("a.txt", "a");
    let ran = home.run(put("twice", &[&file, &file], &[]));
    assert_eq!((ran.code, home.keys("twice")), (Some(1), vec!["a.txt".to_owned()]), "{}", ran.err);
}

#[test]
fn a_large_file_needs_no_more_memory_than_a_small_one() {
    let home = Home::new();
    home.bucket("Kit");
    let mut peaks = [1_u64 << 20, 256 << 20].map(|size| {
        let path = home.sources().join("blob.bin");
        File::create(&path).unwrap().set_len(size).unwrap();
        let mut child = home.command(put("kit", &[&path], &[])).stdout(Stdio::null()).spawn().unwrap();
        let mut peak = 0;
        wait_until("the file is in", || {
            peak = peak.max(peak_memory(child.id()).unwrap_or(0));
            child.try_wait().unwrap().is_some_and(|status| status.success())
        });
        peak
    });
    peaks[0] = peaks[0].max(8 << 20); // A small put may end before it is looked at.
    assert!(peaks[1] < peaks[0] + (32 << 20), "{peaks:?}");
}
