//! Names, folders and keys (DESIGN section 3, A4). Input: a number, then the name.

use crate::Target;
use crate::input::Input;
use engine::rules::name::{MAX_KEY, MAX_NAME, both, folder, key, normalise, numbered, original};

pub const TARGET: Target = Target {
    name: "names",
    holds,
    words: &[
        "/",
        "\\",
        "..",
        ".",
        "C:",
        "c:",
        "con",
        "CON",
        "nul.",
        "com1",
        "lpt9",
        "é",
        "日本",
        "\0",
        "\r\n",
        "_",
        "-",
        " ",
        ".tar.gz",
        ".PDF",
        "İ",
        "ß",
        "\u{202e}",
        "\u{212a}",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ],
    tries: 10_000,
};

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let number = input.number();
    let given = input.text();
    a_name_is_as_the_table_says(&given);
    a_folder_leads_nowhere_else(&given);
    a_key_is_a_folder_and_a_name(&given);
    an_original_name_is_one_name(&given);
    if let Ok(name) = normalise(&given) {
        let numbered = numbered(&name, number);
        assert_eq!(normalise(&numbered).unwrap(), numbered);
    }
}

fn a_name_is_as_the_table_says(given: &str) {
    let base = slow_base(given);
    let name = match normalise(given) {
        Ok(name) => name,
        Err(error) => {
            assert!(["", ".", ".."].contains(&base.as_str()), "refused: {error}");
            return;
        }
    };
    assert!(!["", ".", ".."].contains(&base.as_str()), "{base:?} is no name");
    assert_eq!(normalise(&name).unwrap(), name, "normalising twice changes it");
    assert!(is_name(&name), "{name:?}");
    let slow = slow_name(&base);
    if slow.len() <= MAX_NAME {
        assert_eq!(name, slow);
    } else {
        assert_eq!(name.len(), MAX_NAME, "cut shorter than needed");
        let kept = slow.rsplit_once('.').filter(|(stem, end)| !stem.is_empty() && end.len() < 32);
        if let Some((_, extension)) = kept {
            assert!(name.ends_with(&format!(".{extension}")), "the extension is lost");
        }
    }
}

fn a_folder_leads_nowhere_else(given: &str) {
    let Ok(path) = folder(given) else { return };
    assert!(path.is_empty() || path.split('/').all(is_name), "{path:?}");
    assert!(path.len() + 1 + MAX_NAME <= MAX_KEY);
    assert_eq!(folder(&path).unwrap(), path);
}

fn a_key_is_a_folder_and_a_name(given: &str) {
    let Ok((folder, name)) = key(given) else { return };
    let whole = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
    assert!(whole.len() <= MAX_KEY);
    assert_eq!(key(&whole).unwrap(), (folder, name), "the key of an object does not lead to it");
}

fn an_original_name_is_one_name(given: &str) {
    let shown = original(given);
    assert!(!shown.chars().any(|c| c.is_control() || matches!(c, '/' | '\\')), "{shown:?}");
    assert!(shown != "." && shown != "..", "{shown:?} leads elsewhere");
    assert!(shown.len() <= MAX_NAME * 4);
    assert_eq!(original(&shown), shown);
    if let Ok((name, shown)) = both(given) {
        assert_eq!((Ok(&name), shown.is_empty()), (normalise(given).as_ref().map_err(|_| ()), false));
    }
}

fn is_name(name: &str) -> bool {
    let device = name.split('.').next().unwrap();
    !matches!(name, "" | "." | "..")
        && name.len() <= MAX_NAME
        && name.bytes().all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.'))
        && !DEVICES.contains(&device)
}

const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// What is left when everything up to a separator or a drive letter is taken away, again and again.
fn slow_base(given: &str) -> String {
    let mut left: Vec<char> = given.chars().collect();
    loop {
        if let Some(at) = left.iter().position(|c| matches!(c, '/' | '\\')) {
            left.drain(..=at);
        } else if left.len() >= 2 && left[0].is_ascii_alphabetic() && left[1] == ':' {
            left.drain(..2);
        } else {
            return left.into_iter().collect();
        }
    }
}

/// The name before it is cut.
fn slow_name(base: &str) -> String {
    let marked: String = base
        .to_ascii_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "_-.".contains(c) { c } else { '\0' })
        .collect();
    let runs: Vec<&str> = marked.split('\0').collect();
    let mut name = String::new();
    for (place, run) in runs.iter().enumerate() {
        // Of neighbouring marks all but one fall away.
        let between = place > 0 && (place == 1 || !runs[place - 1].is_empty());
        if between {
            name.push('_');
        }
        name.push_str(run);
    }
    if DEVICES.contains(&name.split('.').next().unwrap()) { format!("_{name}") } else { name }
}
