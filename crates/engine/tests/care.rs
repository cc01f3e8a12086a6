//! Bit rot, backups, the doctor, and a lost database.

#![allow(clippy::unwrap_used, reason = "this is test code, though not all of it inside test functions")]

mod common;

use common::{Home, id, key};
use engine::clock::SetClock;
use engine::model::EventKind;
use engine::{Code, Engine, Problem};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

/// Changes a content file behind Pail's back.
fn rot(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = std::fs::read(path).unwrap();
    change(&mut bytes);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn content_of(home: &Home, bytes: &[u8]) -> std::path::PathBuf {
    home.content_files().into_iter().find(|path| std::fs::read(path).unwrap() == bytes).unwrap()
}

#[test]
fn every_one_of_a_thousand_flipped_bits_is_found_with_no_false_alarm() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let bytes: Vec<u8> = (0..5000_u32).flat_map(u32::to_le_bytes).collect();
    home.put(&bucket, "a.bin", &bytes);
    home.put(&bucket, "b.bin", b"untouched");
    let path = content_of(&home, &bytes);
    assert!(home.engine.verify(&mut |_, _| true).unwrap().damaged.is_empty());
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    for flip in 0..1000_usize {
        let bit = flip * 7919 % (bytes.len() * 8);
        let mut rotten = bytes.clone();
        rotten[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(&path, &rotten).unwrap();
        let found = home.engine.verify(&mut |_, _| true).unwrap().damaged;
        assert_eq!(found.len(), 1, "bit {bit}");
        assert_eq!((found[0].key.as_str(), found[0].problem), ("a.bin", Problem::Hash));
    }
    std::fs::write(&path, &bytes).unwrap();
    assert!(home.engine.verify(&mut |_, _| true).unwrap().damaged.is_empty());
    assert_eq!(home.read(&bucket, "a.bin"), bytes, "what is whole again is given out again");
}

#[test]
fn damaged_content_is_kept_back_and_what_can_heal_it_is_named() {
    let home = Home::new();
    let bucket = home.bucket("b");
    home.put(&bucket, "a.txt", b"first");
    let object = home.put(&bucket, "a.txt", b"second");
    home.put(&bucket, "copy.txt", b"second");
    rot(&content_of(&home, b"second"), |bytes| bytes[0] ^= 1);
    rot(&content_of(&home, b"first"), |bytes| bytes.truncate(4));
    let seen = home.newest_event();
    let found = home.engine.verify(&mut |_, _| true).unwrap();
    assert_eq!((found.contents, found.damaged.len()), (3, 2));
    let kinds: Vec<_> = home.events(seen).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [EventKind::ContentDamaged, EventKind::ContentDamaged]);
    let damage = found.damaged.iter().find(|damage| damage.problem == Problem::Hash).unwrap();
    assert_eq!(damage.healers.len(), 1, "{damage:?}");
    assert!(found.damaged.iter().any(|damage| damage.problem == Problem::Size && damage.healers.is_empty()));
    let rotten = ["a.txt", "copy.txt"].into_iter().filter(|name| {
        let opened = home.engine.object_open(&home.me, "b", &key(name));
        opened.err().is_some_and(|error| error.code() == Code::ContentDamaged)
    });
    assert_eq!(rotten.count(), 1);

    let after = home.engine.repair_home(None).unwrap();
    assert_eq!((after.healed, after.damaged.len(), after.orphans), (1, 1, 0));
    assert_eq!(home.read(&bucket, "a.txt"), b"second");
    assert_eq!(home.read(&bucket, "copy.txt"), b"second");
    let still = home.engine.object_revert(&home.me, "b", &id(&object), 1);
    assert!(still.is_ok(), "pointing at it is allowed; reading it is not");
    assert_eq!(
        home.engine.object_open(&home.me, "b", &id(&object)).err().unwrap().code(),
        Code::ContentDamaged
    );
}

