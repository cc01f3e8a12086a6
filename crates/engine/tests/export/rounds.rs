//! There and back again.

use super::common::{Home, key};
use super::forgery::Forgery;
use engine::clock::Clock as _;
use engine::model::{
    Bucket, BucketOrder, Category, EventKind, Limits, Permalink, Policy, Rules, Tier, Visibility,
};
use engine::transfer::{Ingest, Source};
use engine::{
    Access, BucketChanges, Caller, Code, Exported, ImportOptions, Imported, Incoming, NewBucket,
    ObjectChanges, Progress, Selection, WorkspaceChanges,
};
use std::io::Cursor;
use std::path::PathBuf;

pub fn archive(home: &Home) -> PathBuf {
    home.dir.path().join("pail.zip")
}

pub fn export(home: &Home) -> Exported {
    home.engine.export(&home.me, &archive(home), &Selection::All, &mut |_| true).unwrap()
}

pub fn import(from: &Home, into: &Home, keep_ids: bool) -> engine::Result<Imported> {
    into.engine.import(&into.me, &archive(from), ImportOptions { keep_ids }, &mut |_| true)
}

fn buckets(home: &Home) -> Vec<Bucket> {
    home.engine.bucket_list(&home.me, "", BucketOrder::Created, false).unwrap()
}

/// A bucket with everything that can be said of one.
fn rich(home: &Home) -> Bucket {
    let new = NewBucket {
        title: "Brand kit — Été".into(),
        icon: Some("camera".into()),
        notes: Some("Two\nlines".into()),
        limits: Limits {
            file_size_limit: Some(1 << 20),
            max_files: Some(100),
            quota: Some(1 << 30),
            allowed_mime_types: vec!["text/*".into(), "application/octet-stream".into()],
        },
        category: Some(Category::Assets),
        access: Access {
            policy: Some(Policy::Rules),
            rules: Some(Rules {
                read: Some("true".into()),
                write: None,
                delete: Some("hasRole('admin')".into()),
            }),
            permalink: Some(Permalink::Signed),
            tier: Some(Tier::ThirtyDays),
        },
        slug: Some("kit".into()),
        data: Some("{ \"n\" : 1836486125467611137,\n\t\"f\":1e400, \"one\": 1.0, \"n\": 2 }".into()),
        ..NewBucket::default()
    };
    let bucket = home.engine.bucket_create(&home.me, new).unwrap();
    let said = Incoming {
        key: "Social crops/Été 2026/Résumé (Final).txt".into(),
        metadata: Some("{\"team\": \"eng\", \"n\": 1.0}".into()),
        visibility: Some(Some(Visibility::Private)),
        keep_both: false,
    };
    let staged =
        home.engine.object_stage(&home.me, &bucket.id, said, &mut Cursor::new("words"), None).unwrap();
    home.engine.object_commit(&home.me, vec![staged]).unwrap();
    home.put(&bucket, "empty", b"");
    home.put(&bucket, "old.txt", b"earlier");
    home.put(&bucket, "old.txt", b"later");
    bucket
}

#[test]
fn everything_that_can_be_said_of_a_bucket_comes_back() {
    let (from, into) = (Home::new(), Home::new());
    let original = rich(&from);
    let exported = export(&from);
    assert_eq!((exported.buckets, exported.files, exported.bytes), (1, 3, 10));
    assert_eq!(exported.size, archive(&from).metadata().unwrap().len());
    let imported = import(&from, &into, true).unwrap();
    assert_eq!((imported.files, imported.bytes), (3, 10));
    let bucket = &imported.buckets[0];
    let expected = Bucket {
        seq: bucket.seq,
        created: bucket.created,
        modified: bucket.modified,
        file_count: 3,
        byte_count: 10,
        ..original.clone()
    };
    assert_eq!(*bucket, expected);
    assert_eq!(buckets(&into), [expected]);
    let data = |home: &Home| home.engine.data_show(&home.me, "kit").unwrap().text;
    assert_eq!(data(&into), data(&from), "to the letter");
    for name in ["social_crops/_t_2026/r_sum_final_.txt", "empty", "old.txt"] {
        let show = |home: &Home| home.engine.object_show(&home.me, "kit", &key(name)).unwrap();
        let (there, here) = (show(&from), show(&into));
        assert_eq!(into.read(bucket, name), from.read(&original, name));
        assert_eq!((&here.id, &here.original_name), (&there.id, &there.original_name));
        assert_eq!((&here.metadata, here.visibility), (&there.metadata, there.visibility));
        assert_eq!((&here.media_type, &here.hash, here.size), (&there.media_type, &there.hash, there.size));
        assert_eq!((here.version, here.versions), (1, 1), "earlier versions stay at home");
        assert_eq!(here.expires, Some(into.clock.now() + 30 * 24 * 3_600_000), "its life begins anew");
        assert_ne!(here.token, there.token, "links stay at home");
    }
    let top = engine::ListRequest { folder: Some("social_crops".into()), limit: 10, ..Default::default() };
    let page = into.engine.object_list(&into.me, "kit", &top).unwrap();
    assert_eq!(page.folders[0].original_name, "Été 2026");
    into.assert_counts(bucket);
}

