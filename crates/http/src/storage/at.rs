//! Where a request goes: the segments of its address, decoded once.

use super::answer::Failure;
use crate::door::Face;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// The named parts of an address. What is no text after decoding leads nowhere.
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Face> for At<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, face: &Face) -> Result<Self, Failure> {
        Path::from_request_parts(parts, face).await.map(|Path(at)| Self(at)).map_err(|_| Failure::not_found())
    }
}
