//! HTTP face: permalinks to files (A7), served by `pail serve` and by the window.
//!
//! It translates: the engine decides what a link shows. Every route is behind the Host check of [`guard`].

mod connections;
mod door;
mod guard;
mod links;
mod origin;
mod routes;
mod server;
mod status;
mod thumbs;
mod xyops;

pub use routes::Settings;
pub use server::Server;
