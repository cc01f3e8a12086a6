//! An archive that somebody hands in. Nothing it says is believed: entries are met one by one against what the manifest
//! lists, and no name in it is ever a path on this machine.

use super::manifest::{FORMAT, Head, Manifest, VERSION};
use super::{MANIFEST, MAX_MANIFEST};
use crate::rules::words;
use crate::{Code, Error, Result};
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use zip::read::{ArchiveOffset, Config, ZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;
use zip::{CompressionMethod, ZipReadOptions};

/// The longest part of a manifest for one entry: names, and 8 KB of metadata with every letter escaped.
const MAX_LISTED: u64 = 64 << 10;
/// The kind of file in a Unix mode, and what a plain file's is.
const KIND: u32 = 0o170_000;
const PLAIN: u32 = 0o100_000;

/// An open archive.
pub struct Archive {
    entries: ZipIterable<BufReader<File>>,
    bodies: BufReader<File>,
}

impl Archive {
    /// Opens a file. Of a list of entries that goes beyond the file nothing is read.
    ///
    /// # Errors
    /// `invalid_archive` for what is no zip file; `source_missing`, `source_unreadable`, `source_not_a_file`.
    pub fn open(path: &Path) -> Result<Self> {
        // Looked at before it is opened: a pipe would wait for its other end.
        let meta = path.metadata().map_err(|error| unread(path, error))?;
        if !meta.is_file() {
            let why = format!("{} is no file", path.display());
            return Err(Error::refusal(Code::SourceNotAFile, why, "Name the file of an export."));
        }
        let open = || File::open(path).map(BufReader::new).map_err(|error| unread(path, error));
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let entries = ZipIterable::try_new(open()?, config).map_err(broken)?.enforce_header_consistency(true);
        Ok(Self { entries, bodies: open()? })
    }

    /// Entries in all.
    pub fn len(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Reads the manifest, as far as one of so many entries may be long.
    ///
    /// # Errors
    /// `invalid_archive`; of a form that a newer Pail wrote, too.
    pub fn manifest(&mut self) -> Result<Manifest> {
        let head: Head = self.read_manifest()?;
        if head.format != FORMAT {
            return Err(invalid("It was not exported by Pail"));
        }
        if head.version != VERSION {
            return Err(Error::refusal(
                Code::InvalidArchive,
                format!("Another Pail wrote it: its form is {}, and this Pail knows {VERSION}", head.version),
                "Update Pail and import it again.",
            ));
        }
        self.read_manifest()
    }

    fn read_manifest<T: DeserializeOwned>(&mut self) -> Result<T> {
        let most = MAX_MANIFEST.min((self.len() + 1).saturating_mul(MAX_LISTED));
        let found = self.entries.files().map_err(broken)?.find(|entry| match entry {
            Ok(entry) => entry.name_raw() == MANIFEST.as_bytes(),
            Err(_) => true,
        });
        let entry = found.ok_or_else(|| invalid("It has no manifest"))?.map_err(broken)?;
        check_kind(&entry)?;
        if entry.size() > most {
            let most = words::limit(most);
            return Err(invalid(format!("Its manifest is over {most}, too long for what it holds")));
        }
        let size = entry.size();
        let body = entry.with_reader(&mut self.bodies, options()).map_err(broken)?;
        // Read up to its end, where its checksum is compared. Of what is longer than it says, one byte more is read, and
        // that is no manifest then.
        serde_json::from_reader(BufReader::new(body.take(size + 1)))
            .map_err(|error| invalid(format!("Its manifest cannot be read: {error}")))
    }

    /// Meets every entry with the size that it is to have, by name; all of them, each once, and nothing besides.
    ///
    /// # Errors
    /// `invalid_archive`.
    pub fn check(&mut self, expected: &HashMap<String, u64>) -> Result<()> {
        let mut missing: HashMap<&str, u64> =
            expected.iter().map(|(name, size)| (name.as_str(), *size)).collect();
        let mut places = Vec::with_capacity(expected.len() + 1);
        let mut manifests = 0;
        for entry in self.entries.files().map_err(broken)? {
            let entry = entry.map_err(broken)?;
            check_kind(&entry)?;
            let name = std::str::from_utf8(entry.name_raw()).unwrap_or_default();
            if name == MANIFEST {
                manifests += 1;
            } else {
                let Some(size) = missing.remove(name) else {
                    let shown = shown(entry.name_raw());
                    return Err(invalid(format!("{shown} is not in its manifest, or is there twice")));
                };
                if size != entry.size() {
                    return Err(invalid(format!(
                        "{} has another size than its manifest says",
                        shown(name.as_bytes())
                    )));
                }
            }
            places.push((entry.header_start(), entry.compressed_size()));
        }
        if manifests != 1 {
            return Err(invalid("It has two manifests"));
        }
        if let Some(name) = missing.keys().next() {
            return Err(invalid(format!("{} is missing", shown(name.as_bytes()))));
        }
        check_places(places)
    }

    /// Hands out every entry but the manifest with its content, which ends after the size it is to have, or goes on by one
    /// byte if it is longer.
    ///
    /// # Errors
    /// What `each` refuses, and `invalid_archive`.
    pub fn each(&mut self, each: &mut dyn FnMut(&str, &mut dyn Read) -> Result<()>) -> Result<()> {
        for entry in self.entries.files().map_err(broken)? {
            let entry = entry.map_err(broken)?;
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if name == MANIFEST {
                continue;
            }
            let size = entry.size();
            let body = entry.with_reader(&mut self.bodies, options()).map_err(broken)?;
            each(&name, &mut body.take(size.saturating_add(1)))?;
        }
        Ok(())
    }
}

fn options() -> ZipReadOptions<'static> {
    ZipReadOptions::new()
}

/// Refuses what is no plain file, stored or deflated, for everybody to read.
fn check_kind(entry: &ZipFileEntry<'_>) -> Result<()> {
    let kind = entry.unix_mode().map_or(PLAIN, |mode| mode & KIND);
    let why = if entry.is_dir() {
        "is a folder"
    } else if entry.is_symlink() || !matches!(kind, 0 | PLAIN) {
        "is a link or a device"
    } else if entry.encrypted() {
        "is encrypted"
    } else if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        "is compressed in a way that Pail does not use"
    } else {
        return Ok(());
    };
    Err(invalid(format!("{} {why}", shown(entry.name_raw()))))
}

