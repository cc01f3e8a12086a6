//! Who asks, of which app, and what they send in JSON.

use super::answer::Failure;
use super::fields::Fields;
use crate::door::{Face, body};
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use engine::{Caller, Code};

/// The largest JSON body.
const MOST: usize = 1 << 20;

/// A request whose caller is known, and whose app is this workspace.
pub struct Asked {
    /// Who asks.
    pub caller: Caller,
    /// Where the addresses in answers begin.
    pub site: Site,
}

/// Where the addresses in answers begin.
#[derive(Clone)]
pub struct Site {
    /// `http://127.0.0.1:7245`
    pub origin: String,
    /// The workspace's slug.
    pub app: String,
}

impl Asked {
    /// Somebody with a key.
    pub async fn user(face: &Face, headers: &HeaderMap, app: String) -> Result<Self, Failure> {
        let caller = face.user(headers, None).await?;
        Self::within(face, headers, app, caller).await
    }

    /// Anybody; but whoever shows no key does not learn which apps there are.
    pub async fn anyone(face: &Face, headers: &HeaderMap, app: String) -> Result<Self, Failure> {
        let caller = face.caller(headers, None).await?;
        let known = caller.is_signed_in();
        let asked = Self::within(face, headers, app, caller).await;
        if known { asked } else { asked.map_err(|_| Failure::unknown()) }
    }

    async fn within(face: &Face, headers: &HeaderMap, app: String, caller: Caller) -> Result<Self, Failure> {
        let workspace = face.run(engine::Engine::workspace).await?;
        if workspace.slug != app {
            return Err(Failure::not_found());
        }
        Ok(Self { caller, site: Site { origin: face.hosts.origin(headers), app } })
    }

    /// The id of the bucket of a slug. Whoever shows no key does not learn which there are.
    pub async fn bucket_id(&self, face: &Face, slug: String) -> Result<String, Failure> {
        let found = face.run(move |engine| engine.bucket_id_by_slug(&slug)).await;
        found.map_err(|error| match error.code() {
            Code::BucketNotFound if !self.caller.is_signed_in() => Failure::unknown(),
            _ => error.into(),
        })
    }
}

/// The fields of a JSON object in a body.
pub async fn fields(headers: &HeaderMap, body: Body) -> Result<Fields, Failure> {
    let kind = headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or_default());
    let essence = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    if essence.is_some_and(|essence| !essence.eq_ignore_ascii_case("application/json")) {
        let words = format!("Unsupported media type \"{}\" in request.", kind.unwrap_or_default());
        return Err(Failure::detail(StatusCode::UNSUPPORTED_MEDIA_TYPE, words));
    }
    let bytes = body::whole(body, MOST).await.map_err(|error| match error.code() {
        Code::TooLarge => Failure::detail(StatusCode::PAYLOAD_TOO_LARGE, error.message()),
        _ => error.into(),
    })?;
    Fields::read(&bytes)
}
