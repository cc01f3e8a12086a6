//! The engine as it is, with its turns between the steps of its content: sweeps against uploads, purges and replacements
//! against readers, backups against all of them.

use crate::explore::{at_random, caught, interleavings};
use crate::steps::{Steps, Without};
use crate::{Code, Error, Result};
use engine::blob::{Content, Memory};
use engine::clock::SystemClock;
use engine::model::{Limits, Object, ObjectRef};
use engine::{Caller, Engine, NewBucket};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

/// A control that is not caught within so many is not caught.
const CONTROL: usize = 2_000;
/// Bytes that a reader reads at once, so that a content takes a few turns.
const PIECE: usize = 7;

const BUCKET: &str = "b";

/// A home of a scene.
#[derive(Clone)]
struct Home {
    engine: Engine,
    me: Caller,
    dir: Arc<TempDir>,
}

/// In memory, where there is such a place.
fn directory() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

/// Where the homes of a test are, and what takes them away in the end.
fn room() -> (TempDir, PathBuf) {
    let room = directory();
    let place = room.path().to_owned();
    (room, place)
}

/// The database of a home with one bucket: made once, as each scene begins with it.
fn template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let dir = directory();
        let engine = Engine::open_on(dir.path(), Arc::new(Memory::default()), Arc::new(SystemClock)).unwrap();
        let limits = Limits { file_size_limit: Some(100), ..Limits::default() };
        let new = NewBucket { title: BUCKET.into(), limits, ..NewBucket::default() };
        engine.bucket_create(&Caller::window(), new).unwrap();
        drop(engine);
        std::fs::read(dir.path().join("pail.db")).unwrap()
    })
}

impl Home {
    /// In a place that outlives the scene: what a scene that ends early holds is never dropped.
    fn new(place: &Path, without: Option<Without>) -> Self {
        let dir = Arc::new(tempfile::tempdir_in(place).unwrap());
        let root = dir.path().join("home");
        std::fs::create_dir(&root).unwrap();
        std::fs::write(root.join("pail.db"), template()).unwrap();
        let blobs = Arc::new(Steps::new(without));
        let engine = Engine::open_on(&root, blobs, Arc::new(SystemClock)).unwrap();
        Self { engine, me: Caller::window(), dir }
    }

    fn put(&self, key: &str, text: &str) -> Result<Object> {
        let mut reader = Cursor::new(text.as_bytes());
        Ok(self.engine.object_put(&self.me, BUCKET, key, &mut reader, None)?.object)
    }

    fn delete_for_good(&self, object: &Object) {
        let which = [ObjectRef::Id(object.id.clone())];
        self.engine.object_delete(&self.me, BUCKET, &which, &[]).unwrap();
        self.engine.object_purge(&self.me, BUCKET, &which).unwrap();
    }

    /// The object and its content, read piece by piece.
    fn read(&self, key: &str) -> Result<(Object, Vec<u8>)> {
        let (object, content) = self.engine.object_open(&self.me, BUCKET, &ObjectRef::Key(key.to_owned()))?;
        Ok((object, pieces(content.as_ref())))
    }

    /// The same through the object's link.
    fn follow(&self, object: &Object) -> Result<(Arc<Object>, Vec<u8>)> {
        let (found, content) = self.engine.link_open(&object.bucket, &object.token)?;
        assert_eq!(found.id, object.id, "a link shows another object");
        Ok((found, pieces(content.as_ref())))
    }

    /// After a last sweep everything has its content, and nothing is left over.
    fn check(&self) {
        self.engine.sweep().unwrap();
        let found = self.engine.examine_home().unwrap();
        assert!(found.is_well(), "{found:?}");
    }
}

fn pieces(content: &dyn Content) -> Vec<u8> {
    let (mut bytes, mut piece) = (Vec::new(), [0; PIECE]);
    loop {
        match content.read_at(&mut piece, bytes.len() as u64).expect("opened content can be read") {
            0 => return bytes,
            count => bytes.extend_from_slice(&piece[..count]),
        }
    }
}

/// What a thread of a scene does.
type Act = Box<dyn FnOnce(&Home) + Send>;

