//! Archives that nobody exported: taken apart, changed, and put together again.

use serde_json::Value;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Writes an archive into memory.
pub type Writer = ZipWriter<Cursor<Vec<u8>>>;

/// An archive in parts.
#[derive(Clone)]
pub struct Forgery {
    pub manifest: Value,
    /// Name and content, the manifest left out.
    pub entries: Vec<(String, Vec<u8>)>,
    pub method: CompressionMethod,
}

impl Forgery {
    /// Takes a true archive apart.
    pub fn of(archive: &Path) -> Self {
        let mut zip = ZipArchive::new(fs::File::open(archive).unwrap()).unwrap();
        let mut manifest = Value::Null;
        let mut entries = Vec::new();
        for at in 0..zip.len() {
            let mut entry = zip.by_index(at).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            if name == "manifest.json" {
                manifest = serde_json::from_slice(&bytes).unwrap();
            } else {
                entries.push((name, bytes));
            }
        }
        Self { manifest, entries, method: CompressionMethod::Stored }
    }

    /// The first bucket of the manifest.
    pub fn bucket(&mut self) -> &mut Value {
        &mut self.manifest["buckets"][0]
    }

    /// The first object of the first bucket.
    pub fn object(&mut self) -> &mut Value {
        &mut self.manifest["buckets"][0]["objects"][0]
    }

    /// The content of an entry.
    pub fn content(&mut self, name: &str) -> &mut Vec<u8> {
        &mut self.entries.iter_mut().find(|(other, _)| other == name).unwrap().1
    }

    /// Gives the first object another key, in the manifest and as an entry.
    pub fn rename(&mut self, key: &str) {
        let former = format!("kit/files/{}", self.object()["key"].as_str().unwrap());
        self.object()["key"] = key.into();
        self.entries.iter_mut().find(|(name, _)| *name == former).unwrap().0 = format!("kit/files/{key}");
    }

    /// The bytes of the archive.
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes_with(&mut |_| ())
    }

    /// The same with entries that only a writer can make.
    pub fn bytes_with(&self, more: &mut dyn FnMut(&mut Writer)) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(self.method);
        zip.start_file("manifest.json", options).unwrap();
        zip.write_all(&serde_json::to_vec(&self.manifest).unwrap()).unwrap();
        for (name, bytes) in &self.entries {
            zip.start_file(name.as_str(), options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        more(&mut zip);
        zip.finish().unwrap().into_inner()
    }
}

/// Changes the headers of an entry: both, the one before its content and the one in the directory at the end.
pub fn headers(bytes: &mut [u8], name: &str, change: &mut dyn FnMut(&mut [u8], Header)) {
    for (header, signature, length, at) in
        [(Header::Local, b"PK\x03\x04", 26, 30), (Header::Central, b"PK\x01\x02", 28, 46)]
    {
        let mut found = 0;
        for start in 0..bytes.len() - at {
            let here = &mut bytes[start..];
            let is_one = here.starts_with(signature)
                && usize::from(u16::from_le_bytes([here[length], here[length + 1]])) == name.len()
                && here[at..].starts_with(name.as_bytes());
            if is_one {
                change(here, header);
                found += 1;
            }
        }
        assert_eq!(found, 1, "{name}");
    }
}

/// Which header.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Header {
    Local,
    Central,
}

/// Says of an entry that it is so long when it is uncompressed.
pub fn declare(bytes: &mut [u8], name: &str, size: u32) {
    headers(bytes, name, &mut |header, kind| {
        let at = if kind == Header::Local { 22 } else { 24 };
        header[at..at + 4].copy_from_slice(&size.to_le_bytes());
    });
}
