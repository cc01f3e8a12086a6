//! Archives that are taken in (E10). Input: the bytes of one; or, where they do not begin as those of one, what a small
//! one is made of: its manifest with a line feed at the end, then a line with a name and a line with content for each entry.

use crate::Target;
use engine::model::{Bucket, BucketOrder, ObjectRef};
use engine::rules::{name, slug};
use engine::{Caller, Code, Engine, ImportOptions, ListRequest};
use std::fs::File;
use std::io::{Cursor, Read as _, Write as _};
use std::path::PathBuf;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub const TARGET: Target = Target {
    name: "archives",
    holds,
    words: &[
        "PK\u{3}\u{4}",
        "PK\u{1}\u{2}",
        "PK\u{5}\u{6}",
        "PK\u{6}\u{6}",
        "manifest.json",
        "kit/data.json",
        "kit/files/a.txt",
        "kit/files/../a.txt",
        "/etc/passwd",
        "\n",
        "\0\0",
        "\"version\":1",
        "\"size\":5",
        "\"key\":\"a.txt\"",
        "\"objects\":[]",
        "\"folders\":{\"a\":\"b\"}",
        "\"originalName\":\"..\"",
        "\"metadata\":{}",
        "null",
        "{}",
    ],
    tries: 3_000,
};

/// A home that is empty before each input and after it.
struct Home {
    dir: TempDir,
    engine: Engine,
}

thread_local! {
    static HOME: Home = {
        let dir = tempfile::tempdir().unwrap();
        let engine = Engine::open(&dir.path().join("home")).unwrap();
        Home { dir, engine }
    };
}

fn holds(input: &[u8]) {
    let made;
    let bytes = if input.starts_with(b"PK") {
        input
    } else {
        made = archive_of(input);
        &made
    };
    HOME.with(|home| home.takes_in_what_it_says_or_nothing(bytes));
}

impl Home {
    fn archive(&self) -> PathBuf {
        self.dir.path().join("in.zip")
    }

    fn takes_in_what_it_says_or_nothing(&self, bytes: &[u8]) {
        std::fs::write(self.archive(), bytes).unwrap();
        let me = Caller::window();
        let mut most = None;
        let mut report = |at: engine::Progress| {
            assert!(at.files <= at.files_total && at.bytes <= at.bytes_total, "more came than was said");
            most = Some(at);
            true
        };
        match self.engine.import(&me, &self.archive(), ImportOptions::default(), &mut report) {
            Err(error) => {
                assert!(matches!(error.code(), Code::InvalidArchive | Code::NoSpace), "{error}");
                assert!(error.message().len() < 2000, "a refusal that repeats the archive");
            }
            Ok(imported) => {
                let end = most.expect("progress is told");
                assert_eq!((end.files, end.bytes), (imported.files, imported.bytes));
                if let Some(said) = self.said() {
                    assert_eq!(said["buckets"].as_array().unwrap().len(), imported.buckets.len());
                    for (at, bucket) in imported.buckets.iter().enumerate() {
                        self.is_what_was_said(&me, bucket, &said["buckets"][at]);
                    }
                }
                for bucket in &imported.buckets {
                    self.engine.bucket_delete(&me, &bucket.id).unwrap();
                    self.engine.bucket_purge(&me, &bucket.id).unwrap();
                }
            }
        }
        assert!(self.engine.bucket_list(&me, "", BucketOrder::Title, false).unwrap().is_empty());
        let left = std::fs::read_dir(self.dir.path()).unwrap().count();
        assert_eq!(left, 2, "something was written beside the home");
    }

    /// The manifest, by another reader.
    fn said(&self) -> Option<serde_json::Value> {
        Some(serde_json::from_slice(&self.entry("manifest.json")?).unwrap())
    }

    /// What another reader finds. It may find less than ours: where bytes lie between, it takes them for a program that
    /// stands before the archive.
    fn entry(&self, name: &str) -> Option<Vec<u8>> {
        let mut zip = ZipArchive::new(File::open(self.archive()).unwrap()).ok()?;
        let mut content = Vec::new();
        zip.by_name(name).ok()?.read_to_end(&mut content).ok()?;
        Some(content)
    }

    fn is_what_was_said(&self, me: &Caller, bucket: &Bucket, said: &serde_json::Value) {
        assert!(slug::is_slug(&bucket.slug), "{:?}", bucket.slug);
        let slug = said["slug"].as_str().unwrap();
        let data = self.engine.data_show(me, &bucket.id).unwrap().text;
        assert_eq!(engine::blob::hash(data.as_bytes()), said["data"]["blake3"].as_str().unwrap());
        if let Some(sent) = self.entry(&format!("{slug}/data.json")) {
            assert_eq!(data.as_bytes(), sent);
        }
        let request = ListRequest { limit: 1000, ..ListRequest::default() };
        let objects = self.engine.object_list(me, &bucket.id, &request).unwrap().objects;
        let listed = said["objects"].as_array().unwrap();
        assert_eq!((objects.len(), bucket.file_count), (listed.len(), listed.len() as u64));
        for object in objects {
            let key = object.key();
            let (folder, name) = name::key(&key).unwrap();
            assert_eq!((&folder, &name), (&object.folder, &object.name), "a key that cannot be");
            assert_eq!(name::original(&object.original_name), object.original_name);
            let sent = self.entry(&format!("{slug}/files/{key}"));
            let (_, content) =
                self.engine.object_open(me, &bucket.id, &ObjectRef::Id(object.id.clone())).unwrap();
            let mut kept = vec![0; usize::try_from(content.size()).unwrap()];
            assert_eq!(content.read_at(&mut kept, 0).unwrap(), kept.len());
            assert!(sent.is_none_or(|sent| sent == kept), "{key}");
            assert_eq!(engine::blob::hash(&kept), object.hash);
            let entry = listed.iter().find(|entry| entry["key"] == key.as_str()).unwrap();
            assert_eq!(entry["blake3"], object.hash.as_str(), "{key}");
        }
    }
}

/// A sound zip file around what may be anything.
fn archive_of(input: &[u8]) -> Vec<u8> {
    let mut lines = input.split(|byte| *byte == b'\n');
    let manifest = lines.next().unwrap_or_default();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8], method| {
        let options = SimpleFileOptions::default().compression_method(method);
        // A second entry of one name is refused by the writer; what is written then holds it once.
        if zip.start_file(name, options).is_ok() {
            zip.write_all(content).unwrap();
        }
    };
    add("manifest.json", manifest, CompressionMethod::Deflated);
    while let (Some(name), Some(content)) = (lines.next(), lines.next()) {
        add(&String::from_utf8_lossy(name), content, CompressionMethod::Stored);
    }
    zip.finish().unwrap().into_inner()
}
