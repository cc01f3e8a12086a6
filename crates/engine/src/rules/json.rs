//! A bucket's document: checked, and merged without touching a letter that the merge does not change.
//!
//! Numbers such as `1836486125467611137` or `1e400`, key order and formatting survive, because values are moved as
//! text and never as numbers.

use crate::{Code, Error, Result};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
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

/// One member of an object: its key, and where its value stands in the text.
struct Member<'a> {
    key: String,
    value: &'a str,
    start: usize,
}

/// The members of an object in their order, doubles included.
fn members(text: &str) -> Result<Vec<Member<'_>>> {
    struct Members;
    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(String, &'de RawValue)>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(entry) = map.next_entry::<String, &'de RawValue>()? {
                all.push(entry);
            }
            Ok(all)
        }
    }
    let mut parser = serde_json::Deserializer::from_str(text);
    let all = parser
        .deserialize_map(Members)
        .and_then(|all| parser.end().map(|()| all))
        .map_err(|e| invalid(&e))?;
    let base = text.as_ptr() as usize;
    Ok(all
        .into_iter()
        .map(|(key, value)| Member { key, value: value.get(), start: value.get().as_ptr() as usize - base })
        .collect())
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
    let present = members(document)?;
    let mut changes: Vec<(String, &str)> = Vec::new();
    for member in members(patch)? {
        match changes.iter_mut().find(|(key, _)| *key == member.key) {
            Some(change) => change.1 = member.value,
            None => changes.push((member.key, member.value)),
        }
    }
    let mut edits: Vec<(usize, usize, &str)> = Vec::new();
    let mut added: Vec<(String, &str)> = Vec::new();
    let last: std::collections::HashMap<&str, &Member<'_>> =
        present.iter().map(|member| (member.key.as_str(), member)).collect();
    for (key, value) in changes {
        match last.get(key.as_str()) {
            Some(member) => edits.push((member.start, member.start + member.value.len(), value)),
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
fn append(
    merged: &mut String,
    document: &str,
    at: usize,
    last: Option<&Member<'_>>,
    added: &[(String, &str)],
) {
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
    let tail_start = last.map_or(close, |last| last.start + last.value.len());
    merged.push_str(&document[at..tail_start.max(at)]);
    if last.is_none() && before.contains('\n') {
        merged.truncate(merged.trim_end().len());
    }
    for (place, (key, value)) in added.iter().enumerate() {
        if place > 0 || last.is_some() {
            merged.push(',');
        }
        merged.push_str(before);
        merged.push_str(&serde_json::Value::String(key.clone()).to_string());
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
    let head = &document[..last.start];
    let colon = head.rfind(':').map_or(head.len(), |colon| head[..colon].trim_end().len());
    let key_end = colon;
    let key_start = opening_quote(&document[..key_end]);
    let before = &document[..key_start];
    let space = before.trim_end_matches([' ', '\t', '\n', '\r']).len();
    (&before[space..], &document[key_end..last.start])
}

/// Where the string that ends at the end of `text` begins: the nearest quote before it that no backslash escapes.
fn opening_quote(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = bytes.len().saturating_sub(1);
    while at > 0 {
        at -= 1;
        if bytes[at] == b'"' {
            let escapes = bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
            if escapes % 2 == 0 {
                return at;
            }
        }
    }
    0
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
        ] {
            assert_eq!(merge(document, patch).unwrap(), merged, "{document} + {patch}");
        }
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
