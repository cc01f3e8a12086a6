//! Who may: policies, rules, visibility, metadata, and the question who can.

use acceptance::Home;
use serde_json::{Value, json};

#[test]
fn a_bucket_begins_with_the_access_it_is_given() {
    let home = Home::new();
    let plain = home.json(["bucket", "create", "Plain"]);
    assert_eq!((&plain["policy"], &plain["tier"]), (&json!("authenticated"), &json!("persistent")));
    assert_eq!((&plain["permalink"], &plain["category"]), (&json!("open"), &json!("assets")));
    let made = home.json([
        "bucket",
        "create",
        "Kit",
        "--policy",
        "private",
        "--tier",
        "30-days",
        "--permalink",
        "signed",
        "--category",
        "attachments",
    ]);
    assert_eq!((&made["policy"], &made["tier"]), (&json!("private"), &json!("30-days")));
    assert_eq!((&made["permalink"], &made["category"]), (&json!("signed"), &json!("attachments")));
    let shown = home.run(["bucket", "show", "kit"]).done();
    for line in [
        "  policy    private\n",
        "  tier      30-days\n",
        "  links     signed\n",
        "  category  attachments\n",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
}

#[test]
fn rules_are_set_one_by_one_and_taken_away() {
    let home = Home::new();
    home.run([
        "bucket",
        "create",
        "Kit",
        "--policy",
        "rules",
        "--read",
        "true",
        "--write",
        "hasRole('admin')",
    ])
    .done();
    let rules =
        |arguments: &[&str]| home.json([&["bucket", "update", "kit"], arguments].concat())["rules"].clone();
    assert_eq!(
        rules(&["--delete", "user.userId != ''"]),
        json!({"read": "true", "write": "hasRole('admin')", "delete": "user.userId != ''"})
    );
    assert_eq!(
        rules(&["--read", "none", "--write", "false"]),
        json!({"read": null, "write": "false", "delete": "user.userId != ''"})
    );
    let shown = home.run(["bucket", "show", "kit"]).done();
    assert!(shown.contains("    write   false\n") && !shown.contains("    read "), "{shown}");
}

#[test]
fn a_rule_that_is_none_is_refused_with_its_place() {
    let home = Home::new();
    let error = home.error(["bucket", "create", "Kit", "--policy", "rules", "--read", "isMemberOf('team',"]);
    assert_eq!(
        (&error["code"], &error["details"]["rule"]),
        (&json!("invalid_rule"), &json!("read")),
        "{error}"
    );
    assert_eq!(home.json(["bucket", "list"]), json!([]));
    home.bucket("Kit");
    let before = home.json(["bucket", "show", "kit"]);
    home.run(["bucket", "update", "kit", "--title", "New", "--write", "user.shoeSize > 3"]).refused();
    assert_eq!(home.json(["bucket", "show", "kit"]), before);
}

#[test]
fn a_rule_beside_another_policy_is_kept_and_told_of() {
    let home = Home::new();
    let ran = home.run(["bucket", "create", "Kit", "--read", "true"]);
    assert!(ran.err.contains("policy is authenticated") && ran.err.contains("--policy rules"), "{}", ran.err);
    assert_eq!(home.json(["bucket", "show", "kit"])["rules"]["read"], "true");
    assert_eq!(home.run(["bucket", "update", "kit", "--policy", "rules", "--write", "true"]).err, "");
}

#[test]
fn access_of_other_words_is_wrong_usage() {
    let home = Home::new();
    for arguments in [
        &["bucket", "create", "Kit", "--policy", "cel"][..],
        &["bucket", "create", "Kit", "--tier", "2-days"],
        &["bucket", "update", "kit", "--permalink", "maybe"],
        &["bucket", "update", "kit", "--category", "misc"],
        &["file", "update", "kit", "a.txt"],
        &["file", "update", "kit", "a.txt", "--visibility", "none"],
        &["access", "kit"],
        &["access", "kit", "--anonymous", "--user", "mara"],
    ] {
        assert_eq!(home.run(arguments).code, Some(2), "{arguments:?}");
    }
    assert!(!home.path().exists());
}

#[test]
fn metadata_and_visibility_of_a_file_change_each_alone() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "A.txt", "a");
    let object =
        home.json(["file", "update", "kit", "A.txt", "--metadata", "{\"team\": \"eng\", \"n\": 1.0}"]);
    assert_eq!(
        (&object["metadata"], &object["visibility"]),
        (&json!("{\"team\": \"eng\", \"n\": 1.0}"), &Value::Null)
    );
    let object = home.json(["file", "update", "kit", "a.txt", "--visibility", "private"]);
    assert_eq!(
        (&object["metadata"], &object["visibility"]),
        (&json!("{\"team\": \"eng\", \"n\": 1.0}"), &json!("private"))
    );
    let file = home.source("meta.json", "{\"from\": \"a file\"}");
    let told =
        home.run(["file", "update", "kit", "a.txt", "--metadata", &format!("@{}", file.display())]).done();
    assert_eq!(told, "a.txt  private  {\"from\": \"a file\"}\n");
    let told = home.feed(["file", "update", "kit", "a.txt", "--metadata", "@-"], b"{}").done();
    assert_eq!(told, "a.txt  private  {}\n");
    assert_eq!(
        home.json(["file", "update", "kit", "a.txt", "--visibility", "inherited"])["visibility"],
        Value::Null
    );
    assert_eq!(
        home.json(["file", "versions", "kit", "a.txt"])["object"]["version"],
        1,
        "its content is as it was"
    );
}

