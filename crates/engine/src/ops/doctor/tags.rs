//! What stands beside content and buckets on the disk, so that the index can be rebuilt without the database.
//!
//! The content's tag is kept short, so that it fits into the inode: a letter for the form, then fields with their length.

use crate::ops::bucket::{ICON, check_icon, check_title};
use crate::rules;
use serde::{Deserialize, Serialize};

/// The first byte of a tag of this form.
const FORM: u8 = b'2';
/// The form without the size.
const WITHOUT_SIZE: u8 = b'1';

/// What is known of a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentTag {
    /// Id of its object.
    pub object: String,
    /// Token of its object's permalink.
    pub token: String,
    /// Its number among the versions.
    pub number: u64,
    /// Bytes that the content has once it is whole; not known of tags that an earlier Pail wrote.
    pub size: Option<u64>,
    /// The folder that its object lay in.
    pub folder: String,
    /// What the person's file was called. Empty if it is the stored name.
    pub original_name: String,
}

impl ContentTag {
    /// As bytes; `None` for names too long to stand beside a file.
    pub fn write(&self) -> Option<Vec<u8>> {
        let (number, size) = (self.number.to_string(), self.size.map(|size| size.to_string()));
        let mut bytes = vec![if size.is_some() { FORM } else { WITHOUT_SIZE }];
        let fields = [&self.object, &self.token, &number, &self.original_name, &self.folder];
        for field in fields.into_iter().chain(&size) {
            bytes.extend(u16::try_from(field.len()).ok().filter(|length| *length < 1200)?.to_le_bytes());
            bytes.extend(field.as_bytes());
        }
        Some(bytes)
    }

    /// From bytes, which may be anything.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (form, mut rest) = bytes.split_first()?;
        let sized = match *form {
            FORM => true,
            WITHOUT_SIZE => false,
            _ => return None,
        };
        let mut field = || {
            let (length, after) = rest.split_first_chunk::<2>()?;
            let (text, after) = after.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
            rest = after;
            std::str::from_utf8(text).ok().map(str::to_owned)
        };
        let (object, token, number) = (field()?, field()?, field()?.parse().ok()?);
        let (original_name, folder) = (rules::name::original(&field()?), field()?);
        let folder = rules::name::folder(&folder).unwrap_or_default();
        let size = if sized { Some(field()?.parse().ok()?) } else { None };
        let named = |text: &str, least: usize| {
            text.len() >= least && text.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'))
        };
        (named(&object, 2) && named(&token, 16)).then_some(Self {
            object,
            token,
            number,
            size,
            folder,
            original_name,
        })
    }
}

/// What is known of a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BucketTag {
    /// What people call it.
    pub title: String,
    /// Its address.
    pub slug: String,
    /// Name of its icon.
    pub icon: String,
}

impl BucketTag {
    /// As bytes.
    pub fn write(&self) -> Vec<u8> {
        serde_json::json!(self).to_string().into_bytes()
    }

    /// From bytes, which may be anything: what comes out is as a bucket may be. A slug that cannot be is made anew from
    /// the title.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let Self { title, slug, icon } = serde_json::from_slice(bytes).ok()?;
        let title = check_title(&title).ok()?;
        let slug = if rules::slug::is_slug(&slug) { slug } else { rules::slug::slug(&title) };
        Some(Self { title, slug, icon: check_icon(&icon).unwrap_or_else(|_| ICON.to_owned()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tag() -> ContentTag {
        ContentTag {
            object: "fmwqs792n85ls6hs".into(),
            token: "7Yq2VdRk9mXcAAAAAAAAAA".into(),
            number: 12,
            size: Some(10_240),
            folder: "print_masters".into(),
            original_name: "Größe.pdf".into(),
        }
    }

    #[test]
    fn a_tag_is_read_as_it_was_written_and_short() {
        let bytes = tag().write().unwrap();
        assert_eq!(ContentTag::read(&bytes), Some(tag()));
        assert!(bytes.len() < 96);
        let former = ContentTag { size: None, ..tag() };
        assert_eq!(ContentTag::read(&former.write().unwrap()), Some(former));
        let long = ContentTag { folder: "x".repeat(2000), ..tag() };
        assert_eq!(long.write(), None);
    }

    #[test]
    fn what_no_object_can_have_is_not_read_from_a_tag() {
        let hostile = ContentTag { folder: "../Up".into(), original_name: "../../a\nb".into(), ..tag() };
        let read = ContentTag::read(&hostile.write().unwrap()).unwrap();
        assert_eq!((read.folder.as_str(), read.original_name.as_str()), ("", "ab"));
    }

    #[test]
    fn a_bucket_is_read_as_it_was_written_and_never_as_none_can_be() {
        let tag = BucketTag { title: "Café".into(), slug: "cafe-2".into(), icon: "camera".into() };
        assert_eq!(BucketTag::read(&tag.write()), Some(tag.clone()));
        let hostile = BucketTag { slug: "../..".into(), icon: "<svg>".into(), ..tag.clone() };
        let mended = BucketTag { slug: "cafe".into(), icon: ICON.into(), ..tag.clone() };
        assert_eq!(BucketTag::read(&hostile.write()), Some(mended));
        assert_eq!(BucketTag::read(&BucketTag { title: " \n".into(), ..tag }.write()), None);
        assert_eq!(BucketTag::read(b"{"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..100), cut in 0..80_usize) {
            let _ = ContentTag::read(&bytes);
            let good = tag().write().unwrap();
            prop_assert_eq!(ContentTag::read(&good[..cut.min(good.len() - 1)]), None);
        }
    }
}
