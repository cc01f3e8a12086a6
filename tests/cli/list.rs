//! Lists of files: the whole bucket, whatever its size.

use acceptance::Home;

fn home() -> Home {
    let home = Home::new();
    home.bucket("Kit");
    for (name, length) in [("b.csv", 30), ("A.txt", 10), ("sub/c.csv", 20), ("sub/deep/d.md", 40)] {
        home.source(&format!("set/{name}"), "x".repeat(length));
    }
    let set = home.sources().join("set");
    let paths: Vec<_> = ["b.csv", "A.txt", "sub"].iter().map(|name| set.join(name)).collect();
    for path in paths {
        home.run(["file", "put", "kit", path.to_str().unwrap()]).done();
    }
    home
}

#[test]
fn files_are_filtered_and_sorted() {
    let home = home();
    for (arguments, expected) in [
        (&[][..], &["a.txt", "b.csv", "sub/c.csv", "sub/deep/d.md"][..]),
        (&["--glob", "*.csv"], &["b.csv", "sub/c.csv"]),
        (&["--glob", "sub/*"], &["sub/c.csv"]),
        (&["--glob", "sub/**"], &["sub/c.csv", "sub/deep/d.md"]),
        (&["--glob", "*.{md,txt}"], &["a.txt", "sub/deep/d.md"]),
        (&["--glob", "*.xyz"], &[]),
        (&["--text", "DEEP"], &["sub/deep/d.md"]),
        (&["--text", "A.txt"], &["a.txt"]),
        (&["--folder", "/"], &["a.txt", "b.csv"]),
        (&["--folder", "Sub"], &["sub/c.csv"]),
        (&["--sort", "size"], &["a.txt", "sub/c.csv", "b.csv", "sub/deep/d.md"]),
        (&["--sort", "size", "--descending"], &["sub/deep/d.md", "b.csv", "sub/c.csv", "a.txt"]),
        (&["--sort", "name", "--descending"], &["sub/deep/d.md", "sub/c.csv", "b.csv", "a.txt"]),
        (&["--sort", "date"], &["b.csv", "a.txt", "sub/c.csv", "sub/deep/d.md"]),
    ] {
        let page = home.json([&["file", "list", "kit"], arguments].concat());
        let objects = page["objects"].as_array().unwrap();
        let keys: Vec<_> = objects.iter().map(|object| object["key"].as_str().unwrap()).collect();
        assert_eq!(keys, expected, "{arguments:?}");
        assert_eq!(page["total"], expected.len(), "{arguments:?}");
    }
}

#[test]
fn a_folder_is_listed_with_its_subfolders() {
    let home = home();
    let page = home.json(["file", "list", "kit", "--folder", "/"]);
    assert_eq!((&page["folders"][0]["path"], &page["folders"][0]["fileCount"]), (&"sub".into(), &2.into()));
    let people = home.run(["file", "list", "kit", "--folder", "/"]).done();
    assert!(people.contains("sub/\n") && people.contains("60 B"), "{people}");
}

#[test]
fn a_list_longer_than_a_page_is_whole_in_every_order() {
    let home = Home::new();
    home.bucket("Kit");
    for number in 0..2105 {
        home.source(&format!("set/{number:04}.txt"), "x".repeat(number % 5));
    }
    let set = home.sources().join("set");
    home.run(["file", "put", "kit", set.to_str().unwrap()]).done();
    for sort in ["name", "size", "type", "date"] {
        let page = home.json(["file", "list", "kit", "--sort", sort]);
        let objects = page["objects"].as_array().unwrap();
        let mut keys: Vec<_> = objects.iter().map(|object| object["key"].as_str().unwrap()).collect();
        assert_eq!((keys.len(), page["next"].is_null()), (2105, true), "{sort}");
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 2105, "{sort}");
    }
}

#[test]
fn a_pattern_that_is_none_is_refused() {
    let home = home();
    assert_eq!(home.error(["file", "list", "kit", "--glob", "[a"])["code"], "invalid_glob");
    assert_eq!(home.error(["file", "list", "kit", "--folder", "../x"])["code"], "invalid_name");
}
