//! What a face shows of an error: a code to branch on, a sentence, and the values in it.

use engine::Code;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Declares the wire codes and their one exhaustive conversion from the engine's, so that a new engine code cannot be forgotten.
macro_rules! codes {
    ($($code:ident),* $(,)?) => {
        /// The closed list of error codes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        #[ts(export_to = "wire.ts")]
        #[allow(missing_docs)]
        pub enum ErrorCode { $($code,)* UnknownCommand }

        impl From<Code> for ErrorCode {
            fn from(code: Code) -> Self {
                match code { $(Code::$code => Self::$code),* }
            }
        }

        impl ErrorCode {
            /// The engine's code; `None` for what the command list itself refuses.
            pub fn of_engine(self) -> Option<Code> {
                match self { $(Self::$code => Some(Code::$code),)* Self::UnknownCommand => None }
            }
        }
    };
}

codes! {
    BucketNotFound, ObjectNotFound, VersionNotFound, TransferNotFound, CheckoutNotFound,
    InvalidName, InvalidTitle, InvalidIcon, InvalidType, InvalidGlob, InvalidCursor, InvalidLimit, InvalidSlug,
    InvalidJson, NotAnObject, StaleRevision,
    NameTaken, NameConflict, BucketDisabled, InTrash, NotInTrash,
    TooLarge, TooManyFiles, QuotaExceeded, TypeNotAllowed,
    SourceMissing, SourceUnreadable, SourceChanged, SourceNotAFile, DirectoryLoop, Cancelled,
    BadRequest, UserNotFound, KeyNotFound, KeyRefused, LinkNotFound, WebhookNotFound, InvalidMetadata, InvalidId, IdTaken,
    InvalidAddress, InvalidArchive, NotEmpty, DeletionOff, RateLimited,
    Forbidden, SignInNeeded, InvalidRule, InvalidSignature, LinkExpired, LinkRevoked,
    NoSpace, ReadOnly, HomeTooNew, HomeUnusable, ContentMissing, ContentDamaged, HomeTaken, Io, Database, Internal,
}

/// An error as a face shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "wire.ts")]
pub struct ApiError {
    /// To branch on.
    pub code: ErrorCode,
    /// What happened, and what to do next.
    pub message: String,
    /// The values in the message, and what a code promises besides.
    pub details: BTreeMap<String, String>,
}

impl ApiError {
    /// An error without details.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: BTreeMap::new() }
    }
}

impl From<engine::Error> for ApiError {
    fn from(error: engine::Error) -> Self {
        Self {
            code: error.code().into(),
            message: error.message().to_owned(),
            details: error.context().iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
        }
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ApiError {}
