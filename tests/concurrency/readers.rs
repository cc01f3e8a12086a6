//! Readers against replacements and purges: who opens a file gets its own bytes, whole, or hears that it is not there.

use crate::{deadline, marked};
use acceptance::Home;
use engine::blob::Content;
use engine::model::{Object, ObjectRef};
use engine::{Caller, Code, Engine, Error};
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

const KEYS: usize = 3;
/// Lengths that take one piece and several.
const LENGTHS: [usize; 3] = [10, 5_000, 40_000];

/// What is acknowledged of the files, one after the other under the same key.
#[derive(Default)]
struct Acknowledged {
    /// Bucket and token of the newest one under each key.
    links: Mutex<HashMap<usize, (String, String)>>,
    /// The newest form of each key's content.
    forms: [AtomicU64; KEYS],
    /// Forms up to this one were purged.
    purged: [AtomicU64; KEYS],
    replaced: AtomicU64,
}

#[test]
fn readers_get_their_own_bytes_whole_or_hear_that_it_is_gone() {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    let (here, there) = (Engine::open(home.path()).unwrap(), Engine::open(home.path()).unwrap());
    let (acknowledged, until) = (Acknowledged::default(), deadline());
    let seen = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for key in 0..KEYS {
            let (engine, bucket, acknowledged) = (&here, bucket.as_str(), &acknowledged);
            scope.spawn(move || change(engine, bucket, key, acknowledged, until));
        }
        for reader in 0..4 {
            let engine = if reader % 2 == 0 { &here } else { &there };
            let (bucket, acknowledged, seen) = (bucket.as_str(), &acknowledged, &seen);
            scope.spawn(move || {
                let mut round = 0;
                while Instant::now() < until {
                    round += 1;
                    let key = round % KEYS;
                    let got = if round % 2 == 0 {
                        by_key(engine, bucket, key, acknowledged)
                    } else {
                        by_link(engine, key, acknowledged)
                    };
                    seen.fetch_add(u64::from(got), Ordering::Relaxed);
                }
            });
        }
    });
    let (seen, replaced) = (seen.into_inner(), acknowledged.replaced.into_inner());
    println!("{seen} contents read beside {replaced} replacements and purges");
    assert!(seen > 0 && replaced > 0);
    assert!(here.examine_home().unwrap().is_well());
}

/// Puts, replaces and purges, again and again.
fn change(engine: &Engine, bucket: &str, key: usize, acknowledged: &Acknowledged, until: Instant) {
    let me = Caller::window();
    let name = format!("{key}.txt");
    let mut form = 0;
    while Instant::now() < until {
        let mut object: Option<Object> = None;
        for _ in 0..3 {
            form += 1;
            let content = marked::make(&name, form, LENGTHS[form as usize % LENGTHS.len()]);
            let put = engine.object_put(&me, bucket, &name, &mut content.as_slice(), None).unwrap();
            acknowledged.forms[key].store(form, Ordering::SeqCst);
            let link = (put.object.bucket.clone(), put.object.token.clone());
            acknowledged.links.lock().unwrap().insert(key, link);
            acknowledged.replaced.fetch_add(1, Ordering::Relaxed);
            object = Some(put.object);
        }
        let gone = [ObjectRef::Id(object.unwrap().id)];
        engine.object_delete(&me, bucket, &gone, &[]).unwrap();
        engine.object_purge(&me, bucket, &gone).unwrap();
        acknowledged.purged[key].store(form, Ordering::SeqCst);
    }
}

fn by_key(engine: &Engine, bucket: &str, key: usize, acknowledged: &Acknowledged) -> bool {
    let before = Since::now(key, acknowledged);
    let name = ObjectRef::Key(format!("{key}.txt"));
    match engine.object_open(&Caller::window(), bucket, &name) {
        Ok((object, content)) => before.judge(key, &object, content.as_ref()),
        Err(error) => is_away(&error),
    }
}

/// What is remembered of a link counts too, as the server asks for that first.
fn by_link(engine: &Engine, key: usize, acknowledged: &Acknowledged) -> bool {
    let before = Since::now(key, acknowledged);
    let Some((bucket, token)) = acknowledged.links.lock().unwrap().get(&key).cloned() else { return false };
    let at_hand = engine.link_at_hand(&bucket, &token);
    match at_hand.map_or_else(|| engine.link_open(&bucket, &token), Ok) {
        Ok((object, content)) => {
            assert_eq!(object.token, token, "a link shows another object");
            before.judge(key, &object, content.as_ref())
        }
        Err(error) => is_away(&error),
    }
}

/// Nothing was read; nothing else may be said of an object that was deleted.
fn is_away(error: &Error) -> bool {
    let code = error.code();
    assert!(matches!(code, Code::ObjectNotFound | Code::InTrash), "{code:?}: {error}");
    false
}

/// What was acknowledged before a reader began.
struct Since {
    form: u64,
    purged: u64,
}

impl Since {
    fn now(key: usize, acknowledged: &Acknowledged) -> Self {
        // In this order: what is purged was newest before.
        let purged = acknowledged.purged[key].load(Ordering::SeqCst);
        Self { purged, form: acknowledged.forms[key].load(Ordering::SeqCst) }
    }

    /// What was opened is whole, of that file, and neither old nor purged.
    fn judge(&self, key: usize, object: &Object, content: &dyn Content) -> bool {
        let bytes = marked::whole(content);
        assert_eq!(engine::blob::hash(&bytes), object.hash, "other bytes than its row says");
        let (of, form) = marked::read(&bytes);
        assert_eq!(of, format!("{key}.txt"), "the bytes of another file");
        assert!(form >= self.form, "form {form}, and {} was acknowledged before", self.form);
        assert!(form > self.purged, "form {form}, and {} was purged before", self.purged);
        true
    }
}
