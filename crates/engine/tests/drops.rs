//! Drops: the look before, the transfer, and what became of every file. And working copies.

mod common;

use common::{Home, id, key, source};
use engine::model::{EventKind, Limits};
use engine::transfer::{Decision, Ingest, Source, State, VerdictKind};
use engine::{Code, Engine};
use std::collections::HashSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

fn decided(path: &std::path::Path, decision: Decision) -> Source {
    Source { decision: Some(decision), ..source(path) }
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let patience = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < patience, "{what} did not come about");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_drop_of_files_and_folders_keeps_its_shape() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let file = home.file("One File.txt", b"1");
    home.file("Social crops/Été/a.txt", b"22");
    home.file("Social crops/b.txt", b"333");
    home.file("Social crops/empty", b"");
    let folder = home.dir.path().join("source/Social crops");
    let look = home.engine.preflight(&home.me, "b", "", &[file.clone(), folder.clone()]).unwrap();
    assert_eq!((look.ready_files, look.ready_bytes, look.choose_files, look.refused_files), (4, 6, 0, 0));
    assert_eq!(look.entries[0].verdict.as_ref().unwrap().key, "one_file.txt");
    let crops = &look.entries[1];
    assert_eq!((crops.key.as_str(), crops.files, crops.folders, crops.bytes), ("social_crops", 3, 2, 6 - 1));
    assert!(home.content_files().is_empty(), "looking copies nothing");

    let ended = home.drop_in(&bucket, &[file, folder]);
    assert_eq!((ended.added, ended.replaced, ended.failures.len()), (4, 0, 0));
    assert_eq!(
        (ended.transfer.state, ended.transfer.files_done, ended.transfer.bytes_done),
        (State::Done, 4, 6)
    );
    assert_eq!(home.read(&bucket, "social_crops/_t_/a.txt"), b"22");
    home.assert_counts(&bucket);
    assert_eq!(home.staged_files(), 0);
}

#[test]
fn a_file_that_is_there_becomes_a_version_and_the_look_says_so() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let object = home.put(&bucket, "Logo sheet.svg", b"<svg/>");
    let path = home.file("logo_sheet.svg", b"<svg>2</svg>");
    let look = home.engine.preflight(&home.me, "b", "", std::slice::from_ref(&path)).unwrap();
    let verdict = look.entries[0].verdict.as_ref().unwrap();
    assert_eq!((verdict.kind, verdict.version), (VerdictKind::Replaces, Some(2)));
    assert_eq!(verdict.meets.as_deref(), Some("Logo sheet.svg"));
    let ended = home.drop_in(&bucket, &[path]);
    assert_eq!((ended.added, ended.replaced), (0, 1));
    assert_eq!(ended.objects[0].id, object.id);
}

#[test]
fn two_names_that_meet_are_for_the_person_to_decide() {
    let home = Home::new();
    let one = home.file("Price list (new).pdf", b"%PDF-1.7 round");
    let two = home.file("Price list [new].pdf", b"%PDF-1.7 square");
    let bucket = home.bucket("look");
    let look = home.engine.preflight(&home.me, "look", "", &[one.clone(), two.clone()]).unwrap();
    assert_eq!((look.ready_files, look.choose_files), (1, 1));
    assert_eq!(look.choose[0].meets.as_deref(), Some("Price list (new).pdf"));

    let ended = home.drop_in(&bucket, &[one.clone(), two.clone()]);
    assert_eq!((ended.added, ended.failures.len()), (1, 1));
    assert_eq!(ended.failures[0].error.code(), Code::NameConflict);
    let stored = |bucket: &engine::model::Bucket| {
        let request = engine::ListRequest { limit: 10, ..Default::default() };
        let page = home.engine.object_list(&home.me, &bucket.id, &request).unwrap();
        page.objects.iter().map(|o| (o.original_name.clone(), o.name.clone(), o.version)).collect::<Vec<_>>()
    };
    for (decision, expected, skipped) in [
        (Decision::Replace, vec![("Price list [new].pdf", "price_list_new_.pdf", 2)], 0),
        (
            Decision::KeepBoth,
            vec![
                ("Price list [new] 2.pdf", "price_list_new_-2.pdf", 1),
                ("Price list (new).pdf", "price_list_new_.pdf", 1),
            ],
            0,
        ),
        (Decision::Skip, vec![("Price list (new).pdf", "price_list_new_.pdf", 1)], 1),
    ] {
        let bucket = home.bucket("decided");
        let ended = home.ingest(&bucket, vec![source(&one), decided(&two, decision)]);
        assert!(ended.failures.is_empty());
        assert_eq!(ended.skipped, skipped);
        let expected: Vec<_> =
            expected.into_iter().map(|(o, n, v)| (o.to_owned(), n.to_owned(), v)).collect();
        assert_eq!(stored(&bucket), expected, "{decision:?}");
        home.assert_counts(&bucket);
    }
}

