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
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PATH: &str = "files/bucket/b1/o2/report.pdf";
    const EXPIRES: i64 = 1_800_000_000;
    const NOW: i64 = (EXPIRES - 3600) * 1000;

    fn secret() -> [u8; 32] {
        std::array::from_fn(|place| place as u8)
    }

    fn claim(download: Option<&str>) -> Claim<'_> {
        Claim { path: PATH, expires: EXPIRES, download, key: "k3", nonce: None }
    }

    fn presented(query: &str) -> Presented {
        parse(query).unwrap().unwrap()
    }

    fn refused(query: &str) {
        assert_eq!(parse(query).unwrap_err().code(), Code::InvalidSignature, "{query}");
        assert_eq!(id_of(query), None, "{query}");
    }

    #[test]
    fn the_signature_is_the_one_another_program_computes() {
        assert_eq!(
            query(&secret(), &claim(Some(""))),
            query(&secret(), &claim(None)),
            "an empty name is inline"
        );
        assert_eq!(
            query(&secret(), &claim(None)),
            "expires=1800000000&key=k3&signature=JuqtQbH5ou0MAKGKXKPmEhupBm2Qd7hwwIRHCxfCQw8"
        );
        assert_eq!(
            query(&secret(), &claim(Some("Résumé & plan.pdf"))),
            "expires=1800000000&key=k3&signature=fF0_sTT-z95vAXxtsqnheKsZjAul-SAd9HF3klwTLmI\
             &download=R%C3%A9sum%C3%A9%20%26%20plan.pdf"
        );
        assert_eq!(
            query(&secret(), &Claim { nonce: Some("n0-_7"), ..claim(Some("a.pdf")) }),
            "expires=1800000000&key=k3&nonce=n0-_7&signature=tjSdLZIC1LSCVqOzYkunj597eKXR-RGrxM7BNv2KO1A&download=a.pdf"
        );
    }

    #[test]
    fn a_nonce_belongs_to_what_is_signed() {
        let of = |nonce| query(&secret(), &Claim { nonce, ..claim(None) });
        let (one, other, none) = (of(Some("n1")), of(Some("n2")), of(None));
        assert_ne!(id_of(&one), id_of(&other));
        assert_ne!(id_of(&one), id_of(&none));
        for good in [&one, &other, &none] {
            presented(good).verify(&secret(), PATH, NOW).unwrap();
        }
        for changed in [
            Presented { nonce: None, ..presented(&one) },
            Presented { nonce: Some("n2".to_owned()), ..presented(&one) },
            Presented { nonce: Some("n1".to_owned()), ..presented(&none) },
            // The line feed that a key cannot hold either.
            Presented { nonce: None, key: "k3\nn1".to_owned(), ..presented(&one) },
        ] {
            let error = changed.verify(&secret(), PATH, NOW).unwrap_err();
            assert_eq!(error.code(), Code::InvalidSignature, "{changed:?}");
        }
        for wrong in
            ["nonce=", "nonce", "nonce=n1&nonce=n1", "nonce=n%31", "nonce=n+1", "nonce=n 1", "nonce=é"]
        {
            refused(&one.replace("nonce=n1", wrong));
        }
    }

    #[test]
    fn every_flipped_bit_of_the_signature_is_refused() {
        let good = presented(&query(&secret(), &claim(Some("a.pdf"))));
        good.verify(&secret(), PATH, NOW).unwrap();
        for bit in 0..256 {
            let mut flipped = good.clone();
            flipped.signature[bit / 8] ^= 1 << (bit % 8);
            let error = flipped.verify(&secret(), PATH, NOW).unwrap_err();
            assert_eq!(error.code(), Code::InvalidSignature, "bit {bit}");
            assert_ne!(flipped.id(), good.id());
        }
    }

    #[test]
    fn every_changed_parameter_is_refused() {
        let good = presented(&query(&secret(), &claim(Some("a.pdf"))));
        for changed in [
            Presented { expires: EXPIRES + 1, ..good.clone() },
            Presented { expires: EXPIRES - 1, ..good.clone() },
            Presented { key: "k4".to_owned(), ..good.clone() },
            Presented { key: "K3".to_owned(), ..good.clone() },
            Presented { download: None, ..good.clone() },
            Presented { download: Some("b.pdf".to_owned()), ..good.clone() },
            Presented { download: Some("a.pdf\nk3".to_owned()), ..good.clone() },
        ] {
            let error = changed.verify(&secret(), PATH, NOW).unwrap_err();
            assert_eq!(error.code(), Code::InvalidSignature, "{changed:?}");
        }
        for path in ["files/bucket/b1/o3/report.pdf", "files/bucket/b1/o2/report.pdf/", "", "/files"] {
            let error = good.verify(&secret(), path, NOW).unwrap_err();
            assert_eq!(error.code(), Code::InvalidSignature, "{path}");
        }
        let mut other = secret();
        other[31] ^= 1;
        assert_eq!(good.verify(&other, PATH, NOW).unwrap_err().code(), Code::InvalidSignature);
        let inline = presented(&query(&secret(), &claim(None)));
        let named = Presented { download: Some("x".to_owned()), ..inline };
        assert_eq!(named.verify(&secret(), PATH, NOW).unwrap_err().code(), Code::InvalidSignature);
    }

    #[test]
    fn a_link_ends_at_its_millisecond_and_reaches_no_further_than_seven_days() {
        let link = presented(&query(&secret(), &claim(None)));
        let (end, start) = (EXPIRES * 1000, (EXPIRES - LONGEST) * 1000);
        for (now, good) in [
            (end - 1, true),
            (end, false),
            (end + 1, false),
            (i64::MAX, false),
            (start, true),
            (start - 1, false),
            (0, false),
            (i64::MIN, false),
        ] {
            let answer = link.verify(&secret(), PATH, now);
            assert_eq!(answer.err().map(|error| error.code()), (!good).then_some(Code::LinkExpired), "{now}");
        }
        let far = query(&secret(), &Claim { expires: i64::MAX, ..claim(None) });
        let error = presented(&far).verify(&secret(), PATH, NOW).unwrap_err();
        assert_eq!(error.code(), Code::LinkExpired);
        let error = link.verify(&secret(), "another/path", end).unwrap_err();
        assert_eq!(error.code(), Code::InvalidSignature, "the signature comes first");
    }

    #[test]
    fn unknown_doubled_missing_and_empty_parameters_are_refused() {
        let good = query(&secret(), &claim(Some("a.pdf")));
        for added in [
            "",
            "x=1",
            "expires=1800000000",
            "key=k3",
            "download=a.pdf",
            "Key=k3",
            "download",
            "=",
            "%6bey=k3",
        ] {
            refused(&format!("{good}&{added}"));
            refused(&format!("{added}&{good}"));
        }
        let parts: Vec<&str> = good.split('&').collect();
        refused(&format!("{good}&{}", parts[2]));
        for (place, part) in parts.iter().enumerate() {
            let (name, _) = part.split_once('=').unwrap();
            for emptied in [name.to_owned(), format!("{name}=")] {
                let mut parts = parts.clone();
                parts[place] = &emptied;
                refused(&parts.join("&"));
            }
        }
        refused(&parts[1..].join("&"));
        refused(&[parts[0], parts[2], parts[3]].join("&"));
    }

    #[test]
    fn each_parameter_is_written_in_one_way() {
        let good = query(&secret(), &claim(None));
        let signature = good.rsplit_once('=').unwrap().1;
        for (from, to) in [
            ("expires=18", "expires=018"),
            ("expires=18", "expires=+18"),
            ("expires=18", "expires=-18"),
            ("expires=18", "expires= 18"),
            ("expires=18", "expires=%318"),
            ("expires=1800000000", "expires=99999999999999999999"),
            ("expires=1800000000", "expires=1e9"),
            ("key=k3", "key=%6b3"),
            ("key=k3", "key=k3 "),
            ("key=k3", "key=k3/"),
            (signature, &format!("{signature}=")),
            (signature, &format!("{signature}A")),
            (signature, &signature[..42]),
            (signature, &format!("%4a{}", &signature[1..])),
            (signature, &format!("{} ", signature)),
            // 43 characters hold two bits more than the signature has.
            (signature, &format!("{}9", &signature[..42])),
            (signature, &format!("{}+", &signature[..42])),
            (signature, &format!("{}/", &signature[..42])),
            (signature, "26eaad41b1f9a2ed0c00a18a5ca3e6121ba9066d9077b870c084470b17c2430f"),
        ] {
            assert!(good.contains(from));
            refused(&good.replacen(from, to, 1));
        }
        for name in ["a+b", "a%2", "a%", "a%zz", "a%%20", "%ff", "%c3%28", "%+1"] {
            refused(&format!("{good}&download={name}"));
        }
    }

    #[test]
    fn parameters_may_stand_in_any_order_and_escapes_in_a_name_may_differ() {
        let good = query(&secret(), &claim(Some("a (1)é.pdf")));
        let mut parts: Vec<&str> = good.split('&').collect();
        parts.reverse();
        let other = parts.join("&").replace("%28", "(").replace("%29", ")").replace("%C3%A9", "%c3%a9");
        assert_ne!(good, other);
        presented(&other).verify(&secret(), PATH, NOW).unwrap();
        assert_eq!(id_of(&good), id_of(&other));
    }

    #[test]
    fn what_carries_no_signature_is_no_signed_link() {
        for query in
            ["", "download=1", "expires=1&key=k", "x", "Signature=x", "%73ignature=x", "signature2=x"]
        {
            assert_eq!(parse(query).unwrap(), None, "{query}");
            assert_eq!(id_of(query), None);
        }
    }

    #[test]
    fn a_revocation_names_the_signature() {
        let link = presented(&query(&secret(), &claim(Some("Résumé & plan.pdf"))));
        assert_eq!(link.id(), "8aa7814a145e5852ac245ddbc2362d55");
        assert_ne!(Some(link.id()), id_of(&query(&secret(), &claim(None))));
    }

    proptest! {
        #[test]
        fn what_was_signed_is_found_again_and_good(
            secret in any::<[u8; 32]>(),
            name in proptest::option::of(any::<String>()),
            key in "[a-z0-9_-]{1,12}",
            nonce in proptest::option::of("[A-Za-z0-9_-]{1,22}"),
            path in "files/bucket/b[a-z0-9]{1,8}/o[a-z0-9]{1,8}/[a-z0-9._-]{1,40}",
            left in 1..=LONGEST,
        ) {
            let (download, nonce) = (name.as_deref(), nonce.as_deref());
            let claim = Claim { path: &path, expires: EXPIRES, download, key: &key, nonce };
            let query = query(&secret, &claim);
            prop_assert!(query.bytes().all(|c| c.is_ascii_graphic()));
            let presented = parse(&query)?.ok_or_else(|| TestCaseError::fail("no signature"))?;
            prop_assert_eq!(&presented.download, &name.filter(|name| !name.is_empty()));
            prop_assert_eq!(&presented.key, &key);
            presented.verify(&secret, &path, (EXPIRES - left) * 1000)?;
        }

        #[test]
        fn hostile_queries_are_refused_or_read_and_never_panic(query in "[a-z=&%+0-9é]{0,80}|(expires|key|nonce|signature|download|=|&|%|[0-9]{1,3}){0,20}") {
            let _ = parse(&query);
            let _ = id_of(&query);
        }

        #[test]
        fn two_claims_never_share_a_signature(
            one in (0..3_i64, proptest::option::of("[:0-9a\n]{1,4}"), "[a-z]{1,2}", proptest::option::of("[a-z]{1,2}")),
            two in (0..3_i64, proptest::option::of("[:0-9a\n]{1,4}"), "[a-z]{1,2}", proptest::option::of("[a-z]{1,2}")),
        ) {
            let sign = |(expires, name, key, nonce): &(i64, Option<String>, String, Option<String>)| {
                let (download, nonce) = (name.as_deref(), nonce.as_deref());
                let mac = mac(&secret(), &Claim { path: PATH, expires: *expires, download, key, nonce });
                mac.finalize().into_bytes()
            };
            prop_assert_eq!(one == two, sign(&one) == sign(&two));
        }
    }
}
