//! The description of every API in OpenAPI 3.1, made from the code, and a page that shows it to people.

use crate::door::Face;
use crate::native::answer::Refused;
use axum::Router;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

/// What the page may do: nothing but show its own files and read the description beside it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// The look's colours and measures, of which there is one list.
const TOKENS: &str = include_str!("../../../../ui/src/styles/tokens.css");

/// What all dialects share.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Pail",
        description = "Buckets for programs. A key comes from the window's page Access or from `pail key create`. What a key \
            may do is decided by its privileges and by the policy of each bucket.",
    ),
    components(schemas(Refused)),
    modifiers(&Keys),
)]
pub struct Description;

/// The ways to show a key.
struct Keys;

impl Modify for Keys {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let components = description.components.get_or_insert_with(Default::default);
        let key = ApiKeyValue::with_description("X-API-Key", "An API key of a user");
        components.add_security_scheme("key", SecurityScheme::ApiKey(ApiKey::Header(key)));
        let bearer =
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("The same key")).build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
}

/// The routes of the description, written once.
pub fn routes(description: &utoipa::openapi::OpenApi) -> Router<Face> {
    let json = description.to_json().unwrap_or_default();
    let shown = |kind: &'static str, text: &'static str| get(move || async move { file(kind, text) });
    Router::new()
        .route("/openapi.json", get(move || async move { file("application/json", json) }))
        .route("/docs", shown("text/html; charset=utf-8", include_str!("page.html")))
        .route("/docs/docs.js", shown("text/javascript; charset=utf-8", include_str!("docs.js")))
        .route("/docs/docs.css", shown("text/css; charset=utf-8", include_str!("docs.css")))
        .route("/docs/tokens.css", shown("text/css; charset=utf-8", TOKENS))
}

fn file(kind: &'static str, text: impl Into<String>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    (headers, text.into()).into_response()
}
