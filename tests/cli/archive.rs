//! Export and import from the terminal.

use acceptance::{Home, peak_memory, wait_until};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Stdio;

fn beside(home: &Home, name: &str) -> String {
    let path: PathBuf = home.path().parent().unwrap().join(name);
    path.to_str().unwrap().to_owned()
}

/// A home with a bucket of each category.
fn filled() -> Home {
    let home = Home::new();
    home.run(["bucket", "create", "Kit", "--policy", "owner", "--notes", "For the shop"]).done();
    home.run(["bucket", "create", "Uploads", "--category", "attachments"]).done();
    home.feed(["data", "set", "kit", "-"], b"{\"n\": 1836486125467611137, \"one\": 1.0}").done();
    home.put("kit", "Logo sheet.svg", "<svg/>");
    home.put("kit", "notes.txt", "words");
    home.put("uploads", "a.txt", "a");
    home
}

#[test]
fn the_assets_go_into_an_archive_and_come_back_elsewhere() {
    let (home, other) = (filled(), Home::new());
    let archive = beside(&home, "pail.zip");
    let told = home.run(["export", &archive]).done();
    assert!(told.starts_with(&format!("{archive} holds 1 bucket with 2 files, 11 B, in ")), "{told}");
    let told = other.run(["import", &archive]).done();
    assert!(told.ends_with("Made 1 bucket with 2 files, 11 B.\n") && told.contains("kit"), "{told}");
    let bucket = other.json(["bucket", "show", "kit"]);
    assert_eq!((&bucket["policy"], &bucket["notes"]), (&json!("owner"), &json!("For the shop")));
    assert_eq!(other.run(["data", "show", "kit"]).done(), "{\"n\": 1836486125467611137, \"one\": 1.0}\n");
    assert_eq!(other.run(["file", "get", "kit", "Logo sheet.svg"]).done(), "<svg/>");
    assert_eq!(other.keys("kit"), ["logo_sheet.svg", "notes.txt"]);
}

#[test]
fn the_json_says_what_went_and_what_came() {
    let (home, other) = (filled(), Home::new());
    let archive = beside(&home, "pail.zip");
    let exported = home.json(["export", &archive]);
    let size = fs::metadata(&archive).unwrap().len();
    assert_eq!(exported, json!({"path": archive, "buckets": 1, "files": 2, "bytes": 11, "size": size}));
    let imported = other.json(["import", &archive, "--keep-ids"]);
    assert_eq!((&imported["files"], &imported["bytes"]), (&json!(2), &json!(11)));
    assert_eq!(imported["buckets"], json!([other.json(["bucket", "show", "kit"])]));
    assert_eq!(imported["buckets"][0]["id"], home.json(["bucket", "show", "kit"])["id"]);
}

