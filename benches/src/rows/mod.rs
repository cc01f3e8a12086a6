//! The rows of the table, one file each. Goals are those of the design, section 7.

mod cpu;
mod download;
mod growth;
mod large_file;
mod list;
mod list_http;
mod many_files;
mod memory;
mod merge;
mod merge_http;
mod put;
mod restart;
mod scrub;
mod small_get;

use crate::Result;
use crate::bench::Bench;
use crate::line::Found;

/// One piece of work that is measured.
pub struct Row {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// Does it.
    pub run: fn(&Bench) -> Result<Found>,
}

/// All of them, in the order of the table.
pub const ROWS: [Row; 14] = [
    Row { name: "many", about: "10,000 files of 10 KB, durable, against cp and git", run: many_files::run },
    Row {
        name: "cpu",
        about: "the same in memory: time of the processor, against cp and rclone",
        run: cpu::run,
    },
    Row { name: "large", about: "a file of 1 GB, durable, against cp", run: large_file::run },
    Row { name: "put", about: "one durable put after the other, and eight at a time", run: put::run },
    Row { name: "merge", about: "merges into a bucket's data, and sixteen at a time", run: merge::run },
    Row { name: "http", about: "merges over HTTP, sixteen at a time, against SQLite", run: merge_http::run },
    Row { name: "download", about: "500 MB over HTTP, against nginx and rclone", run: download::run },
    Row { name: "get", about: "10 KB over HTTP on sixteen connections, against nginx", run: small_get::run },
    Row { name: "list", about: "the first page of 100 among a million objects", run: list::run },
    Row { name: "page", about: "the same over HTTP, with a key", run: list_http::run },
    Row { name: "memory", about: "memory that a put of 1 GB takes", run: memory::run },
    Row { name: "scrub", about: "comparing all content with its hashes, against b3sum", run: scrub::run },
    Row { name: "restart", about: "starting again after a kill, at 100,000 objects", run: restart::run },
    Row { name: "growth", about: "what acts cost from 1,000 to 1,000,000 objects", run: growth::run },
];
