//! A bucket's JSON document on the wire. It travels as text, so that nothing in it is changed by the way.

use super::{answer, request};

answer! {
    /// The document of a bucket.
    Data {
        /// The JSON text, to the letter.
        text: String,
        /// Raised by each change; a save names the one it was loaded at.
        revision: u64,
        modified: i64,
        by: String,
    }
}

request! {
    /// Replace the document.
    DataSetRequest {
        bucket: String,
        text: String,
        /// The revision the text was made from. If the document has changed since, the answer is `stale_revision`,
        /// with the current `text`, `revision`, `modified` and `by` in the details. Left out: replaces whatever is there.
        #[serde(default)] #[ts(optional)] revision: Option<u64>,
    }
    /// Shallow merge of a JSON object into the document (A13).
    DataMergeRequest { bucket: String, text: String }
}
