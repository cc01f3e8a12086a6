//! HTTP face: permalinks to files (A7), served by `pail serve` and by the window.
//!
//! It translates: the engine decides what a link shows. Every route is behind the Host check of [`guard`].

mod commands;
mod connections;
mod docs;
mod door;
mod events;
#[doc(hidden)]
pub mod fuzzing;
mod guard;
mod links;
mod native;
mod origin;
mod page;
mod routes;
mod server;
mod sftp_buckets;
mod status;
mod storage;
mod thumbs;
mod xyops;

pub use routes::Settings;
pub use server::Server;
