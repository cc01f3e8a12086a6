//! Envelopes, and which status each refusal has.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::{Code, Error};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::PartialSchema as _;
use utoipa::openapi::{Content, Ref, RefOr, ResponseBuilder};

/// A refusal in this dialect's words.
#[derive(Debug)]
pub struct Failure {
    code: &'static str,
    description: String,
}

/// The envelope of a refusal.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Refused {
    /// Its kind: `api`, `access`, `session`, `rate`, `notfound`, `bucket`.
    code: String,
    /// What happened.
    description: String,
}

/// The statuses that a method of version 1 may refuse with.
const REFUSALS: &[(u16, &str)] = &[
    (400, "A parameter is missing or malformed, or the body cannot be read"),
    (403, "No key, a wrong one, or one without the privilege"),
    (404, "No such bucket"),
    (429, "The key asks too often"),
    (500, "The bucket refuses: unknown, full, or over a limit"),
];

impl utoipa::IntoResponses for Refused {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        let response = |status: u16, what: &str| {
            let envelope = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Refused"))));
            let response = ResponseBuilder::new().description(what).content("application/json", envelope);
            // What cannot be read is answered before there is an envelope.
            let plain = || Content::new(Some(String::schema()));
            if status == 400 { response.content("text/plain", plain()) } else { response }.build()
        };
        REFUSALS
            .iter()
            .map(|(status, what)| (status.to_string(), RefOr::T(response(*status, what))))
            .collect()
    }
}

/// A body that cannot be read is answered before there is an envelope.
const UNREADABLE: &str = "body";

impl Failure {
    /// A refusal with a code and a sentence.
    pub fn new(code: &'static str, description: impl Into<String>) -> Self {
        Self { code, description: description.into() }
    }

    /// A parameter that is not there.
    pub fn missing(name: &str) -> Self {
        Self::new("api", format!("Missing parameter: {name}"))
    }

    /// A parameter that cannot be.
    pub fn malformed(name: &str) -> Self {
        Self::new("api", format!("Malformed parameter: {name}"))
    }

    /// A body that cannot be read.
    pub fn unreadable() -> Self {
        Self::new(UNREADABLE, "")
    }
}

/// What holds for every method; some say some of it in other words.
impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match error.code() {
            Code::SignInNeeded => return Self::new("session", "No Session ID or API Key could be found"),
            Code::KeyRefused => return Self::new("session", "Invalid API Key"),
            Code::Forbidden | Code::BucketDisabled | Code::DeletionOff => "access",
            Code::RateLimited => "rate",
            Code::BadRequest => return Self::unreadable(),
            Code::InvalidTitle
            | Code::InvalidIcon
            | Code::InvalidId
            | Code::InvalidName
            | Code::InvalidJson
            | Code::NotAnObject => "api",
            _ => "bucket",
        };
        Self::new(code, error.message())
    }
}

/// What stands in the envelope beside the code, as JSON text: a bucket's document goes in to the letter, numbers that no
/// float holds included.
pub struct Fields(String);

impl Fields {
    /// Nothing but the code.
    pub fn none() -> Self {
        Self(r#"{"code":0"#.to_owned())
    }

    /// Adds a field whose JSON text is made already.
    pub fn raw(mut self, name: &str, text: &str) -> Self {
        self.0.push_str(",\"");
        self.0.push_str(name);
        self.0.push_str("\":");
        self.0.push_str(text);
        self
    }

    /// Adds a field.
    pub fn with(self, name: &str, value: &impl Serialize) -> Self {
        // Our own plain types always have a text.
        let text = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
        self.raw(name, &text)
    }
}

/// The envelope of an answer; refusals have a status of their own where the address names a version.
pub fn envelope(answered: Result<Fields, Failure>, versioned: bool) -> Response {
    match answered {
        Ok(fields) => body(StatusCode::OK, &(fields.0 + "}")),
        Err(failure) if failure.code == UNREADABLE => {
            crate::guard::plain(StatusCode::BAD_REQUEST, "400 Bad Request")
        }
        Err(failure) => {
            let status = if versioned { status(failure.code) } else { StatusCode::OK };
            body(status, &json!({ "code": failure.code, "description": failure.description }).to_string())
        }
    }
}

fn status(code: &str) -> StatusCode {
    match code {
        "api" => StatusCode::BAD_REQUEST,
        "access" | "session" => StatusCode::FORBIDDEN,
        "rate" => StatusCode::TOO_MANY_REQUESTS,
        "notfound" => StatusCode::NOT_FOUND,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A method that this API does not have.
pub fn unsupported(method: &str) -> Response {
    let description = format!("Unsupported API: app/api_{method}");
    body(StatusCode::OK, &json!({ "code": 1, "description": description }).to_string())
}

/// An answer whose JSON text is made already: documents in it stay as they are, to the letter.
fn body(status: StatusCode, text: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, text.to_owned()).into_response()
}
