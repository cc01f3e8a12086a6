//! Links over real HTTP, against a running `pail serve`.
#![allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.

mod conditions;
mod headers;
mod hosts;
mod names;
mod paths;
mod permalinks;
mod places;
mod ranges;
mod signed;
mod stability;
mod streaming;

use acceptance::{Answer, Home, Server};

/// A home with one bucket, and a server on it.
struct Links {
    home: Home,
    server: Server,
}

impl Links {
    fn new() -> Self {
        let home = Home::new();
        home.bucket("Kit");
        let server = Server::on(&home);
        Self { home, server }
    }

    /// Brings a file in; the path of its link.
    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        format!("/{}", self.home.put("kit", name, content)["path"].as_str().unwrap())
    }

    fn get(&self, path: &str) -> Answer {
        self.server.get(path)
    }

    fn get_with(&self, path: &str, headers: &[&str]) -> Answer {
        self.server.ask("GET", path, headers)
    }
}