#[test]
fn with_new_ids_a_bucket_stands_beside_its_original() {
    let home = Home::new();
    let original = rich(&home);
    export(&home);
    for slug in ["kit-2", "kit-3"] {
        let imported = import(&home, &home, false).unwrap();
        let bucket = &imported.buckets[0];
        assert_eq!((bucket.slug.as_str(), &bucket.title), (slug, &original.title));
        assert!(bucket.id != original.id && bucket.uuid != original.uuid);
        assert_eq!(home.read(bucket, "old.txt"), b"later");
        home.assert_counts(bucket);
    }
    assert_eq!(home.read(&original, "old.txt"), b"later");
}

#[test]
fn ids_are_kept_only_where_they_are_free_trash_included() {
    let (home, elsewhere) = (Home::new(), Home::new());
    let original = rich(&home);
    export(&home);
    let refused = |code: Code| {
        let files = home.content_files();
        let seen = home.newest_event();
        assert_eq!(import(&home, &home, true).unwrap_err().code(), code);
        assert_eq!((home.content_files(), home.staged_files()), (files, 0));
        assert_eq!(home.events(seen), []);
    };
    refused(Code::IdTaken);
    home.engine.bucket_delete(&home.me, &original.id).unwrap();
    refused(Code::IdTaken);
    home.engine.bucket_purge(&home.me, &original.id).unwrap();
    assert_eq!(import(&home, &home, true).unwrap().buckets[0].id, original.id);
    // The slug is the address of the bucket, so it is kept as well.
    let new = NewBucket { title: "Other".into(), slug: Some("kit".into()), ..NewBucket::default() };
    elsewhere.engine.bucket_create(&elsewhere.me, new).unwrap();
    assert_eq!(import(&home, &elsewhere, true).unwrap_err().code(), Code::NameTaken);
    assert_eq!(elsewhere.content_files().len(), 0);
}

#[test]
fn an_id_of_a_single_file_that_is_taken_refuses_the_whole() {
    let (from, into) = (Home::new(), Home::new());
    let kit = rich(&from);
    export(&from);
    import(&from, &into, true).unwrap();
    // Another bucket that holds a file of the same id.
    let mut forged = Forgery::of(&archive(&from));
    forged.bucket()["id"] = "bother".into();
    forged.bucket()["uuid"] = "00000000-0000-4000-8000-000000000000".into();
    forged.bucket()["slug"] = "other".into();
    for (name, _) in &mut forged.entries {
        *name = name.replacen("kit/", "other/", 1);
    }
    std::fs::write(archive(&from), forged.bytes()).unwrap();
    let files = into.content_files();
    assert_eq!(import(&from, &into, true).unwrap_err().code(), Code::IdTaken);
    assert_eq!((buckets(&into).len(), into.content_files()), (1, files));
    assert_eq!(import(&from, &into, false).unwrap().buckets[0].slug, "other");
    into.assert_counts(&kit);
}

#[test]
fn the_category_the_names_or_all_decide_what_goes_along() {
    let home = Home::new();
    let plain = |title: &str, category| {
        let new = NewBucket { title: title.into(), category: Some(category), ..NewBucket::default() };
        home.engine.bucket_create(&home.me, new).unwrap()
    };
    let assets = plain("Assets", Category::Assets);
    plain("Attachments", Category::Attachments);
    let gone = plain("Gone", Category::Assets);
    home.put(&assets, "a.txt", b"a");
    home.put(&assets, "trashed.txt", b"t");
    home.engine.object_delete(&home.me, &assets.id, &[key("trashed.txt")], &[]).unwrap();
    home.engine.bucket_delete(&home.me, &gone.id).unwrap();
    let titles = |selection: Selection| -> engine::Result<Vec<String>> {
        home.engine.export(&home.me, &archive(&home), &selection, &mut |_| true)?;
        let manifest = Forgery::of(&archive(&home)).manifest;
        let listed = manifest["buckets"].as_array().unwrap().iter();
        Ok(listed.map(|bucket| bucket["title"].as_str().unwrap().to_owned()).collect())
    };
    assert_eq!(titles(Selection::Category(Category::Assets)).unwrap(), ["Assets"]);
    assert_eq!(titles(Selection::Category(Category::Attachments)).unwrap(), ["Attachments"]);
    assert_eq!(titles(Selection::All).unwrap(), ["Assets", "Attachments"]);
    let twice = Selection::Buckets(vec!["assets".into(), assets.id.clone()]);
    assert_eq!(titles(twice).unwrap(), ["Assets"]);
    let files = Forgery::of(&archive(&home)).entries;
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["assets/data.json", "assets/files/a.txt"], "the trash stays at home");
    for (named, code) in [("nope", Code::BucketNotFound), ("gone", Code::InTrash)] {
        assert_eq!(titles(Selection::Buckets(vec![named.into()])).unwrap_err().code(), code);
    }
}

