//! Random sequences of every operation, restarts and crashes included, against a plain model of what must come out.
//!
//! `PAIL_SEQUENCES` says how many (2,000 if it does not). A failing sequence is made small, printed, and kept in
//! `proptest-regressions/`, where every later run tries it first.

#![allow(clippy::unwrap_used, reason = "this is test code, though not all of it inside test functions")]

mod common;

use common::{id, key, source};
use engine::clock::SetClock;
use engine::model::{Bucket, ObjectRef};
use engine::transfer::Ingest;
use engine::{Caller, Code, Engine, ListRequest, NewBucket};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What can be done. Indices choose among what is there.
#[derive(Debug, Clone)]
enum Act {
    Put { key: usize, size: usize },
    Batch { keys: Vec<usize>, size: usize },
    Delete(Index),
    Restore(Index),
    Purge(Index),
    Rename(Index, usize),
    Move(Index, usize),
    Revert(Index, Index),
    Merge(u8, i32),
    Set(i32),
    Empty,
    EmptyTrash,
    TrashBucket,
    OtherBucket,
    PurgeBucket(Index),
    Sweep,
    Restart,
    Crash,
}

const NAMES: [&str; 5] = ["a.txt", "b.txt", "Ä c.txt", "d", "a-2.txt"];
const FOLDERS: [&str; 3] = ["", "x", "x/y"];

fn act() -> impl Strategy<Value = Act> {
    let which = any::<Index>;
    prop_oneof![
        6 => (0..15_usize, 0..3000_usize).prop_map(|(key, size)| Act::Put { key, size }),
        2 => (proptest::collection::vec(0..15_usize, 1..5), 0..500_usize).prop_map(|(keys, size)| Act::Batch { keys, size }),
        4 => which().prop_map(Act::Delete),
        3 => which().prop_map(Act::Restore),
        2 => which().prop_map(Act::Purge),
        2 => (which(), 0..5_usize).prop_map(|(object, name)| Act::Rename(object, name)),
        2 => (which(), 0..3_usize).prop_map(|(object, folder)| Act::Move(object, folder)),
        2 => (which(), which()).prop_map(|(object, version)| Act::Revert(object, version)),
        3 => (0..4_u8, any::<i32>()).prop_map(|(key, value)| Act::Merge(key, value)),
        1 => any::<i32>().prop_map(Act::Set),
        1 => Just(Act::Empty),
        1 => Just(Act::EmptyTrash),
        1 => Just(Act::TrashBucket),
        1 => Just(Act::OtherBucket),
        1 => which().prop_map(Act::PurgeBucket),
        1 => Just(Act::Sweep),
        2 => Just(Act::Restart),
        2 => Just(Act::Crash),
    ]
}

/// An object as it must be.
#[derive(Debug, Clone, PartialEq)]
struct Expected {
    id: String,
    token: String,
    versions: BTreeMap<u64, Vec<u8>>,
    current: u64,
}

/// A bucket as it must be.
struct Model {
    bucket: Bucket,
    live: BTreeMap<String, Expected>,
    trash: Vec<(String, Expected)>,
    data: BTreeMap<String, i32>,
    revision: u64,
}

struct World {
    dir: tempfile::TempDir,
    engine: Engine,
    clock: Arc<SetClock>,
    me: Caller,
    now: Model,
    /// Buckets in the trash.
    gone: Vec<Model>,
    count: u32,
}

