//! Buckets: made, listed, changed, thrown away and brought back.

mod create;
mod delete;
mod empty;
mod list;
mod purge;
mod restore;
mod update;

pub use create::NewBucket;
pub use update::BucketChanges;

use crate::{Code, Error, Result};

const MAX_TITLE: usize = 200;
const MAX_NOTES: usize = 10_000;
/// The icon of a bucket that names none.
const ICON: &str = "package";

/// A title as it is kept: trimmed, 1 to 200 characters, no control characters.
pub(crate) fn check_title(title: &str) -> Result<String> {
    let title = title.trim();
    if title.is_empty() {
        return Err(Error::refusal(Code::InvalidTitle, "A title is missing", "Write one."));
    }
    if title.chars().count() > MAX_TITLE || title.chars().any(char::is_control) {
        return Err(Error::refusal(
            Code::InvalidTitle,
            format!("A title is one line of at most {MAX_TITLE} characters"),
            "Shorten it, and put the rest into the notes.",
        ));
    }
    Ok(title.to_owned())
}

/// The name of an icon: letters, digits, `-` and `_`.
fn check_icon(icon: &str) -> Result<String> {
    let good = !icon.is_empty()
        && icon.len() <= 64
        && icon.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'));
    if good {
        return Ok(icon.to_owned());
    }
    Err(Error::refusal(
        Code::InvalidIcon,
        format!("“{icon}” is not the name of an icon"),
        "Write a name such as camera.",
    )
    .with("icon", icon))
}

fn check_notes(notes: &str) -> Result<String> {
    if notes.chars().count() > MAX_NOTES {
        return Err(Error::refusal(
            Code::InvalidTitle,
            format!("Notes are at most {MAX_NOTES} characters"),
            "Put longer texts into a file.",
        ));
    }
    Ok(notes.trim().to_owned())
}
