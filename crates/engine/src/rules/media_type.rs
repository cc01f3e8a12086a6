//! The media type of a file, from its content and its name together (DESIGN section 3).
//!
//! A signature in the content wins over the name: a `.png` that holds HTML is HTML. Where the content has no
//! signature, the name decides, but only among types that could look like this content: text is never called an
//! image, and unknown bytes are never called text.

/// How much of the content's beginning is looked at.
pub const HEAD: usize = 8192;

/// Nothing better is known.
pub const UNKNOWN: &str = "application/octet-stream";

/// Decides the type from the name and the first [`HEAD`] bytes of the content.
pub fn decide(name: &str, head: &[u8]) -> String {
    let named = mime_guess::from_path(name).first_raw();
    let text = text_of(head);
    let possible =
        |found: &str| if text.is_some() { may_be_text(found) } else { !found.starts_with("text/") };
    if let Some(found) = infer::get(head).filter(|found| possible(found.mime_type())) {
        return by_signature(found.mime_type(), named).to_owned();
    }
    if head.is_empty() {
        return named.unwrap_or("text/plain").to_owned();
    }
    match text {
        Some(text) => of_text(text, named).to_owned(),
        None => of_bytes(named).to_owned(),
    }
}

/// Signatures that stand in a file that is text, too. All others begin files of bytes: a note that begins with “BM” or
/// “ID3” is no picture and no sound.
fn may_be_text(found: &str) -> bool {
    ["application/pdf", "application/postscript", "application/rtf"].contains(&found)
}

/// Containers that many formats share: the name may say which.
fn by_signature<'a>(found: &'a str, named: Option<&'a str>) -> &'a str {
    let Some(named) = named else { return found };
    let may_refine = match found {
        "application/zip" => is_zip_based(named),
        "application/gzip" => named.contains("gzip") || named.contains("tar") || named.ends_with("svg+xml"),
        "application/x-ole-storage" | "application/msword" => named.starts_with("application/"),
        "video/mp4" | "audio/m4a" => {
            named.ends_with("/mp4") || named == "video/quicktime" || named == "audio/m4a"
        }
        "video/x-matroska" | "video/webm" => named.starts_with("video/") || named.starts_with("audio/"),
        "application/ogg" | "audio/ogg" | "video/ogg" => named.ends_with("/ogg"),
        _ => false,
    };
    if may_refine { named } else { found }
}

fn is_zip_based(named: &str) -> bool {
    named.contains("zip")
        || named.contains("openxmlformats")
        || named.contains("opendocument")
        || named.contains("java-archive")
        || named.contains("android")
        || named.contains("vnd.ms-")
        || named.contains("iwork")
}

/// Text that begins like a page is a page, unless its name says that it is text of another kind.
fn of_text<'a>(text: &str, named: Option<&'a str>) -> &'a str {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let lower: String = start.chars().take(512).flat_map(char::to_lowercase).collect();
    let markup = if lower.starts_with("<!doctype html")
        || lower.starts_with("<html")
        || lower.starts_with("<script")
    {
        Some("text/html")
    } else if lower.starts_with("<svg") || (lower.starts_with("<?xml") && lower.contains("<svg")) {
        Some("image/svg+xml")
    } else if lower.starts_with("<?xml") {
        Some("text/xml")
    } else {
        None
    };
    match named {
        Some("image/svg+xml") => markup.unwrap_or("image/svg+xml"),
        Some(named) if is_text_type(named) => named,
        _ => markup.unwrap_or("text/plain"),
    }
}

/// Types whose content is text.
fn is_text_type(named: &str) -> bool {
    named.starts_with("text/")
        || named == "image/svg+xml"
        || named.ends_with("+xml")
        || named.ends_with("+json")
        || [
            "application/json",
            "application/javascript",
            "application/xml",
            "application/sql",
            "application/toml",
            "application/x-sh",
            "application/x-subrip",
            "application/rtf",
            "application/x-tex",
            "application/x-latex",
            "application/x-perl",
            "application/x-yaml",
            "application/postscript",
            "application/x-x509-ca-cert",
            "application/pgp-signature",
        ]
        .contains(&named)
}

/// Bytes without a signature: the name may say what they are, if no signature was to be expected and they are no text.
fn of_bytes(named: Option<&str>) -> &str {
    match named {
        Some(named) if !is_text_type(named) && !has_signature(named) => named,
        _ => UNKNOWN,
    }
}

