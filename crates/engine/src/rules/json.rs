//! A bucket's document: checked, and merged without touching a letter that the merge does not change.
//!
//! Numbers such as `1836486125467611137` or `1e400`, key order and formatting survive, because values are moved as
//! text and never as numbers.

use crate::{Code, Error, Result};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;

/// The longest document, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// The deepest nesting. Faces that build trees rely on it.
pub const MAX_DEPTH: usize = 128;

/// Checks that `text` is one JSON value within the limits.
///
/// # Errors
/// `invalid_json` with the line and column, `too_large` over 64 MiB.
pub fn check(text: &str) -> Result<()> {
    if text.len() > MAX_BYTES {
        return Err(Error::refusal(
            Code::TooLarge,
            "The data is over 64 MiB",
            "Keep large content in files instead.",
        )
        .with("limit", MAX_BYTES));
    }
    check_depth(text)?;
    serde_json::from_str::<&RawValue>(text).map(|_| ()).map_err(|error| invalid(&error))
}

fn invalid(error: &serde_json::Error) -> Error {
    let full = error.to_string();
    let what = full.split(" at line ").next().unwrap_or(&full).to_owned();
    Error::new(
        Code::InvalidJson,
        format!(
            "This is not JSON: {what} in line {}, column {}. Correct it and try again.",
            error.line(),
            error.column()
        ),
    )
    .with("line", error.line())
    .with("column", error.column())
}

/// Counts brackets outside strings; whether they match is the parser's business.
fn check_depth(text: &str) -> Result<()> {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if deepest > MAX_DEPTH {
        let message =
            format!("The data is nested {deepest} deep, and {MAX_DEPTH} is the limit. Make it flatter.");
        return Err(Error::new(Code::InvalidJson, message).with("limit", MAX_DEPTH));
    }
    Ok(())
}

/// Whether the document is an object, so that it can be merged into.
fn is_object(text: &str) -> bool {
    text.trim_start_matches([' ', '\t', '\n', '\r']).starts_with('{')
}

/// One member of an object, as it stands in the text.
struct Member<'a> {
    /// What the key says, escapes resolved: UTF-8, but for lone halves of surrogate pairs, which JSON may hold.
    name: Vec<u8>,
    /// The key as it is written, with its quotes.
    key: &'a str,
    value: &'a str,
}

impl<'a> Member<'a> {
    fn of(key: &'a RawValue, value: &'a RawValue) -> serde_json::Result<Self> {
        let name = serde_json::Deserializer::from_str(key.get()).deserialize_bytes(Name)?;
        Ok(Self { name, key: key.get(), value: value.get() })
    }
}

/// A string as bytes.
struct Name;

impl Visitor<'_> for Name {
    type Value = Vec<u8>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(bytes.to_vec())
    }
}

/// The members of an object in their order, doubles included.
fn members(text: &str) -> Result<Vec<Member<'_>>> {
    struct Members;
    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(&'de RawValue, &'de RawValue)>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(entry) = map.next_entry()? {
                all.push(entry);
            }
            Ok(all)
        }
    }
    let mut parser = serde_json::Deserializer::from_str(text);
    let all = parser.deserialize_map(Members).and_then(|all| parser.end().map(|()| all));
    all.and_then(|all| all.into_iter().map(|(key, value)| Member::of(key, value)).collect())
        .map_err(|error| invalid(&error))
}

/// Where a part of a text begins and ends in it.
fn place(text: &str, part: &str) -> (usize, usize) {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    (start, start + part.len())
}

