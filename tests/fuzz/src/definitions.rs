//! Definitions of buckets (C1). Input: the bytes of a file.

use crate::Target;
use api::{ApiError, ErrorCode};
use command_line::fuzzing::definition;
use engine::NewBucket;
use engine::rules::slug;
use toml::{Table, Value};

pub const TARGET: Target = Target {
    name: "definitions",
    holds,
    words: &[
        "[blobBucket]\n",
        "[blobBucket.rules]\n",
        "blobBucket = { key = \"a\" }",
        "key = \"a\"\n",
        "displayName = ",
        "accessPolicy = \"cel\"\n",
        "ttlTier = \"1-day\"\n",
        "maxFileSize = ",
        "maxFiles = ",
        "allowedTypes = [\"text/*\"]\n",
        "category = \"assets\"\n",
        "read = \"",
        "hasRole('admin')",
        "\"\"\"",
        "'''",
        "\"none\"",
        "9223372036854775807",
        "0x",
        "1e3",
        "\\u0000",
        "\\U0010FFFF",
        "é",
        "# ",
        "\r\n",
        "\n",
        "[",
        "{",
    ],
    tries: 5_000,
};

fn holds(input: &[u8]) {
    match definition(input.to_vec()) {
        Err(error) => is_told_with_its_place(&error, input),
        Ok(bucket) => {
            bucket.check().expect("a definition makes a bucket that can be");
            let text = std::str::from_utf8(input).expect("a definition is UTF-8");
            let table: Table = text.parse().expect("a definition is TOML");
            is_what_it_says(&bucket, &table);
            let commented = format!("# A comment.\n\n{}", text.trim_start_matches('\u{feff}'));
            let again = definition(commented.into_bytes()).expect("a comment is allowed");
            assert_eq!(format!("{again:?}"), format!("{bucket:?}"));
        }
    }
}

fn is_told_with_its_place(error: &ApiError, input: &[u8]) {
    assert_ne!(error.code, ErrorCode::Database, "{error:?}");
    assert!(error.message.starts_with("definition.toml") && error.message.ends_with('.'), "{error:?}");
    let place = |name: &str| error.details.get(name).map(|number| number.parse::<usize>().unwrap());
    let Some(line) = place("line") else { return };
    let text = std::str::from_utf8(input).expect("only what is text has lines");
    let said = text.split('\n').nth(line - 1).expect("the line is one of the file's");
    let column = place("column").expect("a line has a column");
    assert!(column >= 1 && column <= said.chars().count() + 1, "{error:?}");
}

/// Each field as another reader finds it.
fn is_what_it_says(bucket: &NewBucket, table: &Table) {
    assert_eq!(table.len(), 1, "something beside the bucket is overlooked");
    let says = table["blobBucket"].as_table().unwrap();
    let known = [
        "key",
        "displayName",
        "accessPolicy",
        "ttlTier",
        "rules",
        "maxFileSize",
        "maxFiles",
        "allowedTypes",
        "category",
    ];
    assert!(says.keys().all(|key| known.contains(&key.as_str())), "a field is overlooked: {says:?}");
    let text = |key: &str| says.get(key).and_then(Value::as_str);
    let slug = bucket.slug.as_deref().unwrap();
    assert!(slug::is_slug(slug) && text("key") == Some(slug));
    assert_eq!(bucket.title, text("displayName").map_or(slug, str::trim));
    if let Some(Value::Integer(most)) = says.get("maxFiles") {
        assert_eq!(bucket.limits.max_files, Some(u64::try_from(*most).unwrap()));
    }
    match says.get("maxFileSize") {
        None => assert_eq!(bucket.limits.file_size_limit, Some(100 << 20)),
        Some(Value::Integer(most)) => {
            assert_eq!(bucket.limits.file_size_limit, Some(u64::try_from(*most).unwrap()));
        }
        Some(_) => {}
    }
    let rules = says.get("rules").and_then(Value::as_table);
    assert_eq!(rules.is_some(), bucket.access.rules.is_some());
    if let (Some(said), Some(rules)) = (rules, &bucket.access.rules) {
        for (name, rule) in [("read", &rules.read), ("write", &rules.write), ("delete", &rules.delete)] {
            assert_eq!(said.get(name).and_then(Value::as_str), rule.as_deref(), "{name}");
        }
        assert!(says.get("accessPolicy").is_some(), "rules without their policy");
    }
}
