//! Large files, and many at once: whole, and in little memory.

use crate::Links;
use acceptance::{exchange, noise};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;

const LARGE: usize = 64 << 20;
const LITTLE: u64 = 32 << 20;

#[test]
fn a_large_file_comes_byte_for_byte_and_memory_stays_flat() {
    let links = Links::new();
    let content = noise(LARGE);
    let path = links.put("large.bin", &content);
    links.get_with(&path, &["Range: bytes=0-0"]);
    let before = links.server.peak_memory();
    let answer = links.get(&path);
    assert!(answer.status == 200 && answer.body == content);
    // Readers that take their time must not make the server hold what they have not read.
    let slow: Vec<_> = (0..4).map(|_| begin(&links, &path)).collect();
    thread::scope(|scope| {
        for mut connection in slow {
            let content = &content;
            scope.spawn(move || {
                let mut bytes = Vec::new();
                connection.read_to_end(&mut bytes).unwrap();
                assert!(bytes.ends_with(content));
            });
        }
    });
    let grown = links.server.peak_memory().saturating_sub(before);
    assert!(grown < LITTLE, "memory grew by {grown} bytes");
}

#[test]
fn a_file_of_any_size_comes_whole_and_at_its_ends() {
    let links = Links::new();
    for size in [0, 1, 4095, 4096, 65_535, 65_536, 65_537, 131_072, 131_073, 262_145, 700_001] {
        let content = noise(size);
        let path = links.put(&format!("{size}.bin"), &content);
        assert!(links.get(&path).body == content, "{size}");
        // The second time as much as possible is at hand.
        assert!(links.get(&path).body == content, "{size} again");
        if let Some(last) = content.last() {
            let end = links.get_with(&path, &["Range: bytes=-1"]);
            assert_eq!((end.status, end.body.as_slice()), (206, [*last].as_slice()), "{size}");
            assert!(links.get_with(&path, &["Range: bytes=1-"]).body == content[1..] || size == 1, "{size}");
        }
    }
}

/// Asks for a file and reads nothing yet.
fn begin(links: &Links, path: &str) -> TcpStream {
    let address = links.server.address();
    let mut connection = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).unwrap();
    connection
}

#[test]
fn many_ask_at_once_and_each_gets_their_own() {
    let links = Links::new();
    let files: Vec<_> = (0..8)
        .map(|number| {
            let content = noise(1000 + number * 30_011);
            (links.put(&format!("{number}.bin"), &content), content)
        })
        .collect();
    let (address, host) = (links.server.address(), format!("Host: {}", links.server.address()));
    thread::scope(|scope| {
        for asker in 0..24 {
            let (files, host) = (&files, host.as_str());
            scope.spawn(move || {
                for step in 0..12 {
                    let (path, content) = &files[(asker + step) % files.len()];
                    let answer = exchange(address, "GET", path, &[host]);
                    assert!(answer.status == 200 && &answer.body == content, "{path}");
                }
            });
        }
    });
}

#[test]
fn a_download_under_way_goes_on_when_the_file_is_replaced_or_deleted_for_good() {
    let links = Links::new();
    let content = noise(LARGE / 4);
    for end in ["replace", "purge"] {
        let path = links.put("large.bin", &content);
        let mut connection = begin(&links, &path);
        let mut first = [0; 4096];
        connection.read_exact(&mut first).unwrap();
        if end == "replace" {
            links.put("large.bin", "something else");
        } else {
            links.home.run(["file", "delete", "kit", "large.bin"]).done();
            links.home.run(["trash", "empty"]).done();
        }
        let mut rest = Vec::new();
        connection.read_to_end(&mut rest).unwrap();
        let all = [&first[..], &rest].concat();
        assert!(all.ends_with(&content), "{end}");
    }
}

#[test]
fn one_connection_serves_many_requests() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    let address = links.server.address();
    let mut connection = TcpStream::connect(address).unwrap();
    for _ in 0..20 {
        write!(connection, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(b"\r\n\r\nwords") {
            let mut byte = [0];
            connection.read_exact(&mut byte).unwrap();
            seen.push(byte[0]);
        }
        assert!(seen.starts_with(b"HTTP/1.1 200"));
    }
}

#[test]
fn askers_who_hang_up_leave_the_server_well() {
    let links = Links::new();
    let path = links.put("large.bin", noise(8 << 20));
    for _ in 0..40 {
        let mut connection = begin(&links, &path);
        let mut first = [0; 100];
        connection.read_exact(&mut first).unwrap();
    }
    assert_eq!(links.get(&path).body.len(), 8 << 20);
}