#[test]
fn metadata_that_is_none_is_refused() {
    let home = Home::new();
    home.bucket("Kit");
    let file = home.source("a.txt", "a");
    home.put("kit", "b.txt", "b");
    let large = format!("{{\"a\": \"{}\"}}", "x".repeat(9000));
    for metadata in ["", "[]", "{", "\"text\"", large.as_str()] {
        let error = home.error(["file", "update", "kit", "b.txt", "--metadata", metadata]);
        assert_eq!(error["code"], "invalid_metadata", "{metadata:.20}");
        let error = home.error(["file", "put", "kit", file.to_str().unwrap(), "--metadata", metadata]);
        assert_eq!(error["code"], "invalid_metadata", "{metadata:.20}");
    }
    assert_eq!(
        home.error(["file", "update", "kit", "b.txt", "--metadata", "@/nowhere"])["code"],
        "source_missing"
    );
    assert_eq!(home.keys("kit"), ["b.txt"]);
}

fn put_described<'a>(paths: &[&'a str]) -> Vec<&'a str> {
    [&["file", "put", "kit"], paths, &["--metadata", "{\"n\":1}"]].concat()
}

#[test]
fn files_with_metadata_come_in_together_or_not_at_all() {
    let home = Home::new();
    home.run(["bucket", "create", "Kit", "--max-files", "3"]).done();
    home.put("kit", "A.txt", "before");
    let paths = ["A.txt", "B.txt", "C.txt", "D.txt"].map(|name| home.source(name, name));
    let paths = paths.each_ref().map(|path| path.to_str().unwrap());
    assert_eq!(home.error(put_described(&paths))["code"], "too_many_files");
    assert_eq!((home.keys("kit"), home.contents().len()), (vec!["a.txt".to_owned()], 1));
    let changed = home.json(put_described(&paths[..3]));
    assert_eq!(changed["objects"].as_array().unwrap().len(), 3);
    for object in changed["objects"].as_array().unwrap() {
        assert_eq!(object["metadata"], "{\"n\":1}");
    }
    assert_eq!((&changed["objects"][0]["version"], home.keys("kit").len()), (&json!(2), 3));
    let into = home.run([&put_described(&paths[..1])[..], &["--into", "Sub"]].concat()).refused();
    assert!(into.contains("limit is 3"), "{into}");
}

#[test]
fn metadata_goes_to_files_and_to_nothing_else() {
    let home = Home::new();
    home.bucket("Kit");
    home.source("folder/a.txt", "a");
    let put = |path: &str| home.error(["file", "put", "kit", path, "--metadata", "{}"])["code"].clone();
    assert_eq!(put(home.sources().join("folder").to_str().unwrap()), "source_not_a_file");
    assert_eq!(put(home.sources().join("gone").to_str().unwrap()), "source_missing");
    assert_eq!(put("/dev/null"), "source_not_a_file");
    let both = home.run(["file", "put", "kit", "x", "--metadata", "{}", "--on-conflict", "skip"]);
    assert_eq!(both.code, Some(2));
}

#[test]
fn who_can_is_answered_with_a_reason() {
    let home = Home::new();
    home.run(["bucket", "create", "Kit", "--policy", "public"]).done();
    home.put("kit", "a.txt", "a");
    home.run(["user", "create", "ada"]).done();
    home.run(["user", "create", "root", "--role", "admin"]).done();
    home.run(["key", "create", "reader", "--user", "root"]).done();
    for (who, may) in [
        (&["--anonymous"][..], [true, false, false]),
        (&["--user", "ada"], [true, false, false]),
        (&["--user", "root"], [true, true, true]),
        (&["--user", "mara"], [true, true, true]),
        (&["--key", "reader"], [true, false, false]),
    ] {
        for what in [&["access", "kit"][..], &["access", "kit", "a.txt"]] {
            let answers = home.json([what, who].concat());
            let answers = answers.as_array().unwrap();
            let acts: Vec<_> = answers.iter().map(|answer| answer["act"].as_str().unwrap()).collect();
            assert_eq!(acts, ["read", "write", "delete"]);
            let allowed: Vec<_> = answers.iter().map(|answer| answer["allowed"].as_bool().unwrap()).collect();
            assert_eq!(allowed, may, "{what:?} {who:?}");
            assert!(answers.iter().all(|answer| answer["why"].as_str().unwrap().ends_with('.')));
        }
    }
    let id = home.json(["key", "list"])[0]["id"].as_str().unwrap().to_owned();
    home.run(["key", "revoke", &id]).done();
    for answer in home.json(["access", "kit", "a.txt", "--key", &id]).as_array().unwrap() {
        assert_eq!(
            (&answer["allowed"], &answer["why"]),
            (&false.into(), &"This API key was revoked.".into())
        );
    }
    let table = home.run(["access", "kit", "a.txt", "--anonymous"]).done();
    assert!(table.contains("read    yes  Anyone may read in a public bucket.\n"), "{table}");
    for (arguments, code) in [
        (&["access", "none", "--anonymous"][..], "bucket_not_found"),
        (&["access", "kit", "b.txt", "--anonymous"], "object_not_found"),
        (&["access", "kit", "--user", "nobody"], "user_not_found"),
        (&["access", "kit", "--key", "nothing"], "key_not_found"),
    ] {
        assert_eq!(home.error(arguments)["code"], code, "{arguments:?}");
    }
}