#[test]
fn an_archive_of_no_buckets_brings_none() {
    let (from, into) = (Home::new(), Home::new());
    export(&from);
    assert_eq!(import(&from, &into, true).unwrap(), Imported { buckets: vec![], files: 0, bytes: 0 });
}

#[test]
fn what_has_ended_does_not_go_along() {
    let home = Home::new();
    let new = NewBucket {
        title: "Short".into(),
        access: Access { tier: Some(Tier::OneHour), ..Access::default() },
        ..NewBucket::default()
    };
    let bucket = home.engine.bucket_create(&home.me, new).unwrap();
    home.put(&bucket, "a.txt", b"a");
    home.clock.advance(3_600_001);
    assert_eq!(export(&home).files, 0);
}

#[test]
fn a_bucket_that_is_switched_off_comes_back_switched_off() {
    let (from, into) = (Home::new(), Home::new());
    let bucket = from.bucket("Off");
    from.put(&bucket, "a.txt", b"a");
    let off = BucketChanges { enabled: Some(false), ..BucketChanges::default() };
    from.engine.bucket_update(&from.me, &bucket.id, off).unwrap();
    export(&from);
    assert!(!import(&from, &into, false).unwrap().buckets[0].enabled);
}

#[test]
fn files_over_a_limit_that_came_after_them_come_back() {
    let (from, into) = (Home::new(), Home::new());
    let bucket = from.bucket("Kit");
    for name in ["a.txt", "b.txt", "c.html"] {
        from.put(&bucket, name, b"<p>long words</p>");
    }
    let limits = Limits {
        file_size_limit: Some(4),
        max_files: Some(1),
        quota: Some(4),
        allowed_mime_types: vec!["image/*".into()],
    };
    let changes = BucketChanges { limits: Some(limits.clone()), ..BucketChanges::default() };
    from.engine.bucket_update(&from.me, &bucket.id, changes).unwrap();
    export(&from);
    let imported = import(&from, &into, true).unwrap();
    assert_eq!((imported.buckets[0].file_count, &imported.buckets[0].limits), (3, &limits));
    let refused = into.engine.object_put(&into.me, "kit", "d.txt", &mut Cursor::new("long words"), None);
    assert_eq!(refused.unwrap_err().code(), Code::TypeNotAllowed, "the limit holds for what comes");
}

#[test]
fn limits_of_the_workspace_hold_for_what_is_imported() {
    let from = Home::new();
    rich(&from);
    export(&from);
    for (size, files, types, code, word) in [
        (Some(4), None, "", Code::TooLarge, "kit/files/"),
        (None, Some(2), "", Code::TooManyFiles, "2"),
        (None, None, ".png", Code::TypeNotAllowed, "kit/files/"),
    ] {
        let into = Home::new();
        let limits = engine::model::UploadSettings {
            max_file_size: size,
            max_files_per_bucket: files,
            accepted_file_types: types.into(),
        };
        let changes = WorkspaceChanges { limits: Some(limits), ..WorkspaceChanges::default() };
        into.engine.workspace_update(&into.me, changes).unwrap();
        let seen = into.newest_event();
        let error = import(&from, &into, true).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.message().contains(word), "{error}");
        assert_eq!((into.content_files().len(), into.staged_files(), into.events(seen)), (0, 0, vec![]));
    }
}

#[test]
fn each_bucket_and_file_is_told_once() {
    let (from, into) = (Home::new(), Home::new());
    let bucket = from.bucket("Kit");
    from.put(&bucket, "a.txt", b"a");
    from.put(&bucket, "b.txt", b"b");
    export(&from);
    let (seen, exported) = (into.newest_event(), from.newest_event());
    import(&from, &into, true).unwrap();
    let told = |kind, detail: &str| (kind, detail.to_owned());
    assert_eq!(
        into.events(seen),
        [
            told(EventKind::BucketCreated, "Kit"),
            told(EventKind::ObjectCreated, "a.txt"),
            told(EventKind::ObjectCreated, "b.txt"),
        ]
    );
    assert_eq!(from.events(exported), [], "an export changes nothing");
}

