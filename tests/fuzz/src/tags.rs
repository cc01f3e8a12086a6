//! What stands beside content and buckets on the disk. Input: the bytes of either.

use crate::Target;
use crate::input::Input;
use engine::fuzzing::{BucketTag, ContentTag};
use engine::rules::name::{folder, original};
use engine::rules::slug::is_slug;

pub const TARGET: Target = Target {
    name: "tags",
    holds,
    words: &[
        "1",
        "\u{2}\0",
        "\u{10}\0",
        "\u{16}\0",
        "\u{1}\0",
        "\0\0",
        "fm",
        "7Yq2VdRk9mXcAAAAAAAAAA",
        "../",
        "{\"title\":\"",
        "\",\"slug\":\"",
        "\",\"icon\":\"",
        "\"}",
        "package",
        "a-2",
        "é",
        "\\u0000",
        "\n",
    ],
    tries: 10_000,
};

fn holds(input: &[u8]) {
    if let Some(tag) = ContentTag::read(input) {
        of_content(&tag);
    }
    if let Some(tag) = BucketTag::read(input) {
        of_bucket(&tag);
    }
    let mut input = Input::new(input);
    let mut line = || input.line().into_owned();
    let tag = ContentTag {
        object: "fmwqs792n85ls6hs".to_owned(),
        token: "7Yq2VdRk9mXcAAAAAAAAAA".to_owned(),
        number: line().trim().parse().unwrap_or(u64::MAX),
        size: line().trim().parse().ok(),
        folder: folder(&line()).unwrap_or_default(),
        original_name: original(&line()),
    };
    of_content(&tag);
}

fn of_content(tag: &ContentTag) {
    assert!(
        [&tag.object, &tag.token]
            .iter()
            .all(|id| id.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_".contains(&c)))
    );
    assert_eq!(folder(&tag.folder).as_deref().ok(), Some(tag.folder.as_str()), "a folder that cannot be");
    assert_eq!(original(&tag.original_name), tag.original_name, "a name that cannot be");
    let Some(bytes) = tag.write() else { return };
    assert_eq!(ContentTag::read(&bytes).as_ref(), Some(tag));
    for cut in 0..bytes.len() {
        assert_eq!(ContentTag::read(&bytes[..cut]), None, "a tag that was cut is none");
    }
}

fn of_bucket(tag: &BucketTag) {
    assert!(
        !tag.title.is_empty() && tag.title.trim() == tag.title && !tag.title.chars().any(char::is_control)
    );
    assert!(is_slug(&tag.slug), "{:?}", tag.slug);
    assert!(
        !tag.icon.is_empty() && tag.icon.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_".contains(&c))
    );
    assert_eq!(BucketTag::read(&tag.write()).as_ref(), Some(tag));
}
