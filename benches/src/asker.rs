//! A client that keeps its connection and asks with a key.

use crate::Result;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// One connection.
pub struct Asker {
    connection: TcpStream,
    host: String,
    key: String,
    buffer: Vec<u8>,
}

impl Asker {
    /// Connects to a server.
    pub fn to(address: SocketAddr, key: String, patience: Duration) -> Result<Self> {
        let connection = TcpStream::connect(address)?;
        connection.set_read_timeout(Some(patience))?;
        connection.set_nodelay(true)?;
        Ok(Self { connection, host: address.to_string(), key, buffer: Vec::new() })
    }

    /// Gets a path: the body, whose length the server has to say. Any status but 200 is an error.
    pub fn get(&mut self, path: &str) -> Result<&[u8]> {
        let Self { connection, host, key, buffer } = self;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nX-API-Key: {key}\r\n\r\n");
        connection.write_all(request.as_bytes())?;
        buffer.clear();
        let head = loop {
            more(connection, buffer)?;
            if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let said = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
        let length = said.lines().find_map(|line| line.strip_prefix("content-length:"));
        let whole = head
            + length.ok_or("The server does not say how long its answer is.")?.trim().parse::<usize>()?;
        while buffer.len() < whole {
            more(connection, buffer)?;
        }
        match said.starts_with("http/1.1 200 ") {
            true => Ok(&buffer[head..whole]),
            false => Err(format!("{path}: {}", String::from_utf8_lossy(buffer)).into()),
        }
    }
}

fn more(connection: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<()> {
    let before = buffer.len();
    buffer.resize(before + 64 * 1024, 0);
    let count = connection.read(&mut buffer[before..])?;
    buffer.truncate(before + count);
    if count == 0 { Err("The server ended the connection before its answer.".into()) } else { Ok(()) }
}
