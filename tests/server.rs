//! A running `pail serve`.

use crate::{Answer, Home, exchange, peak_memory, wait_until};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};

const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

/// A server on a free port, until it is dropped.
pub struct Server {
    child: Child,
    _out: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl Server {
    /// Starts one on a home and waits until it listens.
    pub fn on(home: &Home) -> Self {
        Self::with(home, &[])
    }

    /// The same with further arguments.
    pub fn with(home: &Home, arguments: &[&str]) -> Self {
        let mut command = home.command(SERVE);
        command.args(arguments);
        Self::of(command)
    }

    /// One that the system allows so many descriptors.
    pub fn within(home: &Home, descriptors: u32) -> Self {
        let plain = home.command(SERVE);
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -n $0 && exec \"$@\"", &descriptors.to_string()]);
        command.arg(plain.get_program()).args(plain.get_args()).stdin(Stdio::null());
        Self::of(command)
    }

    fn of(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on http://").expect(&line).parse().unwrap();
        Self { child, _out: out, address }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Asks for a path with those header lines.
    pub fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Answer {
        let host = format!("Host: {}", self.address);
        let lines: Vec<&str> = std::iter::once(host.as_str()).chain(headers.iter().copied()).collect();
        exchange(self.address, method, path, &lines)
    }

    /// Gets a path.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Asks it to end, and waits; its exit code.
    pub fn end(mut self, signal: Signal) -> Option<i32> {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        let mut status = None;
        wait_until("the server ends", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        status.and_then(|status| status.code())
    }

    /// The most memory it has had, in bytes.
    pub fn peak_memory(&self) -> u64 {
        peak_memory(self.child.id()).expect("it runs")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