/// Refuses entries that share bytes: a small file could stand for many large ones.
fn check_places(mut places: Vec<(u64, u64)>) -> Result<()> {
    places.sort_unstable();
    let apart = places.windows(2).all(|pair| pair[0].0.saturating_add(pair[0].1) < pair[1].0);
    if apart { Ok(()) } else { Err(invalid("Some of its entries share bytes")) }
}

/// A refusal of the whole archive.
pub fn invalid(why: impl Into<String>) -> Error {
    let why = why.into();
    Error::refusal(
        Code::InvalidArchive,
        format!("This archive cannot be taken in. {}", why.trim_end_matches('.')),
        "Nothing was changed. Export the buckets again, and import that file.",
    )
}

fn unread(path: &Path, error: io::Error) -> Error {
    let code = match error.kind() {
        io::ErrorKind::NotFound => Code::SourceMissing,
        _ => Code::SourceUnreadable,
    };
    let why = format!("{} cannot be read: {error}", path.display());
    Error::refusal(code, why, "Name the file of an export.").because(error)
}

/// What the reader of zip files says; a fault of the disk is told as one.
fn broken(error: ZipError) -> Error {
    match error {
        ZipError::Io(error) if error.raw_os_error().is_some() => Error::refusal(
            Code::SourceUnreadable,
            format!("The disk failed: {error}"),
            "Look at it and try again.",
        )
        .because(error),
        error => invalid(format!("It is no sound zip file: {error}")),
    }
}

/// A name as it can be told: anything may stand in it.
fn shown(name: &[u8]) -> String {
    let name: String = String::from_utf8_lossy(name).chars().filter(|c| !c.is_control()).take(120).collect();
    format!("“{name}”")
}
