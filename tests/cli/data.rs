//! The document of a bucket: to the letter, and never overwritten unseen.

use acceptance::Home;
use serde_json::json;

const LOSSLESS: &str = "{\n\t\"z\": 1836486125467611137,\n  \"a\" : [1e400, 1.0, -0, 0.1e-7],   \"é\\u00e9\":\"\\ud83d\\ude00😀\",\n\"z2\":{ }\n}\n\n";

fn home() -> Home {
    let home = Home::new();
    home.bucket("Kit");
    home
}

fn set(home: &Home, text: &str) {
    home.feed(["data", "set", "kit", "-"], text.as_bytes()).done();
}

fn shown(home: &Home) -> String {
    home.run(["data", "show", "kit"]).done()
}

#[test]
fn a_document_is_kept_to_the_letter() {
    let home = home();
    for text in
        [LOSSLESS, "1836486125467611137", "1e400", "1.0", " [ ] ", "null", "\"x\"", "{\"a\":1,\"a\":2}"]
    {
        set(&home, text);
        let expected = if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
        assert_eq!(shown(&home), expected);
        assert_eq!(home.json(["data", "show", "kit"])["text"], text);
        // From a file as well.
        let file = home.source("data.json", text);
        home.run(["data", "set", "kit", file.to_str().unwrap()]).done();
        assert_eq!(home.json(["data", "show", "kit"])["text"], text);
    }
}

#[test]
fn a_merge_touches_only_what_it_names() {
    let home = home();
    set(&home, LOSSLESS);
    home.feed(["data", "merge", "kit", "-"], b"{\"z\": 2.50, \"new\": 12345678901234567890.0}").done();
    let text = shown(&home);
    let rest = "\"a\" : [1e400, 1.0, -0, 0.1e-7],   \"é\\u00e9\":\"\\ud83d\\ude00😀\"";
    assert!(text.contains(rest) && text.contains("\"z\": 2.50"), "{text}");
    assert!(text.contains("\"new\"") && text.contains("12345678901234567890.0"), "{text}");
    assert!(!text.contains("1836486125467611137"), "{text}");
}

#[test]
fn a_merge_is_shallow() {
    let home = home();
    set(&home, "{\"a\":{\"b\":1,\"c\":2},\"d\":[1,2]}");
    home.feed(["data", "merge", "kit", "-"], b"{\"a\":{\"b\":9},\"d\":null}").done();
    let data: serde_json::Value = serde_json::from_str(&shown(&home)).unwrap();
    assert_eq!(data, json!({ "a": { "b": 9 }, "d": null }));
}

#[test]
fn what_is_no_json_is_refused_and_changes_nothing() {
    let home = home();
    set(&home, "{\"a\":1}");
    for text in ["", "{", "{\"a\":}", "{'a':1}", "NaN", "01", "{} {}", "[1,]", "// x\n{}", "\"\u{1}\""] {
        let ran = home.feed(["--json", "data", "set", "kit", "-"], text.as_bytes());
        let error = ran.error();
        assert_eq!(error["code"], "invalid_json", "{text:?}");
        assert!(error["message"].as_str().unwrap().contains("This is not JSON"), "{error}");
        let ran = home.feed(["--json", "data", "merge", "kit", "-"], text.as_bytes());
        assert_eq!(ran.error()["code"], "invalid_json", "{text:?}");
    }
    let error = home.feed(["--json", "data", "set", "kit", "-"], b"{\"a\":\n  tru}").error();
    assert_eq!(error["details"]["line"], "2", "{error}");
    assert_eq!(home.feed(["--json", "data", "set", "kit", "-"], b"\"\xff\"").error()["code"], "invalid_json");
    let deep = "[".repeat(100_000);
    assert_eq!(
        home.feed(["--json", "data", "set", "kit", "-"], deep.as_bytes()).error()["code"],
        "invalid_json"
    );
    assert_eq!(shown(&home), "{\"a\":1}\n");
}

#[test]
fn a_merge_needs_an_object_on_both_sides() {
    let home = home();
    for patch in ["[1]", "1", "null", "\"x\""] {
        let ran = home.feed(["--json", "data", "merge", "kit", "-"], patch.as_bytes());
        assert_eq!(ran.error()["code"], "not_an_object", "{patch}");
    }
    set(&home, "[1]");
    let ran = home.feed(["--json", "data", "merge", "kit", "-"], b"{\"a\":1}");
    assert_eq!(ran.error()["code"], "not_an_object");
    assert_eq!(shown(&home), "[1]\n");
}

#[test]
fn a_stale_revision_is_refused_with_the_current_document() {
    let home = home();
    set(&home, "{\"a\":1}");
    let revision = home.json(["data", "show", "kit"])["revision"].to_string();
    set(&home, "{\"a\": 2}");
    let ran = home.feed(["--json", "data", "set", "kit", "-", "--revision", &revision], b"{\"a\":3}");
    let error = ran.error();
    assert_eq!(error["code"], "stale_revision");
    assert_eq!(error["details"]["text"], "{\"a\": 2}");
    assert_eq!(error["details"]["by"], "mara");
    let current = error["details"]["revision"].as_str().unwrap().to_owned();
    assert_eq!(shown(&home), "{\"a\": 2}\n");
    let saved = home.feed(["--json", "data", "set", "kit", "-", "--revision", &current], b"{\"a\":3}").json();
    assert_eq!(saved["revision"].to_string(), (current.parse::<u64>().unwrap() + 1).to_string());
    assert_eq!(shown(&home), "{\"a\":3}\n");
}

#[test]
fn a_document_that_cannot_be_read_is_refused() {
    let home = home();
    let folder = home.sources();
    for (path, code) in
        [(folder.join("nothing.json"), "source_missing"), (folder.clone(), "source_not_a_file")]
    {
        let error = home.error(["data", "set", "kit", path.to_str().unwrap()]);
        assert_eq!(error["code"], code, "{}", path.display());
    }
    assert_eq!(shown(&home), "{}\n");
}

#[test]
fn a_document_over_the_limit_is_refused() {
    let home = home();
    let text = format!("\"{}\"", "é".repeat(33 << 20));
    assert_eq!(
        home.feed(["--json", "data", "set", "kit", "-"], text.as_bytes()).error()["code"],
        "too_large"
    );
    assert_eq!(shown(&home), "{}\n");
}