#[test]
fn a_backup_is_whole_incremental_and_comes_back() {
    let home = Home::new();
    let bucket = home.bucket("Bücher");
    let kept = home.put(&bucket, "sub/Kept.txt", b"kept");
    let gone = home.put(&bucket, "gone.txt", b"gone");
    home.engine.data_set(&home.me, &bucket.id, "{ \"x\": 1e400 }", None).unwrap();
    let to = home.dir.path().join("backup");
    let first = home.engine.backup(&to, &mut |_, _| ()).unwrap();
    assert_eq!((first.contents, first.copied, first.removed), (2, 2, 0));
    let again = home.engine.backup(&to, &mut |_, _| ()).unwrap();
    assert_eq!((again.contents, again.copied), (2, 0));

    home.engine.object_delete(&home.me, &bucket.id, &[id(&gone)], &[]).unwrap();
    home.engine.object_purge(&home.me, &bucket.id, &[id(&gone)]).unwrap();
    home.put(&bucket, "sub/Kept.txt", b"kept, second");
    let third = home.engine.backup(&to, &mut |_, _| ()).unwrap();
    assert_eq!((third.contents, third.copied, third.removed), (2, 1, 1));

    let back = home.dir.path().join("back");
    engine::restore(&to, &back, &mut |_, _| ()).unwrap();
    let taken = engine::restore(&to, &back, &mut |_, _| ()).unwrap_err();
    assert_eq!(taken.code(), Code::HomeTaken);
    let none = engine::restore(&home.dir.path().join("nothing"), &home.dir.path().join("x"), &mut |_, _| ());
    assert_eq!(none.unwrap_err().code(), Code::HomeUnusable);
    let engine = Engine::open(&back).unwrap();
    let (object, _) = engine.link_open(&bucket.id, &kept.token).unwrap();
    assert_eq!((object.key().as_str(), object.version), ("sub/kept.txt", 2));
    assert_eq!(engine.data_show(&home.me, &bucket.id).unwrap().text, "{ \"x\": 1e400 }");
    assert!(engine.examine_home().unwrap().is_well());
}

#[test]
fn a_backup_beside_writers_and_purges_holds_together() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let to = home.dir.path().join("backup");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..120 {
                let name = format!("{}.txt", n % 7);
                home.put(&bucket, &name, format!("content {n}").as_bytes());
                if n % 3 == 0 {
                    home.engine.object_delete(&home.me, "b", &[key(&name)], &[]).unwrap();
                    home.engine.trash_empty(&home.me).unwrap();
                }
            }
        });
        for _ in 0..8 {
            let copied = home.engine.backup(&to, &mut |_, _| ()).unwrap();
            assert!(copied.damaged.is_empty(), "{:?}", copied.damaged);
            let check = home.dir.path().join("check");
            engine::restore(&to, &check, &mut |_, _| ()).unwrap();
            assert!(Engine::open(&check).unwrap().examine_home().unwrap().is_well());
            std::fs::remove_dir_all(check).unwrap();
        }
    });
    home.engine.sweep().unwrap();
    assert!(home.engine.examine_home().unwrap().is_well());
    assert!(home.engine.backup(&home.engine.home().join("within"), &mut |_, _| ()).is_err());
}

#[test]
fn damaged_content_is_healed_from_a_backup_and_wrong_counters_are_counted_anew() {
    let home = Home::new();
    let bucket = home.bucket("b");
    home.put(&bucket, "sub/a.txt", b"precious");
    let to = home.dir.path().join("backup");
    home.engine.backup(&to, &mut |_, _| ()).unwrap();
    rot(&content_of(&home, b"precious"), |bytes| bytes[3] ^= 8);
    let database = rusqlite::Connection::open(home.engine.home().join("pail.db")).unwrap();
    database
        .execute_batch(
            "UPDATE bucket SET file_count = 9; UPDATE folder SET own_files = 5 WHERE path = 'sub';",
        )
        .unwrap();
    drop(database);
    let found = home.engine.examine_home().unwrap();
    assert_eq!((found.counters.len(), found.damaged.len(), found.is_well()), (2, 1, false));
    assert_eq!(home.engine.repair_home(None).unwrap().healed, 0);
    let repaired = home.engine.repair_home(Some(&to)).unwrap();
    assert!(repaired.is_well(), "{repaired:?}");
    assert_eq!(home.read(&bucket, "sub/a.txt"), b"precious");
    home.assert_counts(&bucket);
}

