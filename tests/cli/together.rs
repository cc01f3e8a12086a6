//! Several processes on one home.

use acceptance::{Home, Server};
use serde_json::Value;
use std::thread;

#[test]
fn merges_of_sixteen_processes_lose_none() {
    const WRITERS: usize = 16;
    const MERGES: usize = 8;
    let home = Home::new();
    home.bucket("Kit");
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let home = &home;
            scope.spawn(move || {
                for merge in 0..MERGES {
                    let patch = format!("{{\"k{writer}-{merge}\": {writer}, \"last\": {writer}}}");
                    home.feed(["data", "merge", "kit", "-"], patch.as_bytes()).done();
                }
            });
        }
    });
    let data = home.json(["data", "show", "kit"]);
    assert_eq!(data["revision"], WRITERS * MERGES);
    let document: Value = serde_json::from_str(data["text"].as_str().unwrap()).unwrap();
    for writer in 0..WRITERS {
        for merge in 0..MERGES {
            assert_eq!(document[format!("k{writer}-{merge}")], writer);
        }
    }
}

#[test]
fn puts_of_several_processes_all_come_in() {
    let home = Home::new();
    home.bucket("Kit");
    thread::scope(|scope| {
        for writer in 0..6 {
            let home = &home;
            for number in 0..20 {
                home.source(&format!("{writer}/{number}.txt"), format!("{writer} {number}"));
            }
            scope.spawn(move || {
                let folder = home.sources().join(writer.to_string());
                home.run(["file", "put", "kit", folder.to_str().unwrap()]).done();
            });
        }
    });
    assert_eq!(home.keys("kit").len(), 120);
    assert_eq!(home.json(["bucket", "show", "kit"])["fileCount"], 120);
    assert_eq!(home.run(["file", "get", "kit", "3/7.txt"]).done(), "3 7");
}

#[test]
fn versions_of_one_file_from_several_processes_are_all_kept() {
    let home = Home::new();
    home.bucket("Kit");
    thread::scope(|scope| {
        for writer in 0..6 {
            let home = &home;
            scope.spawn(move || {
                let file = home.source(&format!("{writer}/shared.txt"), format!("from {writer}"));
                home.run(["file", "put", "kit", file.to_str().unwrap()]).done();
            });
        }
    });
    let detail = home.json(["file", "versions", "kit", "shared.txt"]);
    let mut numbers: Vec<_> = detail["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| version["number"].as_u64().unwrap())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn first_starts_at_once_found_one_workspace() {
    let home = Home::new();
    thread::scope(|scope| {
        for number in 0..8 {
            let home = &home;
            scope.spawn(move || home.bucket(&format!("Bucket {number}")));
        }
    });
    assert_eq!(home.json(["bucket", "list"]).as_array().unwrap().len(), 8);
}

#[test]
fn commands_work_beside_a_running_server_and_it_serves_what_they_did() {
    let home = Home::new();
    let server = Server::on(&home);
    home.bucket("Kit");
    let object = home.put("kit", "a.txt", "fresh");
    let link = home.json(["file", "link", "kit", "a.txt"]);
    assert_eq!(link["served"], true);
    assert_eq!(link["url"], format!("http://{}/{}", server.address(), object["path"].as_str().unwrap()));
    assert_eq!(server.get(&format!("/{}", object["path"].as_str().unwrap())).text(), "fresh");
}
