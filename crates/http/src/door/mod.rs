//! The door that all dialects stand behind: who asks, how often, and how bodies are taken in.
//!
//! A dialect is a folder beside this one with `pub fn routes() -> OpenApiRouter<Face>`. It reads its own requests, asks the
//! engine, and answers in its own words; an [`engine::Error`] is all that comes out of here.

pub mod at;
pub mod body;
pub mod caller;
pub mod form;
pub mod rates;
pub mod spool;
pub mod stage;

use crate::hosts::Hosts;
use axum::extract::FromRef;
use engine::{Code, Engine, Error, Result};
use std::sync::Arc;

/// What every handler is given.
#[derive(Clone)]
pub struct Face {
    /// The open home.
    pub engine: Engine,
    /// Who asked how often.
    pub rates: Arc<rates::Rates>,
    /// What waits for the name of its bucket.
    pub spool: Arc<spool::Spool>,
    /// The hosts that this server answers to.
    pub hosts: Hosts,
    /// Whether the page of the window is served too.
    pub page: bool,
}

impl FromRef<Face> for Engine {
    fn from_ref(face: &Face) -> Self {
        face.engine.clone()
    }
}

impl Face {
    /// The face of a home.
    pub fn new(engine: Engine, hosts: Hosts, page: bool) -> Self {
        let spool = Arc::new(spool::Spool::of(engine.home()));
        Self { engine, rates: Arc::default(), spool, hosts, page }
    }

    /// Does something with the engine where waiting is allowed.
    ///
    /// # Errors
    /// What the work itself refuses; `internal` if it broke.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Engine) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let engine = self.engine.clone();
        tokio::task::spawn_blocking(move || work(&engine)).await.unwrap_or_else(|_| Err(broken()))
    }
}

/// A fault of ours: the request ended, the server goes on.
fn broken() -> Error {
    Error::new(Code::Internal, "Pail could not answer this. Try again, and tell us if it happens again.")
}

/// A request that cannot be read.
pub fn unreadable(what: impl std::fmt::Display) -> Error {
    Error::new(
        Code::BadRequest,
        format!("This request cannot be read: {what}. Look at it and send it again."),
    )
}
