//! From the engine's codes to HTTP's, once and without a wildcard.

use crate::guard::plain;
use axum::http::StatusCode;
use axum::response::Response;
use engine::{Code, Error};

/// The engine's error as an answer: a sentence, and the status of its code.
pub fn refuse(error: &Error) -> Response {
    plain(status(error.code()), error.message())
}

/// The status of a code.
pub fn status(code: Code) -> StatusCode {
    match code {
        Code::BucketNotFound
        | Code::ObjectNotFound
        | Code::VersionNotFound
        | Code::TransferNotFound
        | Code::CheckoutNotFound
        | Code::UserNotFound
        | Code::KeyNotFound
        | Code::LinkNotFound
        | Code::WebhookNotFound
        | Code::InTrash => StatusCode::NOT_FOUND,
        Code::InvalidName
        | Code::InvalidTitle
        | Code::InvalidIcon
        | Code::InvalidType
        | Code::InvalidGlob
        | Code::InvalidCursor
        | Code::InvalidLimit
        | Code::InvalidSlug
        | Code::InvalidJson
        | Code::InvalidRule
        | Code::BadRequest
        | Code::InvalidMetadata
        | Code::InvalidId
        | Code::InvalidAddress
        | Code::InvalidArchive
        | Code::NotAnObject => StatusCode::BAD_REQUEST,
        Code::SignInNeeded | Code::KeyRefused => StatusCode::UNAUTHORIZED,
        Code::BucketDisabled | Code::Forbidden | Code::DeletionOff | Code::InvalidSignature => {
            StatusCode::FORBIDDEN
        }
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::LinkExpired | Code::LinkRevoked => StatusCode::GONE,
        Code::StaleRevision
        | Code::NameTaken
        | Code::NameConflict
        | Code::IdTaken
        | Code::NotEmpty
        | Code::NotInTrash
        | Code::HomeTaken => StatusCode::CONFLICT,
        Code::TooLarge | Code::TooManyFiles | Code::QuotaExceeded => StatusCode::PAYLOAD_TOO_LARGE,
        Code::TypeNotAllowed => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::NoSpace => StatusCode::INSUFFICIENT_STORAGE,
        Code::SourceMissing
        | Code::SourceUnreadable
        | Code::SourceChanged
        | Code::SourceNotAFile
        | Code::DirectoryLoop
        | Code::Cancelled
        | Code::ReadOnly
        | Code::HomeTooNew
        | Code::HomeUnusable
        | Code::ContentMissing
        | Code::ContentDamaged
        | Code::Io
        | Code::Database
        | Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
