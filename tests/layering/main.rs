//! The map of the house, kept by a test: which room may use which.
#![allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Arrows point down only.
const MAY_USE: &[(&str, &[&str])] = &[
    ("engine", &[]),
    ("api", &["engine"]),
    ("http-face", &["api", "engine"]),
    ("webhooks", &["engine"]),
    ("pail", &["api", "engine", "http-face", "webhooks"]),
    ("pail-desktop", &["api", "engine", "http-face", "webhooks"]),
    ("acceptance", &["api", "engine", "webhooks"]),
    ("benches", &["engine"]),
    ("fuzzing", &["api", "engine", "http-face", "pail"]),
];

/// What only certain rooms know: the window's toolkit, the database, the network, the command line.
const KNOWN_TO: &[(&str, &[&str])] = &[
    ("tauri", &["pail-desktop"]),
    ("rfd", &["pail-desktop"]),
    ("rusqlite", &["engine", "acceptance", "benches"]),
    ("axum", &["http-face"]),
    ("rustls", &["webhooks", "acceptance"]),
    ("clap", &["pail", "pail-desktop"]),
    ("indicatif", &["pail"]),
];

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(ROOT)
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

fn dependencies(package: &Value) -> impl Iterator<Item = &str> {
    package["dependencies"].as_array().unwrap().iter().map(|dependency| text(dependency, "name"))
}

#[test]
fn crates_depend_only_downwards() {
    let packages = packages();
    let ours: BTreeSet<&str> = packages.iter().map(|package| text(package, "name")).collect();
    for package in &packages {
        let name = text(package, "name");
        let (_, allowed) = MAY_USE
            .iter()
            .find(|(ours, _)| *ours == name)
            .unwrap_or_else(|| panic!("{name} is not on the map"));
        for dependency in dependencies(package).filter(|dependency| ours.contains(dependency)) {
            assert!(allowed.contains(&dependency), "{name} may not use {dependency}");
        }
    }
    assert_eq!(ours.len(), MAY_USE.len(), "the map names a room that is not there");
}

#[test]
fn the_window_the_database_and_the_network_are_known_where_they_belong() {
    for package in &packages() {
        let name = text(package, "name");
        for dependency in dependencies(package) {
            let family = dependency.split('-').next().unwrap();
            for (what, rooms) in KNOWN_TO.iter().filter(|(what, _)| *what == family) {
                assert!(rooms.contains(&name), "{name} may not know {what}");
            }
        }
    }
}

#[test]
fn no_face_speaks_sql_or_knows_where_files_lie() {
    for room in ["crates/api", "crates/http", "crates/cli", "src-tauri"] {
        for (path, source) in sources(&Path::new(ROOT).join(room).join("src"), &["rs"]) {
            for word in ["SELECT ", "INSERT INTO", "pail.db", "rusqlite"] {
                assert!(!source.contains(word), "{path} says {word}");
            }
        }
    }
}

#[test]
fn only_the_host_folder_of_the_page_imports_tauri() {
    let page = Path::new(ROOT).join("ui/src");
    let mut hosts = 0;
    for (path, source) in sources(&page, &["ts", "svelte", "js"]) {
        let imports = source.lines().any(|line| {
            let line = line.trim_start();
            (line.contains("from ") || line.contains("import"))
                && ["\"@tauri-apps/", "'@tauri-apps/"].iter().any(|module| line.contains(module))
        });
        let in_host = path.contains("/src/host/");
        hosts += usize::from(imports && in_host);
        assert!(!imports || in_host, "{path} imports Tauri");
    }
    assert!(hosts > 0, "the test no longer finds what it looks for");
}

/// Path and text of every source file in a folder.
fn sources(folder: &Path, endings: &[&str]) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
    let ours =
        files.filter(|path| path.extension().is_some_and(|end| endings.iter().any(|ours| end == *ours)));
    let found: Vec<_> =
        ours.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap())).collect();
    assert!(!found.is_empty(), "{} holds no sources", folder.display());
    found
}
