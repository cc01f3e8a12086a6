//! Buckets, their data, the trash, the workspace, and who may come in.

mod common;

use common::{Home, NOW};
use engine::model::{BucketOrder, EventKind, Limits, Policy, Privilege, Role, UploadSettings};
use engine::{Access, BucketChanges, Caller, Code, Engine, NewBucket, NewKey, WorkspaceChanges};
use std::sync::{Arc, mpsc};
use std::time::Duration;

#[test]
fn a_bucket_has_an_id_a_uuid_a_free_slug_and_empty_data() {
    let home = Home::new();
    let one = home.bucket("User Avatars");
    let two = home.bucket("User  avatars!");
    assert!(one.id.starts_with('b') && one.id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
    assert_eq!(one.uuid.len(), 36);
    assert_eq!((one.slug.as_str(), two.slug.as_str()), ("user-avatars", "user-avatars-2"));
    let data = home.engine.data_show(&home.me, "user-avatars").unwrap();
    assert_eq!((data.text.as_str(), data.revision), ("{}", 0));
    home.engine.bucket_delete(&home.me, &two.id).unwrap();
    assert_eq!(home.bucket("User avatars").slug, "user-avatars-3", "a slug in the trash is not given away");
}

#[test]
fn titles_icons_notes_and_limits_are_checked() {
    let home = Home::new();
    let long = "x".repeat(201);
    for (new, code) in [
        (NewBucket { title: "  ".into(), ..NewBucket::default() }, Code::InvalidTitle),
        (NewBucket { title: long, ..NewBucket::default() }, Code::InvalidTitle),
        (NewBucket { title: "a\nb".into(), ..NewBucket::default() }, Code::InvalidTitle),
        (
            NewBucket { title: "a".into(), icon: Some("<svg>".into()), ..NewBucket::default() },
            Code::InvalidIcon,
        ),
        (
            NewBucket {
                title: "a".into(),
                limits: Limits { allowed_mime_types: vec!["*/png".into()], ..Limits::default() },
                ..NewBucket::default()
            },
            Code::InvalidType,
        ),
        (
            NewBucket {
                title: "a".into(),
                limits: Limits { quota: Some(0), ..Limits::default() },
                ..NewBucket::default()
            },
            Code::InvalidLimit,
        ),
    ] {
        assert_eq!(home.engine.bucket_create(&home.me, new).unwrap_err().code(), code);
    }
    assert!(
        home.engine.bucket_list(&engine::Caller::cli(), "", BucketOrder::Title, false).unwrap().is_empty()
    );
    assert!(home.events(0).is_empty());
}

#[test]
fn buckets_are_searched_and_ordered() {
    let home = Home::new();
    for (title, bytes) in [("beta", 3), ("Alpha", 1), ("gamma", 2)] {
        home.clock.advance(1000);
        let bucket = home.bucket(title);
        home.put(&bucket, "x", &vec![b'x'; bytes]);
    }
    let titles = |search: &str, order, descending| {
        let list = home.engine.bucket_list(&engine::Caller::cli(), search, order, descending).unwrap();
        list.into_iter().map(|bucket| bucket.title).collect::<Vec<_>>()
    };
    assert_eq!(titles("", BucketOrder::Title, false), ["Alpha", "beta", "gamma"]);
    assert_eq!(titles("", BucketOrder::Created, true), ["gamma", "Alpha", "beta"]);
    assert_eq!(titles("", BucketOrder::Size, false), ["Alpha", "gamma", "beta"]);
    assert_eq!(titles("MA", BucketOrder::Title, false), ["gamma"]);
}

#[test]
fn settings_change_and_what_never_changes_does_not() {
    let home = Home::new();
    let bucket = home.bucket("One");
    let seen = home.newest_event();
    let changes =
        BucketChanges { title: Some("Two".into()), enabled: Some(false), ..BucketChanges::default() };
    let changed = home.engine.bucket_update(&home.me, "one", changes).unwrap();
    assert_eq!((changed.title.as_str(), changed.slug.as_str(), changed.revision), ("Two", "one", 2));
    assert_eq!((&changed.id, &changed.uuid, &changed.icon), (&bucket.id, &bucket.uuid, &bucket.icon));
    assert_eq!(home.events(seen), [(EventKind::BucketUpdated, "Two".to_owned())]);
    let unknown = home.engine.bucket_update(&home.me, "nope", BucketChanges::default()).unwrap_err();
    assert_eq!(unknown.code(), Code::BucketNotFound);
}

#[test]
fn a_bucket_that_is_switched_off_refuses_every_face_but_the_window() {
    let home = Home::new();
    let bucket = home.bucket("Off");
    let object = home.put(&bucket, "a.txt", b"x");
    let off = BucketChanges { enabled: Some(false), ..BucketChanges::default() };
    home.engine.bucket_update(&home.me, &bucket.id, off).unwrap();
    let cli = Caller::cli();
    assert_eq!(home.engine.data_show(&cli, &bucket.id).unwrap_err().code(), Code::BucketDisabled);
    assert_eq!(home.engine.data_merge(&cli, &bucket.id, "{}").unwrap_err().code(), Code::BucketDisabled);
    let put = home.engine.object_put(&cli, &bucket.id, "b", &mut std::io::empty(), None).unwrap_err();
    assert_eq!(put.code(), Code::BucketDisabled);
    assert_eq!(home.engine.link_open(&bucket.id, &object.token).err().unwrap().code(), Code::BucketDisabled);
    assert_eq!(home.engine.bucket_delete(&cli, &bucket.id).unwrap_err().code(), Code::BucketDisabled);
    assert!(home.engine.data_show(&home.me, &bucket.id).is_ok());
    home.engine.bucket_delete(&home.me, &bucket.id).unwrap();
    home.engine.bucket_restore(&home.me, &bucket.id).unwrap();
    let on = BucketChanges { enabled: Some(true), ..BucketChanges::default() };
    home.engine.bucket_update(&cli, &bucket.id, on).unwrap();
    assert!(home.engine.link_open(&bucket.id, &object.token).is_ok());
}

#[test]
fn who_may_not_delete_a_bucket_is_not_told_that_it_is_switched_off() {
    let home = Home::new();
    let bucket = home.bucket("Off");
    let access = Access { policy: Some(Policy::Owner), ..Access::default() };
    let off = BucketChanges { enabled: Some(false), access, ..BucketChanges::default() };
    home.engine.bucket_update(&home.me, &bucket.id, off).unwrap();
    home.engine.user_create(&home.me, "ada", Role::Member, Vec::new()).unwrap();
    for privileges in [vec![], vec![Privilege::DeleteBuckets]] {
        let new = NewKey { name: "ada".into(), user: Some("ada".into()), privileges, ..NewKey::default() };
        let (_, secret) = home.engine.key_create(&home.me, new).unwrap();
        let ada = home.engine.authenticate(&secret).unwrap();
        assert_eq!(home.engine.bucket_delete(&ada, &bucket.id).unwrap_err().code(), Code::Forbidden);
        assert_eq!(home.engine.bucket_delete_empty(&ada, &bucket.id).unwrap_err().code(), Code::Forbidden);
        assert_eq!(home.engine.bucket_erase(&ada, &bucket.id).unwrap_err().code(), Code::Forbidden);
    }
    let cli = home.engine.bucket_erase(&Caller::cli(), &bucket.id).unwrap_err();
    assert_eq!(cli.code(), Code::BucketDisabled, "who may delete it is told");
}

#[test]
fn a_bucket_goes_to_the_trash_comes_back_and_can_be_purged() {
    let home = Home::new();
    let bucket = home.bucket("Old");
    let object = home.put(&bucket, "a.txt", b"12345");
    home.put(&bucket, "a.txt", b"123");
    let live = home.engine.bucket_purge(&home.me, "old").unwrap_err();
    assert_eq!(live.code(), Code::NotInTrash);
    home.engine.bucket_delete(&home.me, "old").unwrap();
    assert_eq!(home.engine.data_show(&home.me, "old").unwrap_err().code(), Code::InTrash);
    assert!(home.engine.link_open(&bucket.id, &object.token).is_err());
    let trash = home.engine.trash_list(&engine::Caller::cli(), 0, 10).unwrap();
    assert_eq!((trash.buckets.len(), trash.objects.len(), trash.bytes), (1, 0, 3));
    home.engine.bucket_restore(&home.me, "old").unwrap();
    assert!(home.engine.link_open(&bucket.id, &object.token).is_ok());
    home.engine.bucket_delete(&home.me, "old").unwrap();
    let purged = home.engine.bucket_purge(&home.me, "old").unwrap();
    assert_eq!((purged.files, purged.bytes, purged.buckets), (1, 8, 1));
    assert!(home.content_files().is_empty());
    assert_eq!(
        home.engine.bucket_show(&engine::Caller::cli(), "old").unwrap_err().code(),
        Code::BucketNotFound
    );
}

#[test]
fn emptying_the_trash_takes_buckets_and_files_and_nothing_live() {
    let home = Home::new();
    let (kept, gone) = (home.bucket("Kept"), home.bucket("Gone"));
    home.put(&kept, "stay.txt", b"x");
    home.put(&kept, "go.txt", b"xx");
    home.put(&gone, "go.txt", b"xxx");
    home.engine.object_delete(&home.me, "kept", &[common::key("go.txt")], &[]).unwrap();
    home.engine.bucket_delete(&home.me, "gone").unwrap();
    let purged = home.engine.trash_empty(&home.me).unwrap();
    assert_eq!((purged.files, purged.bytes, purged.buckets), (2, 5, 1));
    assert_eq!(home.read(&kept, "stay.txt"), b"x");
    assert_eq!(home.content_files().len(), 1);
}

#[test]
fn emptying_a_bucket_takes_files_data_or_both() {
    let home = Home::new();
    let bucket = home.bucket("b");
    home.put(&bucket, "a", b"x");
    home.put(&bucket, "sub/b", b"x");
    home.engine.data_set(&home.me, "b", r#"{"a":1}"#, None).unwrap();
    assert_eq!(home.engine.bucket_empty(&home.me, "b", true, false).unwrap().len(), 2);
    assert_eq!(home.engine.data_show(&home.me, "b").unwrap().text, r#"{"a":1}"#);
    home.engine.bucket_empty(&home.me, "b", false, true).unwrap();
    assert_eq!(home.engine.data_show(&home.me, "b").unwrap().text, "{}");
    home.assert_counts(&bucket);
    assert_eq!(home.engine.trash_list(&engine::Caller::cli(), 0, 10).unwrap().files, 2);
}

#[test]
fn data_is_kept_to_the_letter_and_a_stale_save_is_refused_with_the_current_document() {
    let home = Home::new();
    home.bucket("b");
    let text = "{\n\t\"seed\" : 1836486125467611137, \"max\": 1e400,\n  \"x\": 1.0, \"x\": 2 }\n";
    let first = home.engine.data_set(&home.me, "b", text, Some(0)).unwrap();
    assert_eq!((first.revision, first.text.as_str()), (1, text));
    assert_eq!(home.engine.data_show(&home.me, "b").unwrap().text, text);
    let seen = home.newest_event();
    let stale = home.engine.data_set(&home.me, "b", "{}", Some(0)).unwrap_err();
    assert_eq!(stale.code(), Code::StaleRevision);
    assert_eq!(
        (stale.detail("text"), stale.detail("revision"), stale.detail("by")),
        (Some(text), Some("1"), Some("Mara"))
    );
    assert_eq!(home.engine.data_set(&home.me, "b", "{", None).unwrap_err().code(), Code::InvalidJson);
    assert!(home.events(seen).is_empty());
    home.engine.data_set(&home.me, "b", "[1, 2]", None).unwrap();
    assert_eq!(home.engine.data_merge(&home.me, "b", "{}").unwrap_err().code(), Code::NotAnObject);
}

#[test]
fn no_merge_is_lost_among_many_writers() {
    let home = Home::new();
    home.bucket("b");
    let other = Engine::open(home.engine.home()).unwrap();
    let engines = [home.engine.clone(), other];
    std::thread::scope(|scope| {
        for writer in 0..16_usize {
            let (engine, me) = (&engines[writer % 2], &home.me);
            scope.spawn(move || {
                for n in 0..25 {
                    engine.data_merge(me, "b", &format!(r#"{{"w{writer}_{n}": {n}}}"#)).unwrap();
                }
            });
        }
    });
    let data = home.engine.data_show(&home.me, "b").unwrap();
    let value: serde_json::Value = serde_json::from_str(&data.text).unwrap();
    assert_eq!((value.as_object().unwrap().len(), data.revision), (400, 400));
    assert_eq!(home.engine.bucket_show(&engine::Caller::cli(), "b").unwrap().data_revision, 400);
}

#[test]
fn the_workspace_limits_hold_for_every_bucket() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let limits = UploadSettings {
        max_files_per_bucket: None,
        max_file_size: Some(3),
        accepted_file_types: ".txt, image/*".into(),
    };
    let changes = WorkspaceChanges { limits: Some(limits), ..WorkspaceChanges::default() };
    home.engine.workspace_update(&home.me, changes).unwrap();
    let put = |key: &str, bytes: &'static [u8]| {
        home.engine.object_put(&home.me, &bucket.id, key, &mut &bytes[..], None).map_err(|error| error.code())
    };
    assert!(put("a.txt", b"123").is_ok());
    assert_eq!(put("b.txt", b"1234").unwrap_err(), Code::TooLarge);
    assert_eq!(put("b.csv", b"1").unwrap_err(), Code::TypeNotAllowed);
    let wrong = UploadSettings { accepted_file_types: "txt".into(), ..UploadSettings::default() };
    let changes = WorkspaceChanges { limits: Some(wrong), ..WorkspaceChanges::default() };
    assert_eq!(home.engine.workspace_update(&home.me, changes).unwrap_err().code(), Code::InvalidType);
}

#[test]
fn changes_are_told_at_once_in_this_process_and_soon_from_another() {
    let home = Home::new();
    let (tell, told) = mpsc::channel();
    let tell = Arc::new(parking_lot::Mutex::new(tell));
    let listening = home.engine.subscribe(move |events| {
        for event in events {
            tell.lock().send((event.kind, event.detail.clone())).unwrap();
        }
    });
    home.bucket("here");
    let patience = Duration::from_secs(60);
    assert_eq!(told.recv_timeout(patience).unwrap(), (EventKind::BucketCreated, "here".to_owned()));
    let other = Engine::open(home.engine.home()).unwrap();
    other.bucket_create(&home.me, NewBucket { title: "there".into(), ..NewBucket::default() }).unwrap();
    assert_eq!(told.recv_timeout(patience).unwrap(), (EventKind::BucketCreated, "there".to_owned()));
    drop(listening);
    home.bucket("unheard");
    assert!(told.recv_timeout(Duration::from_millis(600)).is_err());
}

#[test]
fn times_come_from_the_clock() {
    let home = Home::new();
    let bucket = home.bucket("b");
    home.clock.advance(5000);
    let object = home.put(&bucket, "a", b"x");
    assert_eq!((bucket.created, object.created), (NOW, NOW + 5000));
    assert_eq!(home.engine.bucket_show(&engine::Caller::cli(), "b").unwrap().modified, NOW + 5000);
}

#[test]
fn a_home_that_cannot_be_one_is_refused_with_words() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, b"x").unwrap();
    let error = Engine::open(&file).err().unwrap();
    assert_eq!(error.code(), Code::HomeUnusable);
    assert!(error.message().contains("--home"));
    std::fs::create_dir(dir.path().join("odd")).unwrap();
    std::fs::write(dir.path().join("odd/pail.db"), b"this is no database, but it is long enough to look at")
        .unwrap();
    assert_eq!(Engine::open(&dir.path().join("odd")).err().unwrap().code(), Code::Database);
}