/// Types whose files always begin with a signature that would have been found.
fn has_signature(named: &str) -> bool {
    [
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/bmp",
        "image/tiff",
        "image/avif",
        "image/heic",
    ]
    .contains(&named)
        || ["video/mp4", "video/webm", "video/x-matroska", "audio/flac", "audio/wav", "audio/ogg"]
            .contains(&named)
        || ["application/pdf", "application/zip", "application/gzip", "application/x-7z-compressed"]
            .contains(&named)
        || named.contains("openxmlformats")
        || named.contains("opendocument")
}

/// The head as text: UTF-8 (a character cut at the end is no fault) without control characters that text does not hold.
fn text_of(head: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}' | '\u{8}');
    if text.is_empty() || text.chars().any(odd) { None } else { Some(text) }
}

/// Whether a browser may show it in place: raster images, audio, video and plain text; all else is a download
/// (DESIGN section 6).
pub fn is_inline(media_type: &str) -> bool {
    const RASTER: [&str; 9] = [
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/avif",
        "image/bmp",
        "image/x-icon",
        "image/vnd.microsoft.icon",
        "image/apng",
    ];
    let essence = media_type.split(';').next().unwrap_or("").trim();
    RASTER.contains(&essence)
        || essence.starts_with("audio/")
        || essence.starts_with("video/")
        || essence == "text/plain"
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
    const ZIP: &[u8] = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0";

    #[test]
    fn content_and_name_decide_together() {
        let html = b"<!DOCTYPE html><html><script>alert(1)</script>";
        let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        for (name, head, expected) in [
            ("photo.png", PNG, "image/png"),
            ("photo.txt", PNG, "image/png"),
            ("noext", PNG, "image/png"),
            ("fake.png", html.as_slice(), "text/html"),
            ("page.html", html, "text/html"),
            ("page.txt", html, "text/plain"),
            ("noext", html, "text/html"),
            ("fake.jpg", svg, "image/svg+xml"),
            ("logo.svg", b"<svg/>", "image/svg+xml"),
            ("fake.svg", html, "text/html"),
            ("notes.md", b"# Title\n", "text/markdown"),
            ("data.json", b"{\"a\":1}", "application/json"),
            ("main.rs", b"fn main() {}", "text/x-rust"),
            ("a.csv", b"a,b\n1,2\n", "text/csv"),
            ("fake.pdf", b"just words", "text/plain"),
            ("real.pdf", b"%PDF-1.7\n", "application/pdf"),
            ("a.zip", ZIP, "application/zip"),
            ("a.jar", ZIP, "application/java-archive"),
            ("a.png", ZIP, "application/zip"),
            ("broken.png", b"\0\x01\x02\x03garbage\xff", UNKNOWN),
            ("model.stl", b"\0\x01\x02\x03garbage\xff", "application/vnd.ms-pki.stl"),
            ("unknown", b"\0\x01\x02\xff", UNKNOWN),
            ("text.txt", b"\0\x01\x02\xff", UNKNOWN),
            ("empty.txt", b"", "text/plain"),
            ("empty.csv", b"", "text/csv"),
            ("umlaut", "größer".as_bytes(), "text/plain"),
            ("cars.txt", b"BMW and Audi", "text/plain"),
            ("cars", b"GIFT list", "text/plain"),
            ("tags.md", b"ID3 tags are old", "text/markdown"),
            ("fake.bmp", b"BMW and Audi", "text/plain"),
            ("letter.rtf", b"{\\rtf1\\ansi words}", "application/rtf"),
        ] {
            assert_eq!(decide(name, head), expected, "{name} {:?}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn a_character_cut_at_the_end_of_the_head_is_still_text() {
        let text = "ü".repeat(HEAD);
        assert_eq!(decide("x.txt", &text.as_bytes()[..HEAD - 1]), "text/plain");
    }

    #[test]
    fn only_what_cannot_run_is_shown_in_place() {
        for inline in ["image/png", "video/mp4", "audio/mpeg", "text/plain; charset=utf-8"] {
            assert!(is_inline(inline), "{inline}");
        }
        for attached in
            ["text/html", "image/svg+xml", "text/xml", "application/pdf", "application/json", UNKNOWN]
        {
            assert!(!is_inline(attached), "{attached}");
        }
    }
}
