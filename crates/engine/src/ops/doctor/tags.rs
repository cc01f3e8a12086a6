//! What stands beside content and buckets on the disk, so that the index can be rebuilt without the database.
//!
//! The content's tag is kept short, so that it fits into the inode: a letter for the form, then fields with their length.

use serde::{Deserialize, Serialize};

/// The first byte of a tag of this form.
const FORM: u8 = b'2';
/// The form without the size.
const WITHOUT_SIZE: u8 = b'1';

/// What is known of a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentTag {
    pub object: String,
    pub token: String,
    pub number: u64,
    /// Bytes that the content has once it is whole; not known of tags that an earlier Pail wrote.
    pub size: Option<u64>,
    pub folder: String,
    /// Empty if it is the stored name.
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
        let (original_name, folder) = (field()?, field()?);
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
pub(crate) struct BucketTag {
    pub title: String,
    pub slug: String,
    pub icon: String,
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

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..100), cut in 0..80_usize) {
            let _ = ContentTag::read(&bytes);
            let good = tag().write().unwrap();
            prop_assert_eq!(ContentTag::read(&good[..cut.min(good.len() - 1)]), None);
        }
    }
}
