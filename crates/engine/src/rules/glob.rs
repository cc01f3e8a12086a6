//! Patterns of names: `*` stays within a folder, `**` crosses them; a pattern without a slash looks at the name in every
//! folder.

use crate::{Code, Error, Result};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// The longest pattern in bytes: that of the longest key. Building one takes memory and time by its length.
pub const MAX: usize = super::name::MAX_KEY;

/// A pattern that can be matched.
#[derive(Debug, Clone)]
pub struct Glob {
    matcher: GlobSet,
    /// Whether it looks at the whole key.
    whole: bool,
}

impl Glob {
    /// Reads a pattern.
    ///
    /// # Errors
    /// `invalid_glob` for what is no pattern, is longer than [`MAX`], or nests too deep.
    pub fn read(pattern: &str) -> Result<Self> {
        if pattern.len() > MAX {
            let message = format!("A pattern has at most {MAX} bytes. Write a shorter one such as *.csv.");
            return Err(Error::new(Code::InvalidGlob, message));
        }
        // A set of one: a lone matcher panics where the pattern can be read but not be built.
        let built = GlobBuilder::new(pattern)
            .literal_separator(true)
            .build()
            .and_then(|glob| GlobSetBuilder::new().add(glob).build());
        built.map(|matcher| Self { matcher, whole: pattern.contains('/') }).map_err(|error| {
            let message = format!("“{pattern}” is not a pattern: {}. Write one such as *.csv.", error.kind());
            Error::new(Code::InvalidGlob, message)
        })
    }

    /// Whether an object of that folder and name meets it.
    pub fn matches(&self, folder: &str, name: &str) -> bool {
        if self.whole && !folder.is_empty() {
            self.matcher.is_match(format!("{folder}/{name}"))
        } else {
            self.matcher.is_match(name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stay_within_a_folder_unless_doubled() {
        for (pattern, folder, name, met) in [
            ("*.csv", "", "a.csv", true),
            ("*.csv", "reports/2025", "a.csv", true),
            ("*.csv", "", "a.txt", false),
            ("reports/*.csv", "reports", "a.csv", true),
            ("reports/*.csv", "reports/2025", "a.csv", false),
            ("reports/**", "reports/2025", "a.csv", true),
            ("**/2025/*", "reports/2025", "a.csv", true),
            ("?.{csv,txt}", "", "a.txt", true),
            ("[a-c].csv", "", "d.csv", false),
            ("", "", "a.csv", false),
        ] {
            assert_eq!(Glob::read(pattern).unwrap().matches(folder, name), met, "{pattern} {folder} {name}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused_with_words() {
        let nested = format!("{}a{}", "{".repeat(300), "}".repeat(300));
        for pattern in ["[", "{a", "a}", "[z-a]", &nested, &"?".repeat(MAX + 1)] {
            let error = Glob::read(pattern).unwrap_err();
            assert_eq!(error.code(), Code::InvalidGlob, "{pattern}");
            assert!(error.message().contains("such as *.csv"));
        }
    }
}
