//! A home for a test, and short words for what tests do often.
#![allow(dead_code, reason = "each test file uses some of them")]
#![allow(clippy::unwrap_used, reason = "this is test code, though not inside a test function")]

use engine::clock::SetClock;
use engine::model::{Bucket, Event, EventKind, Limits, Object, ObjectRef};
use engine::transfer::{Ingest, Ingested, Source};
use engine::{Caller, Engine, NewBucket};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

pub const NOW: i64 = 1_790_000_000_000;

/// A home that goes when the test ends.
pub struct Home {
    pub dir: TempDir,
    pub engine: Engine,
    pub clock: Arc<SetClock>,
    pub me: Caller,
}

impl Home {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(SetClock::at(NOW));
        let engine = Engine::open_with(&dir.path().join("home"), clock.clone()).unwrap();
        Self { dir, engine, clock, me: Caller::window().named("Mara") }
    }

    pub fn bucket(&self, title: &str) -> Bucket {
        self.limited(title, Limits::default())
    }

    pub fn limited(&self, title: &str, limits: Limits) -> Bucket {
        let new = NewBucket { title: title.into(), limits, ..NewBucket::default() };
        self.engine.bucket_create(&self.me, new).unwrap()
    }

    pub fn put(&self, bucket: &Bucket, key: &str, bytes: &[u8]) -> Object {
        let size = Some(bytes.len() as u64);
        self.engine.object_put(&self.me, &bucket.id, key, &mut Cursor::new(bytes), size).unwrap().object
    }

    pub fn read(&self, bucket: &Bucket, key: &str) -> Vec<u8> {
        let (_, content) =
            self.engine.object_open(&self.me, &bucket.id, &ObjectRef::Key(key.into())).unwrap();
        let mut bytes = vec![0; content.size() as usize];
        let mut at = 0;
        while at < bytes.len() {
            at += content.read_at(&mut bytes[at..], at as u64).unwrap();
        }
        bytes
    }

    /// Writes a file outside of the home.
    pub fn file(&self, path: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join("source").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub fn drop_in(&self, bucket: &Bucket, paths: &[PathBuf]) -> Ingested {
        self.ingest(bucket, paths.iter().map(|path| source(path)).collect())
    }

    pub fn ingest(&self, bucket: &Bucket, sources: Vec<Source>) -> Ingested {
        let ingest = Ingest {
            bucket: bucket.id.clone(),
            folder: String::new(),
            sources,
            except: Default::default(),
            transfer: None,
        };
        self.engine.ingest(&self.me, &ingest, &|_| ()).unwrap()
    }

    /// The events since `after`, as kind and detail.
    pub fn events(&self, after: u64) -> Vec<(EventKind, String)> {
        self.engine
            .events(after, None, 1000)
            .unwrap()
            .into_iter()
            .map(|e: Event| (e.kind, e.detail))
            .collect()
    }

    pub fn newest_event(&self) -> u64 {
        self.engine.events(0, None, 1000).unwrap().last().map_or(0, |event| event.id)
    }

    /// Every content file in the home.
    pub fn content_files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut open = vec![self.engine.home().join("files")];
        while let Some(dir) = open.pop() {
            for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
                let hidden = entry.file_name().to_string_lossy().starts_with('.');
                if !hidden && entry.path().is_dir() {
                    open.push(entry.path());
                } else if !hidden {
                    found.push(entry.path());
                }
            }
        }
        found
    }

    /// Files that are staged and not placed.
    pub fn staged_files(&self) -> usize {
        let mut count = 0;
        for process in
            std::fs::read_dir(self.engine.home().join("files/.staging")).into_iter().flatten().flatten()
        {
            let entries = std::fs::read_dir(process.path()).into_iter().flatten().flatten();
            count += entries.filter(|entry| entry.file_name() != ".alive").count();
        }
        count
    }

    /// Asserts that the counters say what is there.
    pub fn assert_counts(&self, bucket: &Bucket) {
        let shown = self.engine.bucket_show(&engine::Caller::cli(), &bucket.id).unwrap();
        let request = engine::ListRequest { limit: 1000, ..Default::default() };
        let page = self.engine.object_list(&self.me, &bucket.id, &request).unwrap();
        assert_eq!(shown.file_count, page.objects.len() as u64, "files of {}", bucket.title);
        assert_eq!(shown.byte_count, page.objects.iter().map(|object| object.size).sum::<u64>());
        let top = engine::ListRequest { folder: Some(String::new()), limit: 1000, ..Default::default() };
        let top = self.engine.object_list(&self.me, &bucket.id, &top).unwrap();
        let below: u64 = top.folders.iter().map(|folder| folder.file_count).sum();
        assert_eq!(shown.file_count, top.total + below);
    }
}

pub fn source(path: &Path) -> Source {
    Source { path: path.to_owned(), into: String::new(), decision: None }
}

pub fn key(key: &str) -> ObjectRef {
    ObjectRef::Key(key.into())
}

pub fn id(object: &Object) -> ObjectRef {
    ObjectRef::Id(object.id.clone())
}
