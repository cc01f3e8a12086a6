//! A bucket's JSON document.

/// The document with its revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    /// The JSON text, to the letter.
    pub text: String,
    /// Raised by each change; starts at 0 with `{}`.
    pub revision: u64,
    /// Unix milliseconds.
    pub modified: i64,
    /// Who changed it last.
    pub by: String,
}
