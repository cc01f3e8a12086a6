//! What an export or import that does not end well leaves: nothing.

use super::common::Home;
use super::rounds::{archive, export, import};
use engine::{Code, ImportOptions, Selection};
use std::fs;
use std::path::Path;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn filled() -> Home {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    for name in ["a.txt", "b.txt", "c.txt"] {
        home.put(&bucket, name, name.as_bytes());
    }
    home
}

#[test]
fn an_export_that_is_stopped_leaves_what_was_there() {
    let home = filled();
    export(&home);
    let before = fs::read(archive(&home)).unwrap();
    let beside = names(home.dir.path());
    let bucket = home.bucket("More");
    home.put(&bucket, "d.txt", b"d");
    for stop in 0..6 {
        let mut calls = 0;
        let mut report = |_| {
            calls += 1;
            calls <= stop
        };
        let error = home.engine.export(&home.me, &archive(&home), &Selection::All, &mut report).unwrap_err();
        assert_eq!(error.code(), Code::Cancelled);
        assert_eq!(
            (fs::read(archive(&home)).unwrap(), names(home.dir.path())),
            (before.clone(), beside.clone())
        );
    }
}

#[test]
fn an_import_that_is_stopped_leaves_nothing() {
    let (from, into) = (filled(), Home::new());
    export(&from);
    let seen = into.newest_event();
    for stop in 0..7 {
        let mut calls = 0;
        let mut report = |_| {
            calls += 1;
            calls <= stop
        };
        let options = ImportOptions::default();
        let error = into.engine.import(&into.me, &archive(&from), options, &mut report).unwrap_err();
        assert_eq!(error.code(), Code::Cancelled, "{stop}");
        assert_eq!((into.content_files().len(), into.staged_files(), into.events(seen)), (0, 0, vec![]));
    }
    import(&from, &into, true).unwrap();
}

#[test]
fn damaged_or_lost_content_is_not_exported() {
    for lost in [false, true] {
        let home = filled();
        let file = home.content_files().into_iter().find(|path| path.ends_with("b.txt")).unwrap();
        if lost {
            fs::remove_file(&file).unwrap();
        } else {
            let mut permissions = file.metadata().unwrap().permissions();
            #[allow(clippy::permissions_set_readonly_false)]
            permissions.set_readonly(false);
            fs::set_permissions(&file, permissions).unwrap();
            fs::write(&file, "B.txt").unwrap();
        }
        let error =
            home.engine.export(&home.me, &archive(&home), &Selection::All, &mut |_| true).unwrap_err();
        assert_eq!(error.code(), if lost { Code::ContentMissing } else { Code::ContentDamaged });
        assert!(error.message().contains("b.txt"), "{error}");
        assert_eq!(names(home.dir.path()), ["home"]);
    }
}

#[test]
fn content_that_was_found_damaged_is_not_exported_either() {
    let home = filled();
    let file = home.content_files().into_iter().find(|path| path.ends_with("b.txt")).unwrap();
    fs::remove_file(&file).unwrap();
    home.engine.verify(&mut |_, _| true).unwrap();
    let error = home.engine.export(&home.me, &archive(&home), &Selection::All, &mut |_| true).unwrap_err();
    assert_eq!(error.code(), Code::ContentDamaged);
}

#[test]
fn a_place_that_is_no_file_is_refused() {
    let home = filled();
    let folder = home.dir.path().join("folder");
    fs::create_dir(&folder).unwrap();
    for place in [folder.as_path(), Path::new("/dev/null"), Path::new("/")] {
        let error = home.engine.export(&home.me, place, &Selection::All, &mut |_| true).unwrap_err();
        assert_eq!(error.code(), Code::Io, "{}", place.display());
        assert!(error.message().contains("Name a file"), "{error}");
    }
    let nowhere = home.dir.path().join("none/pail.zip");
    assert!(home.engine.export(&home.me, &nowhere, &Selection::All, &mut |_| true).is_err());
    assert_eq!(names(home.dir.path()), ["folder", "home"]);
}

#[test]
fn an_export_replaces_a_former_one_whole() {
    let home = filled();
    fs::write(archive(&home), vec![b'x'; 100_000]).unwrap();
    let exported = export(&home);
    assert_eq!(fs::metadata(archive(&home)).unwrap().len(), exported.size);
    assert_eq!(import(&home, &Home::new(), false).unwrap().files, 3);
}
