//! A receiver of messages on this machine, which answers as a test wishes, and checks signatures in its own way.

use acceptance::SOON;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

/// What it answers.
pub enum Reply {
    /// That status line and those header lines, then that body.
    Say(&'static str, String, Vec<u8>),
    /// Nothing, as long as the other side waits.
    Nothing,
    /// One byte after the other, and never an end.
    Drip,
}

impl Reply {
    pub fn status(line: &'static str) -> Self {
        Self::Say(line, String::new(), Vec::new())
    }
}

/// What arrived.
#[derive(Debug, Clone)]
pub struct Message {
    pub line: String,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Message {
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(key, _)| key == name);
        let value = values.next().map_or("", |(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} is there twice");
        value
    }

    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Whether it is signed with that secret, by the letter of the Standard Webhooks and of RFC 2104.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let signed = format!("{}.{}.{}", self.id(), self.header("webhook-timestamp"), self.body);
        let expected = STANDARD.encode(hmac(&key, signed.as_bytes()));
        self.header("webhook-signature").split(' ').any(|one| one == format!("v1,{expected}"))
    }
}

/// HMAC-SHA-256 as RFC 2104 writes it, for keys of up to 64 bytes.
fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let pad = |with: u8| {
        let mut block = [with; 64];
        for (byte, key) in block.iter_mut().zip(key) {
            *byte ^= key;
        }
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

/// A receiver on a free port. It answers 204, unless a test said what comes next.
pub struct Receiver {
    address: SocketAddr,
    arrived: mpsc::Receiver<Message>,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    connections: Arc<Mutex<usize>>,
}

/// How it speaks TLS.
pub type Tls = Arc<rustls::ServerConfig>;

impl Receiver {
    pub fn new() -> Self {
        Self::speaking(None)
    }

    /// One that is called through TLS.
    pub fn secure(tls: Tls) -> Self {
        Self::speaking(Some(tls))
    }

    fn speaking(tls: Option<Tls>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, arrived) = mpsc::channel();
        let replies = Arc::new(Mutex::new(VecDeque::new()));
        let connections = Arc::new(Mutex::new(0));
        let (theirs, count) = (Arc::clone(&replies), Arc::clone(&connections));
        thread::spawn(move || {
            for stream in listener.incoming() {
                *count.lock().unwrap() += 1;
                let (tell, replies, tls) = (tell.clone(), Arc::clone(&theirs), tls.clone());
                // Who hangs up early ends this connection and nothing else.
                thread::spawn(move || match tls {
                    Some(tls) => {
                        let connection = rustls::ServerConnection::new(tls).ok()?;
                        answer(rustls::StreamOwned::new(connection, stream.ok()?), &tell, &replies)
                    }
                    None => answer(stream.ok()?, &tell, &replies),
                });
            }
        });
        Self { address, arrived, replies, connections }
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook?a=b", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What it answers next, in that order.
    pub fn reply(&self, replies: impl IntoIterator<Item = Reply>) {
        self.replies.lock().unwrap().extend(replies);
    }

    /// The next message.
    pub fn next(&self) -> Message {
        self.arrived.recv_timeout(SOON).expect("a message")
    }

    /// What has arrived and was not looked at.
    pub fn rest(&self) -> Vec<Message> {
        self.arrived.try_iter().collect()
    }

    /// How often anybody connected.
    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

fn answer(
    stream: impl Read + Write,
    tell: &mpsc::Sender<Message>,
    replies: &Mutex<VecDeque<Reply>>,
) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut message = Message { line: line.trim_end().to_owned(), headers, body: String::new() };
    let length = message.header("content-length").parse().ok()?;
    reader.by_ref().take(length).read_to_string(&mut message.body).ok()?;
    let reply = replies.lock().unwrap().pop_front().unwrap_or(Reply::status("204 No Content"));
    tell.send(message).ok()?;
    let stream = reader.get_mut();
    match reply {
        Reply::Say(status, headers, body) => {
            let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).ok()?;
            stream.write_all(&body).and_then(|()| stream.flush()).ok()
        }
        // Until the other side hangs up.
        Reply::Nothing => reader.read_to_end(&mut Vec::new()).map(drop).ok(),
        Reply::Drip => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX-Long: ").ok()?;
            loop {
                stream.write_all(b"a").ok()?;
                thread::yield_now();
            }
        }
    }
}
