//! Whoever holds connections without using them keeps nobody out.

use crate::Links;
use acceptance::{Home, Server, noise};
use std::io::Write as _;
use std::net::TcpStream;

#[test]
fn those_who_ask_for_files_and_read_nothing_keep_nobody_out() {
    let home = Home::new();
    home.bucket("Kit");
    // Descriptors for 32 connections: a thousand would fill the system's memory of connections too.
    let links = Links { server: Server::within(&home, 320), home };
    let path = links.put("film.bin", noise(6 << 20));
    let address = links.server.address();
    let mut stalled = Vec::new();
    for _ in 0..60 {
        let mut connection = TcpStream::connect(address).unwrap();
        write!(connection, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        stalled.push(connection);
    }
    for _ in 0..5 {
        assert_eq!(links.get("/health").status, 200);
        assert_eq!(links.get(&path).body.len(), 6 << 20);
    }
}
