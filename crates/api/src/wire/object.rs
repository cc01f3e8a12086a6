//! Objects ("files" in the window) on the wire.

use super::{Visibility, answer, request, words};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

words! {
    /// What a list of objects is ordered by.
    ObjectSort { Name, Size, Type, Date }
}

/// Which object: by id, or by key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "wire.ts")]
pub enum ObjectRef {
    /// Its id.
    Id(String),
    /// Its key: the normalised path in the bucket.
    Key(String),
}

answer! {
    /// A stored file.
    ObjectInfo {
        id: String,
        bucket: String,
        /// Path of normalised segments.
        key: String,
        /// The key without the name; empty at the top.
        folder: String,
        /// The last segment of the key: the name as stored.
        name: String,
        /// What the person's file was called; for display and download.
        original_name: String,
        /// Bytes.
        size: u64,
        media_type: String,
        /// BLAKE3 of the content, in hex.
        hash: String,
        /// Number of the current version.
        version: u64,
        /// How many versions are kept, the current one included.
        versions: u64,
        created: i64,
        /// When the current content came.
        modified: i64,
        /// Who brought the current content.
        by: String,
        /// Who brought it first: whose it is.
        uploader: String,
        /// Who may read it instead of what the bucket's policy says, or `null`.
        visibility: Option<Visibility>,
        /// The text of a JSON object.
        metadata: String,
        /// When its bucket's tier ends it, or `null`.
        expires: Option<i64>,
        /// The permalink's path: `files/bucket/<bucket>/<token>/<name>`.
        path: String,
        deleted: Option<i64>,
        /// Whether a working copy is checked out for editing.
        editing: bool,
    }
    /// A folder among the objects: it exists as long as something is in it.
    FolderInfo {
        /// Path of normalised segments.
        path: String,
        /// As the person's folder was called.
        original_name: String,
        /// Files in it and below it.
        file_count: u64,
        /// Bytes in it and below it.
        byte_count: u64,
        /// When the newest content in it or below it came.
        modified: i64,
    }
    /// One page of a list.
    ObjectPage {
        /// Subfolders; only on the first page of a folder's list.
        folders: Vec<FolderInfo>,
        objects: Vec<ObjectInfo>,
        /// Cursor of the next page, or `null` at the end.
        next: Option<String>,
        /// All objects that match, beyond this page too.
        total: u64,
        /// Bytes of all objects that match.
        bytes: u64,
    }
    /// Earlier or current content of an object.
    VersionInfo {
        number: u64,
        size: u64,
        media_type: String,
        hash: String,
        original_name: String,
        created: i64,
        by: String,
        current: bool,
    }
    /// An object with its versions, newest first.
    ObjectDetail { object: ObjectInfo, versions: Vec<VersionInfo> }
    /// What a delete, restore or move touched.
    ObjectsChanged { objects: Vec<ObjectInfo> }
    /// What was deleted for good.
    Purged { files: u64, bytes: u64, buckets: u64 }
    /// A link to an object.
    Link {
        /// `files/bucket/<bucket>/<token>/<name>`
        path: String,
        /// The whole address on the running server, or on the default address.
        url: String,
        /// Whether a server of this home answers it now.
        served: bool,
    }
    /// A working copy of an object, watched for saves.
    Checkout { bucket: String, object: String, path: String, started: i64 }
}

request! {
    /// A page of objects.
    ObjectListRequest {
        bucket: String,
        /// Only what lies directly in this folder (`""` is the top), with its subfolders; left out: the whole bucket, flat.
        #[serde(default)] #[ts(optional)] folder: Option<String>,
        /// Only keys that match this glob, such as `*.csv`; `**` crosses folders.
        #[serde(default)] #[ts(optional)] glob: Option<String>,
        /// Only objects whose key or original name contains this, in any case.
        #[serde(default)] #[ts(optional)] text: Option<String>,
        #[serde(default)] #[ts(optional)] sort: Option<ObjectSort>,
        #[serde(default)] #[ts(optional, as = "Option<bool>")] descending: bool,
        /// The `next` of the page before.
        #[serde(default)] #[ts(optional)] after: Option<String>,
        /// Skip as many; for lists that jump. Not together with `after`.
        #[serde(default)] #[ts(optional)] offset: Option<u64>,
        /// At most 1,000; 100 if left out.
        #[serde(default)] #[ts(optional)] limit: Option<u32>,
    }
    /// One object.
    ObjectRequest { bucket: String, object: ObjectRef }
    /// Some objects, and everything in some folders.
    ObjectSelection {
        bucket: String,
        #[serde(default)] #[ts(as = "Option<Vec<ObjectRef>>", optional)] objects: Vec<ObjectRef>,
        #[serde(default)] #[ts(as = "Option<Vec<String>>", optional)] folders: Vec<String>,
    }
    /// Some objects in the trash.
    ObjectsRequest { bucket: String, objects: Vec<ObjectRef> }
    /// Rename an object within its folder. Its link and versions stay.
    ObjectRenameRequest { bucket: String, object: ObjectRef, name: String }
    /// Move objects into another folder of the same bucket (`""` is the top). Links and versions stay.
    ObjectMoveRequest { bucket: String, objects: Vec<ObjectRef>, folder: String }
    /// Make an earlier version the current content again.
    ObjectRevertRequest { bucket: String, object: ObjectRef, version: u64 }
}