#[test]
fn every_file_that_cannot_come_is_named_with_its_reason_and_the_others_come() {
    use std::os::unix::net::UnixListener;
    let home = Home::new();
    let limits =
        Limits { file_size_limit: Some(10), allowed_mime_types: vec!["text/*".into()], ..Limits::default() };
    let bucket = home.limited("b", limits);
    let good = home.file("in/good.txt", b"good");
    home.file("in/large.txt", b"more than ten bytes");
    home.file("in/picture.txt", b"\x89PNG\r\n\x1a\n");
    let root = good.parent().unwrap().to_owned();
    std::os::unix::fs::symlink(root.join("nowhere"), root.join("dangling.txt")).unwrap();
    std::os::unix::fs::symlink(&root, root.join("loop")).unwrap();
    std::os::unix::fs::symlink(root.join("self"), root.join("self")).unwrap();
    let _socket = UnixListener::bind(root.join("socket")).unwrap();
    let expected = HashSet::from([
        ("large.txt", Code::TooLarge),
        ("picture.txt", Code::TypeNotAllowed),
        ("dangling.txt", Code::SourceMissing),
        ("loop", Code::DirectoryLoop),
        ("self", Code::DirectoryLoop),
        ("socket", Code::SourceNotAFile),
        ("null", Code::SourceNotAFile),
        ("missing.txt", Code::SourceMissing),
    ]);
    let paths = [root.clone(), PathBuf::from("/dev/null"), home.dir.path().join("missing.txt")];
    let look = home.engine.preflight(&home.me, "b", "", &paths).unwrap();
    let refused: HashSet<_> =
        look.refused.iter().map(|v| (v.original_name.as_str(), v.refused.as_ref().unwrap().code())).collect();
    assert_eq!(refused, expected);
    let seen = home.newest_event();
    let ended = home.drop_in(&bucket, &paths);
    let failed: HashSet<_> = ended.failures.iter().map(|f| (f.name.as_str(), f.error.code())).collect();
    assert_eq!(failed, expected);
    assert!(
        ended
            .failures
            .iter()
            .all(|f| f.error.detail("reason").is_some() && f.error.detail("advice").is_some())
    );
    assert_eq!((ended.added, ended.transfer.failed), (1, 8));
    assert_eq!(home.events(seen), [(EventKind::ObjectCreated, "in/good.txt".to_owned())]);
    assert_eq!((home.content_files().len(), home.staged_files()), (1, 0));
}

#[test]
fn the_count_limit_lets_in_as_many_as_fit() {
    let home = Home::new();
    let bucket = home.limited("b", Limits { max_files: Some(3), ..Limits::default() });
    let paths: Vec<_> = (0..5).map(|n| home.file(&format!("{n}.txt"), b"x")).collect();
    let look = home.engine.preflight(&home.me, "b", "", &paths).unwrap();
    assert_eq!((look.ready_files, look.refused_files), (3, 2));
    let ended = home.drop_in(&bucket, &paths);
    assert_eq!((ended.added, ended.failures.len()), (3, 2));
    assert!(ended.failures.iter().all(|f| f.error.code() == Code::TooManyFiles));
    assert_eq!(home.content_files().len(), 3);
    home.assert_counts(&bucket);
}

