//! The life of objects: put, replaced, listed, renamed, moved, deleted, restored, purged.

mod common;

use common::{Home, id, key};
use engine::model::{EventKind, Limits, ObjectSort};
use engine::{Code, ListRequest};
use std::io::{self, Cursor, Read};

#[test]
fn what_is_put_is_read_again_with_its_facts() {
    let home = Home::new();
    let bucket = home.bucket("Client deliverables");
    let object = home.put(&bucket, "Print masters/Résumé (Final) 2025.PDF", b"%PDF-1.7 hello");
    assert_eq!(object.key(), "print_masters/r_sum_final_2025.pdf");
    assert_eq!(object.original_name, "Résumé (Final) 2025.PDF");
    assert_eq!(object.media_type, "application/pdf");
    assert_eq!(object.hash, blake3::hash(b"%PDF-1.7 hello").to_hex().to_string());
    assert_eq!((object.version, object.versions, object.by.as_str()), (1, 1, "Mara"));
    assert!(object.token.len() >= 22);
    assert_eq!(home.read(&bucket, &object.key()), b"%PDF-1.7 hello");
    home.assert_counts(&bucket);
}

#[test]
fn a_replacement_keeps_id_and_link_and_makes_a_version() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let first = home.put(&bucket, "Logo.svg", b"<svg/>");
    let seen = home.newest_event();
    let second = home.put(&bucket, "logo.SVG", b"<svg></svg>");
    assert_eq!((&second.id, &second.token), (&first.id, &first.token));
    assert_eq!((second.version, second.versions, second.original_name.as_str()), (2, 2, "logo.SVG"));
    assert_eq!(home.read(&bucket, "logo.svg"), b"<svg></svg>");
    assert_eq!(home.events(seen), [(EventKind::ObjectReplaced, "logo.svg".to_owned())]);
    let versions = home.engine.object_versions(&home.me, &bucket.id, &id(&first)).unwrap();
    assert_eq!(versions.iter().map(|v| (v.number, v.current)).collect::<Vec<_>>(), [(2, true), (1, false)]);

    let back = home.engine.object_revert(&home.me, &bucket.id, &id(&first), 1).unwrap();
    assert_eq!((back.version, back.size), (1, 6));
    assert_eq!(home.read(&bucket, "logo.svg"), b"<svg/>");
    home.assert_counts(&bucket);
    let third = home.put(&bucket, "logo.svg", b"3");
    assert_eq!(third.version, 3, "a version's number is never given twice");
    let none = home.engine.object_revert(&home.me, &bucket.id, &id(&first), 9).unwrap_err();
    assert_eq!(none.code(), Code::VersionNotFound);
}

#[test]
fn a_deleted_object_comes_back_with_its_link_and_a_new_one_of_its_name_has_another() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let first = home.put(&bucket, "a.txt", b"one");
    let seen = home.newest_event();
    home.engine.object_delete(&home.me, &bucket.id, &[key("a.txt")], &[]).unwrap();
    assert_eq!(home.events(seen), [(EventKind::ObjectDeleted, "a.txt".to_owned())]);
    assert_eq!(home.engine.link_open(&bucket.id, &first.token).err().unwrap().code(), Code::ObjectNotFound);
    let shown = home.engine.object_show(&home.me, &bucket.id, &id(&first)).unwrap_err();
    assert_eq!(shown.code(), Code::InTrash);
    home.assert_counts(&bucket);

    let second = home.put(&bucket, "a.txt", b"two");
    assert_ne!(second.token, first.token);
    let back = home.engine.object_restore(&home.me, &bucket.id, &[id(&first)]).unwrap();
    assert_eq!((back[0].key().as_str(), &back[0].token), ("a-2.txt", &first.token));
    assert!(home.engine.link_open(&bucket.id, &first.token).is_ok());
    home.assert_counts(&bucket);
    let again = home.engine.object_restore(&home.me, &bucket.id, &[id(&first)]).unwrap_err();
    assert_eq!(again.code(), Code::NotInTrash);
}