#[test]
fn whoever_imports_becomes_the_owner() {
    let (from, into) = (Home::new(), Home::new());
    let bucket = from.bucket("Kit");
    from.put(&bucket, "a.txt", b"a");
    export(&from);
    let other = Caller::cli().named("Robin");
    let imported =
        into.engine.import(&other, &archive(&from), ImportOptions::default(), &mut |_| true).unwrap();
    assert_eq!(imported.buckets[0].created_by, "Robin");
    let object = into.engine.object_show(&into.me, "kit", &key("a.txt")).unwrap();
    assert_eq!((object.uploader.as_str(), object.by.as_str()), ("Robin", "Robin"));
}

#[test]
fn only_who_may_can_export_and_import() {
    let home = Home::new();
    home.bucket("Kit");
    export(&home);
    let key = |privileges: &[engine::model::Privilege]| {
        let new = engine::NewKey { name: "k".into(), privileges: privileges.to_vec(), ..Default::default() };
        home.engine.authenticate(&home.engine.key_create(&home.me, new).unwrap().1).unwrap()
    };
    use engine::model::Privilege::{Admin, CreateBuckets, DeleteBuckets, EditBuckets};
    for (caller, may_export, may_import) in [
        (Caller::nobody(), Some(Code::SignInNeeded), Some(Code::SignInNeeded)),
        (key(&[]), Some(Code::Forbidden), Some(Code::Forbidden)),
        (key(&[EditBuckets, DeleteBuckets]), Some(Code::Forbidden), Some(Code::Forbidden)),
        (key(&[CreateBuckets]), Some(Code::Forbidden), None),
        (key(&[Admin]), None, None),
    ] {
        let exported = home.engine.export(&caller, &archive(&home), &Selection::All, &mut |_| true);
        assert_eq!(exported.err().map(|error| error.code()), may_export, "{caller:?}");
        let imported = home.engine.import(&caller, &archive(&home), ImportOptions::default(), &mut |_| true);
        assert_eq!(imported.err().map(|error| error.code()), may_import, "{caller:?}");
    }
}

#[test]
fn progress_begins_at_nothing_rises_and_ends_at_all() {
    let (from, into) = (Home::new(), Home::new());
    let bucket = from.bucket("Kit");
    let source = from.file("big.bin", &vec![7; 3 << 20]);
    let ingest = Ingest {
        bucket: bucket.id.clone(),
        folder: String::new(),
        sources: vec![Source { path: source, into: String::new(), decision: None }],
        except: Default::default(),
        transfer: None,
    };
    from.engine.ingest(&from.me, &ingest, &|_| ()).unwrap();
    from.put(&bucket, "a.txt", b"a");
    let whole = Progress { files: 2, files_total: 2, bytes: (3 << 20) + 1, bytes_total: (3 << 20) + 1 };
    let mut seen = Vec::new();
    let mut note = |at| {
        seen.push(at);
        true
    };
    from.engine.export(&from.me, &archive(&from), &Selection::All, &mut note).unwrap();
    let exported = std::mem::take(&mut seen);
    let mut note = |at| {
        seen.push(at);
        true
    };
    into.engine.import(&into.me, &archive(&from), ImportOptions::default(), &mut note).unwrap();
    for steps in [exported, seen] {
        assert_eq!(steps[0], Progress { files: 0, bytes: 0, ..whole });
        assert_eq!(*steps.last().unwrap(), whole);
        assert!(steps.len() > 5, "{}", steps.len());
        assert!(
            steps.windows(2).all(|pair| pair[0].bytes <= pair[1].bytes && pair[0].files <= pair[1].files)
        );
    }
}

#[test]
fn metadata_that_says_more_than_words_stays_to_the_letter() {
    let (from, into) = (Home::new(), Home::new());
    let bucket = from.bucket("Kit");
    from.put(&bucket, "a.txt", b"a");
    let metadata = "{\"big\":1836486125467611137,  \"f\":1e400,\"z\":1.0,\"a\":[{\"ö\":\"\\u0001\"}]}";
    let changes = ObjectChanges { metadata: Some(metadata.into()), visibility: None };
    from.engine.object_update(&from.me, "kit", &key("a.txt"), changes).unwrap();
    export(&from);
    import(&from, &into, false).unwrap();
    assert_eq!(into.engine.object_show(&into.me, "kit", &key("a.txt")).unwrap().metadata, metadata);
}
