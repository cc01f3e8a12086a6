//! Media type patterns (E7) and accept lists (A5). Input: a media type, a name, then the list.

use crate::Target;
use crate::input::Input;
use engine::Code;
use engine::rules::types::{accepts, allows, check_accept, check_patterns, is_pattern};

pub const TARGET: Target = Target {
    name: "types",
    holds,
    words: &[
        "image/png",
        "image/*",
        "*/*",
        ",",
        ".jpg",
        ".",
        "/",
        "*",
        "+xml",
        ";charset=x",
        " ",
        "text/plain",
        "IMAGE/PNG",
        ".Σ",
        "Σ",
        "İ",
        "\u{a0}",
        ".tar.gz",
        "a.JPG",
    ],
    tries: 20_000,
};

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let (media_type, name, list) = (input.line(), input.line(), input.text());
    let entries: Vec<String> =
        list.split(',').map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect();
    for entry in &entries {
        assert_eq!(is_pattern(entry), slow_is_pattern(entry), "{entry:?}");
    }
    let wrong: Vec<&String> = entries.iter().filter(|entry| !slow_is_pattern(entry)).collect();
    match check_patterns(&entries) {
        Ok(()) => assert!(wrong.is_empty(), "{wrong:?} are no patterns"),
        Err(error) => {
            assert_eq!(error.code(), Code::InvalidType);
            assert!(!wrong.is_empty() && wrong.iter().all(|entry| error.message().contains(entry.as_str())));
        }
    }
    let slow_extension =
        |entry: &str| entry.len() > 1 && entry.starts_with('.') && !entry.contains(['/', '\\', '*']);
    let wrong = entries.iter().any(|entry| !slow_is_pattern(entry) && !slow_extension(entry));
    assert_eq!(check_accept(&list).is_err(), wrong);

    let met = entries.iter().any(|entry| slow_meets(entry, &media_type));
    assert_eq!(allows(&entries, &media_type), met || entries.is_empty());
    let ends = |entry: &String| entry.starts_with('.') && folded(&name).ends_with(&folded(entry));
    let meets = |entry: &String| !entry.starts_with('.') && slow_meets(entry, &media_type);
    let taken = entries.is_empty() || entries.iter().any(|entry| ends(entry) || meets(entry));
    assert_eq!(accepts(&list, &name, &media_type), taken, "{list:?} {name:?} {media_type:?}");
}

/// Letter by letter, so that no letter depends on its neighbours.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn slow_is_pattern(entry: &str) -> bool {
    let halves: Vec<&str> = entry.split('/').collect();
    match halves[..] {
        ["*", "*"] => true,
        [kind, "*"] => slow_is_token(kind),
        [kind, sub] => slow_is_token(kind) && slow_is_token(sub),
        _ => false,
    }
}

fn slow_is_token(token: &str) -> bool {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let Some(first) = token.chars().next() else { return false };
    LETTERS.contains(first)
        && token.chars().all(|c| LETTERS.contains(c) || "-+._".contains(c))
        && token.chars().count() <= 127
}

/// Parameters do not count, nor does case.
fn slow_meets(entry: &str, media_type: &str) -> bool {
    let bare = media_type.split(';').next().unwrap().trim().to_ascii_lowercase();
    let entry = entry.to_ascii_lowercase();
    if entry == "*/*" {
        return true;
    }
    match (entry.strip_suffix("/*"), bare.split_once('/')) {
        (Some(kind), Some((given, _))) => kind == given,
        (Some(_), None) => false,
        (None, _) => entry == bare,
    }
}
