//! Limits: the bucket's and the workspace's; the stricter wins (DESIGN section 3, A5).

use super::{types, words};
use crate::{
    Code, Error, Result,
    model::{Limits, UploadSettings},
};

/// The largest file of a bucket that is made as a blob bucket, if nothing is said: 100 MiB (C10).
const BLOB_SIZE: u64 = 100 << 20;

/// The limits of a bucket that is made as a blob bucket, if nothing is said.
pub fn for_blobs() -> Limits {
    Limits { file_size_limit: Some(BLOB_SIZE), ..Limits::default() }
}

/// What a file meets: the stricter of both.
pub fn effective(bucket: &Limits, workspace: &UploadSettings) -> Limits {
    Limits {
        file_size_limit: stricter(bucket.file_size_limit, workspace.max_file_size),
        max_files: stricter(bucket.max_files, workspace.max_files_per_bucket),
        quota: bucket.quota,
        allowed_mime_types: bucket.allowed_mime_types.clone(),
    }
}

fn stricter(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Refuses a file over the size limit. The refusal names the limit and the way out.
pub fn check_size(limits: &Limits, size: u64) -> Result<()> {
    match limits.file_size_limit {
        Some(limit) if size > limit => Err(Error::refusal(
            Code::TooLarge,
            format!("{} is over the limit of {}", words::size(size), words::limit(limit)),
            "Raise the limit in Settings or add a smaller file.",
        )
        .with("size", size)
        .with("limit", limit)),
        _ => Ok(()),
    }
}

/// Refuses a stream at the moment it runs over the size limit, when the whole size is not known.
pub fn too_large_while_reading(limit: u64) -> Error {
    Error::refusal(
        Code::TooLarge,
        format!("It is over the limit of {}", words::limit(limit)),
        "Raise the limit in Settings or add a smaller file.",
    )
    .with("limit", limit)
}

/// Refuses a new file when the bucket holds as many as it may. `held` counts what would be there before it.
pub fn check_count(limits: &Limits, held: u64) -> Result<()> {
    match limits.max_files {
        Some(limit) if held >= limit => Err(Error::refusal(
            Code::TooManyFiles,
            format!(
                "The bucket holds {} files, and its limit is {}",
                words::count(held),
                words::count(limit)
            ),
            "Raise the limit in Settings or delete files first.",
        )
        .with("limit", limit)),
        _ => Ok(()),
    }
}

/// Refuses content that would take the bucket over its quota. `held` are the bytes without what the content replaces.
pub fn check_quota(limits: &Limits, held: u64, size: u64) -> Result<()> {
    match limits.quota {
        Some(quota) if held.saturating_add(size) > quota => Err(Error::refusal(
            Code::QuotaExceeded,
            format!("{} more would take the bucket over its {}", words::size(size), words::limit(quota)),
            "Raise the limit in Settings or delete files first.",
        )
        .with("limit", quota)),
        _ => Ok(()),
    }
}

/// Refuses a media type that the bucket or the workspace does not take.
pub fn check_type(limits: &Limits, accept: &str, name: &str, media_type: &str) -> Result<()> {
    let taken = if !types::allows(&limits.allowed_mime_types, media_type) {
        limits.allowed_mime_types.join(", ")
    } else if !types::accepts(accept, name, media_type) {
        accept.to_owned()
    } else {
        return Ok(());
    };
    Err(Error::refusal(
        Code::TypeNotAllowed,
        format!("Files of type {media_type} are not allowed in this bucket"),
        format!("It takes {taken}. Change the types in Settings or add another file."),
    )
    .with("media_type", media_type))
}

/// Refuses limits that cannot hold.
pub fn check_limits(limits: &Limits) -> Result<()> {
    for (what, value) in [
        ("file size", limits.file_size_limit),
        ("file count", limits.max_files),
        ("total size", limits.quota),
    ] {
        if value == Some(0) || value.is_some_and(|value| value > i64::MAX as u64) {
            return Err(Error::refusal(
                Code::InvalidLimit,
                format!("A limit on {what} must be at least 1"),
                "Leave it out to set no limit.",
            ));
        }
    }
    types::check_patterns(&limits.allowed_mime_types)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stricter_limit_wins() {
        let bucket = Limits { file_size_limit: Some(10), max_files: None, ..Limits::default() };
        let workspace =
            UploadSettings { max_file_size: Some(20), max_files_per_bucket: Some(5), ..Default::default() };
        let both = effective(&bucket, &workspace);
        assert_eq!((both.file_size_limit, both.max_files), (Some(10), Some(5)));
        let none = effective(&Limits::default(), &UploadSettings::default());
        assert_eq!(none, Limits::default());
    }

    #[test]
    fn a_refusal_names_the_limit_and_the_way_out() {
        let limits = Limits { file_size_limit: Some(1 << 30), ..Limits::default() };
        let error = check_size(&limits, 1_400_000_000).unwrap_err();
        assert_eq!(error.code(), Code::TooLarge);
        assert_eq!(
            error.message(),
            "1.4 GB is over the limit of 1 GiB. Raise the limit in Settings or add a smaller file."
        );
        assert!(check_size(&limits, 1 << 30).is_ok());
    }

    #[test]
    fn counts_quotas_and_types_are_held() {
        let limits = Limits {
            max_files: Some(2),
            quota: Some(100),
            allowed_mime_types: vec!["image/*".into()],
            ..Limits::default()
        };
        assert!(check_count(&limits, 1).is_ok());
        assert_eq!(check_count(&limits, 2).unwrap_err().code(), Code::TooManyFiles);
        assert!(check_quota(&limits, 60, 40).is_ok());
        assert_eq!(check_quota(&limits, 61, 40).unwrap_err().code(), Code::QuotaExceeded);
        assert!(check_type(&limits, "", "a.png", "image/png").is_ok());
        assert_eq!(
            check_type(&limits, "", "a.pdf", "application/pdf").unwrap_err().code(),
            Code::TypeNotAllowed
        );
        assert_eq!(
            check_type(&limits, ".jpg", "a.png", "image/png").unwrap_err().code(),
            Code::TypeNotAllowed
        );
    }

    #[test]
    fn a_limit_of_nothing_is_refused() {
        let zero = Limits { max_files: Some(0), ..Limits::default() };
        assert_eq!(check_limits(&zero).unwrap_err().code(), Code::InvalidLimit);
        let wrong = Limits { allowed_mime_types: vec!["image".into()], ..Limits::default() };
        assert_eq!(check_limits(&wrong).unwrap_err().code(), Code::InvalidType);
    }
}
