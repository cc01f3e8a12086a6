//! The trash on the wire.

use super::{Bucket, ObjectInfo, answer, request};

answer! {
    /// A deleted file, with what is needed to tell it from others.
    TrashedObject { object: ObjectInfo, bucket_title: String }
    /// Deleted buckets and files, newest first.
    Trash { buckets: Vec<Bucket>, objects: Vec<TrashedObject>, files: u64, bytes: u64 }
}

request! {
    /// A page of the trash.
    TrashListRequest {
        #[serde(default)] #[ts(optional)] offset: Option<u64>,
        /// At most 1,000; 200 if left out.
        #[serde(default)] #[ts(optional)] limit: Option<u32>,
    }
}
