//! The command line from outside: every command, every refusal, on temporary homes.
#![allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.

mod access;
mod archive;
mod blob_buckets;
mod bucket;
mod care;
mod crash;
mod data;
mod disk;
mod get;
mod home;
mod keys;
mod limits;
mod links;
mod list;
mod names;
mod output;
mod push;
mod put;
mod serve;
mod sources;
mod together;
mod trash;
mod users;
mod versions;
