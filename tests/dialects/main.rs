//! The foreign APIs over real HTTP: every request that their documents print, and what must be refused.
#![allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.

mod addresses;
mod form;
mod house;
mod limits;
mod native;
mod origins;
mod secrets;
mod sftp_buckets;
mod storage;
mod xyops;
