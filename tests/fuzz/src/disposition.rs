//! Content-Disposition (RFC 6266). Input: the query, the original name, the stored name.

use crate::Target;
use crate::input::Input;
use engine::model::Object;
use engine::rules::name::{normalise, original};
use http::HeaderValue;
use http_face::fuzzing::disposition;

pub const TARGET: Target = Target {
    name: "disposition",
    holds,
    words: &[
        "download",
        "download=",
        "download=1",
        "&",
        "=",
        "%22",
        "%0d%0a",
        "%2e%2e%2f",
        "%00",
        "%",
        "+",
        "\"",
        "\\",
        "\r",
        ";",
        "é",
        "日本",
        "..",
        "/",
        "C:",
        "\u{202e}",
        "UTF-8''",
        "x=1&",
        "%C3%A9",
        "%FF",
        "\n",
    ],
    tries: 15_000,
};

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let (query, shown) = (input.line(), input.line());
    let Ok(name) = normalise(&input.text()) else { return };
    let object = Object { name, original_name: shown.to_string(), ..crate::common::object() };
    for (query, inline) in [(None, false), (None, true), (Some(&*query), false), (Some(&*query), true)] {
        let header = disposition(&object, query, inline);
        HeaderValue::from_str(&header).unwrap();
        assert!(header.is_ascii(), "{header:?}");
        let (kind, name) = slow_read(&header);
        let asked = query.and_then(slow_download);
        assert_eq!(kind, if inline && asked.is_none() { "inline" } else { "attachment" });
        let wish = asked.filter(|asked| !["", "1", "true"].contains(&asked.as_str()));
        let wish = original(wish.as_deref().unwrap_or(&object.original_name));
        let expected = if wish.is_empty() { &object.name } else { &wish };
        assert_eq!(&name, expected, "{header:?}");
        assert!(!name.contains(['/', '\\', '\r', '\n', '\0']) && !["", ".", ".."].contains(&name.as_str()));
    }
}

/// The type and the name that a browser takes: `filename*` before `filename`.
fn slow_read(header: &str) -> (&str, String) {
    let (kind, rest) = header.split_once("; filename=\"").expect("a header names a file");
    let (plain, rest) = rest.split_once('"').expect("what is quoted ends");
    assert!(!plain.contains('\\'), "nothing needs an escape");
    match rest.strip_prefix("; filename*=UTF-8''") {
        Some(encoded) => (kind, slow_decoded(encoded)),
        None => {
            assert_eq!(rest, "", "something follows the name");
            (kind, plain.to_owned())
        }
    }
}

/// RFC 8187: letters as they are, all else by its bytes.
fn slow_decoded(encoded: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = encoded.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            b'%' => {
                let (digits, after) = rest.split_at(2);
                bytes.push(u8::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap());
                rest = after;
            }
            plain => {
                assert!(plain.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(plain), "{encoded:?}");
                bytes.push(*plain);
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// What the first `download` of a query says.
fn slow_download(query: &str) -> Option<String> {
    let pair = query.split('&').find(|pair| *pair == "download" || pair.starts_with("download="))?;
    let written = pair.strip_prefix("download=").unwrap_or("").replace('+', " ");
    Some(percent_encoding::percent_decode_str(&written).decode_utf8_lossy().into_owned())
}
