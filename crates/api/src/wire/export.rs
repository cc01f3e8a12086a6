//! Exports and imports on the wire.

use super::{Bucket, answer, request, words};

words! {
    /// Which buckets go into an archive.
    ExportCategory {
        /// Those of the category assets.
        Assets,
        /// Those of the category attachments.
        Attachments,
        /// All of them.
        All,
    }
}

answer! {
    /// How far an export or an import is.
    ArchiveProgress { files: u64, files_total: u64, bytes: u64, bytes_total: u64 }
    /// What went into an archive.
    Exported {
        /// The archive.
        path: String,
        buckets: u64,
        files: u64,
        /// Bytes of the files.
        bytes: u64,
        /// Bytes of the archive.
        size: u64,
    }
    /// What came out of an archive.
    Imported { buckets: Vec<Bucket>, files: u64, bytes: u64 }
}

request! {
    /// Write buckets with settings, data and files into one archive.
    ExportRequest {
        /// These, by id or slug; left out: those of the category.
        #[serde(default)] #[ts(optional)] buckets: Option<Vec<String>>,
        /// Assets if left out.
        #[serde(default)] #[ts(optional)] category: Option<ExportCategory>,
    }
    /// Take the buckets of an archive in.
    ImportRequest {
        /// Keep ids and slugs; refused if one is taken. Otherwise ids are new.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] keep_ids: bool,
    }
}
