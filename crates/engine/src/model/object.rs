//! Objects, their versions, and the folders they lie in.

use super::Visibility;

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Row number.
    pub seq: i64,
    /// `f` and base-36 digits. Never changes.
    pub id: String,
    /// Row number of its bucket.
    pub bucket_seq: i64,
    /// Id of its bucket.
    pub bucket: String,
    /// Folder of normalised segments; empty at the top.
    pub folder: String,
    /// Normalised name.
    pub name: String,
    /// What the person's file was called.
    pub original_name: String,
    /// The unguessable part of its permalink. Never changes.
    pub token: String,
    /// Bytes of the current content.
    pub size: u64,
    /// Media type of the current content.
    pub media_type: String,
    /// BLAKE3 of the current content, in hex.
    pub hash: String,
    /// Number of the current version.
    pub version: u64,
    /// Versions kept, the current one included.
    pub versions: u64,
    /// Unix milliseconds.
    pub created: i64,
    /// When the current content came.
    pub modified: i64,
    /// Who brought the current content.
    pub by: String,
    /// Who brought it first: whose it is.
    pub uploader: String,
    /// Who may read it, instead of what the bucket's policy says.
    pub visibility: Option<Visibility>,
    /// A JSON object of at most 8 KB, to the letter.
    pub metadata: String,
    /// When its bucket's tier ends it, in Unix milliseconds. From then on it cannot be seen.
    pub expires: Option<i64>,
    /// When it went to the trash.
    pub deleted: Option<i64>,
    /// Whether a working copy is checked out.
    pub editing: bool,
}

impl Object {
    /// Path of normalised segments within the bucket.
    pub fn key(&self) -> String {
        join(&self.folder, &self.name)
    }

    /// Path of the permalink: `files/bucket/<bucket id>/<token>/<name>` (A7).
    pub fn path(&self) -> String {
        format!("files/bucket/{}/{}/{}", self.bucket, self.token, self.name)
    }
}

/// A key from its folder and name.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Content of an object, present or earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counts from 1.
    pub number: u64,
    /// Id of the content in the files directory.
    pub content: String,
    /// Name of the content file: the object's normalised name when it came.
    pub name: String,
    /// What the person's file was called.
    pub original_name: String,
    /// Bytes.
    pub size: u64,
    /// Media type.
    pub media_type: String,
    /// BLAKE3 in hex.
    pub hash: String,
    /// Unix milliseconds.
    pub created: i64,
    /// Who brought it.
    pub by: String,
    /// Whether it is what the object shows.
    pub current: bool,
    /// Whether a look found that the content is not what the hash says.
    pub damaged: bool,
}

/// A folder: it is there as long as something is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Path of normalised segments.
    pub path: String,
    /// As the person's folder was called.
    pub original_name: String,
    /// Objects in it and below.
    pub file_count: u64,
    /// Bytes in it and below.
    pub byte_count: u64,
    /// When the newest content came into it or below.
    pub modified: i64,
}

/// Which object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectRef {
    /// By id.
    Id(String),
    /// By key.
    Key(String),
}

/// What a list of objects is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ObjectSort {
    /// By normalised name; over the whole bucket by key.
    #[default]
    Name,
    /// By bytes.
    Size,
    /// By media type.
    Type,
    /// By when the current content came.
    Date,
}
