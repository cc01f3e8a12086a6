//! Buckets: made, listed, changed, thrown away and brought back.

mod by_slug;
mod create;
mod delete;
mod empty;
mod erase;
mod list;
mod purge;
mod restore;
mod update;

pub use create::NewBucket;
pub(crate) use create::{check_free, describe};
pub use update::BucketChanges;

use crate::model::{Bucket, Permalink, Policy, Rules, Tier};
use crate::{Code, Error, Result, rules};

const MAX_TITLE: usize = 200;
const MAX_NOTES: usize = 10_000;
/// The icon of a bucket that names none.
pub const ICON: &str = "package";

/// Who may do what in a bucket, and for how long its objects live; `None` leaves a thing as it is.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Who may read, write and delete.
    pub policy: Option<Policy>,
    /// All three rules of the policy [`Policy::Rules`].
    pub rules: Option<Rules>,
    /// What permalinks need.
    pub permalink: Option<Permalink>,
    /// How long objects live, from when their content came.
    pub tier: Option<Tier>,
}

impl Access {
    /// Refuses rules that cannot be rules.
    fn check(&self) -> Result<()> {
        let Some(Rules { read, write, delete }) = &self.rules else { return Ok(()) };
        for (act, rule) in [("read", read), ("write", write), ("delete", delete)] {
            if let Some(rule) = rule {
                rules::cel::check(rule).map_err(|error| error.with("rule", act))?;
            }
        }
        Ok(())
    }

    fn apply(self, bucket: &mut Bucket) {
        bucket.policy = self.policy.unwrap_or(bucket.policy);
        if let Some(rules) = self.rules {
            bucket.rules = rules;
        }
        bucket.permalink = self.permalink.unwrap_or(bucket.permalink);
        bucket.tier = self.tier.unwrap_or(bucket.tier);
    }
}

/// An id of a caller's choice: 1 to 64 lower-case letters, digits and `_`.
pub(crate) fn check_id(id: &str) -> Result<()> {
    let good = (1..=64).contains(&id.len())
        && id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_');
    if good {
        return Ok(());
    }
    Err(Error::refusal(
        Code::InvalidId,
        format!("“{id}” cannot be the id of a bucket"),
        "Use 1 to 64 lower-case letters, digits and _.",
    )
    .with("id", id))
}

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
pub(crate) fn check_icon(icon: &str) -> Result<String> {
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
