//! Names of objects and folders (DESIGN section 3, A4).

use crate::{Code, Error, Result};

/// The longest name in bytes.
pub const MAX_NAME: usize = 255;
/// The longest key in bytes.
pub const MAX_KEY: usize = 1024;
/// The longest extension that is kept when a long name is cut.
const MAX_EXTENSION: usize = 32;

/// The name under which a file is stored: the base name, every run of characters other than ASCII letters, digits,
/// `_`, `-`, `.` as one `_`, in lower case, at most 255 bytes with the extension kept, and a `_` before a name that
/// Windows reserves. Normalising a normalised name changes nothing.
///
/// # Errors
/// `invalid_name` for `.`, `..` and the empty name.
pub fn normalise(original: &str) -> Result<String> {
    let base = base_name(original);
    if base.is_empty() || base == "." || base == ".." {
        let shown =
            if original.is_empty() { "An empty name".to_owned() } else { format!("“{original}”") };
        return Err(Error::refusal(
            Code::InvalidName,
            format!("{shown} cannot be a file's name"),
            "Give it a name with letters or digits.",
        )
        .with("name", original));
    }
    let mut name = String::with_capacity(base.len());
    let mut in_run = false;
    for character in base.chars() {
        if character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.') {
            name.push(character.to_ascii_lowercase());
            in_run = false;
        } else if !in_run {
            name.push('_');
            in_run = true;
        }
    }
    if is_reserved(&name) {
        name.insert(0, '_');
    }
    Ok(cut(name))
}

/// What the person's file is called, for display and download: the base name, with control characters taken out. Empty
/// where that leaves no name.
pub fn original(given: &str) -> String {
    // Taken out first: what they stood between may be a drive letter, or `..`.
    let printed: String = given.chars().filter(|character| !character.is_control()).collect();
    let shown = base_name(&printed);
    let mut end = shown.len().min(MAX_NAME * 4);
    while !shown.is_char_boundary(end) {
        end -= 1;
    }
    let shown = &shown[..end];
    if matches!(shown, "." | "..") { String::new() } else { shown.to_owned() }
}

/// The name under which a file is stored, and the one that is shown: the original, or the same where that leaves none.
///
/// # Errors
/// As [`normalise`].
pub fn both(given: &str) -> Result<(String, String)> {
    let (name, shown) = (normalise(given)?, original(given));
    let shown = if shown.is_empty() { name.clone() } else { shown };
    Ok((name, shown))
}

/// A folder's path, each segment normalised; empty segments and `.` fall away.
///
/// # Errors
/// `invalid_name` for `..` and for a path too long to be a key.
pub fn folder(path: &str) -> Result<String> {
    let mut segments = Vec::new();
    for segment in path.split(['/', '\\']).filter(|segment| !segment.is_empty() && *segment != ".") {
        segments.push(normalise(segment)?);
    }
    let folder = segments.join("/");
    if folder.len() + 1 + MAX_NAME > MAX_KEY {
        return Err(Error::refusal(
            Code::InvalidName,
            "The folders lie too deep: their names together are over 768 bytes",
            "Shorten some of their names.",
        ));
    }
    Ok(folder)
}

/// The key of a stored object from a key that a person typed.
pub fn key(typed: &str) -> Result<(String, String)> {
    match typed.rsplit_once('/') {
        Some((path, name)) => Ok((folder(path)?, normalise(name)?)),
        None => Ok((String::new(), normalise(typed)?)),
    }
}

/// `name-2.ext`: the name with a number before its extension, within the length.
pub fn numbered(name: &str, number: u64) -> String {
    let (stem, extension) = split(name);
    let tail = format!("-{number}{extension}");
    let mut end = stem.len().min(MAX_NAME - tail.len());
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{tail}", &stem[..end])
}

/// The same for the name that people see.
pub fn numbered_original(name: &str, number: u64) -> String {
    let (stem, extension) = split(name);
    format!("{stem} {number}{extension}")
}

/// The stem and the extension with its dot; a leading dot begins no extension.
fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot) if dot > 0 && name.len() - dot <= MAX_EXTENSION => name.split_at(dot),
        _ => (name, ""),
    }
}

/// What follows the last separator and a drive letter.
fn base_name(name: &str) -> &str {
    let base = name.rsplit(['/', '\\']).next().unwrap_or("");
    match base.as_bytes() {
        [drive, b':', ..] if drive.is_ascii_alphabetic() => base_name(&base[2..]),
        _ => base,
    }
}

/// Names that Windows keeps for devices, with or without an extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("");
    match stem {
        "con" | "prn" | "aux" | "nul" => true,
        _ => {
            stem.len() == 4
                && (stem.starts_with("com") || stem.starts_with("lpt"))
                && matches!(stem.as_bytes()[3], b'1'..=b'9')
        }
    }
}

