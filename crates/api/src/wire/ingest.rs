//! Bringing files in: the look before, the transfer, and what became of each file.

use super::{answer, request, words};
use crate::error::ErrorCode;

words! {
    /// What the person decided for a file whose name meets another's.
    Decision { Replace, KeepBoth, Skip }
    /// What would become of a file.
    VerdictKind {
        /// Comes in as a new object.
        Ready,
        /// Becomes a new version of an object that is there; its link stays.
        Replaces,
        /// Its normalised name meets that of a different file of the same drop: the person decides.
        Meets,
        /// Would be refused.
        Refused,
    }
    /// How far a transfer is.
    TransferState { Looking, Copying, Finishing, Done, Cancelled, Failed }
}

answer! {
    /// The verdict on one path, before anything is copied.
    Verdict {
        /// The path as it was given or found.
        path: String,
        /// The folder within the bucket that the file would go to, as the person's folders are called.
        into: String,
        original_name: String,
        /// Normalised key; empty for a refused name.
        key: String,
        size: u64,
        media_type: String,
        kind: VerdictKind,
        /// For `replaces`: the number its content would get.
        version: Option<u64>,
        /// For `meets`: the original name of the file it meets. For `replaces`: the present original name if it differs.
        meets: Option<String>,
        /// For `refused`: why.
        code: Option<ErrorCode>,
        /// For `refused`: what is wrong, in a sentence.
        reason: Option<String>,
        /// For `refused`: what to do about it.
        advice: Option<String>,
    }
    /// One of the given paths: a file, or a folder with everything in it.
    PreflightEntry {
        path: String,
        name: String,
        /// `null` for a folder.
        verdict: Option<Verdict>,
        /// For a folder: its normalised path in the bucket.
        key: String,
        files: u64,
        folders: u64,
        bytes: u64,
        ready: u64,
        choose: u64,
        refused: u64,
    }
    /// What a drop would do.
    Preflight {
        entries: Vec<PreflightEntry>,
        /// Every file to be chosen about, wherever it lies (at most 1,000).
        choose: Vec<Verdict>,
        /// Every file that would be refused, wherever it lies (at most 1,000).
        refused: Vec<Verdict>,
        ready_files: u64,
        ready_bytes: u64,
        choose_files: u64,
        refused_files: u64,
    }
    /// A file that did not come in, and why.
    Failure {
        path: String,
        /// For the retry: `into` of its source.
        into: String,
        name: String,
        code: ErrorCode,
        reason: String,
        advice: String,
        size: u64,
    }
    /// One file of a transfer that is being copied.
    TransferFile { path: String, name: String, bytes_done: u64, bytes_total: u64 }
    /// One ingest in progress or ended.
    Transfer {
        id: String,
        bucket: String,
        state: TransferState,
        /// The name of the only file, or of the first.
        name: String,
        files_done: u64,
        files_total: u64,
        bytes_done: u64,
        bytes_total: u64,
        /// Bytes a second over the last moments.
        rate: u64,
        /// Files now being copied (a few at the most).
        active: Vec<TransferFile>,
        failed: u64,
    }
    /// How a transfer ended.
    Ingested {
        transfer: Transfer,
        /// The objects that came in or were replaced; at most 1,000 are listed.
        objects: Vec<ObjectInfo>,
        added: u64,
        replaced: u64,
        /// Left out by the person's decision.
        skipped: u64,
        failures: Vec<Failure>,
    }
}

use super::ObjectInfo;

request! {
    /// Look before a drop; nothing is copied.
    PreflightRequest {
        bucket: String,
        /// Where in the bucket; the top if left out.
        #[serde(default)] #[ts(optional)] folder: Option<String>,
        paths: Vec<String>,
    }
    /// One path to bring in: a file, or a folder with everything in it.
    IngestSource {
        path: String,
        /// Below the request's folder, as the person's folders are called.
        #[serde(default)] #[ts(optional)] into: Option<String>,
        /// For a name that meets another's.
        #[serde(default)] #[ts(optional)] decision: Option<Decision>,
    }
    /// Bring files in.
    IngestRequest {
        bucket: String,
        #[serde(default)] #[ts(optional)] folder: Option<String>,
        sources: Vec<IngestSource>,
        /// Paths to leave for later, such as those still to be chosen about.
        #[serde(default)] #[ts(as = "Option<Vec<String>>", optional)] except: Vec<String>,
        /// The transfer's id, if the caller wants to name it (so that it can cancel): letters and digits, at most 32.
        #[serde(default)] #[ts(optional)] transfer: Option<String>,
    }
    /// Stop a transfer, or one file of it.
    TransferCancelRequest {
        transfer: String,
        #[serde(default)] #[ts(optional)] path: Option<String>,
    }
}
