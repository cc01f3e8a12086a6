//! Which media types are taken: patterns of a bucket (E7) and the accept list of the workspace (A5).

use crate::{Code, Error, Result};

/// Whether `pattern` is `type/subtype`, `type/*` or `*/*` as E7 allows them.
pub fn is_pattern(pattern: &str) -> bool {
    match pattern.split_once('/') {
        Some(("*", "*")) => true,
        Some((kind, "*")) => is_token(kind),
        Some((kind, sub)) => is_token(kind) && is_token(sub),
        None => false,
    }
}

/// Starts with a letter or digit, goes on with letters, digits, `-`, `+`, `.` (E7 after RFC 6838), and `_`, which
/// registered types use.
fn is_token(token: &str) -> bool {
    token.len() <= 127
        && token.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric())
        && token.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'+' | b'.' | b'_'))
}

/// Checks a bucket's list when it is set.
///
/// # Errors
/// `invalid_type`, naming every entry that is no pattern.
pub fn check_patterns(patterns: &[String]) -> Result<()> {
    let wrong: Vec<String> = patterns
        .iter()
        .filter(|pattern| !is_pattern(pattern))
        .map(|pattern| format!("“{pattern}”"))
        .collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let verb = if wrong.len() == 1 { "is not a media type" } else { "are not media types" };
    Err(Error::refusal(
        Code::InvalidType,
        format!("{} {verb}", wrong.join(", ")),
        "Write image/png or image/*.",
    )
    .with("types", wrong.join(", ")))
}

/// Whether a media type meets one of the patterns; an empty list takes all.
pub fn allows(patterns: &[String], media_type: &str) -> bool {
    patterns.is_empty() || patterns.iter().any(|pattern| meets(pattern, media_type))
}

fn meets(pattern: &str, media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or("").trim();
    if pattern == "*/*" {
        return true;
    }
    match pattern.strip_suffix("/*") {
        Some(kind) => essence.split_once('/').is_some_and(|(given, _)| given.eq_ignore_ascii_case(kind)),
        None => essence.eq_ignore_ascii_case(pattern),
    }
}

/// Checks an accept list when it is set: extensions with their dot, and patterns as above, between commas.
///
/// # Errors
/// `invalid_type`, naming every entry that is neither.
pub fn check_accept(accept: &str) -> Result<()> {
    let wrong: Vec<String> = entries(accept)
        .filter(|entry| !is_pattern(entry) && !is_extension(entry))
        .map(|entry| format!("“{entry}”"))
        .collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let verb = if wrong.len() == 1 {
        "is neither an extension nor a media type"
    } else {
        "are neither extensions nor media types"
    };
    Err(Error::refusal(
        Code::InvalidType,
        format!("{} {verb}", wrong.join(", ")),
        "Write .jpg, image/png or image/*.",
    ))
}

fn is_extension(entry: &str) -> bool {
    entry.strip_prefix('.').is_some_and(|rest| !rest.is_empty() && !rest.contains(['/', '\\', '*']))
}

/// Whether an accept list takes a file; an empty list takes all.
pub fn accepts(accept: &str, name: &str, media_type: &str) -> bool {
    let name = folded(name);
    let mut any = false;
    for entry in entries(accept) {
        any = true;
        let met =
            if entry.starts_with('.') { name.ends_with(&folded(entry)) } else { meets(entry, media_type) };
        if met {
            return true;
        }
    }
    !any
}

/// In lower case, letter by letter: that of a whole word has another letter for a Σ at its end.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn entries(accept: &str) -> impl Iterator<Item = &str> {
    accept.split(',').map(str::trim).filter(|entry| !entry.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_the_document() {
        for good in [
            "image/png",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "image/*",
            "*/*",
            "image/svg+xml",
        ] {
            assert!(is_pattern(good), "{good}");
        }
        for bad in
            ["image/", "image", "*/png", "", "/png", "image/*pdf", "image/png/x", "-a/b", "image/p ng", "*"]
        {
            assert!(!is_pattern(bad), "{bad}");
        }
    }

    #[test]
    fn every_wrong_pattern_is_named() {
        let wrong = ["image/pngg*".to_owned(), "video/*".to_owned(), "image".to_owned()];
        let error = check_patterns(&wrong).unwrap_err();
        assert_eq!(error.code(), Code::InvalidType);
        assert!(error.message().contains("image/pngg*") && error.message().contains("“image”"));
        assert!(!error.message().contains("video"));
    }

    #[test]
    fn a_type_meets_exact_wildcard_and_universal_patterns() {
        let list = |patterns: &[&str]| patterns.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
        assert!(allows(&[], "application/pdf"));
        assert!(allows(&list(&["image/*"]), "image/svg+xml"));
        assert!(allows(&list(&["IMAGE/PNG"]), "image/png"));
        assert!(allows(&list(&["text/plain"]), "text/plain; charset=utf-8"));
        assert!(allows(&list(&["*/*"]), "application/pdf"));
        assert!(!allows(&list(&["image/*", "video/*"]), "application/pdf"));
        assert!(!allows(&list(&["imag/*"]), "image/png"));
    }

    #[test]
    fn an_accept_list_takes_extensions_and_types() {
        assert!(accepts("", "a.exe", "application/x-msdownload"));
        assert!(accepts(".jpg, application/pdf", "PHOTO.JPG", "image/jpeg"));
        assert!(accepts(".jpg, application/pdf", "paper", "application/pdf"));
        assert!(accepts("image/*", "x.bin", "image/webp"));
        assert!(accepts(".Σ", "λόγος.Σ", "text/plain"));
        assert!(!accepts(".jpg,.png", "a.pdf", "application/pdf"));
        assert!(check_accept(".jpg, image/*, */*").is_ok());
        assert_eq!(check_accept("jpg").unwrap_err().code(), Code::InvalidType);
        assert_eq!(check_accept("./x").unwrap_err().code(), Code::InvalidType);
    }
}