#[test]
fn a_batch_of_hundreds_is_committed_whole_and_progress_is_true() {
    let home = Home::new();
    let bucket = home.bucket("b");
    for n in 0..400 {
        home.file(&format!("many/{:02}/{n}.txt", n % 20), format!("content {n}").as_bytes());
    }
    let ingest = Ingest {
        bucket: bucket.id.clone(),
        folder: "Into".into(),
        sources: vec![source(&home.dir.path().join("source/many"))],
        except: HashSet::from([home.dir.path().join("source/many/00/0.txt")]),
        transfer: Some("mine".into()),
    };
    let told = parking_lot::Mutex::new(Vec::new());
    let ended =
        home.engine.ingest(&home.me, &ingest, &|snapshot| told.lock().push(snapshot.clone())).unwrap();
    assert_eq!((ended.added, ended.failures.len()), (399, 0));
    let told = told.into_inner();
    assert!(
        told.iter().all(|s| s.id == "mine" && s.bytes_done <= s.bytes_total && s.files_done <= s.files_total)
    );
    assert!(told.windows(2).all(|pair| pair[0].files_done <= pair[1].files_done));
    assert_eq!(told.last().unwrap().state, State::Done);
    assert_eq!(home.read(&bucket, "into/many/07/7.txt"), b"content 7");
    home.assert_counts(&bucket);
    assert!(home.engine.transfers().is_empty());
    assert_eq!(home.engine.transfer_cancel("mine", None).unwrap_err().code(), Code::TransferNotFound);
}

#[test]
fn a_cancelled_transfer_leaves_nothing_of_what_was_not_committed() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let paths: Vec<_> = (0..4).map(|n| home.file(&format!("{n}.bin"), &vec![n; 8 << 20])).collect();
    let ingest = Ingest {
        bucket: bucket.id.clone(),
        folder: String::new(),
        sources: paths.iter().map(|path| source(path)).collect(),
        except: HashSet::new(),
        transfer: Some("stop".into()),
    };
    let engine = home.engine.clone();
    let ended =
        home.engine.ingest(&home.me, &ingest, &|_| drop(engine.transfer_cancel("stop", None))).unwrap();
    assert_eq!((ended.added, ended.transfer.state), (0, State::Cancelled));
    assert!(ended.failures.iter().all(|f| f.error.code() == Code::Cancelled));
    assert_eq!(ended.failures.len(), 4);
    assert_eq!((home.content_files().len(), home.staged_files()), (0, 0));
    assert!(home.events(0).iter().all(|(kind, _)| *kind != EventKind::ObjectCreated));
}

#[test]
fn one_file_of_a_transfer_can_be_stopped_and_the_others_come() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let paths: Vec<_> = (0..3).map(|n| home.file(&format!("{n}.bin"), &vec![n; 1 << 20])).collect();
    let ingest = Ingest {
        bucket: bucket.id.clone(),
        folder: String::new(),
        sources: paths.iter().map(|path| source(path)).collect(),
        except: HashSet::new(),
        transfer: Some("part".into()),
    };
    let (engine, unwanted) = (home.engine.clone(), paths[1].clone());
    let stop = |_: &_| drop(engine.transfer_cancel("part", Some(&unwanted)));
    let ended = home.engine.ingest(&home.me, &ingest, &stop).unwrap();
    assert_eq!((ended.added, ended.failures.len()), (2, 1));
    assert_eq!(ended.failures[0].error.code(), Code::Cancelled);
    assert_eq!((ended.transfer.state, ended.transfer.bytes_done), (State::Done, 2 << 20));
}

