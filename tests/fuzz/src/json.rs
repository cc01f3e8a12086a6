//! The data of a bucket: what is JSON, and the merge that changes nothing else (A13). Input: the document, a zero byte,
//! the patch.

mod grammar;

use crate::Target;
use crate::input::Input;
use engine::Code;
use engine::rules::json::{MAX_DEPTH, check, merge};
use grammar::{Member, document, members};
use serde_json::Value;

pub const TARGET: Target = Target {
    name: "json",
    holds,
    words: &[
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        "\\u0061",
        "\\ud800",
        "\\udc00",
        "\\\"",
        " ",
        "\n  ",
        "\t",
        "\r",
        "\"a\":1",
        "{\"a\":{}}",
        "1e400",
        "1836486125467611137",
        "-0.0",
        "1E+2",
        "null",
        "true",
        "\0",
        "\0{\"a\":2}",
        "\0{\"z\":[1, 2]}",
        "é",
        "\u{feff}",
        "\"a\"",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    ],
    tries: 30_000,
};

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let text = String::from_utf8_lossy(input.until(0));
    let patch = input.text();
    for side in [&text, &patch] {
        what_is_json_is_known(side);
    }
    let merged = merge(&text, &patch);
    if check(&patch).is_err() {
        assert!(merged.is_err(), "a patch that is no JSON was merged");
    } else if check(&text).is_ok() {
        match (members(&text), members(&patch)) {
            (Some(own), Some(new)) => {
                let merged = merged.expect("an object is merged into an object");
                a_merge_means_what_it_says(&text, &own, &new, &merged);
                values_agree_with_a_map(&text, &patch, &merged);
                assert_eq!(merge(&merged, &patch).unwrap(), merged, "merging twice changes more");
            }
            _ => assert_eq!(merged.unwrap_err().code(), Code::NotAnObject),
        }
    }
}

fn what_is_json_is_known(text: &str) {
    let deepest = document(text);
    match check(text) {
        Ok(()) => assert!(deepest.is_some_and(|depth| depth <= MAX_DEPTH), "{text:?} is taken for JSON"),
        Err(error) => {
            assert!(deepest.is_none_or(|depth| depth > MAX_DEPTH), "{text:?} is refused: {error}");
            assert_eq!(error.code(), Code::InvalidJson);
        }
    }
}

/// Every member stands where it stood, in its own letters; a named one has the patch's value, in the patch's letters; new
/// ones follow in the patch's order. What stands between and around them is as it was.
fn a_merge_means_what_it_says(text: &str, own: &[Member<'_>], new: &[Member<'_>], merged: &str) {
    let last = |all: &[Member<'_>], key: &[u16]| all.iter().rposition(|member| member.key == key);
    let after = members(merged).expect("what was merged is an object");
    assert!(after.len() >= own.len(), "a member is gone");
    for (place, (was, is)) in own.iter().zip(&after).enumerate() {
        let named = if last(own, &was.key) == Some(place) { last(new, &was.key) } else { None };
        let value = named.map_or(was.value, |at| new[at].value);
        assert_eq!((is.written, is.value), (was.written, value), "a member changed that was not named");
        assert_eq!(is.before, was.before, "what stands before a member changed");
    }
    let mut added: Vec<&Member<'_>> = Vec::new();
    for member in new.iter().filter(|member| last(own, &member.key).is_none()) {
        if added.iter().all(|known| known.key != member.key) {
            added.push(member);
        }
    }
    assert_eq!(after.len(), own.len() + added.len(), "a member too many or too few");
    for (is, member) in after[own.len()..].iter().zip(&added) {
        let value = new[last(new, &member.key).unwrap()].value;
        assert_eq!((&is.key, is.value), (&member.key, value), "a new member is another");
    }
    let tail = |whole: &'_ str, all: &[Member<'_>]| all.last().map(|last| whole[last.end..].to_owned());
    if !own.is_empty() {
        assert_eq!(tail(merged, &after), tail(text, own), "what follows the members changed");
    } else if added.is_empty() {
        assert_eq!(merged, text);
    }
    assert!(check(merged).is_ok());
}

/// The same by another reader, as far as its numbers and strings go.
fn values_agree_with_a_map(text: &str, patch: &str, merged: &str) {
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    if let (Some(Value::Object(mut expected)), Some(Value::Object(patch))) = (read(text), read(patch)) {
        expected.extend(patch);
        assert_eq!(read(merged), Some(Value::Object(expected)));
    }
}
