//! Validators and conditional requests (RFC 9110, section 13). The tag is the content's hash, so it is strong, and it
//! changes with the content even within one second.

use axum::http::{HeaderMap, HeaderValue, header};
use engine::model::Object;
use std::time::{Duration, SystemTime};

/// 9999-12-31 23:59:59: an HTTP date has four digits for the year.
const LAST_SECOND: u64 = 253_402_300_799;

/// The tag and date of a content.
pub struct Validators {
    tag: String,
    modified: SystemTime,
}

impl Validators {
    /// Those of an object's current content.
    pub fn of(object: &Object) -> Self {
        let seconds = u64::try_from(object.modified / 1000).unwrap_or(0).min(LAST_SECOND);
        Self {
            tag: format!("\"{}\"", object.hash),
            modified: SystemTime::UNIX_EPOCH + Duration::from_secs(seconds),
        }
    }

    /// Adds them to an answer.
    pub fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in [
            (header::ETAG, self.tag.clone()),
            (header::LAST_MODIFIED, httpdate::fmt_http_date(self.modified)),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }

    /// Whether the asker has this content already. A tag says more than a date: with `If-None-Match`,
    /// `If-Modified-Since` is not looked at.
    pub fn not_modified(&self, asked: &HeaderMap) -> bool {
        if asked.contains_key(header::IF_NONE_MATCH) {
            return asked.get_all(header::IF_NONE_MATCH).iter().any(|list| self.names(list.as_bytes()));
        }
        let since = asked.get(header::IF_MODIFIED_SINCE).and_then(|value| date(value.to_str().ok()?));
        since.is_some_and(|since| self.modified <= since)
    }

    /// Whether a range may be answered in part: `If-Range` is not there, or names this content. A weak tag never does.
    pub fn range_holds(&self, asked: &HeaderMap) -> bool {
        let Some(condition) = asked.get(header::IF_RANGE) else { return true };
        let Ok(condition) = condition.to_str() else { return false };
        condition.trim() == self.tag || date(condition) == Some(self.modified)
    }

    /// Weak comparison against a list of tags, which may hold commas, or a `*` for any content.
    fn names(&self, list: &[u8]) -> bool {
        list.trim_ascii() == b"*"
            || list
                .split(|byte| *byte == b',')
                .map(<[u8]>::trim_ascii)
                .any(|tag| tag.strip_prefix(b"W/").unwrap_or(tag) == self.tag.as_bytes())
    }
}

fn date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text.trim()).ok()
}