/// Runs the acts side by side, and looks whether all is well afterwards.
fn together(home: &Home, acts: Vec<Act>) {
    let threads: Vec<_> = acts
        .into_iter()
        .map(|act| {
            let home = home.clone();
            shuttle::thread::spawn(move || act(&home))
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    home.check();
}

fn sweeps_against_uploads(place: &Path, without: Option<Without>) {
    let home = Home::new(place, without);
    let upload = |name: &'static str| -> Act {
        Box::new(move |home| {
            let object = home.put(name, "first").unwrap();
            let (read, bytes) = home.read(name).expect("an upload that was acknowledged is there");
            assert_eq!((&read.id, bytes.as_slice()), (&object.id, b"first".as_slice()));
            home.delete_for_good(&object);
            home.put(name, "again").unwrap();
            home.put(name, &"too long ".repeat(20)).unwrap_err();
            assert_eq!(home.read(name).expect("it is there").1, b"again");
        })
    };
    let sweep = || -> Act {
        Box::new(|home| {
            for _ in 0..2 {
                home.engine.sweep().unwrap();
            }
        })
    };
    together(&home, vec![upload("a"), upload("b"), sweep(), sweep()]);
    assert_eq!(home.read("a").unwrap().1, b"again");
}

fn readers_against_replacement(home: &Home) {
    let first = home.put("a", "the first content").unwrap();
    let judge = |read: Result<(String, Vec<u8>)>| match read {
        Ok((hash, bytes)) => assert_eq!(engine::blob::hash(&bytes), hash, "other bytes than its own"),
        Err(error) => assert!(is_away(&error), "{:?}: {error}", error.code()),
    };
    let read: Act = Box::new(move |home| {
        for _ in 0..4 {
            judge(home.read("a").map(|(object, bytes)| (object.hash, bytes)));
        }
    });
    let follow: Act = Box::new(move |home| {
        for _ in 0..4 {
            judge(home.follow(&first).map(|(object, bytes)| (object.hash.clone(), bytes)));
        }
    });
    let change: Act = Box::new(|home| {
        let object = home.put("a", "the second content, which is longer").unwrap();
        home.delete_for_good(&object);
        let object = home.put("a", "the third").unwrap();
        home.delete_for_good(&object);
    });
    together(home, vec![read, follow, change]);
}

/// Whether that is what may be said of an object that was deleted meanwhile.
fn is_away(error: &Error) -> bool {
    matches!(error.code(), Code::ObjectNotFound | Code::InTrash)
}

fn backups_against_all(place: &Path, without: Option<Without>, made: &AtomicUsize) {
    let home = Home::new(place, without);
    home.put("kept", "kept").unwrap();
    home.put("gone", "gone").unwrap();
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let told = Arc::clone(&acknowledged);
    let write: Act = Box::new(move |home| {
        for round in 1..=3 {
            let gone = home.put("gone", &format!("gone {round}")).unwrap();
            home.delete_for_good(&gone);
            home.put("kept", &format!("kept {round}")).unwrap();
            told.store(round, Ordering::SeqCst);
        }
    });
    let sweep: Act = Box::new(|home| {
        home.engine.sweep().unwrap();
    });
    let (to, made_here) = (home.dir.path().join("backup"), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&made_here);
    let backup: Act = Box::new(move |home| {
        for round in 0..2 {
            let before = acknowledged.load(Ordering::SeqCst);
            match home.engine.backup(&to, &mut |_, _| ()) {
                Ok(copied) => {
                    assert!(copied.damaged.is_empty(), "a backup that is not whole: {:?}", copied.damaged);
                    look_at(&to, &home.dir.path().join(format!("back-{round}")), before, home);
                    counted.fetch_add(1, Ordering::SeqCst);
                }
                // It was not let in.
                Err(error) => assert!(error.message().starts_with("Another backup"), "{error}"),
            }
        }
    });
    together(&home, vec![write, sweep, backup]);
    made.fetch_add(made_here.load(Ordering::SeqCst), Ordering::SeqCst);
}

/// A backup comes back as a home in which all is well and nothing is missing that was acknowledged before it began.
fn look_at(backup: &Path, back: &Path, before: usize, home: &Home) {
    engine::restore(backup, back, &mut |_, _| ()).unwrap();
    let engine = Engine::open(back).unwrap();
    let found = engine.examine_home().unwrap();
    assert!(found.is_well(), "{found:?}");
    let kept = ObjectRef::Key("kept".to_owned());
    let versions = engine.object_versions(&home.me, BUCKET, &kept).unwrap().len();
    assert!(versions > before, "{versions} versions, and {before} replacements were acknowledged before");
    drop(engine);
    std::fs::remove_dir_all(back).unwrap();
}

#[test]
fn what_was_acknowledged_outlives_sweeps() {
    let (_room, place) = room();
    at_random("uploads and sweeps", interleavings() / 20, move || sweeps_against_uploads(&place, None));
}

#[test]
fn readers_see_their_own_bytes_or_hear_that_it_is_gone() {
    let (_room, place) = room();
    at_random("readers, replacements, purges", interleavings() / 20, move || {
        readers_against_replacement(&Home::new(&place, None));
    });
}

#[test]
fn backups_beside_everything_are_whole() {
    let made = Arc::new(AtomicUsize::new(0));
    let count = interleavings() / 80;
    let counted = Arc::clone(&made);
    let (_room, place) = room();
    at_random("backups, purges, sweeps", count, move || backups_against_all(&place, None, &counted));
    assert!(made.load(Ordering::SeqCst) >= count, "too few backups were let in");
}

#[test]
fn a_bucket_purged_under_its_uploads_leaves_nothing_behind() {
    let (_room, place) = room();
    at_random("uploads and a purge of their bucket", interleavings() / 20, move || {
        let home = Home::new(&place, None);
        let upload = |name: &'static str| -> Act {
            Box::new(move |home| {
                for text in ["first", "second"] {
                    if let Err(error) = home.put(name, text) {
                        assert!(matches!(error.code(), Code::BucketNotFound | Code::InTrash), "{error}");
                    }
                }
            })
        };
        let purge: Act = Box::new(|home| {
            home.engine.bucket_delete(&home.me, BUCKET).unwrap();
            home.engine.bucket_purge(&home.me, BUCKET).unwrap();
        });
        together(&home, vec![upload("a"), upload("b"), purge]);
        assert_eq!(home.engine.examine_home().unwrap().contents, 0);
    });
}

/// Negative controls: a protocol without its lock.
#[test]
fn an_upload_that_keeps_no_sweep_waiting_is_caught() {
    let (_room, place) = room();
    let found = caught(CONTROL, move || sweeps_against_uploads(&place, Some(Without::HoldOfSweeps)));
    let found = found.expect("it is caught");
    // Its reader finds nothing, or the look afterwards does, or its directory was swept away under it.
    let signs = ["ContentMissing", "problem: Missing", "could not put the file in its place"];
    assert!(signs.iter().any(|sign| found.contains(sign)), "{found}");
}

#[test]
fn a_backup_that_keeps_no_removal_waiting_is_caught() {
    let ((_room, place), made) = (room(), AtomicUsize::new(0));
    let found = caught(CONTROL, move || backups_against_all(&place, Some(Without::HoldOfRemovals), &made));
    let found = found.expect("it is caught");
    assert!(found.contains("a backup that is not whole"), "{found}");
}
