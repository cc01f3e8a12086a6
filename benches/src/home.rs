//! A home with one bucket, as the engine sees it.

use crate::Result;
use engine::model::{Object, ObjectRef, Privilege};
use engine::transfer::{Ingest, Source};
use engine::{Caller, Engine, ListRequest, NewBucket, NewKey, Page};
use std::collections::HashSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// An open home.
pub struct Home {
    engine: Engine,
    me: Caller,
    bucket: String,
}

impl Home {
    /// Makes a home in a directory that is not there yet.
    pub fn new(path: &Path) -> Result<Self> {
        let (engine, me) = (Engine::open(path)?, Caller::cli());
        let new = NewBucket { title: "Bench".to_owned(), ..NewBucket::default() };
        let bucket = engine.bucket_create(&me, new)?.id;
        Ok(Self { engine, me, bucket })
    }

    /// Opens one that is there.
    pub fn open(path: &Path, bucket: &str) -> Result<Self> {
        Ok(Self { engine: Engine::open(path)?, me: Caller::cli(), bucket: bucket.to_owned() })
    }

    /// The bucket's id.
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// The secret of a key that may do all but manage.
    pub fn key(&self) -> Result<String> {
        let privileges = vec![Privilege::CreateBuckets, Privilege::EditBuckets, Privilege::DeleteBuckets];
        let new = NewKey { name: "bench".to_owned(), privileges, ..NewKey::default() };
        Ok(self.engine.key_create(&self.me, new)?.1)
    }

    /// Where it lies.
    pub fn path(&self) -> PathBuf {
        self.engine.home().to_owned()
    }

    /// Brings a file or a folder in; what came, at most a thousand of it. One that stays out is an error.
    pub fn ingest(&self, path: &Path) -> Result<Vec<Object>> {
        let source = Source { path: path.to_owned(), into: String::new(), decision: None };
        let ingest = Ingest {
            bucket: self.bucket.clone(),
            folder: String::new(),
            sources: vec![source],
            except: HashSet::new(),
            transfer: None,
        };
        let ended = self.engine.ingest(&self.me, &ingest, &|_| ())?;
        match ended.failures.into_iter().next() {
            Some(failure) => Err(format!("{}: {}", failure.path.display(), failure.error).into()),
            None => Ok(ended.objects),
        }
    }

    /// Puts bytes under a key.
    pub fn put(&self, key: &str, bytes: &[u8]) -> Result<Object> {
        let size = Some(bytes.len() as u64);
        Ok(self.engine.object_put(&self.me, &self.bucket, key, &mut Cursor::new(bytes), size)?.object)
    }

    /// Puts an object into the trash.
    pub fn delete(&self, key: &str) -> Result<()> {
        let object = ObjectRef::Key(key.to_owned());
        self.engine.object_delete(&self.me, &self.bucket, &[object], &[])?;
        Ok(())
    }

    /// Sets the bucket's document.
    pub fn set_data(&self, text: &str) -> Result<()> {
        self.engine.data_set(&self.me, &self.bucket, text, None)?;
        Ok(())
    }

    /// Merges into the bucket's document.
    pub fn merge(&self, patch: &str) -> Result<()> {
        self.engine.data_merge(&self.me, &self.bucket, patch)?;
        Ok(())
    }

    /// A page of objects.
    pub fn list(&self, request: &ListRequest) -> Result<Page> {
        Ok(self.engine.object_list(&self.me, &self.bucket, request)?)
    }

    /// Compares every content with its hash; how many bytes. Damage is an error.
    pub fn verify(&self) -> Result<u64> {
        let verified = self.engine.verify(&mut |_, _| true)?;
        if verified.damaged.is_empty() { Ok(verified.bytes) } else { Err("A content is damaged.".into()) }
    }
}
