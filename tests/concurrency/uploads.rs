//! Uploads against sweeps and purges: what was acknowledged is there, and nothing else stays.

use crate::{deadline, marked};
use acceptance::Home;
use engine::model::ObjectRef;
use engine::{Caller, Code, Engine, NewBucket};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

#[test]
fn acknowledged_uploads_outlive_sweeps_and_purges_beside_them() {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    let (here, there) = (Engine::open(home.path()).unwrap(), Engine::open(home.path()).unwrap());
    let (until, sweeps) = (deadline(), AtomicU64::new(0));
    let kept: Vec<BTreeMap<String, u64>> = std::thread::scope(|scope| {
        for engine in [&here, &there] {
            let sweeps = &sweeps;
            scope.spawn(move || {
                while Instant::now() < until {
                    engine.sweep().unwrap();
                    sweeps.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        scope.spawn(|| come_and_go(&there, until));
        let uploads: Vec<_> = (0..4)
            .map(|thread| {
                let (engine, other) = if thread % 2 == 0 { (&here, &there) } else { (&there, &here) };
                let bucket = bucket.as_str();
                scope.spawn(move || upload(engine, other, bucket, thread, until))
            })
            .collect();
        uploads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let kept: BTreeMap<String, u64> = kept.into_iter().flatten().collect();
    println!("{} files kept beside {} sweeps", kept.len(), sweeps.into_inner());
    assert!(!kept.is_empty());
    for (key, n) in &kept {
        assert_eq!(read(&here, &bucket, key), (key.clone(), *n));
    }
    here.sweep().unwrap();
    let found = here.examine_home().unwrap();
    assert!(found.is_well(), "{found:?}");
    assert_eq!(home.contents().len() as u64, found.contents);
}

fn read(engine: &Engine, bucket: &str, key: &str) -> (String, u64) {
    let (_, content) = engine
        .object_open(&Caller::window(), bucket, &ObjectRef::Key(key.to_owned()))
        .expect("what was acknowledged is there");
    marked::read(&marked::whole(content.as_ref()))
}

/// Uploads, and purges every other; what is to stay.
fn upload(
    engine: &Engine,
    other: &Engine,
    bucket: &str,
    thread: usize,
    until: Instant,
) -> BTreeMap<String, u64> {
    let (me, mut kept) = (Caller::window(), BTreeMap::new());
    for n in 0.. {
        if Instant::now() >= until {
            break;
        }
        let key = format!("{thread}/{}.txt", n % 50);
        let content = marked::make(&key, n, 300);
        let put = engine.object_put(&me, bucket, &key, &mut content.as_slice(), None).unwrap();
        assert_eq!(read(other, bucket, &key), (key.clone(), n));
        if n % 2 == 0 {
            let gone = [ObjectRef::Id(put.object.id)];
            engine.object_delete(&me, bucket, &gone, &[]).unwrap();
            engine.object_purge(&me, bucket, &gone).unwrap();
            kept.remove(&key);
        } else {
            kept.insert(key, n);
        }
    }
    kept
}

/// Buckets whose few files come and go, so that their directories do too, and which are then purged under uploads.
fn come_and_go(engine: &Engine, until: Instant) {
    let me = Caller::window();
    while Instant::now() < until {
        let new = NewBucket { title: "Passing".into(), ..NewBucket::default() };
        let bucket = engine.bucket_create(&me, new).unwrap().id;
        let put = |name: &str, n: u64| {
            let content = marked::make(name, n, 20);
            engine.object_put(&me, &bucket, name, &mut content.as_slice(), None)
        };
        std::thread::scope(|scope| {
            for name in ["a", "b"] {
                let (me, bucket, put) = (&me, bucket.as_str(), &put);
                scope.spawn(move || {
                    for n in 0..2 {
                        let gone = [ObjectRef::Id(put(name, n).unwrap().object.id)];
                        assert_eq!(read(engine, bucket, name), (name.to_owned(), n));
                        engine.object_delete(me, bucket, &gone, &[]).unwrap();
                        engine.object_purge(me, bucket, &gone).unwrap();
                    }
                });
            }
        });
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for n in 0..4 {
                    if let Err(error) = put("c", n) {
                        let away = matches!(error.code(), Code::InTrash | Code::BucketNotFound);
                        assert!(away, "{:?}: {error}", error.code());
                    }
                }
            });
            put("d", 0).unwrap();
            engine.bucket_delete(&me, &bucket).unwrap();
            engine.bucket_purge(&me, &bucket).unwrap();
        });
    }
}