/// Shallow merge (A13): each top-level key of `patch` replaces or adds that key of `document`; nothing else moves.
/// Where a key stands twice, the last one counts, as it does for every reader.
///
/// # Errors
/// `not_an_object` if either side is something else, `invalid_json` if the patch is not JSON.
pub fn merge(document: &str, patch: &str) -> Result<String> {
    check(patch)?;
    if !is_object(patch) {
        return Err(Error::new(
            Code::NotAnObject,
            "Only a JSON object can be merged. Send an object, or set the whole data.",
        ));
    }
    if !is_object(document) {
        return Err(Error::new(
            Code::NotAnObject,
            "The bucket's data is not a JSON object, so nothing can be merged into it. Set the whole data instead.",
        ));
    }
    let (present, named) = (members(document)?, members(patch)?);
    let last: HashMap<&[u8], &Member<'_>> =
        present.iter().map(|member| (member.name.as_slice(), member)).collect();
    let mut values: HashMap<&[u8], &str> =
        named.iter().map(|member| (member.name.as_slice(), member.value)).collect();
    let mut edits: Vec<(usize, usize, &str)> = Vec::new();
    let mut added: Vec<(&str, &str)> = Vec::new();
    for Member { name, key, .. } in &named {
        // A key that stands twice comes once, with its last value.
        let Some(value) = values.remove(name.as_slice()) else { continue };
        match last.get(name.as_slice()) {
            Some(member) => {
                let (start, end) = place(document, member.value);
                edits.push((start, end, value));
            }
            None => added.push((key, value)),
        }
    }
    edits.sort_unstable_by_key(|(start, ..)| *start);
    let mut merged = String::with_capacity(document.len() + patch.len());
    let mut at = 0;
    for (start, end, value) in edits {
        merged.push_str(&document[at..start]);
        merged.push_str(value);
        at = end;
    }
    append(&mut merged, document, at, present.last(), &added);
    if merged.len() > MAX_BYTES {
        return Err(Error::refusal(
            Code::TooLarge,
            "The data would be over 64 MiB",
            "Keep large content in files instead.",
        ));
    }
    Ok(merged)
}

/// Adds the rest of the document, with new members before its closing brace in the style of the last one.
fn append(merged: &mut String, document: &str, at: usize, last: Option<&Member<'_>>, added: &[(&str, &str)]) {
    if added.is_empty() {
        merged.push_str(&document[at..]);
        return;
    }
    let close = document.rfind('}').expect("an object that was parsed ends in a brace");
    let (before, colon) = match last {
        Some(last) => style(document, last),
        None if document.len() > 2 && !document.contains('\n') => ("", ":"),
        None => ("\n  ", ": "),
    };
    let tail_start = last.map_or(close, |last| place(document, last.value).1);
    merged.push_str(&document[at..tail_start.max(at)]);
    if last.is_none() && before.contains('\n') {
        merged.truncate(merged.trim_end().len());
    }
    for (number, (key, value)) in added.iter().enumerate() {
        if number > 0 || last.is_some() {
            merged.push(',');
        }
        merged.push_str(before);
        merged.push_str(key);
        merged.push_str(colon);
        merged.push_str(value);
    }
    if last.is_none() && before.contains('\n') {
        merged.push('\n');
        merged.push_str(document[close..].trim_start());
    } else {
        merged.push_str(&document[tail_start..]);
    }
}

