//! Export and import (E10): buckets with settings, data and files in one zip, and the way back.
//!
//! An archive holds `manifest.json`, then for each bucket `<slug>/data.json` and `<slug>/files/<key>`. It holds no
//! secrets: links, keys, users and earlier versions stay at home.

mod archive;
mod examine;
mod import;
mod manifest;
mod outlet;
mod pack;

pub use import::{ImportOptions, Imported};
pub use pack::{Exported, Selection};

use crate::{Code, Error, Result};

/// The manifest's name in the archive.
const MANIFEST: &str = "manifest.json";
/// The longest manifest, and so the most files that one archive holds: over a million.
const MAX_MANIFEST: u64 = 512 << 20;
/// Bytes read at once.
const PIECE: usize = 512 * 1024;

/// How far an export or an import is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files done.
    pub files: u64,
    /// Files in all.
    pub files_total: u64,
    /// Bytes of files done.
    pub bytes: u64,
    /// Bytes of files in all.
    pub bytes_total: u64,
}

/// Told of each step; answers whether to go on.
type Report<'a> = &'a mut dyn FnMut(Progress) -> bool;

/// Counts what is done, tells of it, and stops when it is told to.
struct Meter<'a> {
    at: Progress,
    report: Report<'a>,
}

impl<'a> Meter<'a> {
    /// At the beginning.
    fn new(files_total: u64, bytes_total: u64, report: Report<'a>) -> Result<Self> {
        let mut meter = Self { at: Progress { files_total, bytes_total, ..Progress::default() }, report };
        meter.tell()?;
        Ok(meter)
    }

    fn bytes(&mut self, bytes: u64) -> Result<()> {
        self.at.bytes += bytes;
        self.tell()
    }

    fn file(&mut self) -> Result<()> {
        self.at.files += 1;
        self.tell()
    }

    fn tell(&mut self) -> Result<()> {
        if (self.report)(self.at) {
            return Ok(());
        }
        Err(Error::new(Code::Cancelled, "Stopped as you said. Nothing of it stays."))
    }
}

/// Where the document of a bucket stands.
fn data_entry(slug: &str) -> String {
    format!("{slug}/data.json")
}

/// Where an object stands.
fn file_entry(slug: &str, key: &str) -> String {
    format!("{slug}/files/{key}")
}