#[test]
fn a_lost_database_is_made_anew_from_the_files_with_links_and_versions() {
    let home = Home::new();
    let bucket = home.bucket("Client deliverables");
    let first = home.put(&bucket, "Print masters/Größe.pdf", b"%PDF-1.7 one");
    home.put(&bucket, "Print masters/Größe.pdf", b"%PDF-1.7 two");
    let other = home.put(&bucket, "notes.txt", b"notes");
    let path = home.engine.home().to_owned();
    let Home { dir, engine, me, .. } = home;
    drop(engine);
    for name in ["pail.db", "pail.db-wal", "pail.db-shm"] {
        let _ = std::fs::remove_file(path.join(name));
    }
    let rebuilt = engine::rebuild(&path).unwrap();
    assert_eq!((rebuilt.buckets, rebuilt.objects, rebuilt.versions), (1, 2, 3));
    let engine = Engine::open_with(&path, Arc::new(SetClock::at(common::NOW))).unwrap();
    assert!(engine.examine_home().unwrap().is_well());
    let shown = engine.bucket_show(&engine::Caller::cli(), &bucket.id).unwrap();
    if rebuilt.untagged == 0 {
        assert_eq!(
            (shown.title.as_str(), shown.slug.as_str()),
            ("Client deliverables", "client-deliverables")
        );
        let (object, _) = engine.link_open(&bucket.id, &first.token).unwrap();
        assert_eq!((object.original_name.as_str(), object.version), ("Größe.pdf", 2));
        assert_eq!(object.key(), "print_masters/gr_e.pdf");
        assert!(engine.link_open(&bucket.id, &other.token).is_ok());
        engine.object_revert(&me, &bucket.id, &id(&first), 1).unwrap();
    } else {
        println!("this file system keeps nothing beside files: {} without tags", rebuilt.untagged);
    }
    assert_eq!(engine::rebuild(&dir.path().join("nowhere")).unwrap_err().code(), Code::HomeUnusable);
}

#[test]
fn a_content_that_was_on_its_way_when_the_power_went_is_not_taken_for_whole_by_a_rebuild() {
    let home = Home::new();
    let bucket = home.bucket("b");
    home.put(&bucket, "whole.txt", b"all of it");
    home.put(&bucket, "torn.txt", b"only the begin");
    rot(&content_of(&home, b"only the begin"), |bytes| bytes.truncate(4));
    let path = home.engine.home().to_owned();
    let Home { dir: _dir, engine, .. } = home;
    drop(engine);
    let rebuilt = engine::rebuild(&path).unwrap();
    // Where the file system keeps nothing beside files, nobody can tell.
    assert_eq!(rebuilt.objects, if rebuilt.untagged == 0 { 1 } else { 2 });
}

#[test]
fn housekeeping_finds_every_one_of_a_thousand_flipped_bits_by_itself_with_no_false_alarm() {
    let home = Home::new();
    let bucket = home.bucket("b");
    let files = (0..1100_u32).map(|number| home.file(&format!("{number}.bin"), &number.to_le_bytes()));
    let files: Vec<_> = files.collect();
    home.drop_in(&bucket, &files);
    let rotten: Vec<_> = home.content_files().into_iter().take(1000).collect();
    for (number, path) in rotten.iter().enumerate() {
        rot(path, |bytes| bytes[number % 4] ^= 1 << (number % 8));
    }
    let told = || {
        let (mut found, mut after) = (0, 0);
        loop {
            let events = home.engine.events(after, None, 1000).unwrap();
            let Some(last) = events.last() else { return found };
            after = last.id;
            found += events.iter().filter(|event| event.kind == EventKind::ContentDamaged).count();
        }
    };
    let database = rusqlite::Connection::open(home.engine.home().join("pail.db")).unwrap();
    // Once it has been through, it notes when.
    let through = || -> bool {
        let asked = database.query_row("SELECT scrubbed IS NOT NULL FROM workspace", [], |row| row.get(0));
        asked.unwrap()
    };
    let keeping = home.engine.keep_house().unwrap();
    let patience = std::time::Instant::now() + std::time::Duration::from_secs(120);
    while !through() {
        assert!(std::time::Instant::now() < patience, "the scrub did not come to its end");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    drop(keeping);
    assert_eq!(told(), 1000);
    let opens = |number: &u32| home.engine.object_open(&home.me, "b", &key(&format!("{number}.bin"))).is_ok();
    assert_eq!((0..1100).filter(opens).count(), 100);
}
