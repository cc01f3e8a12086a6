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
mod hosts;
mod links;
mod native;
mod origin;
mod page;
mod routes;
mod server;
mod sftp_buckets;
#[cfg(test)]
mod slow;
mod status;
mod storage;
mod thumbs;
mod xyops;

/// Buckets, blobs and signed URLs as the native API shows them, for faces that speak its words.
pub mod shown {
    pub use crate::native::shown::{Blob, Bucket};
    pub use crate::native::signed::SignedUrl;
}

pub use routes::Settings;
pub use server::Server;
