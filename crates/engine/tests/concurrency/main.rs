//! How threads may meet, explored: the files of group commit are built here a second time, on locks and channels whose
//! every turn a scheduler decides. It tries many orders of turns, all of them where they are few, and finds threads that
//! wait for ever. What it finds fails with a schedule that `shuttle::replay` repeats.
//!
//! The engine itself, with its database, takes its turns between the steps of its content: `protocols`.
//!
//! `PAIL_INTERLEAVINGS` says how many of each test (20,000 if it does not; of the whole engine a twentieth of that, of its
//! backups an eightieth); `SHUTTLE_RANDOM_SEED` repeats a run.

#![allow(clippy::unwrap_used, reason = "this is test code, though not all of it inside test functions")]
#![allow(clippy::print_stdout, reason = "each test says how much it tried")]

mod batches;
mod controls;
mod db;
mod explore;
mod protocols;
#[path = "../../src/blob/local/together.rs"]
mod shared;
mod sqlite;
mod steps;
mod store;
mod sync;
mod together;

// What the files of the engine find in its root, these find here.
use engine::{Code, Error, Result};