#[test]
fn purging_takes_the_bytes_and_only_from_the_trash() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let object = home.put(&bucket, "a.txt", b"one");
    home.put(&bucket, "a.txt", b"two!");
    let live = home.engine.object_purge(&home.me, &bucket.id, &[id(&object)]).unwrap_err();
    assert_eq!(live.code(), Code::NotInTrash);
    home.engine.object_delete(&home.me, &bucket.id, &[id(&object)], &[]).unwrap();
    assert_eq!(home.content_files().len(), 2);
    let purged = home.engine.object_purge(&home.me, &bucket.id, &[id(&object)]).unwrap();
    assert_eq!((purged.files, purged.bytes), (1, 7));
    assert!(home.content_files().is_empty());
    assert_eq!(home.engine.trash_list(&engine::Caller::cli(), 0, 10).unwrap().files, 0);
}

#[test]
fn a_refused_put_leaves_nothing() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is broken"))
        }
    }
    let home = Home::new();
    let limits = Limits {
        file_size_limit: Some(1000),
        max_files: Some(2),
        quota: Some(1500),
        allowed_mime_types: vec!["text/*".into()],
    };
    let bucket = home.limited("b", limits);
    let put = |key: &str, bytes: &[u8], size: Option<u64>| {
        home.engine
            .object_put(&home.me, &bucket.id, key, &mut Cursor::new(bytes.to_vec()), size)
            .map_err(|e| e.code())
    };
    let long = vec![b'x'; 1001];
    assert_eq!(put("a.txt", &long, Some(1001)).unwrap_err(), Code::TooLarge);
    assert_eq!(put("a.txt", &long, None).unwrap_err(), Code::TooLarge, "a stream of unknown size");
    assert_eq!(put("a.png", b"\x89PNG\r\n\x1a\n", None).unwrap_err(), Code::TypeNotAllowed);
    assert_eq!(put("..", b"x", None).unwrap_err(), Code::InvalidName);
    let broken = home.engine.object_put(&home.me, &bucket.id, "a.txt", &mut Broken, None).unwrap_err();
    assert_eq!(broken.code(), Code::SourceUnreadable);
    let seen = home.newest_event();
    put("a.txt", &long[..900], None).unwrap();
    assert_eq!(put("b.txt", &long[..700], None).unwrap_err(), Code::QuotaExceeded);
    put("b.txt", b"small", None).unwrap();
    assert_eq!(put("c.txt", b"small", None).unwrap_err(), Code::TooManyFiles);
    put("a.txt", b"a replacement needs no new place", None).unwrap();
    assert_eq!(home.content_files().len(), 3);
    assert_eq!(home.staged_files(), 0);
    assert_eq!(home.events(seen).len(), 3, "a refusal is no event");
    home.assert_counts(&bucket);
}

