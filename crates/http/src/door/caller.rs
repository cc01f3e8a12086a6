//! Who asks: the secret in a header, and the caller behind it.

use super::Face;
use axum::http::{HeaderMap, header};
use engine::{Caller, Code, Error, Result};

/// The secret that a request shows: `X-API-Key`, else `Authorization: Bearer`. Cookies are never looked at.
pub fn secret(headers: &HeaderMap) -> Option<&str> {
    let key = headers.get("x-api-key").and_then(|value| value.to_str().ok());
    key.or_else(|| {
        let (scheme, secret) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(secret)
    })
    .map(str::trim)
    .filter(|secret| !secret.is_empty())
}

impl Face {
    /// Who asks: the user whose key is shown, or nobody. `elsewhere` is a secret that the dialect found in another place.
    ///
    /// # Errors
    /// `key_refused` for a secret that is none; `rate_limited` for a key that asks more often than it may.
    pub async fn caller(&self, headers: &HeaderMap, elsewhere: Option<&str>) -> Result<Caller> {
        let Some(secret) = secret(headers).or(elsewhere.filter(|secret| !secret.is_empty())) else {
            return Ok(Caller::nobody());
        };
        let secret = secret.to_owned();
        let caller = self.run(move |engine| engine.authenticate(&secret)).await?;
        let key = caller.identity().map(|identity| (identity.key.id.clone(), identity.key.rate));
        if let Some((key, Some(rate))) = key
            && !self.rates.allow(&key, rate)
        {
            let message = format!("This key may ask {rate} times a second. Wait a moment and try again.");
            return Err(Error::new(Code::RateLimited, message).with("rate", rate));
        }
        Ok(caller)
    }

    /// The same for routes that nobody may use without a key.
    ///
    /// # Errors
    /// As [`Face::caller`], and `sign_in_needed`.
    pub async fn user(&self, headers: &HeaderMap, elsewhere: Option<&str>) -> Result<Caller> {
        let caller = self.caller(headers, elsewhere).await?;
        caller.need_sign_in()?;
        Ok(caller)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_its_header_and_nowhere_else() {
        for (name, value, found) in [
            ("x-api-key", "pail_a", Some("pail_a")),
            ("authorization", "Bearer pail_a", Some("pail_a")),
            ("authorization", "bearer  pail_a ", Some("pail_a")),
            ("authorization", "Basic cGFpbF9h", None),
            ("authorization", "pail_a", None),
            ("x-api-key", "", None),
            ("cookie", "session_id=pail_a", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            assert_eq!(secret(&headers), found, "{name}: {value}");
        }
    }
}