#[test]
fn orphans_of_a_crash_are_swept_and_nothing_else() {
    let home = Home::new();
    let bucket = home.bucket("b");
    home.put(&bucket, "kept.txt", b"kept");
    let files = home.engine.home().join("files");
    let orphan = files.join(&bucket.id).join("c000orphan");
    std::fs::create_dir_all(&orphan).unwrap();
    std::fs::write(orphan.join("lost.txt"), b"lost").unwrap();
    std::fs::create_dir_all(files.join("bgone/c000empty")).unwrap();
    let swept = home.engine.sweep().unwrap();
    assert_eq!(swept.orphans, 2);
    assert_eq!(home.content_files().len(), 1);
    assert_eq!(home.engine.sweep().unwrap().orphans, 0);
    assert_eq!(home.read(&bucket, "kept.txt"), b"kept");
}

#[test]
fn a_sweep_beside_puts_of_two_processes_takes_nothing_of_theirs() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let other = Engine::open(home.engine.home()).unwrap();
    std::thread::scope(|scope| {
        for (writer, engine) in [&home.engine, &other].into_iter().enumerate() {
            let (me, bucket) = (&home.me, &bucket);
            scope.spawn(move || {
                for n in 0..30 {
                    let key = format!("{writer}-{n}.txt");
                    engine.object_put(me, &bucket.id, &key, &mut key.as_bytes(), None).unwrap();
                }
            });
        }
        for _ in 0..20 {
            assert_eq!(home.engine.sweep().unwrap().orphans, 0);
        }
    });
    assert_eq!(home.content_files().len(), 60);
    for n in 0..30 {
        assert_eq!(home.read(&bucket, &format!("1-{n}.txt")), format!("1-{n}.txt").as_bytes());
    }
}

#[test]
fn each_save_of_a_working_copy_becomes_a_version_also_by_rename() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let object = home.put(&bucket, "Notes.txt", b"one");
    let checkout = home.engine.checkout_start(&home.me, "b", &id(&object)).unwrap();
    let _watch = home.engine.watch_checkouts().unwrap();
    assert!(checkout.path.ends_with("Notes.txt"));
    let version = || home.engine.object_show(&home.me, "b", &id(&object)).unwrap();
    assert!(version().editing);

    std::fs::write(&checkout.path, b"two").unwrap();
    until("the second version", || version().version == 2);
    let beside = format!("{}.tmp", checkout.path);
    std::fs::write(&beside, b"three").unwrap();
    std::fs::rename(&beside, &checkout.path).unwrap();
    until("the third version", || version().version == 3);
    assert_eq!(home.read(&bucket, "notes.txt"), b"three");

    home.engine.object_rename(&home.me, "b", &id(&object), "Renamed.txt").unwrap();
    std::fs::write(&checkout.path, b"four").unwrap();
    home.engine.checkout_finish(&home.me, "b", &id(&object)).unwrap();
    let ended = version();
    assert!(!ended.editing && !std::path::Path::new(&checkout.path).exists());
    assert_eq!(home.read(&bucket, "renamed.txt"), b"four");
    let again = home.engine.checkout_finish(&home.me, "b", &id(&object)).unwrap_err();
    assert_eq!(again.code(), Code::CheckoutNotFound);
}

#[test]
fn a_save_over_the_limit_is_told_and_the_working_copy_stays() {
    let home = Home::new();
    let bucket = home.limited("b", Limits { file_size_limit: Some(5), ..Limits::default() });
    home.put(&bucket, "a.txt", b"one");
    let checkout = home.engine.checkout_start(&home.me, "b", &key("a.txt")).unwrap();
    std::fs::write(&checkout.path, b"far too long").unwrap();
    let _watch = home.engine.watch_checkouts().unwrap();
    let refused = || home.events(0).into_iter().find(|(kind, _)| *kind == EventKind::CheckoutRefused);
    until("the refusal", || refused().is_some());
    assert!(refused().unwrap().1.contains("over the limit"));
    assert_eq!(home.read(&bucket, "a.txt"), b"one");
    assert_eq!(std::fs::read(&checkout.path).unwrap(), b"far too long");
}
