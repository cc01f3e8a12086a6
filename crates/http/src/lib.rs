//! HTTP face: links to files, served from the loopback.

/// A running server.
pub struct Server;
