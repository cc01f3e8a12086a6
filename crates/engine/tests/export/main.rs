//! Export and import (E10): what goes along, what comes back, and what is refused.
#![allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.

#[path = "../common/mod.rs"]
mod common;
mod forgery;
mod hostile;
mod rounds;
mod stopped;