fn directory() -> tempfile::TempDir {
    // Memory is enough: what is tested here is not the disk.
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

fn place(key: usize) -> (String, String) {
    let (folder, name) = (FOLDERS[key / NAMES.len()], NAMES[key % NAMES.len()]);
    (folder.to_owned(), name.to_owned())
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn normalised(folder: &str, name: &str) -> String {
    joined(folder, &engine::rules::name::normalise(name).unwrap())
}

impl World {
    fn new() -> Self {
        let dir = directory();
        let clock = Arc::new(SetClock::at(common::NOW));
        let engine = Engine::open_with(&dir.path().join("home"), clock.clone()).unwrap();
        let me = Caller::window();
        let now = Self::found(&engine, &me, 0);
        Self { dir, engine, clock, me, now, gone: Vec::new(), count: 0 }
    }

    fn found(engine: &Engine, me: &Caller, number: u32) -> Model {
        let new = NewBucket { title: format!("bucket {number}"), ..NewBucket::default() };
        let bucket = engine.bucket_create(me, new).unwrap();
        Model { bucket, live: BTreeMap::new(), trash: Vec::new(), data: BTreeMap::new(), revision: 0 }
    }

    fn bytes(&mut self, size: usize) -> Vec<u8> {
        self.count += 1;
        let mut bytes = format!("content {} ", self.count).into_bytes();
        bytes.resize(size.max(1), b'.');
        bytes
    }

    fn reopen(&mut self) {
        self.engine = Engine::open_with(&self.dir.path().join("home"), self.clock.clone()).unwrap();
    }

    fn came(&mut self, key: &str, object: &engine::model::Object, bytes: Vec<u8>) {
        let expected = self.now.live.entry(key.to_owned()).or_insert_with(|| Expected {
            id: object.id.clone(),
            token: object.token.clone(),
            versions: BTreeMap::new(),
            current: 0,
        });
        assert_eq!((&expected.id, &expected.token), (&object.id, &object.token), "id and link of {key} stay");
        let next = expected.versions.keys().last().copied().unwrap_or(0) + 1;
        assert_eq!(object.version, next);
        expected.versions.insert(next, bytes);
        expected.current = next;
    }

    fn nth_live(&self, which: Index) -> Option<(String, Expected)> {
        let all: Vec<_> = self.now.live.iter().collect();
        (!all.is_empty())
            .then(|| which.get(&all))
            .map(|(key, expected)| ((*key).clone(), (*expected).clone()))
    }

    fn nth_trashed(&self, which: Index) -> Option<usize> {
        (!self.now.trash.is_empty()).then(|| which.index(self.now.trash.len()))
    }

    fn act(&mut self, act: &Act) {
        self.clock.advance(1);
        let bucket = self.now.bucket.id.clone();
        match act {
            Act::Put { key, size } => {
                let (folder, name) = place(*key);
                let bytes = self.bytes(*size);
                let put = self
                    .engine
                    .object_put(&self.me, &bucket, &joined(&folder, &name), &mut &bytes[..], None)
                    .unwrap();
                let key = normalised(&folder, &name);
                assert_eq!(put.replaced, self.now.live.contains_key(&key));
                self.came(&key, &put.object, bytes);
            }
            Act::Batch { keys, size } => self.batch(&bucket, keys, *size),
            Act::Delete(which) => {
                let Some((key, expected)) = self.nth_live(*which) else { return };
                self.engine.object_delete(&self.me, &bucket, &[ObjectRef::Key(key.clone())], &[]).unwrap();
                self.now.live.remove(&key);
                self.now.trash.push((key, expected));
            }
            Act::Restore(which) => self.restore(&bucket, *which),
            Act::Purge(which) => {
                let Some(at) = self.nth_trashed(*which) else { return };
                let (_, expected) = self.now.trash.remove(at);
                let purged =
                    self.engine.object_purge(&self.me, &bucket, &[ObjectRef::Id(expected.id)]).unwrap();
                assert_eq!(
                    purged.bytes,
                    expected.versions.values().map(|bytes| bytes.len() as u64).sum::<u64>()
                );
            }
            Act::Rename(which, name) => {
                let Some((key, expected)) = self.nth_live(*which) else { return };
                let folder = key.rsplit_once('/').map_or("", |(folder, _)| folder);
                self.settle(&key, expected, normalised(folder, NAMES[*name]), |world, object| {
                    world.engine.object_rename(&world.me, &bucket, object, NAMES[*name]).map(drop)
                });
            }
            Act::Move(which, folder) => {
                let Some((key, expected)) = self.nth_live(*which) else { return };
                let name = key.rsplit('/').next().unwrap().to_owned();
                self.settle(&key, expected, joined(FOLDERS[*folder], &name), |world, object| {
                    let one = std::slice::from_ref(object);
                    world.engine.object_move(&world.me, &bucket, one, FOLDERS[*folder]).map(drop)
                });
            }
            Act::Revert(which, version) => {
                let Some((key, expected)) = self.nth_live(*which) else { return };
                let numbers: Vec<u64> = expected.versions.keys().copied().collect();
                let number = *version.get(&numbers);
                let id = ObjectRef::Id(expected.id);
                self.engine.object_revert(&self.me, &bucket, &id, number).unwrap();
                self.now.live.get_mut(&key).unwrap().current = number;
            }
            Act::Merge(name, value) => {
                let patch = format!("{{\"k{name}\": {value}}}");
                self.engine.data_merge(&self.me, &bucket, &patch).unwrap();
                self.now.data.insert(format!("k{name}"), *value);
                self.now.revision += 1;
            }
            Act::Set(value) => {
                let text = format!("{{ \"only\" : {value} }}");
                let stale =
                    self.engine.data_set(&self.me, &bucket, &text, Some(self.now.revision + 1)).unwrap_err();
                assert_eq!(stale.code(), Code::StaleRevision);
                self.engine.data_set(&self.me, &bucket, &text, Some(self.now.revision)).unwrap();
                self.now.data = BTreeMap::from([("only".to_owned(), *value)]);
                self.now.revision += 1;
            }
            Act::Empty => {
                self.engine.bucket_empty(&self.me, &bucket, true, false).unwrap();
                self.now.trash.extend(std::mem::take(&mut self.now.live));
            }
            Act::EmptyTrash => {
                self.engine.trash_empty(&self.me).unwrap();
                self.now.trash.clear();
                self.gone.clear();
            }
            Act::TrashBucket => {
                self.engine.bucket_delete(&self.me, &bucket).unwrap();
                self.count += 1;
                let next = Self::found(&self.engine, &self.me, self.count);
                self.gone.push(std::mem::replace(&mut self.now, next));
            }
            Act::OtherBucket => {
                let Some(back) = self.gone.pop() else { return };
                self.engine.bucket_restore(&self.me, &back.bucket.id).unwrap();
                self.engine.bucket_delete(&self.me, &bucket).unwrap();
                self.gone.push(std::mem::replace(&mut self.now, back));
            }
            Act::PurgeBucket(which) => {
                if self.gone.is_empty() {
                    return;
                }
                let gone = self.gone.remove(which.index(self.gone.len()));
                self.engine.bucket_purge(&self.me, &gone.bucket.id).unwrap();
            }
            Act::Sweep => assert_eq!(self.engine.sweep().unwrap().orphans, 0),
            Act::Restart => self.reopen(),
            Act::Crash => self.crash(),
        }
    }

    fn batch(&mut self, bucket: &str, keys: &[usize], size: usize) {
        let mut expected: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut paths: Vec<PathBuf> = Vec::new();
        let root = self.dir.path().join(format!("drop{}", self.count));
        for at in keys {
            let (folder, name) = place(*at);
            if expected.contains_key(&normalised(&folder, &name)) {
                continue;
            }
            let bytes = self.bytes(size);
            std::fs::create_dir_all(root.join(&folder)).unwrap();
            std::fs::write(root.join(&folder).join(&name), &bytes).unwrap();
            expected.insert(normalised(&folder, &name), bytes);
        }
        for entry in std::fs::read_dir(&root).unwrap() {
            paths.push(entry.unwrap().path());
        }
        let ingest = Ingest {
            bucket: bucket.to_owned(),
            folder: String::new(),
            sources: paths.iter().map(|path| source(path)).collect(),
            except: Default::default(),
            transfer: None,
        };
        let ended = self.engine.ingest(&self.me, &ingest, &|_| ()).unwrap();
        assert!(ended.failures.is_empty(), "{:?}", ended.failures);
        assert_eq!(ended.objects.len(), expected.len());
        for object in &ended.objects {
            let bytes = expected.remove(&object.key()).expect("only what was dropped came in");
            self.came(&object.key(), object, bytes);
        }
    }

    fn restore(&mut self, bucket: &str, which: Index) {
        let Some(at) = self.nth_trashed(which) else { return };
        let (key, expected) = self.now.trash.remove(at);
        let back =
            self.engine.object_restore(&self.me, bucket, &[ObjectRef::Id(expected.id.clone())]).unwrap();
        let back = back[0].key();
        if self.now.live.contains_key(&key) {
            assert_ne!(back, key);
        } else {
            assert_eq!(back, key);
        }
        assert!(self.now.live.insert(back, expected).is_none());
    }

    /// Another key: it is taken only if no other object has it.
    fn settle(
        &mut self,
        from: &str,
        expected: Expected,
        to: String,
        act: impl FnOnce(&Self, &ObjectRef) -> engine::Result<()>,
    ) {
        let done = act(self, &ObjectRef::Id(expected.id.clone()));
        if to != from && self.now.live.contains_key(&to) {
            assert_eq!(done.unwrap_err().code(), Code::NameTaken);
        } else {
            done.unwrap();
            self.now.live.remove(from);
            self.now.live.insert(to, expected);
        }
    }

    /// The process ends in the middle of a put: staged and placed content without a row stays behind.
    fn crash(&mut self) {
        let files = self.dir.path().join("home/files");
        let dead = files.join(".staging/pdead");
        std::fs::create_dir_all(&dead).unwrap();
        std::fs::write(dead.join(".alive"), b"").unwrap();
        std::fs::write(dead.join("half"), b"half a fi").unwrap();
        let orphan = files.join(&self.now.bucket.id).join("cdeadcontent0000");
        std::fs::create_dir_all(&orphan).unwrap();
        std::fs::write(orphan.join("lost"), b"lost").unwrap();
        self.reopen();
        let swept = self.engine.sweep().unwrap();
        assert_eq!((swept.orphans, swept.stagings), (1, 1));
    }

    fn check(&self) {
        let bucket = &self.now.bucket.id;
        let request = ListRequest { limit: 1000, ..ListRequest::default() };
        let page = self.engine.object_list(&self.me, bucket, &request).unwrap();
        let keys: Vec<String> = page.objects.iter().map(engine::model::Object::key).collect();
        let mut expected: Vec<&String> = self.now.live.keys().collect();
        expected.sort_by_key(|key| {
            key.rsplit_once('/').map_or(("", key.as_str()), |(folder, name)| (folder, name))
        });
        assert_eq!(keys.iter().collect::<Vec<_>>(), expected);
        let shown = self.engine.bucket_show(&engine::Caller::cli(), bucket).unwrap();
        let bytes: usize = self.now.live.values().map(|object| object.versions[&object.current].len()).sum();
        assert_eq!((shown.file_count, shown.byte_count), (keys.len() as u64, bytes as u64));
        for object in &page.objects {
            let expected = &self.now.live[&object.key()];
            assert_eq!((&object.id, object.version), (&expected.id, expected.current));
            assert_eq!(object.versions, expected.versions.len() as u64);
            let (linked, content) = self.engine.link_open(bucket, &expected.token).unwrap();
            assert_eq!(linked.id, expected.id, "a permalink shows its own object");
            let mut bytes = vec![0; content.size() as usize];
            assert_eq!(content.read_at(&mut bytes, 0).unwrap(), bytes.len());
            assert_eq!(bytes, expected.versions[&expected.current]);
            assert_eq!(object.hash, blake3::hash(&bytes).to_hex().to_string());
            assert_eq!(object.size, bytes.len() as u64);
        }
        for (_, expected) in &self.now.trash {
            assert!(
                self.engine.link_open(bucket, &expected.token).is_err(),
                "what is in the trash has no link"
            );
        }
        let data = self.engine.data_show(&self.me, bucket).unwrap();
        let value: BTreeMap<String, i32> = serde_json::from_str(&data.text).unwrap();
        assert_eq!((value, data.revision), (self.now.data.clone(), self.now.revision));
    }

    /// On the disk lies the content of every version, live, trashed or in a trashed bucket, and nothing else.
    fn check_disk(&self) {
        let of = |model: &Model| -> usize {
            let trashed = model.trash.iter().map(|(_, object)| object);
            model.live.values().chain(trashed).map(|object| object.versions.len()).sum()
        };
        let expected = of(&self.now) + self.gone.iter().map(of).sum::<usize>();
        let files = self.dir.path().join("home/files");
        let mut found = 0;
        for bucket in std::fs::read_dir(files).unwrap().flatten() {
            if bucket.file_name().to_string_lossy().starts_with('b') {
                found += std::fs::read_dir(bucket.path()).unwrap().count();
            }
        }
        assert_eq!(found, expected);
    }
}

/// Of each of the two tests below, which run side by side.
fn sequences() -> u32 {
    std::env::var("PAIL_SEQUENCES").ok().and_then(|count| count.parse().ok()).unwrap_or(2000_u32).div_ceil(2)
}

fn follow(acts: &[Act]) {
    let mut world = World::new();
    for act in acts {
        world.act(act);
        world.check();
    }
    world.check_disk();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: sequences(), max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_in_whatever_order_comes_out_as_the_model_says(acts in proptest::collection::vec(act(), 1..30)) {
        follow(&acts);
    }

    #[test]
    fn short_sequences_come_out_as_the_model_says(acts in proptest::collection::vec(act(), 1..8)) {
        follow(&acts);
    }
}

/// Restores whose place is taken, in a row: a fixture of the model above.
#[test]
fn three_of_one_name_come_back_side_by_side() {
    let home = common::Home::new();
    let bucket = home.bucket("b");
    let mut gone = Vec::new();
    for _ in 0..3 {
        gone.push(home.put(&bucket, "a.txt", b"x"));
        home.engine.object_delete(&home.me, "b", &[key("a.txt")], &[]).unwrap();
    }
    let all: Vec<_> = gone.iter().map(id).collect();
    let back = home.engine.object_restore(&home.me, "b", &all).unwrap();
    assert_eq!(
        back.iter().map(engine::model::Object::key).collect::<Vec<_>>(),
        ["a.txt", "a-2.txt", "a-3.txt"]
    );
}
