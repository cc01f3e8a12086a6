//! Content-Disposition (RFC 6266): whether a browser shows it or saves it, and under which name.

use engine::model::Object;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What `filename*` leaves as it is (RFC 8187, `attr-char`).
const ATTR: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// The header for an object: shown in place only if that is safe and `?download=…` does not ask otherwise.
/// `?download=1` saves under the original name, `?download=name` under that name.
pub fn of(object: &Object, query: Option<&str>, inline: bool) -> String {
    let asked = query.and_then(download);
    let name = match &asked {
        Some(name) if !matches!(name.as_str(), "" | "1" | "true") => base(name),
        _ => base(&object.original_name),
    };
    let name = if name.is_empty() { object.name.clone() } else { name };
    let kind = if asked.is_some() || !inline { "attachment" } else { "inline" };
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\') || c == ' ' { c } else { '_' })
        .collect();
    if plain == name {
        format!("{kind}; filename=\"{plain}\"")
    } else {
        format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(&name, ATTR))
    }
}

/// The value of `download`, if it is asked for.
fn download(query: &str) -> Option<String> {
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key == "download")
            .then(|| percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned())
    })
}

/// A name without directories and control characters.
fn base(name: &str) -> String {
    engine::rules::name::original(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_is_read_with_care() {
        assert_eq!(download("download=1").as_deref(), Some("1"));
        assert_eq!(download("x=1&download").as_deref(), Some(""));
        assert_eq!(download("download=a+b%20c.txt").as_deref(), Some("a b c.txt"));
        assert_eq!(download("downloads=1"), None);
        assert_eq!(base("../../etc/pass\r\nwd"), "passwd");
    }
}