fn cut(name: String) -> String {
    if name.len() <= MAX_NAME {
        return name;
    }
    let (stem, extension) = split(&name);
    format!("{}{extension}", &stem[..MAX_NAME - extension.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_normalised_as_the_table_says() {
        for (original, stored) in [
            ("Résumé (Final) 2025.PDF", "r_sum_final_2025.pdf"),
            ("Price list [new].pdf", "price_list_new_.pdf"),
            ("Price list (new).pdf", "price_list_new_.pdf"),
            ("hero_film_90s_master.mov", "hero_film_90s_master.mov"),
            ("Logo sheet.svg", "logo_sheet.svg"),
            ("日本語.txt", "_.txt"),
            ("a_ b.txt", "a__b.txt"),
            ("NOEXT", "noext"),
            (".gitignore", ".gitignore"),
            ("...", "..."),
            ("/etc/passwd", "passwd"),
            ("..\\..\\windows\\system.ini", "system.ini"),
            ("C:evil.exe", "evil.exe"),
            ("C:\\dir\\x.txt", "x.txt"),
            ("CON", "_con"),
            ("nul.txt", "_nul.txt"),
            ("com1.tar.gz", "_com1.tar.gz"),
            ("com0", "com0"),
            ("lpt9", "_lpt9"),
            ("console.log", "console.log"),
            ("tab\there\n.txt", "tab_here_.txt"),
            ("a\0b", "a_b"),
        ] {
            assert_eq!(normalise(original).unwrap(), stored, "{original:?}");
        }
    }

    #[test]
    fn an_original_name_leads_nowhere() {
        for (given, shown) in [
            ("a/Größe.pdf", "Größe.pdf"),
            ("tab\there\n.txt", "tabhere.txt"),
            ("..", ""),
            ("a/.", ""),
            (".\0.", ""),
            ("C\0:\\a", "a"),
            ("\r\n", ""),
        ] {
            assert_eq!(original(given), shown, "{given:?}");
        }
        assert_eq!(both(".\0.").unwrap(), ("._.".to_owned(), "._.".to_owned()));
        assert_eq!(both("É.txt").unwrap(), ("_.txt".to_owned(), "É.txt".to_owned()));
    }

    #[test]
    fn names_that_are_none_are_refused() {
        for name in ["", ".", "..", "/", "a/..", "dir/", "C:", "c:\\.."] {
            assert_eq!(normalise(name).unwrap_err().code(), Code::InvalidName, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_and_keeps_its_extension() {
        let name = normalise(&format!("{}.jpeg", "x".repeat(400))).unwrap();
        assert_eq!(name.len(), MAX_NAME);
        assert!(name.ends_with("x.jpeg"));
        assert_eq!(normalise(&"y".repeat(400)).unwrap().len(), MAX_NAME);
        let odd = normalise(&format!("a.{}", "z".repeat(400))).unwrap();
        assert_eq!(odd.len(), MAX_NAME);
    }

    #[test]
    fn folders_keep_their_segments_and_lose_what_leads_out() {
        assert_eq!(folder("Social crops/Été 2026/").unwrap(), "social_crops/_t_2026");
        assert_eq!(folder("./a//b/.").unwrap(), "a/b");
        assert_eq!(folder("").unwrap(), "");
        assert_eq!(folder("a/../b").unwrap_err().code(), Code::InvalidName);
        assert_eq!(folder(&"abcdefgh/".repeat(100)).unwrap_err().code(), Code::InvalidName);
    }

    #[test]
    fn a_number_goes_before_the_extension() {
        assert_eq!(numbered("report.csv", 2), "report-2.csv");
        assert_eq!(numbered("noext", 3), "noext-3");
        assert_eq!(numbered(".env", 2), ".env-2");
        assert_eq!(numbered(&format!("{}.csv", "x".repeat(251)), 12).len(), MAX_NAME);
        assert_eq!(numbered_original("Résumé.pdf", 2), "Résumé 2.pdf");
    }

    proptest! {
        #[test]
        fn normalising_is_idempotent_and_stays_in_its_alphabet(original in any::<String>()) {
            if let Ok(name) = normalise(&original) {
                prop_assert!(!name.is_empty() && name.len() <= MAX_NAME);
                prop_assert!(name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || b"_-.".contains(&c)));
                prop_assert!(name != "." && name != "..");
                prop_assert_eq!(normalise(&name).unwrap(), name);
            }
        }

        #[test]
        fn long_and_reserved_names_are_idempotent_too(stem in "(con|com1|[a-z.]{0,3})", tail in "[a-zA-Z0-9 ._é]{0,300}") {
            if let Ok(name) = normalise(&format!("{stem}{tail}")) {
                prop_assert!(name.len() <= MAX_NAME);
                prop_assert_eq!(normalise(&name).unwrap(), name);
            }
        }

        #[test]
        fn a_numbered_name_is_a_normalised_name(original in any::<String>(), number in 2_u64..100_000) {
            if let Ok(name) = normalise(&original) {
                let numbered = numbered(&name, number);
                prop_assert_eq!(normalise(&numbered).unwrap(), numbered);
            }
        }
    }
}
