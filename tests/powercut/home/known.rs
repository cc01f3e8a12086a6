//! What is known of an object and how it is said, alike by who changed it and by who looks.

use engine::model::Object;
use std::collections::BTreeMap;
use std::fmt;

/// An object with its versions.
pub struct Known {
    pub id: String,
    pub bucket: String,
    pub folder: String,
    pub name: String,
    pub token: String,
    pub live: bool,
    /// Number of the current version.
    pub current: u64,
    /// BLAKE3 in hex, by number.
    pub versions: BTreeMap<u64, String>,
}

impl Known {
    /// A new object with its first content.
    pub fn new(object: Object, hash: String) -> Self {
        Self {
            id: object.id,
            bucket: object.bucket,
            folder: object.folder,
            name: object.name,
            token: object.token,
            live: true,
            current: object.version,
            versions: BTreeMap::from([(object.version, hash)]),
        }
    }

    /// What facts of it are filed under.
    pub fn fact(&self) -> String {
        format!("object {}", self.id)
    }

    /// Its key.
    pub fn key(&self) -> String {
        if self.folder.is_empty() { self.name.clone() } else { format!("{}/{}", self.folder, self.name) }
    }
}

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.live { "live" } else { "in the trash" };
        write!(f, "{}/{}, {state}, by {}, version {} of", self.bucket, self.key(), self.token, self.current)?;
        self.versions.iter().try_for_each(|(number, hash)| write!(f, " {number}:{}", &hash[..16]))
    }
}

/// How a bucket is said.
pub fn bucket(title: &str, live: bool) -> String {
    format!("{title}, {}", if live { "live" } else { "in the trash" })
}

/// The title of the bucket in which two threads merge, each under a key of its own, into a counter of its merges.
pub const SHARED: &str = "Shared";
