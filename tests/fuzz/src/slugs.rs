//! Slugs (E6). Input: how many of its followers are taken, then the title.

use crate::Target;
use crate::input::Input;
use engine::rules::slug::{is_slug, slug, unique};
use std::collections::HashSet;

pub const TARGET: Target = Target {
    name: "slugs",
    holds,
    words: &[
        "-", "_", " ", "--", "é", "ß", "İ", "ﬁ", "Ⅳ", "\u{a0}", "\u{301}", "bucket", "Photos", "2", "\t",
        "K", "日本",
    ],
    tries: 10_000,
};

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let (taken, title) = (input.number() % 50, input.text());
    let made = slug(&title);
    assert!(!made.is_empty() && made.len() <= 80, "{made:?}");
    assert!(made.bytes().all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_')), "{made:?}");
    assert!(!made.contains("--") && made.trim_matches(['-', '_']) == made, "{made:?}");
    assert_eq!(slug(&made), made);
    assert!(is_slug(&made));
    if title.is_ascii() {
        let letters = |text: &str| -> String {
            text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
        };
        let (had, kept) = (letters(&title), letters(&made));
        assert!(had.starts_with(&kept) || (had.is_empty() && made == "bucket"), "{made:?}");
        assert!(kept.len() == had.len() || title.len() > 80 || had.is_empty(), "{made:?} is too short");
    }
    a_free_one_is_found(&made, taken);
    if is_slug(&title) {
        assert!(
            title.len() <= 101 && title.bytes().all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
        );
    }
}

fn a_free_one_is_found(made: &str, taken: u64) {
    let mut others: HashSet<String> = (2..=taken).map(|number| format!("{made}-{number}")).collect();
    if taken > 0 {
        others.insert(made.to_owned());
    }
    let free = unique(made, |slug| Ok::<_, ()>(others.contains(slug))).unwrap();
    let expected = if taken == 0 { made.to_owned() } else { format!("{made}-{}", taken.max(1) + 1) };
    assert_eq!(free, expected);
    assert!(is_slug(&free));
}
