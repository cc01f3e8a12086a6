//! Slugs: addresses made from titles (E6).

use unicode_normalization::UnicodeNormalization;

/// The longest slug, before a number that keeps it unique.
const MAX: usize = 80;

/// Lower case, spaces to hyphens, special characters removed; accents fall away, runs of hyphens become one.
/// A title that leaves nothing gives `bucket`.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for character in title.nfkd().flat_map(char::to_lowercase) {
        let separates = character.is_whitespace() || character == '-';
        if character.is_ascii_alphanumeric() || (character == '_' && !slug.is_empty()) {
            slug.push(character);
        } else if separates && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == MAX {
            break;
        }
    }
    let slug = slug.trim_end_matches(['-', '_']);
    if slug.is_empty() { "bucket".to_owned() } else { slug.to_owned() }
}

/// Whether a text is a slug as [`slug`] and [`unique`] make them.
pub fn is_slug(text: &str) -> bool {
    let (stem, number) = text.rsplit_once('-').unwrap_or((text, ""));
    let numbered = !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit());
    slug(text) == text || (numbered && slug(stem) == stem && number.len() <= 20)
}

/// The slug itself if it is free, else with `-2`, `-3`, …
pub fn unique<E>(slug: &str, mut taken: impl FnMut(&str) -> Result<bool, E>) -> Result<String, E> {
    if !taken(slug)? {
        return Ok(slug.to_owned());
    }
    let mut number = 2_u64;
    loop {
        let candidate = format!("{slug}-{number}");
        if !taken(&candidate)? {
            return Ok(candidate);
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs_are_made_as_the_table_says() {
        for (title, expected) in [
            ("User Avatars", "user-avatars"),
            ("My Documents & Files", "my-documents-files"),
            ("Team Projects 2025", "team-projects-2025"),
            ("Café crème", "cafe-creme"),
            ("  spaced   out  ", "spaced-out"),
            ("a - b", "a-b"),
            ("日本語", "bucket"),
            ("My@Files", "myfiles"),
            ("___", "bucket"),
            ("snake_case", "snake_case"),
            (&format!("{}x", "_".repeat(MAX)), "x"),
        ] {
            assert_eq!(slug(title), expected, "{title:?}");
        }
    }

    #[test]
    fn what_is_no_slug_is_known() {
        let longest = "x".repeat(MAX);
        for good in ["photos", "photos-2", "snake_case", &longest, &format!("{longest}-12")] {
            assert!(is_slug(good), "{good:?}");
        }
        for bad in [
            "",
            "..",
            "a/b",
            "Photos",
            "a b",
            "-a",
            "a-",
            "é",
            &format!("{longest}x"),
            &format!("{longest}-x"),
        ] {
            assert!(!is_slug(bad), "{bad:?}");
        }
    }

    #[test]
    fn a_taken_slug_gets_the_next_number() {
        let taken = ["photos", "photos-2", "photos-3"];
        let free = unique("photos", |slug| Ok::<_, ()>(taken.contains(&slug)));
        assert_eq!(free, Ok("photos-4".to_owned()));
    }

    proptest! {
        #[test]
        fn a_slug_is_a_url_segment_and_stable(title in any::<String>()) {
            let made = slug(&title);
            prop_assert!(!made.is_empty() && made.len() <= MAX);
            prop_assert!(made.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-' || c == b'_'));
            prop_assert_eq!(slug(&made), made.as_str());
            prop_assert!(is_slug(&made));
            let next = made + "-2";
            prop_assert!(is_slug(&next));
        }
    }
}
