//! How the native API answers: JSON, never kept by caches, and errors as `{code, message, details}`.

use crate::status::status;
use api::{ApiError, ErrorCode};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::openapi::{Content, Ref, RefOr, ResponseBuilder};

/// What a handler answers.
pub type Answer = Result<Response, Refused>;

/// An error as it is answered.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ApiError)]
pub struct Refused {
    /// To branch on, such as `bucket_not_found`.
    #[schema(value_type = String)]
    code: ErrorCode,
    /// What happened, and what to do next.
    message: String,
    /// The values in the message.
    details: BTreeMap<String, String>,
}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self { code: error.code, message: error.message, details: error.details }
    }
}

impl From<engine::Error> for Refused {
    fn from(error: engine::Error) -> Self {
        ApiError::from(error).into()
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = self.code.of_engine().map_or(StatusCode::NOT_FOUND, status);
        json(status, &self)
    }
}

/// The statuses that any request may be refused with.
const REFUSALS: &[(u16, &str)] = &[
    (400, "The request cannot be read, or names something that cannot be"),
    (401, "An API key is missing, or it is no living one"),
    (403, "The key or the bucket's policy does not allow this, or the bucket is switched off"),
    (404, "No such thing, or it lies in the trash"),
    (409, "It is not as this request expects it: taken, changed meanwhile, not empty"),
    (413, "More than a limit allows"),
    (415, "The bucket does not take this type"),
    (429, "The key asks more often than it may"),
    (507, "The disk is full"),
];

impl utoipa::IntoResponses for Refused {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        let body = || Content::new(Some(RefOr::Ref(Ref::from_schema_name("ApiError"))));
        REFUSALS
            .iter()
            .map(|(status, what)| {
                let response =
                    ResponseBuilder::new().description(*what).content("application/json", body()).build();
                (status.to_string(), RefOr::T(response))
            })
            .collect()
    }
}

/// An answer in JSON.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => (status, steady("application/json"), bytes).into_response(),
        // Nothing that is answered here has keys that are no strings.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The headers of what must not be kept or taken for something else.
pub fn steady(kind: &'static str) -> [(HeaderName, &'static str); 3] {
    [
        (header::CONTENT_TYPE, kind),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ]
}

/// Done, and nothing to say.
pub fn done() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
