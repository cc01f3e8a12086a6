//! Keys of programs: made, listed, revoked.

use acceptance::Home;
use serde_json::json;

#[test]
fn a_new_key_is_printed_alone() {
    let home = Home::new();
    let ran = home.run(["key", "create", "ci"]);
    assert!(ran.err.contains("shown this once"), "{}", ran.err);
    let out = ran.done();
    let secret = out.strip_suffix('\n').unwrap();
    // 256 bits in base 64 are 43 characters.
    assert_eq!(secret.strip_prefix("pail_").unwrap().len(), 43, "{secret}");
    assert!(secret[5..].bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_'), "{secret}");
}

#[test]
fn the_json_of_a_new_key_is_the_key_with_its_secret() {
    let home = Home::new();
    home.run(["user", "create", "ada"]).done();
    let made = home.json([
        "key",
        "create",
        "ci",
        "--privilege",
        "edit_buckets",
        "--privilege",
        "create_buckets",
        "--user",
        "ada",
        "--expires",
        "2100-01-01T00:00:00Z",
        "--rate",
        "5",
    ]);
    let (key, secret) = (&made["key"], made["secret"].as_str().unwrap());
    assert_eq!((&key["name"], &key["user"], &key["rate"]), (&json!("ci"), &json!("ada"), &json!(5)));
    assert_eq!(key["privileges"], json!(["create_buckets", "edit_buckets"]));
    assert_eq!(key["expires"], json!(4_102_444_800_000_i64));
    assert!(secret.starts_with(key["prefix"].as_str().unwrap()), "{made}");
    assert_eq!(home.json(["key", "list"]), json!([key]), "the secret is not listed");
}

#[test]
fn a_span_ends_a_key_so_long_after_it_was_made() {
    let home = Home::new();
    let key = &home.json(["key", "create", "month", "--expires", "30d"])["key"];
    let lives = key["expires"].as_i64().unwrap() - key["created"].as_i64().unwrap();
    let month = 30 * 24 * 3_600_000;
    assert!((month - 600_000..=month).contains(&lives), "{key}");
}

#[test]
fn the_secret_is_kept_nowhere_in_the_home() {
    let home = Home::new();
    let secret = home.run(["key", "create", "ci", "--privilege", "admin"]).done();
    let unkept = &secret.trim_end()[15..];
    for entry in std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().path()) {
        let bytes = std::fs::read(&entry).unwrap_or_default();
        let found = bytes.windows(unkept.len()).any(|window| window == unkept.as_bytes());
        assert!(!found, "{}", entry.display());
    }
}

#[test]
fn a_revoked_key_is_listed_as_such() {
    let home = Home::new();
    home.run(["key", "create", "ci"]).done();
    let told = home.run(["key", "revoke", "ci"]).done();
    assert!(told.starts_with("“ci” is revoked (k"), "{told}");
    let listed = home.json(["key", "list"]);
    assert!(listed[0]["revoked"].is_i64(), "{listed}");
    let table = home.run(["key", "list"]).done();
    assert!(table.lines().nth(1).unwrap().contains("  revoked "), "{table}");
}

#[test]
fn a_name_that_several_keys_have_names_none_of_them() {
    let home = Home::new();
    let first = home.json(["key", "create", "ci"]);
    home.run(["key", "create", "ci"]).done();
    assert_eq!(home.error(["key", "revoke", "ci"])["code"], "name_conflict");
    home.run(["key", "revoke", first["key"]["id"].as_str().unwrap()]).done();
    home.run(["key", "revoke", "ci"]).done();
    assert_eq!(home.error(["key", "revoke", "nobody"])["code"], "key_not_found");
}

#[test]
fn keys_that_cannot_be_are_refused_in_words() {
    let home = Home::new();
    home.run(["user", "create", "ada", "--role", "member"]).done();
    for (arguments, code, word) in [
        (&["key", "create", " "][..], "invalid_name", "name"),
        (&["key", "create", "x", "--user", "nobody"], "user_not_found", "nobody"),
        (&["key", "create", "x", "--rate", "0"], "invalid_limit", "0 times"),
        (&["key", "create", "x", "--expires", "2001-01-01"], "invalid_limit", "ended"),
        (&["key", "create", "x", "--user", "ada", "--privilege", "admin"], "forbidden", "member"),
    ] {
        let error = home.error(arguments);
        assert_eq!(error["code"], code, "{arguments:?}");
        assert!(error["message"].as_str().unwrap().contains(word), "{error}");
    }
    assert_eq!(home.json(["key", "list"]), json!([]));
}

#[test]
fn wrong_words_about_keys_are_wrong_usage() {
    let home = Home::new();
    for arguments in [
        &["key", "create"][..],
        &["key", "create", "x", "--privilege", "everything"],
        &["key", "create", "x", "--expires", "soon"],
        &["key", "create", "x", "--rate", "-1"],
        &["key", "revoke"],
    ] {
        assert_eq!(home.run(arguments).code, Some(2), "{arguments:?}");
    }
    assert!(!home.path().exists());
}
