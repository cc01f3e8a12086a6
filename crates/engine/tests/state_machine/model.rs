//! What must be there.

use engine::model::Bucket;
use std::collections::BTreeMap;

/// An object as it must be.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    pub id: String,
    pub token: String,
    pub versions: BTreeMap<u64, Vec<u8>>,
    pub current: u64,
    pub metadata: String,
    /// When what it shows came, in Unix milliseconds.
    pub came: i64,
}

impl Expected {
    pub fn content(&self) -> &[u8] {
        &self.versions[&self.current]
    }

    pub fn bytes(&self) -> u64 {
        self.versions.values().map(|bytes| bytes.len() as u64).sum()
    }
}

/// A bucket as it must be.
pub struct Model {
    pub bucket: Bucket,
    pub live: BTreeMap<String, Expected>,
    pub trash: Vec<(String, Expected)>,
    pub data: BTreeMap<String, i32>,
    pub revision: u64,
    /// Ids, the oldest first.
    pub hooks: Vec<String>,
}

impl Model {
    pub fn of(bucket: Bucket) -> Self {
        let (live, trash, data) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        Self { bucket, live, trash, data, revision: 0, hooks: Vec::new() }
    }

    /// Contents that must lie on the disk: of every version, in the trash or not.
    pub fn contents(&self) -> usize {
        let trashed = self.trash.iter().map(|(_, object)| object);
        self.live.values().chain(trashed).map(|object| object.versions.len()).sum()
    }

    /// What its tier ends is gone, in the trash or not.
    pub fn expire(&mut self, now: i64) {
        let Some(lifetime) = self.bucket.tier.lifetime() else { return };
        let lasts = |object: &Expected| object.came + lifetime > now;
        self.live.retain(|_, object| lasts(object));
        self.trash.retain(|(_, object)| lasts(object));
    }
}

/// A signed link: what was asked, and whether it must answer.
pub struct Link {
    pub id: String,
    pub object: String,
    pub path: String,
    pub query: String,
    pub end: End,
}

/// How a link ended, if it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Open,
    Revoked,
    Past,
}

/// Somebody with a key.
pub struct Person {
    pub name: String,
    pub secret: String,
    pub dismissed: bool,
}