#[test]
fn lists_are_sorted_and_paged_over_the_whole_bucket() {
    let home = Home::new();
    let bucket = home.bucket("b");
    for number in 0..25_u32 {
        home.clock.advance(1000);
        let body = vec![b'x'; ((number * 7) % 25) as usize];
        let kind = ["txt", "csv", "md"][number as usize % 3];
        let folder = if number % 5 == 0 { "sub/" } else { "" };
        home.put(&bucket, &format!("{folder}file{number:02}.{kind}"), &body);
    }
    for sort in [ObjectSort::Name, ObjectSort::Size, ObjectSort::Type, ObjectSort::Date] {
        for folder in [None, Some(String::new())] {
            for descending in [false, true] {
                let request = |after: Option<String>, offset: u64, limit: u32| ListRequest {
                    sort,
                    descending,
                    after,
                    offset,
                    limit,
                    folder: folder.clone(),
                    ..ListRequest::default()
                };
                let list = |request| home.engine.object_list(&home.me, &bucket.id, &request).unwrap();
                let all = list(request(None, 0, 100));
                let count = if folder.is_some() { 20 } else { 25 };
                assert_eq!((all.objects.len(), all.total, all.next.is_none()), (count, count as u64, true));
                let ordered = all.objects.windows(2).all(|pair| {
                    let (a, b) = if descending { (&pair[1], &pair[0]) } else { (&pair[0], &pair[1]) };
                    match sort {
                        ObjectSort::Name => (&a.folder, &a.name) <= (&b.folder, &b.name),
                        ObjectSort::Size => a.size <= b.size,
                        ObjectSort::Type => a.media_type <= b.media_type,
                        ObjectSort::Date => a.modified <= b.modified,
                    }
                });
                assert!(ordered, "{sort:?} {descending}");
                let mut paged = Vec::new();
                let mut after = None;
                loop {
                    let page = list(request(after.take(), 0, 4));
                    paged.extend(page.objects);
                    match page.next {
                        Some(next) => after = Some(next),
                        None => break,
                    }
                }
                assert_eq!(paged, all.objects, "pages by cursor");
                let middle = list(request(None, 10, 5)).objects;
                assert_eq!(middle, all.objects[10..15], "a page by offset");
                let after = list(request(None, 0, 4)).next;
                let further = list(request(after, 6, 5)).objects;
                assert_eq!(further, all.objects[10..15], "a page by both");
            }
        }
    }
    let wrong = ListRequest { after: Some("bm90IG91cnM".into()), limit: 1, ..ListRequest::default() };
    assert_eq!(
        home.engine.object_list(&home.me, &bucket.id, &wrong).unwrap_err().code(),
        Code::InvalidCursor
    );
}

#[test]
fn lists_are_narrowed_by_glob_text_and_folder() {
    let home = Home::new();
    let bucket = home.bucket("b");
    for name in ["Été.csv", "b.csv", "b.txt", "sub/c.csv", "sub/deep/d.csv", "sub/deep/e.txt"] {
        home.put(&bucket, name, b"x");
    }
    let list = |request: ListRequest| {
        let page =
            home.engine.object_list(&home.me, &bucket.id, &ListRequest { limit: 100, ..request }).unwrap();
        assert_eq!(page.total, page.objects.len() as u64);
        page.objects.iter().map(engine::model::Object::key).collect::<Vec<_>>()
    };
    let glob = |glob: &str| list(ListRequest { glob: Some(glob.into()), ..ListRequest::default() });
    assert_eq!(glob("*.csv"), ["_t_.csv", "b.csv", "sub/c.csv", "sub/deep/d.csv"]);
    assert_eq!(glob("sub/*"), ["sub/c.csv"]);
    assert_eq!(glob("sub/**"), ["sub/c.csv", "sub/deep/d.csv", "sub/deep/e.txt"]);
    assert_eq!(glob("{b,d}.{csv,txt}"), ["b.csv", "b.txt", "sub/deep/d.csv"]);
    let text = |text: &str| list(ListRequest { text: Some(text.into()), ..ListRequest::default() });
    assert_eq!(text("ÉTÉ"), ["_t_.csv"]);
    assert_eq!(text("deep"), ["sub/deep/d.csv", "sub/deep/e.txt"]);
    assert_eq!(text("100%"), Vec::<String>::new());
    assert_eq!(list(ListRequest { folder: Some("Sub".into()), ..ListRequest::default() }), ["sub/c.csv"]);
    let wrong = ListRequest { glob: Some("[".into()), limit: 1, ..ListRequest::default() };
    assert_eq!(home.engine.object_list(&home.me, &bucket.id, &wrong).unwrap_err().code(), Code::InvalidGlob);

    let top = ListRequest { folder: Some(String::new()), limit: 100, ..ListRequest::default() };
    let top = home.engine.object_list(&home.me, &bucket.id, &top).unwrap();
    let folders: Vec<_> = top.folders.iter().map(|f| (f.path.as_str(), f.file_count, f.byte_count)).collect();
    assert_eq!((folders, top.total), (vec![("sub", 3, 3)], 3));
}

