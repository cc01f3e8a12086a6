//! How the native API reads: addresses, JSON bodies and queries, strictly.

use crate::door::{body, unreadable};
use axum::body::Body;
use axum::http::Uri;
use engine::Result;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

crate::door::at::at!(super::answer::Refused, crate::door::at::undecodable());

/// The longest JSON body, in bytes, but for data.
const MAX_JSON: usize = 1 << 20;

/// A JSON body.
///
/// # Errors
/// `bad_request` for what is no such JSON, `too_large`.
pub async fn json<T: DeserializeOwned>(body: Body) -> Result<T> {
    let bytes = body::whole(body, MAX_JSON).await?;
    serde_json::from_slice(&bytes).map_err(|error| unreadable(format!("its JSON: {error}")))
}

/// The query of an address.
///
/// # Errors
/// `bad_request`.
pub fn query<T: DeserializeOwned>(uri: &Uri) -> Result<T> {
    axum::extract::Query::try_from_uri(uri)
        .map(|axum::extract::Query(query)| query)
        .map_err(|error| unreadable(error.body_text()))
}

/// A field in which `null` says something, and is not the same as leaving it out.
pub fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    field: D,
) -> std::result::Result<Option<T>, D::Error> {
    T::deserialize(field).map(Some)
}