/// The white space before the last member's key, and what stands between the key and its value.
fn style<'a>(document: &'a str, last: &Member<'_>) -> (&'a str, &'a str) {
    let ((key_start, key_end), (value_start, _)) = (place(document, last.key), place(document, last.value));
    let before = &document[..key_start];
    let space = before.trim_end_matches([' ', '\t', '\n', '\r']).len();
    (&before[space..], &document[key_end..value_start])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn a_merge_changes_only_what_it_names() {
        for (document, patch, merged) in [
            ("{}", r#"{"a":1}"#, "{\n  \"a\": 1\n}"),
            ("{\n}\n", r#"{"a":1}"#, "{\n  \"a\": 1\n}\n"),
            (r#"{"a":1}"#, r#"{"b":2}"#, r#"{"a":1,"b":2}"#),
            (r#"{"a":1}"#, r#"{"a":2}"#, r#"{"a":2}"#),
            (r#"{ "a" : 1 }"#, r#"{"b":[1, 2]}"#, r#"{ "a" : 1, "b" : [1, 2] }"#),
            (
                "{\n  \"seed\": 1836486125467611137,\n  \"x\": 1e400\n}\n",
                r#"{"y":1.0}"#,
                "{\n  \"seed\": 1836486125467611137,\n  \"x\": 1e400,\n  \"y\": 1.0\n}\n",
            ),
            (
                "{\n\t\"z\": 1,\n\t\"a\": {\"k\": [ 1 ]}\n}",
                r#"{"z":null,"q":"\u00e9"}"#,
                "{\n\t\"z\": null,\n\t\"a\": {\"k\": [ 1 ]},\n\t\"q\": \"\\u00e9\"\n}",
            ),
            (r#"{"a":1,"a":2}"#, r#"{"a":3}"#, r#"{"a":1,"a":3}"#),
            (r#"{"a":{"b":1}}"#, r#"{"a":{"c":2}}"#, r#"{"a":{"c":2}}"#),
            (r#"{"\u0061":1}"#, r#"{"a":2}"#, r#"{"\u0061":2}"#),
            (r#"{"a\\\"b":1}"#, r#"{"c":2}"#, r#"{"a\\\"b":1,"c":2}"#),
            (r#"{"a":1}"#, "{}", r#"{"a":1}"#),
            (r#"{"a":"}"}"#, r#"{"b":":"}"#, r#"{"a":"}","b":":"}"#),
            ("{ }", r#"{"b":1,"c":2}"#, r#"{ "b":1,"c":2}"#),
            (r#"{"a":1}"#, r#"{"\u0062":2,"b":3}"#, r#"{"a":1,"\u0062":3}"#),
            (r#"{"\ud800":1}"#, r#"{"\uD800":2,"\udc00":3}"#, r#"{"\ud800":2,"\udc00":3}"#),
        ] {
            assert_eq!(merge(document, patch).unwrap(), merged, "{document} + {patch}");
        }
    }

    #[test]
    fn a_merge_of_a_hundred_thousand_keys_is_no_matter() {
        let many: Vec<String> = (0..100_000).map(|number| format!("\"key {number}\":{number}")).collect();
        let many = format!("{{{}}}", many.join(","));
        assert_eq!(merge("{ }", &many).unwrap().len(), many.len() + 1);
        assert_eq!(merge(&many, &many).unwrap(), many);
    }

    #[test]
    fn a_merge_needs_objects_and_says_so() {
        for (document, patch) in [("[1]", "{}"), ("null", r#"{"a":1}"#), ("{}", "[]"), ("{}", "\"text\"")] {
            assert_eq!(merge(document, patch).unwrap_err().code(), Code::NotAnObject);
        }
        assert_eq!(merge("{}", "{").unwrap_err().code(), Code::InvalidJson);
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        for text in [
            "",
            "{",
            "{\"a\":}",
            "01",
            "{'a':1}",
            "[1,]",
            "nul",
            "1 2",
            "\u{feff}{}",
            "{\"a\":1}}",
            "+1",
            "NaN",
        ] {
            let error = check(text).unwrap_err();
            assert_eq!(error.code(), Code::InvalidJson, "{text:?}");
            assert!(error.detail("line").is_some());
        }
        for text in ["{}", "[]", "null", "1e400", " 1.0 ", "\"\\ud800\"", "{\"a\":1,\"a\":2}"] {
            assert!(check(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn deep_data_is_refused_without_falling_over() {
        let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(check(&deep(MAX_DEPTH)).is_ok());
        assert_eq!(check(&deep(MAX_DEPTH + 1)).unwrap_err().code(), Code::InvalidJson);
        assert_eq!(check(&deep(1_000_000)).unwrap_err().code(), Code::InvalidJson);
        assert!(check(&format!("\"{}\"", "[".repeat(500))).is_ok(), "brackets in strings are text");
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from)
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec(("[a-d\"\\\\]{0,3}", inner), 0..4)
                    .prop_map(|all| Value::Object(all.into_iter().collect())),
            ]
        })
    }

    fn object() -> impl Strategy<Value = Value> {
        proptest::collection::vec(("[a-d\"\\\\:,{}]{0,3}", value()), 0..6)
            .prop_map(|all| Value::Object(all.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn a_merge_means_what_a_map_insert_means(document in object(), patch in object(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&document).unwrap() } else { document.to_string() };
            let merged: Value = serde_json::from_str(&merge(&text, &patch.to_string()).unwrap()).unwrap();
            let mut expected = document;
            for (key, value) in patch.as_object().unwrap() {
                expected[key] = value.clone();
            }
            prop_assert_eq!(merged, expected);
        }

        #[test]
        fn merging_twice_is_merging_once(document in object(), patch in object()) {
            let once = merge(&document.to_string(), &patch.to_string()).unwrap();
            prop_assert_eq!(merge(&once, &patch.to_string()).unwrap(), once);
        }

        #[test]
        fn hostile_text_is_refused_or_kept_and_never_panics(text in ".{0,60}", patch in ".{0,60}") {
            let _ = check(&text);
            let _ = merge(&text, &patch);
        }
    }
}
