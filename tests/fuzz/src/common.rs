//! What several targets ask for: what text is, and an object to begin from.

use engine::model::Object;

/// Whether these bytes are text: UTF-8 but for a character cut at the end, and no control characters but those that
/// texts are laid out with.
pub fn is_text(bytes: &[u8]) -> bool {
    let whole = (0..4_usize)
        .filter_map(|cut| bytes.get(..bytes.len().checked_sub(cut)?))
        .find_map(|part| std::str::from_utf8(part).ok().map(|text| (text, &bytes[part.len()..])));
    let Some((text, cut)) = whole else { return false };
    let laid_out = |c: char| matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}' | '\u{8}');
    !text.is_empty() && is_cut_character(cut) && text.chars().all(|c| laid_out(c) || !c.is_control())
}

/// Whether these bytes begin a character and do not end it.
fn is_cut_character(bytes: &[u8]) -> bool {
    bytes.is_empty() || std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// An object like any other.
pub fn object() -> Object {
    Object {
        seq: 1,
        id: "fmwqs792n85ls6hs".to_owned(),
        bucket_seq: 1,
        bucket: "bmwqs792n85ls6hs".to_owned(),
        folder: String::new(),
        name: "a.txt".to_owned(),
        original_name: "a.txt".to_owned(),
        token: "7Yq2VdRk9mXcAAAAAAAAAA".to_owned(),
        size: 0,
        media_type: "text/plain".to_owned(),
        hash: String::new(),
        version: 1,
        versions: 1,
        created: 0,
        modified: 0,
        by: "window".to_owned(),
        uploader: "window".to_owned(),
        visibility: None,
        metadata: "{}".to_owned(),
        expires: None,
        deleted: None,
        editing: false,
    }
}
