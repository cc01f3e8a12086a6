//! Servers on the loopback, stopped when they are dropped, and a client that only counts.

use crate::Result;
use crate::asker::Asker;
use crate::program::command;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take to start, or to stop.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server.
pub struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// nginx on a directory, as Debian sets it up: a worker for each core, `sendfile`; but without a log of accesses.
    pub fn nginx(root: &Path, scratch: &Path) -> Result<Self> {
        let address = free()?;
        let at = scratch.join("nginx");
        fs::create_dir_all(&at)?;
        let parts = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let places: String = parts.map(|part| format!("{part}_temp_path {part};")).concat();
        let user = if rustix::process::getuid().is_root() { "user root;" } else { "" };
        let config = format!(
            "{user} worker_processes auto; daemon off; pid nginx.pid; error_log error.log;
             events {{ worker_connections 768; }}
             http {{ {places} access_log off; sendfile on; tcp_nopush on; types_hash_max_size 2048;
               server {{ listen {address}; root {}; }} }}",
            root.display()
        );
        fs::write(at.join("nginx.conf"), config)?;
        let path = format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default());
        let mut nginx = command("nginx", ["-e", "error.log", "-c", "nginx.conf", "-p"]);
        Self::start(nginx.arg(at).env("PATH", path), address)
    }

    /// `rclone serve http` on a directory.
    pub fn rclone(root: &Path) -> Result<Self> {
        let address = free()?;
        let mut rclone = command("rclone", ["serve", "http", "--config", "", "--addr"]);
        Self::start(rclone.arg(address.to_string()).arg(root), address)
    }

    /// `pail serve` on a home.
    pub fn pail(pail: &Path, home: &Path) -> Result<Self> {
        let address = free()?;
        let mut serve = command(pail, ["--home"]);
        Self::start(serve.arg(home).args(["serve", "--listen"]).arg(address.to_string()), address)
    }

    /// Starts it and waits until it answers.
    fn start(program: &mut Command, address: SocketAddr) -> Result<Self> {
        let name = program.get_program().to_string_lossy().into_owned();
        let child = program.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut server =
            Self { child: child.map_err(|error| format!("{name} does not run: {error}"))?, address };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            if begun.elapsed() > PATIENCE || server.child.try_wait()?.is_some() {
                return Err(format!("{name} does not answer.").into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(server)
    }

    /// The whole address of a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Somebody who asks it with a key, again and again.
    pub fn asker(&self, key: String) -> Result<Asker> {
        Asker::to(self.address, key, PATIENCE)
    }

    /// Gets a path and throws away what comes; how many bytes came after the head.
    pub fn download(&self, path: &str) -> Result<u64> {
        let mut connection = TcpStream::connect(self.address)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        connection.write_all(request.as_bytes())?;
        let mut buffer = vec![0; 256 * 1024];
        let mut filled = 0;
        let head = loop {
            filled += read_some(&mut connection, &mut buffer[filled..])?;
            if let Some(end) = buffer[..filled].windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
        };
        if !buffer.starts_with(b"HTTP/1.1 200 ") {
            return Err(format!("{} is not there.", self.url(path)).into());
        }
        let mut body = (filled - head) as u64;
        loop {
            match connection.read(&mut buffer)? {
                0 => return Ok(body),
                count => body += count as u64,
            }
        }
    }
}

fn read_some(connection: &mut TcpStream, buffer: &mut [u8]) -> Result<usize> {
    match connection.read(buffer)? {
        0 => Err("The server ended the connection before its answer.".into()),
        count => Ok(count),
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked first, so that it takes its own processes along; one that has ended already cannot be asked.
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
        let begun = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address that nobody listens on.
fn free() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