#[test]
fn renaming_and_moving_keep_link_and_versions_and_touch_no_other_file() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let object = home.put(&bucket, "a.txt", b"one");
    home.put(&bucket, "b.txt", b"two");
    let taken = home.engine.object_rename(&home.me, &bucket.id, &id(&object), "B.TXT").unwrap_err();
    assert_eq!(taken.code(), Code::NameTaken);
    let seen = home.newest_event();
    let renamed = home.engine.object_rename(&home.me, &bucket.id, &id(&object), "Größe.txt").unwrap();
    assert_eq!((renamed.key().as_str(), renamed.original_name.as_str()), ("gr_e.txt", "Größe.txt"));
    let moved = home.engine.object_move(&home.me, &bucket.id, &[id(&object)], "Archiv 2026/Alt").unwrap();
    assert_eq!((moved[0].key().as_str(), &moved[0].token), ("archiv_2026/alt/gr_e.txt", &object.token));
    assert_eq!(home.read(&bucket, "archiv_2026/alt/gr_e.txt"), b"one");
    let kinds: Vec<_> = home.events(seen).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [EventKind::ObjectRenamed, EventKind::ObjectMoved]);
    home.assert_counts(&bucket);
    let top = ListRequest { folder: Some(String::new()), limit: 10, ..ListRequest::default() };
    let page = home.engine.object_list(&home.me, &bucket.id, &top).unwrap();
    assert_eq!(page.folders[0].original_name, "Archiv 2026");
    home.engine.object_delete(&home.me, &bucket.id, &[], &["archiv_2026".into()]).unwrap();
    let page = home.engine.object_list(&home.me, &bucket.id, &top).unwrap();
    assert!(page.folders.is_empty(), "a folder is there as long as something is in it");
    home.assert_counts(&bucket);
}

#[test]
fn a_folder_is_deleted_with_all_below_and_no_neighbour() {
    let home = Home::new();
    let bucket = home.bucket("b");
    for name in ["a/1", "a/b/2", "a-b/3", "a.b/4", "ab/5", "a0/6"] {
        home.put(&bucket, name, b"x");
    }
    let gone = home.engine.object_delete(&home.me, &bucket.id, &[], &["a".into()]).unwrap();
    let mut gone: Vec<_> = gone.iter().map(engine::model::Object::key).collect();
    gone.sort();
    assert_eq!(gone, ["a/1", "a/b/2"]);
    home.assert_counts(&bucket);
}

#[test]
fn a_missing_content_is_told_as_such() {
    let home = Home::new();
    let bucket = home.bucket("b");
    home.put(&bucket, "a.txt", b"one");
    std::fs::remove_file(&home.content_files()[0]).unwrap();
    let error = home.engine.object_open(&home.me, &bucket.id, &key("a.txt")).err().unwrap();
    assert_eq!(error.code(), Code::ContentMissing);
}

#[test]
fn copies_for_other_programs_carry_the_original_name_and_the_stored_file_stays_inside() {
    let home = Home::new();
    let bucket = home.bucket("b");
    home.put(&bucket, "Größe & mehr.txt", b"one");
    let view = home.engine.object_view(&home.me, &bucket.id, &key("gr_e_mehr.txt")).unwrap();
    assert_eq!(view.file_name().unwrap(), "Größe & mehr.txt");
    assert!(std::fs::metadata(&view).unwrap().permissions().readonly());
    assert!(!view.starts_with(home.engine.home().join("files")));
    assert_eq!(home.engine.object_view(&home.me, &bucket.id, &key("gr_e_mehr.txt")).unwrap(), view);
    let to = home.dir.path().join("saved.txt");
    home.engine.object_save(&home.me, &bucket.id, &key("gr_e_mehr.txt"), &to).unwrap();
    assert_eq!(std::fs::read(to).unwrap(), b"one");
    let nowhere = home.dir.path().join("no/such/place.txt");
    assert!(home.engine.object_save(&home.me, &bucket.id, &key("gr_e_mehr.txt"), &nowhere).is_err());
}
