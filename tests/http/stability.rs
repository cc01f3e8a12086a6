//! How long a link holds: over replacement and renaming, until the file is deleted.

use crate::Links;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

#[test]
fn a_link_leads_to_the_current_content() {
    let links = Links::new();
    let path = links.put("a.txt", "one");
    assert_eq!(links.get(&path).text(), "one");
    assert_eq!(links.put("a.txt", "two"), path);
    assert_eq!(links.get(&path).text(), "two");
    links.home.run(["file", "revert", "kit", "a.txt", "1"]).done();
    assert_eq!(links.get(&path).text(), "one");
}

#[test]
fn a_link_ends_with_the_file_and_is_not_the_next_files() {
    let links = Links::new();
    let path = links.put("a.txt", "one");
    links.home.run(["file", "delete", "kit", "a.txt"]).done();
    assert_eq!(links.get(&path).status, 404);
    let next = links.put("a.txt", "two");
    assert_ne!(next, path);
    assert_eq!((links.get(&path).status, links.get(&next).text().as_str()), (404, "two"));
    links.home.run(["file", "delete", "kit", "a.txt"]).done();
    links.home.run(["trash", "empty"]).done();
    assert_eq!((links.get(&path).status, links.get(&next).status), (404, 404));
}

#[test]
fn a_file_that_comes_back_has_its_link_back() {
    let links = Links::new();
    let path = links.put("a.txt", "one");
    for (away, back) in [("file", &["kit", "a.txt"][..]), ("bucket", &["kit"])] {
        links.home.run([&[away, "delete"], back].concat()).done();
        assert_eq!(links.get(&path).status, 404, "{away}");
        links.home.run([&[away, "restore"], back].concat()).done();
        assert_eq!(links.get(&path).text(), "one", "{away}");
    }
}

#[test]
fn a_renamed_or_moved_file_is_found_under_its_old_link() {
    let links = Links::new();
    let path = links.put("Old name.txt", "words");
    links.home.run(["file", "rename", "kit", "old_name.txt", "New name.txt"]).done();
    links.home.run(["file", "move", "kit", "new_name.txt", "--to", "elsewhere"]).done();
    let answer = links.get(&format!("{path}?download=1"));
    assert_eq!(answer.status, 302);
    let location = answer.header("location").to_owned();
    assert_eq!(location, format!("{}?download=1", path.replace("old_name", "new_name")));
    assert_eq!(links.get(&location).text(), "words");
}

#[test]
fn a_bucket_that_is_off_answers_no_link() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    links.home.run(["bucket", "update", "kit", "--enabled", "false"]).done();
    let answer = links.get(&path);
    assert_eq!(answer.status, 403);
    assert!(!answer.text().contains("words"));
    links.home.run(["bucket", "update", "kit", "--enabled", "true"]).done();
    assert_eq!(links.get(&path).status, 200);
}

#[test]
fn a_file_whose_bytes_are_gone_is_a_fault_and_not_an_empty_file() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    std::fs::remove_file(&links.home.contents()[0]).unwrap();
    assert!([404, 410, 500, 503].contains(&links.get(&path).status));
}

#[test]
fn a_file_whose_bytes_are_cut_off_is_a_fault_and_not_a_shorter_file() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    let content = &links.home.contents()[0];
    std::fs::remove_file(content).unwrap();
    std::fs::write(content, "wor").unwrap();
    let answer = links.get(&path);
    assert!(answer.status == 500 && !answer.text().starts_with("wor"), "{answer:?}");
}

#[test]
fn what_another_process_does_shows_at_the_very_next_asking() {
    let links = Links::new();
    let path = links.put("a.txt", "first");
    for round in 0..8 {
        // Asked for twice, so that whatever is remembered between askings is remembered now.
        let (one, other) = (links.get(&path), links.get(&path));
        assert_eq!((one.status, other.status), (200, 200), "{round}");
        let content = format!("content {round}");
        links.put("a.txt", &content);
        assert_eq!(links.get(&path).text(), content);
        links.home.run(["file", "delete", "kit", "a.txt"]).done();
        assert_eq!(links.get(&path).status, 404, "{round}");
        links.home.run(["file", "restore", "kit", "a.txt"]).done();
        assert_eq!(links.get(&path).text(), content);
    }
    links.home.run(["file", "delete", "kit", "a.txt"]).done();
    links.home.run(["trash", "empty"]).done();
    assert_eq!(links.get(&path).status, 404);
}

#[test]
fn nobody_is_shown_content_that_was_replaced_before_they_asked() {
    const LAST: usize = 20;
    let links = Links::new();
    let path = links.put("a.txt", "0");
    let replaced = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while replaced.load(Ordering::SeqCst) < LAST {
                    let before = replaced.load(Ordering::SeqCst);
                    let answer = links.get(&path);
                    let shown: usize = answer.text().parse().unwrap();
                    assert!(answer.status == 200 && shown >= before, "{shown} after {before}");
                }
            });
        }
        for number in 1..=LAST {
            links.put("a.txt", number.to_string());
            replaced.store(number, Ordering::SeqCst);
        }
    });
}
