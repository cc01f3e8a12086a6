//! Webhooks against a receiver that is really there: what arrives, what never leaves, and what outlives a crash.
#![allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.

mod command_line;
mod delivery;
mod guard;
mod house;
mod processes;
mod receiver;
mod tls;
