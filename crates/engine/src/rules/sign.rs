//! Signed links (C6): a link's path with an expiry and a signature in its query. Revocation, the keys and their rotation,
//! and whether the maker may read at all, are the callers' business.
//!
//! The signature is HMAC-SHA-256 over
//!
//! ```text
//! pail-link-v2 LF GET LF <path> LF <expires> LF <length of download in bytes>:<download> LF <key id> LF <nonce>
//! ```
//!
//! in UTF-8, with numbers in decimal; without a download it is `0:`. Only the file name can hold a line feed, and it says
//! how long it is, so no two claims give one input. The nonce makes each link one of its own: two that say the same are
//! revoked one by one. Links of before had none; theirs ends after the key id and begins with `pail-link-v1`.

use crate::{Code, Error, Result};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::Sha256;

/// The longest a signed link is good, in seconds: seven days.
pub const LONGEST: i64 = 604_800;

/// All but the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a signed link promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim<'a> {
    /// Canonical, without escapes: `files/bucket/<bucket>/<object id>/<name>`.
    pub path: &'a str,
    /// When it ends, in Unix seconds: at most [`LONGEST`] after the present second.
    pub expires: i64,
    /// The file name to offer as a download; `None` or an empty one: inline.
    pub download: Option<&'a str>,
    /// The id of the key that signs: ASCII letters, digits, `-` and `_`.
    pub key: &'a str,
    /// What no other link has: letters, digits, `-` and `_`. `None` for a link of before there were any.
    pub nonce: Option<&'a str>,
}

/// What a link's query says, before [`Presented::verify`] nothing to rely on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presented {
    /// Unix seconds.
    pub expires: i64,
    /// The id of the key that is said to have signed.
    pub key: String,
    /// The file name to offer; `None` inline. Never empty, but perhaps with any character in it: escape it in headers.
    pub download: Option<String>,
    /// What no other link has; `None` for one of before there were any.
    pub nonce: Option<String>,
    /// HMAC-SHA-256.
    pub signature: [u8; 32],
}

/// The query of a signed link: `expires=…&key=…[&nonce=…]&signature=…[&download=…]`, percent-encoded, without `?`.
pub fn query(secret: &[u8; 32], claim: &Claim<'_>) -> String {
    let download = claim.download.filter(|name| !name.is_empty());
    let mac = mac(secret, &Claim { download, ..*claim });
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    let nonce = claim.nonce.map(|nonce| format!("&nonce={nonce}")).unwrap_or_default();
    let mut query = format!("expires={}&key={}{nonce}&signature={signature}", claim.expires, claim.key);
    if let Some(name) = download {
        query.push_str("&download=");
        query.extend(utf8_percent_encode(name, ESCAPED));
    }
    query
}

/// Takes a query apart; one without `signature` is no signed link's, and gives `None`.
///
/// # Errors
/// `invalid_signature` where a parameter is unknown, doubled, missing, empty or written in another way than [`query`]
/// does. Only the escapes in `download` may differ, since programs that hand links on change them.
pub fn parse(query: &str) -> Result<Option<Presented>> {
    let parameters: Vec<(&str, &str)> =
        query.split('&').map(|part| part.split_once('=').unwrap_or((part, ""))).collect();
    if !parameters.iter().any(|(name, _)| *name == "signature") {
        return Ok(None);
    }
    let (mut expires, mut key, mut nonce, mut signature, mut download) = (None, None, None, None, None);
    for (name, value) in parameters {
        let place = match name {
            "expires" => &mut expires,
            "key" => &mut key,
            "nonce" => &mut nonce,
            "signature" => &mut signature,
            "download" => &mut download,
            _ => return Err(invalid()),
        };
        if value.is_empty() || place.replace(value).is_some() {
            return Err(invalid());
        }
    }
    Ok(Some(Presented {
        expires: expires.and_then(seconds).ok_or_else(invalid)?,
        key: key.filter(|id| is_id(id)).ok_or_else(invalid)?.to_owned(),
        nonce: nonce.map(|nonce| is_id(nonce).then(|| nonce.to_owned()).ok_or_else(invalid)).transpose()?,
        signature: signature.and_then(bytes).ok_or_else(invalid)?,
        download: download.map(|name| unescaped(name).ok_or_else(invalid)).transpose()?,
    }))
}

/// The [`Presented::id`] of a signed link's query; `None` if it is none.
pub fn id_of(query: &str) -> Option<String> {
    parse(query).ok().flatten().map(|presented| presented.id())
}

impl Presented {
    /// Whether the holder of `secret` signed this for `path`, and it is good at `now` (Unix milliseconds). The signature
    /// is compared in constant time, and before anything else is looked at.
    ///
    /// # Errors
    /// `invalid_signature`; `link_expired` from the millisecond `expires` × 1000 on, and for a link that would be good for
    /// longer than [`LONGEST`].
    pub fn verify(&self, secret: &[u8; 32], path: &str, now: i64) -> Result<()> {
        let claim = Claim {
            path,
            expires: self.expires,
            download: self.download.as_deref(),
            key: &self.key,
            nonce: self.nonce.as_deref(),
        };
        mac(secret, &claim).verify_slice(&self.signature).map_err(|_| invalid())?;
        let left = self.expires.saturating_mul(1000).saturating_sub(now);
        let message = if left <= 0 {
            "This link has expired. Ask for a new one."
        } else if left > LONGEST * 1000 {
            "This link would be good for more than seven days, and no link is. Ask for a new one."
        } else {
            return Ok(());
        };
        Err(Error::new(Code::LinkExpired, message).with("expires", self.expires))
    }

    /// What a revocation names: the first 16 bytes of the BLAKE3 hash of the signature, in hex.
    pub fn id(&self) -> String {
        blake3::hash(&self.signature).to_hex()[..32].to_owned()
    }
}

fn mac(secret: &[u8; 32], claim: &Claim<'_>) -> Hmac<Sha256> {
    let Claim { path, expires, download, key, nonce } = *claim;
    let download = download.unwrap_or_default();
    let said = format!("GET\n{path}\n{expires}\n{}:{download}\n{key}", download.len());
    let signed = match nonce {
        Some(nonce) => format!("pail-link-v2\n{said}\n{nonce}"),
        None => format!("pail-link-v1\n{said}"),
    };
    Hmac::new_from_slice(secret).expect("HMAC takes secrets of any length").chain_update(signed)
}

/// One sentence for all that is wrong with a signature: whoever tries some learns nothing from the answers.
fn invalid() -> Error {
    let message = "This link was changed on its way, or was never made here. Ask for a new one.";
    Error::new(Code::InvalidSignature, message)
}

/// Decimal as we write it: no sign, no leading zero.
fn seconds(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number: &i64| *number >= 0 && number.to_string() == text)
}

fn is_id(text: &str) -> bool {
    text.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'))
}

/// URL-safe base64 without padding. The bits that the last character has too many must be zero, so that a signature is
/// written in one way only.
fn bytes(text: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

/// A bare `+` means a space to some and itself to others, so [`query`] writes none and none is taken.
fn unescaped(text: &str) -> Option<String> {
    let whole = text
        .split('%')
        .skip(1)
        .all(|rest| rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)));
    if !whole || text.contains('+') {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok().map(|name| name.into_owned())
}

#[cfg(test)]
mod tests;