#[test]
fn buckets_go_by_category_or_by_name() {
    let home = filled();
    let archive = beside(&home, "pail.zip");
    let slugs = |options: &[&str]| {
        home.run([&["export", archive.as_str()], options].concat()).done();
        let imported = Home::new().json(["import", &archive]);
        let slugs =
            imported["buckets"].as_array().unwrap().iter().map(|b| b["slug"].as_str().unwrap().to_owned());
        slugs.collect::<Vec<_>>()
    };
    assert_eq!(slugs(&[]), ["kit"]);
    assert_eq!(slugs(&["--category", "attachments"]), ["uploads"]);
    assert_eq!(slugs(&["--category", "all"]), ["kit", "uploads"]);
    assert_eq!(slugs(&["--bucket", "uploads", "--bucket", "kit"]), ["uploads", "kit"]);
    assert_eq!(home.error(["export", &archive, "--bucket", "none"])["code"], "bucket_not_found");
    for wrong in [&["--category", "misc"][..], &["--bucket", "kit", "--category", "all"]] {
        assert_eq!(home.run([&["export", archive.as_str()], wrong].concat()).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn an_import_stands_beside_its_original_unless_ids_are_kept() {
    let home = filled();
    let archive = beside(&home, "pail.zip");
    home.run(["export", &archive]).done();
    assert_eq!(home.json(["import", &archive])["buckets"][0]["slug"], "kit-2");
    let error = home.error(["import", &archive, "--keep-ids"]);
    assert_eq!(error["code"], "id_taken");
    assert!(error["message"].as_str().unwrap().contains("new ids"), "{error}");
    assert_eq!(home.json(["bucket", "list"]).as_array().unwrap().len(), 3);
}

#[test]
fn what_is_no_archive_of_ours_is_refused_in_words_and_leaves_nothing() {
    let (home, other) = (filled(), Home::new());
    let archive = beside(&home, "pail.zip");
    home.run(["export", &archive]).done();
    let bytes = fs::read(&archive).unwrap();
    let mut flipped = bytes.clone();
    // The content follows on its name.
    let name = b"kit/files/logo_sheet.svg";
    let at = bytes.windows(name.len()).position(|window| window == name).unwrap() + name.len();
    flipped[at + 3] ^= 1;
    for (what, bytes) in
        [("words", b"words".to_vec()), ("cut", bytes[..bytes.len() - 9].to_vec()), ("flipped", flipped)]
    {
        let path = home.source(what, bytes);
        let error = other.error(["import", path.to_str().unwrap()]);
        assert_eq!(error["code"], "invalid_archive", "{what}: {error}");
        assert!(error["message"].as_str().unwrap().contains("Nothing was changed"), "{what}: {error}");
    }
    for (path, code) in
        [("/nowhere.zip", "source_missing"), ("/dev/null", "source_not_a_file"), ("/", "source_not_a_file")]
    {
        assert_eq!(other.error(["import", path])["code"], code, "{path}");
    }
    assert_eq!((other.json(["bucket", "list"]), other.contents().len()), (json!([]), 0));
}

#[test]
fn a_place_that_takes_no_archive_is_refused() {
    let home = filled();
    let folder = beside(&home, "folder");
    fs::create_dir(&folder).unwrap();
    let link = beside(&home, "link.zip");
    symlink("elsewhere", &link).unwrap();
    for place in [&folder, &link, "/dev/full", &beside(&home, "none/pail.zip")] {
        let error = home.error(["export", place]);
        assert_eq!(error["code"], "io", "{place}");
        assert!(error["message"].as_str().unwrap().ends_with('.'), "{error}");
    }
    assert_eq!(home.error(["export", "/proc/pail.zip"]).get("code").map(Value::is_string), Some(true));
    let left: Vec<_> = fs::read_dir(home.path().parent().unwrap()).unwrap().flatten().collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().starts_with(".pail")), "{left:?}");
}

#[test]
fn ctrl_c_stops_an_export_and_leaves_the_former_one() {
    let home = Home::new();
    home.bucket("Kit");
    let archive = beside(&home, "pail.zip");
    fs::write(&archive, "former").unwrap();
    let path = home.sources().join("blob.bin");
    File::create(&path).unwrap().set_len(256 << 20).unwrap();
    home.run(["file", "put", "kit", path.to_str().unwrap()]).done();
    let names = || -> Vec<_> {
        let entries = fs::read_dir(home.path().parent().unwrap()).unwrap();
        entries.flatten().map(|entry| entry.file_name().into_string().unwrap()).collect()
    };
    let mut command = home.command(["export", archive.as_str()]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait_until("it is on its way", || names().iter().any(|name| name.starts_with(".pail-")));
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("Nothing of it stays"), "{told}");
    assert_eq!(fs::read(&archive).unwrap(), b"former");
    assert!(names().iter().all(|name| !name.starts_with(".pail-")), "{:?}", names());
}

#[test]
fn a_large_file_needs_no_more_memory_than_a_small_one() {
    let (home, other) = (Home::new(), Home::new());
    home.bucket("Kit");
    let archive = beside(&home, "pail.zip");
    let peak = |home: &Home, arguments: &[&str]| {
        let mut child = home.command(arguments).stdout(Stdio::null()).spawn().unwrap();
        let mut peak = 8 << 20; // A short run may end before it is looked at.
        wait_until("it is done", || {
            peak = peak.max(peak_memory(child.id()).unwrap_or(0));
            child.try_wait().unwrap().is_some_and(|status| status.success())
        });
        peak
    };
    let peaks = [1_u64 << 20, 256 << 20].map(|size| {
        let path = home.sources().join("blob.bin");
        File::create(&path).unwrap().set_len(size).unwrap();
        home.run(["file", "put", "kit", path.to_str().unwrap()]).done();
        [peak(&home, &["export", &archive]), peak(&other, &["import", &archive])]
    });
    for (small, large) in peaks[0].into_iter().zip(peaks[1]) {
        assert!(large < small + (32 << 20), "{peaks:?}");
    }
}
