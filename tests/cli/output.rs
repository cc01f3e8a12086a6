//! Exit codes, and what goes to which stream.

use acceptance::Home;
use std::fs::File;
use std::process::Stdio;

#[test]
fn wrong_usage_is_exit_code_2_and_touches_no_home() {
    let home = Home::new();
    for arguments in [
        &[][..],
        &["bucket"],
        &["bucket", "create"],
        &["bucket", "paint", "x"],
        &["bucket", "update", "x"],
        &["bucket", "empty", "x"],
        &["bucket", "create", "T", "--max-file-size", "lots"],
        &["bucket", "create", "T", "--max-files", "-1"],
        &["bucket", "list", "--sort", "colour"],
        &["file", "put", "x"],
        &["file", "get", "x"],
        &["file", "revert", "x", "a.txt", "first"],
        &["file", "put", "x", "a", "--on-conflict", "guess"],
        &["data", "set", "x"],
        &["data", "set", "x", "-", "--revision", "new"],
        &["serve", "--listen", "somewhere"],
    ] {
        let ran = home.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.err);
        let shows_the_way = ran.err.contains("Usage") || ran.err.contains("--help");
        assert!(ran.out().is_empty() && shows_the_way, "{arguments:?}: {}", ran.err);
    }
    assert!(!home.path().exists());
}

#[test]
fn help_and_version_are_no_trouble() {
    let home = Home::new();
    let help = home.run(["--help"]).done();
    for noun in [
        "bucket",
        "file",
        "data",
        "link",
        "access",
        "push",
        "key",
        "user",
        "workspace",
        "trash",
        "export",
        "import",
        "serve",
    ] {
        assert!(help.contains(&format!("\n  {noun} ")), "{help}");
    }
    assert!(home.run(["--version"]).done().starts_with("pail "));
    assert!(!home.path().exists());
}

#[test]
fn a_refusal_is_one_sentence_on_standard_error_or_one_json_error() {
    let home = Home::new();
    let told = home.run(["bucket", "show", "nobody"]).refused();
    assert_eq!(told, "There is no bucket “nobody”. List the buckets to see their names.\n");
    let error = home.error(["bucket", "show", "nobody"]);
    assert_eq!(error["message"], told.trim_end());
    assert_eq!(error["details"]["bucket"], "nobody");
}

#[test]
fn tables_are_for_people() {
    let home = Home::new();
    home.bucket("Brand kit");
    home.put("brand-kit", "a.txt", "x".repeat(4210));
    let list = home.run(["bucket", "list"]).done();
    assert!(list.lines().count() == 2 && list.contains("4.21 KB  2"), "{list}");
    assert!(list.lines().all(|line| line == line.trim_end()), "{list:?}");
    let files = home.run(["file", "list", "brand-kit"]).done();
    assert!(files.contains("text/plain") && files.ends_with("  a.txt\n"), "{files}");
    let shown = home.run(["bucket", "show", "brand-kit"]).done();
    assert!(shown.starts_with("Brand kit\n") && shown.contains("1 file, 4.21 KB"), "{shown}");
    for arguments in [&["trash", "list"][..], &["file", "versions", "brand-kit", "a.txt"]] {
        assert!(!home.run(arguments).done().is_empty(), "{arguments:?}");
    }
}

#[test]
fn orders_to_a_terminal_in_a_name_are_not_passed_on() {
    let home = Home::new();
    home.bucket("Kit");
    let missing = home.sources().join("\u{1b}[2Jgone");
    let ran = home.run(["file", "put", "kit", missing.to_str().unwrap()]);
    assert!(!ran.err.contains('\u{1b}') && ran.err.contains("?[2Jgone"), "{:?}", ran.err);
}

#[test]
fn a_reader_who_has_seen_enough_ends_it_quietly() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "blob.bin", vec![7; 4 << 20]);
    for arguments in
        [&["file", "get", "kit", "blob.bin"][..], &["file", "list", "kit"], &["bucket", "list", "--json"]]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = home.command(arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn an_answer_that_cannot_be_written_is_told() {
    let home = Home::new();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = home.command(["bucket", "list"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not be written"));
}

#[test]
fn the_home_is_named_by_option_or_environment() {
    let home = Home::new();
    home.bucket("Here");
    let mut command = std::process::Command::new(acceptance::program());
    let output = command.args(["bucket", "show", "here"]).env("PAIL_HOME", home.path()).output().unwrap();
    assert!(output.status.success());
    let other = Home::new();
    let output = other.command(["bucket", "list", "--json"]).env("PAIL_HOME", home.path()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "[]\n", "--home goes before PAIL_HOME");
}
