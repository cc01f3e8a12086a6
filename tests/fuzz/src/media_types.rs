//! The media type of content (DESIGN section 3). Input: the name, then the head of the content.

use crate::Target;
use crate::common::is_text;
use crate::input::Input;
use engine::rules::media_type::{HEAD, decide, is_inline};
use engine::rules::types::is_pattern;

pub const TARGET: Target = Target {
    name: "media_types",
    holds,
    words: &[
        "\u{89}PNG\r\n\u{1a}\n",
        "GIF89a",
        "GIF",
        "BM",
        "%PDF-",
        "PK\u{3}\u{4}",
        "[Content_Types].xml",
        "word/",
        "xl/",
        "ID3",
        "RIFF",
        "WEBP",
        "WAVE",
        "ftyp",
        "mp42",
        "OggS",
        "fLaC",
        "MZ",
        "\u{7f}ELF",
        "<!DOCTYPE html>",
        "<html",
        "<script",
        "<svg",
        "<?xml",
        "\u{feff}",
        " ",
        "{\\rtf",
        "%!PS",
        "#!AMR",
        "ustar",
        "FWS",
        ".html\n",
        ".svg\n",
        ".png\n",
        ".txt\n",
        ".docx\n",
        "BZh",
        "wOFF",
        "II*\0",
        "MM\0*",
        "8BPS",
        "FLV\u{1}",
        "\0",
    ],
    tries: 10_000,
};

/// Documents whose files may be text from beginning to end.
const DOCUMENTS: [&str; 3] = ["application/pdf", "application/postscript", "application/rtf"];

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let name = input.line();
    let content = input.rest();
    let head = &content[..content.len().min(HEAD)];
    let decided = decide(&name, head);
    assert!(is_pattern(&decided) && !decided.contains('*'), "{decided:?} is no media type");
    assert_eq!(decide(&name.to_ascii_uppercase(), head), decided, "the case of the name counts");
    if head.is_empty() {
        return;
    }
    let (bare, plain) = (decide("noext", head), decide("notes.txt", head));
    if is_text(head) {
        // No page acts as a picture, and no text is shown as one.
        assert!(decided == "text/plain" || !is_inline(&decided), "text is taken for {decided}");
        assert!(plain == "text/plain" || DOCUMENTS.contains(&plain.as_str()), "a note is taken for {plain}");
        if let Some(markup) = slow_markup(head) {
            assert!(bare == markup, "{markup} is taken for {bare}");
        }
    } else {
        assert!(!decided.starts_with("text/"), "bytes are taken for {decided}");
    }
}

/// What browsers would take a text for that does not say what it is.
fn slow_markup(head: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(head);
    let begins = |start: &str| {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
    };
    if ["<!doctype html", "<html", "<script"].into_iter().any(begins) {
        return Some("text/html");
    }
    begins("<svg").then_some("image/svg+xml")
}
