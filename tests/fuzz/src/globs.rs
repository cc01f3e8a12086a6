//! Patterns of names. Input: a folder, a name, then the pattern.

use crate::Target;
use crate::input::Input;
use engine::Code;
use engine::rules::glob::{Glob, MAX};
use engine::rules::name::{folder, normalise};

pub const TARGET: Target = Target {
    name: "globs",
    holds,
    words: &[
        "*",
        "**",
        "/",
        "?",
        "[",
        "]",
        "{",
        "}",
        ",",
        "!",
        "^",
        "-",
        "\\",
        "**/",
        "/**",
        "*.csv",
        "[a-z]",
        "[!a]",
        "{a,b}",
        "{{{{",
        "}}}}",
        "a",
        ".",
        "é",
        "\n",
        "[[:alpha:]]",
    ],
    tries: 5_000,
};

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let (in_folder, name) = (input.line(), input.line());
    let (Ok(in_folder), Ok(name)) = (folder(&in_folder), normalise(&name)) else { return };
    let pattern = input.text();
    let glob = match Glob::read(&pattern) {
        Ok(glob) => glob,
        Err(error) => {
            assert_eq!(error.code(), Code::InvalidGlob);
            assert!(
                pattern.len() > MAX || pattern.contains(['[', ']', '{', '}', '\\']),
                "{pattern:?} is refused"
            );
            return;
        }
    };
    let met = glob.matches(&in_folder, &name);
    let plain =
        !pattern.contains(['[', ']', '{', '}', '\\']) && !pattern.contains("**") && pattern.is_ascii();
    if plain {
        let key = match pattern.contains('/') && !in_folder.is_empty() {
            true => format!("{in_folder}/{name}"),
            false => name,
        };
        assert_eq!(met, slow(pattern.as_bytes(), key.as_bytes()), "{pattern:?} and {key:?}");
    }
}

/// `*` is any run of characters but `/`, `?` one of them, all else itself. Column by column, so that no pattern is slow.
fn slow(pattern: &[u8], text: &[u8]) -> bool {
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for &mark in pattern {
        let mut next = vec![false; text.len() + 1];
        for at in 0..=text.len() {
            let before = at.checked_sub(1);
            next[at] = match mark {
                b'*' => reached[at] || before.is_some_and(|before| next[before] && text[before] != b'/'),
                b'?' => before.is_some_and(|before| reached[before] && text[before] != b'/'),
                plain => before.is_some_and(|before| reached[before] && text[before] == plain),
            };
        }
        reached = next;
    }
    reached[text.len()]
}
