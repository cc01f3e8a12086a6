//! Answers and refusals of this dialect.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::Error;
use serde::Serialize;

/// A refusal, as it is written.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = SftpRefused)]
pub struct Refused {
    error: Why,
}

/// Why something was refused.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = SftpWhy)]
pub struct Why {
    /// A word to branch on.
    code: String,
    /// What happened, and what to do next.
    message: String,
}

/// A refusal on its way out.
pub struct Failure(Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let code = serde_json::to_value(api::ErrorCode::from(self.0.code())).unwrap_or_default();
        let why = Why {
            code: code.as_str().unwrap_or("internal").to_owned(),
            message: self.0.message().to_owned(),
        };
        written(crate::status::status(self.0.code()), &Refused { error: why })
    }
}

/// An answer that went well.
pub fn json(value: &impl Serialize) -> Response {
    written(StatusCode::OK, value)
}

fn written(status: StatusCode, value: &impl Serialize) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    // Our own plain types always have a text.
    (status, headers, serde_json::to_string(value).unwrap_or_default()).into_response()
}
