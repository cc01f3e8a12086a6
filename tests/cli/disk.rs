//! A full disk: refused in words, nothing half-done, the home readable, and all well once there is room.

use acceptance::{Home, Mount, noise};
use std::fs::File;
use std::io::Write as _;

/// Fills the disk to the last byte.
fn fill(mount: &Mount) -> std::path::PathBuf {
    let path = mount.path().join("filler");
    let mut filler = File::create(&path).unwrap();
    while filler.write_all(&[0; 4096]).is_ok() {}
    path
}

#[test]
fn what_the_disk_cannot_hold_is_refused_before_it_is_copied() {
    let Some(mount) = Mount::of(16) else { return };
    let home = Home::at(mount.path().join("home"));
    home.bucket("Kit");
    let large = home.source("large.bin", noise(40 << 20));
    let ran = home.run(["file", "put", "kit", large.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("do not fit") && ran.err.contains("Free some space"), "{}", ran.err);
    assert!(home.keys("kit").is_empty() && home.contents().is_empty());
}

#[test]
fn a_full_disk_refuses_and_stays_readable_and_freed_space_brings_it_back() {
    let Some(mount) = Mount::of(16) else { return };
    let home = Home::at(mount.path().join("home"));
    home.bucket("Kit");
    let content = noise(1 << 20);
    home.put("kit", "kept.bin", &content);
    let filler = fill(&mount);
    let more = home.source("more.bin", noise(300_000));
    let ran = home.run(["file", "put", "kit", more.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("pace"), "the disk is named: {}", ran.err);
    let merge = home.feed(["data", "merge", "kit", "-"], b"{\"a\":1}");
    assert_eq!(merge.code, Some(1), "{}", merge.out());
    assert_eq!(home.keys("kit"), ["kept.bin"]);
    assert_eq!(home.run(["file", "get", "kit", "kept.bin"]).bytes, content);
    assert_eq!(home.run(["data", "show", "kit"]).done(), "{}\n");
    std::fs::remove_file(filler).unwrap();
    home.run(["file", "put", "kit", more.to_str().unwrap()]).done();
    home.feed(["data", "merge", "kit", "-"], b"{\"a\":1}").done();
    assert_eq!(home.keys("kit"), ["kept.bin", "more.bin"]);
    assert_eq!(home.contents().len(), 2);
}

#[test]
fn an_export_that_does_not_fit_is_told_once_and_leaves_the_former_one() {
    let Some(mount) = Mount::of(16) else { return };
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "small.bin", noise(1000));
    let archive = mount.path().join("pail.zip");
    let archive = archive.to_str().unwrap();
    home.run(["export", archive]).done();
    let former = std::fs::read(archive).unwrap();
    home.put("kit", "large.bin", noise(20 << 20));
    assert_eq!(home.error(["export", archive])["code"], "no_space");
    assert_eq!(std::fs::read(archive).unwrap(), former);
    let left = std::fs::read_dir(mount.path()).unwrap().flatten();
    assert!(left.into_iter().all(|entry| !entry.file_name().to_string_lossy().starts_with(".pail")));
}

#[test]
fn an_import_that_does_not_fit_is_refused_before_it_is_copied() {
    let Some(mount) = Mount::of(16) else { return };
    let (home, small) = (Home::new(), Home::at(mount.path().join("home")));
    home.bucket("Kit");
    home.put("kit", "large.bin", noise(20 << 20));
    let archive = home.sources().join("pail.zip");
    home.run(["export", archive.to_str().unwrap()]).done();
    let error = small.error(["import", archive.to_str().unwrap()]);
    assert_eq!(error["code"], "no_space");
    assert!(error["message"].as_str().unwrap().contains("do not fit"), "{error}");
    assert!(small.contents().is_empty() && small.json(["bucket", "list"]) == serde_json::json!([]));
}
