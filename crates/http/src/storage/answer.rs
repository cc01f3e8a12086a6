//! Answers in JSON, and the refusals of Django REST framework: by field, or as `detail`.

use crate::status::status;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::{Code, Error};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// A refusal in this dialect's words.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    body: Box<Value>,
    header: Option<(HeaderName, String)>,
}

/// Why something was refused.
#[derive(ToSchema)]
#[schema(as = StorageDetail)]
#[allow(dead_code, reason = "described to others, never made")]
pub struct Detail {
    detail: String,
}

/// What is wrong with the fields, each by its name, or with the whole as `detail` or `non_field_errors`.
#[derive(ToSchema)]
#[schema(as = StorageInvalid, value_type = Object)]
#[allow(dead_code, reason = "described to others, never made")]
pub struct Invalid(Value);

/// A bucket that could not be deleted.
#[derive(ToSchema)]
#[schema(as = StorageUndeleted)]
#[allow(dead_code, reason = "described to others, never made")]
pub struct Undeleted {
    success: bool,
    message: String,
    status_code: u16,
}

impl Failure {
    /// A refusal as a whole.
    pub fn detail(status: StatusCode, words: impl Into<String>) -> Self {
        Self { status, body: json!({ "detail": words.into() }).into(), header: None }
    }

    /// Wrong fields, each with what is wrong.
    pub fn fields(errors: Map<String, Value>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, body: Value::Object(errors).into(), header: None }
    }

    /// One wrong field.
    pub fn field(name: &str, words: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, body: json!({ name: [words.into()] }).into(), header: None }
    }

    /// There is no such thing.
    pub fn not_found() -> Self {
        Self::detail(StatusCode::NOT_FOUND, "Not found.")
    }

    /// Nobody signed in.
    pub fn unknown() -> Self {
        Self::unauthenticated("Authentication credentials were not provided.")
    }

    fn unauthenticated(words: &str) -> Self {
        let mut failure = Self::detail(StatusCode::UNAUTHORIZED, words);
        failure.header = Some((header::WWW_AUTHENTICATE, "Bearer realm=\"api\"".to_owned()));
        failure
    }

    /// A method that an address does not have.
    pub fn method(method: &Method, allow: &str) -> Self {
        let words = format!("Method \"{method}\" not allowed.");
        let mut failure = Self::detail(StatusCode::METHOD_NOT_ALLOWED, words);
        failure.header = Some((header::ALLOW, allow.to_owned()));
        failure
    }

    /// A bucket that could not be deleted.
    pub fn undeleted(name: &str) -> Self {
        let body = json!({
            "success": false,
            "message": format!("Failed to delete bucket \"{name}\""),
            "status_code": 500,
        });
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, body: body.into(), header: None }
    }

    /// Whether it is a fault and no refusal.
    pub fn is_fault(&self) -> bool {
        self.status.is_server_error()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let words = error.message();
        match error.code() {
            Code::SignInNeeded => Self::unknown(),
            Code::KeyRefused => Self::unauthenticated("Invalid token."),
            Code::Forbidden => {
                Self::detail(StatusCode::FORBIDDEN, "You do not have permission to perform this action.")
            }
            Code::RateLimited => {
                let words = "Request was throttled. Expected available in 1 second.";
                let mut failure = Self::detail(StatusCode::TOO_MANY_REQUESTS, words);
                failure.header = Some((header::RETRY_AFTER, "1".to_owned()));
                failure
            }
            Code::InvalidTitle => Self::field("name", words),
            Code::InvalidLimit => Self::field("file_size_limit", words),
            Code::InvalidType => Self::field("allowed_mime_types", words),
            Code::InvalidName => Self::field("path", words),
            Code::InvalidMetadata => Self::field("metadata", words),
            Code::TooLarge | Code::TooManyFiles | Code::QuotaExceeded | Code::TypeNotAllowed => {
                Self::field("file", words)
            }
            code => match status(code) {
                StatusCode::NOT_FOUND => Self::not_found(),
                StatusCode::FORBIDDEN => Self::detail(StatusCode::FORBIDDEN, words),
                fault if fault.is_server_error() => Self::detail(StatusCode::INTERNAL_SERVER_ERROR, words),
                _ => Self::detail(StatusCode::BAD_REQUEST, words),
            },
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = json(self.status, &self.body);
        if let Some((name, value)) = self.header
            && let Ok(value) = HeaderValue::from_str(&value)
        {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

/// An answer in JSON.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    match serde_json::to_vec(body) {
        Ok(bytes) => (status, headers, bytes).into_response(),
        // Nothing that is answered here has keys that are no strings.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Done, and nothing to say.
pub fn done() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
