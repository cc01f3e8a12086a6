//! Sources that are no files, or not any more: each is told, and the others come in.

use acceptance::Home;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Puts a good file and a bad path, each named by itself: the code of the one failure.
fn put_beside(home: &Home, bad: &Path) -> String {
    let good = home.source("good.txt", "good");
    let ran = home.run(["--json", "file", "put", "kit", bad.to_str().unwrap(), good.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let ended: serde_json::Value = serde_json::from_slice(&ran.bytes).unwrap();
    let failures = ended["failures"].as_array().unwrap();
    assert_eq!((failures.len(), &ended["transfer"]["filesDone"]), (1, &1.into()), "{ended}");
    assert_eq!(failures[0]["path"], bad.to_str().unwrap());
    assert!(!failures[0]["reason"].as_str().unwrap().is_empty(), "{ended}");
    failures[0]["code"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_no_file_is_refused_beside_one_that_is() {
    let home = Home::new();
    home.bucket("Kit");
    let at = |name: &str| home.sources().join(name);
    fifo(&at("pipe"));
    let _socket = UnixListener::bind(at("socket")).unwrap();
    symlink(at("nothing"), at("dangling")).unwrap();
    symlink(at("round"), at("round")).unwrap();
    for (path, code) in [
        (at("not there"), "source_missing"),
        (at("dangling"), "source_missing"),
        (at("round"), "directory_loop"),
        (at("pipe"), "source_not_a_file"),
        (at("socket"), "source_not_a_file"),
        (PathBuf::from("/dev/null"), "source_not_a_file"),
        (PathBuf::from("/dev/zero"), "source_not_a_file"),
    ] {
        assert_eq!(put_beside(&home, &path), code, "{}", path.display());
    }
}

#[test]
fn a_folder_with_bad_things_in_it_gives_the_good_ones() {
    let home = Home::new();
    home.bucket("Kit");
    home.source("mix/good.txt", "good");
    home.source("mix/inner/better.txt", "better");
    let at = |name: &str| home.sources().join("mix").join(name);
    fifo(&at("inner/pipe"));
    symlink(at("nothing"), at("dangling")).unwrap();
    symlink(at(""), at("inner/up")).unwrap();
    let ran = home.run(["file", "put", "kit", at("").to_str().unwrap()]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(home.keys("kit"), ["mix/good.txt", "mix/inner/better.txt"]);
    let told: Vec<_> = ran.err.lines().collect();
    assert_eq!(told.len(), 3, "{}", ran.err);
    for (name, words) in [("dangling", "not there"), ("pipe", "a pipe"), ("up", "leads back into")] {
        assert!(told.iter().any(|line| line.contains(name) && line.contains(words)), "{name}: {}", ran.err);
    }
}

#[test]
fn links_to_files_and_folders_are_followed() {
    let home = Home::new();
    home.bucket("Kit");
    home.source("real/a.txt", "a");
    fs::create_dir(home.sources().join("set")).unwrap();
    symlink(home.sources().join("real"), home.sources().join("set/linked")).unwrap();
    home.run(["file", "put", "kit", home.sources().join("set").to_str().unwrap()]).done();
    assert_eq!(home.keys("kit"), ["set/linked/a.txt"]);
}

#[test]
fn a_file_that_may_not_be_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    home.bucket("Kit");
    let secret = home.source("secret.txt", "secret");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&secret).is_ok() {
        eprintln!("skipped, this user may read everything");
        return;
    }
    assert_eq!(put_beside(&home, &secret), "source_unreadable");
}

#[test]
fn an_empty_folder_is_no_trouble_and_not_passed_over_in_silence() {
    let home = Home::new();
    home.bucket("Kit");
    let empty = home.sources().join("empty");
    fs::create_dir(&empty).unwrap();
    let ended = home.json(["file", "put", "kit", empty.to_str().unwrap()]);
    assert_eq!((&ended["added"], &ended["failures"]), (&0.into(), &serde_json::json!([])));
    let said = home.run(["file", "put", "kit", empty.to_str().unwrap()]).done();
    assert_eq!(said, "There was no file in it\n");
}

#[test]
fn an_unknown_bucket_is_refused_before_anything_is_read() {
    let home = Home::new();
    let file = home.source("a.txt", "a");
    assert_eq!(home.error(["file", "put", "nobody", file.to_str().unwrap()])["code"], "bucket_not_found");
    assert!(home.contents().is_empty());
}
