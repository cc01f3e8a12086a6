//! Killed in the middle: what was acknowledged is there, what was not leaves nothing.

use acceptance::{Home, Server, noise, wait_until};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::fs::{self, File};
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

/// A put of a large file, stopped at a moment when some of it is copied and some is not.
fn large_put(home: &Home) -> Child {
    let path = home.sources().join("large.bin");
    // Zeroes that lie nowhere are read fast and still have to be copied.
    File::create(&path).unwrap().set_len(2 << 30).unwrap();
    let mut command = home.command(["file", "put", "kit", path.to_str().unwrap()]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait_until("the copy is on its way", || {
        home.contents().iter().any(|path| fs::metadata(path).is_ok_and(|meta| meta.len() > 1 << 20))
    });
    child
}

fn send(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

#[test]
fn a_put_that_is_killed_leaves_no_object_and_the_next_server_sweeps_its_bytes() {
    let home = Home::new();
    home.bucket("Kit");
    let mut child = large_put(&home);
    send(&child, Signal::KILL);
    child.wait().unwrap();
    assert!(home.keys("kit").is_empty());
    assert_eq!(home.json(["bucket", "show", "kit"])["fileCount"], 0);
    let server = Server::on(&home);
    wait_until("the bytes are swept", || home.contents().is_empty());
    assert_eq!(server.end(Signal::TERM), Some(0));
}

#[test]
fn ctrl_c_stops_a_put_and_leaves_nothing() {
    for signal in [Signal::INT, Signal::TERM] {
        let home = Home::new();
        home.bucket("Kit");
        let child = large_put(&home);
        send(&child, signal);
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains("You stopped it"), "{told}");
        assert!(home.contents().is_empty(), "{:?}", home.contents());
        assert!(home.keys("kit").is_empty());
    }
}

#[test]
fn whenever_a_put_of_many_is_killed_every_listed_file_is_whole_and_the_rest_is_swept() {
    let home = Home::new();
    home.bucket("Kit");
    let contents: Vec<Vec<u8>> = (0..60).map(|number| noise(500 + number * 211)).collect();
    for (number, content) in contents.iter().enumerate() {
        home.source(&format!("set/{number:02}.bin"), content);
    }
    let set = home.sources().join("set");
    for round in 0..12_u64 {
        let into = format!("round-{round}");
        let mut command = home.command(["file", "put", "kit", set.to_str().unwrap(), "--into", &into]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(round * 9));
        // One that is done already cannot be killed any more.
        let _ = child.kill();
        child.wait().unwrap();
    }
    let page = home.json(["file", "list", "kit"]);
    let objects = page["objects"].as_array().unwrap();
    assert_eq!(objects.len() % 60, 0, "a batch is there whole or not at all");
    assert_eq!(page["total"], objects.len());
    let whole = |object: &Value| {
        let number: usize = object["name"].as_str().unwrap()[..2].parse().unwrap();
        home.run(["file", "get", "kit", object["key"].as_str().unwrap()]).bytes == contents[number]
    };
    assert!(objects.iter().step_by(17).all(whole));
    let server = Server::on(&home);
    wait_until("orphans are swept", || home.contents().len() == objects.len());
    assert_eq!(server.end(Signal::INT), Some(0));
    home.run(["file", "put", "kit", set.to_str().unwrap()]).done();
}
