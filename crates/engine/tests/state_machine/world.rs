//! A home, what must be in it, and how each act changes both.

use super::act::{Act, FOLDERS, NAMES};
use super::common;
use super::model::{Expected, Link, Model, Person};
use engine::clock::{Clock as _, SetClock};
use engine::model::Object;
use engine::{Caller, Engine, NewBucket};
use proptest::sample::Index;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub struct World {
    pub dir: tempfile::TempDir,
    /// The home; a backup that was brought back is another.
    pub home: PathBuf,
    pub engine: Engine,
    pub clock: Arc<SetClock>,
    pub me: Caller,
    pub now: Model,
    /// Buckets in the trash.
    pub gone: Vec<Model>,
    pub links: Vec<Link>,
    pub people: Vec<Person>,
    pub count: u32,
}

fn directory() -> tempfile::TempDir {
    // Memory is enough: what is tested here is not the disk.
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// Folder and name, as a person writes them.
pub fn place(key: usize) -> (String, String) {
    let (folder, name) = (FOLDERS[key / NAMES.len()], NAMES[key % NAMES.len()]);
    (folder.to_owned(), name.to_owned())
}

pub fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

pub fn normalised(folder: &str, name: &str) -> String {
    joined(folder, &engine::rules::name::normalise(name).unwrap())
}

impl World {
    pub fn new() -> Self {
        let dir = directory();
        let clock = Arc::new(SetClock::at(common::NOW));
        let home = dir.path().join("home");
        let engine = Engine::open_with(&home, clock.clone()).unwrap();
        let me = Caller::window();
        let now = Self::found(&engine, &me, 0);
        let (gone, links, people) = (Vec::new(), Vec::new(), Vec::new());
        Self { dir, home, engine, clock, me, now, gone, links, people, count: 0 }
    }

    /// A new bucket.
    pub fn found(engine: &Engine, me: &Caller, number: u32) -> Model {
        let new = NewBucket { title: format!("bucket {number}"), ..NewBucket::default() };
        Model::of(engine.bucket_create(me, new).unwrap())
    }

    /// A number that was not there yet.
    pub fn number(&mut self) -> u32 {
        self.count += 1;
        self.count
    }

    /// Bytes that nothing else has.
    pub fn bytes(&mut self, size: usize) -> Vec<u8> {
        let mut bytes = format!("content {} ", self.number()).into_bytes();
        bytes.resize(size.max(bytes.len()), b'.');
        bytes
    }

    pub fn bucket(&self) -> String {
        self.now.bucket.id.clone()
    }

    /// An object came in or was replaced.
    pub fn came(&mut self, key: &str, object: &Object, bytes: Vec<u8>) {
        let now = self.clock.now();
        let expected = self.now.live.entry(key.to_owned()).or_insert_with(|| Expected {
            id: object.id.clone(),
            token: object.token.clone(),
            versions: Default::default(),
            current: 0,
            metadata: "{}".to_owned(),
            came: 0,
        });
        assert_eq!((&expected.id, &expected.token), (&object.id, &object.token), "id and link of {key} stay");
        let next = expected.versions.keys().last().copied().unwrap_or(0) + 1;
        assert_eq!(object.version, next);
        expected.versions.insert(next, bytes);
        expected.current = next;
        expected.came = now;
    }

    /// One of those that are there.
    pub fn nth_live(&self, which: Index) -> Option<(String, Expected)> {
        let all: Vec<_> = self.now.live.iter().collect();
        (!all.is_empty())
            .then(|| which.get(&all))
            .map(|(key, expected)| ((*key).clone(), (*expected).clone()))
    }

    /// Some of them, each once.
    pub fn some_live(&self, which: &[Index]) -> Vec<(String, Expected)> {
        let mut some: Vec<(String, Expected)> = Vec::new();
        for (key, expected) in which.iter().filter_map(|one| self.nth_live(*one)) {
            if some.iter().all(|(other, _)| *other != key) {
                some.push((key, expected));
            }
        }
        some
    }

    pub fn act(&mut self, act: &Act) {
        self.clock.advance(1);
        match act {
            Act::Put { key, size } => self.put(*key, *size),
            Act::Upload { keys, size } => self.upload(keys, *size),
            Act::Drop { keys, size, meeting } => self.drop_in(keys, *size, *meeting),
            Act::Edit(which, size) => self.edit(*which, *size),
            Act::Annotate(which, value) => self.annotate(*which, *value),
            Act::Delete(which) => self.delete(which),
            Act::DeleteFolder(folder) => self.delete_folder(FOLDERS[*folder]),
            Act::Restore(which) => self.restore(*which),
            Act::Purge(which) => self.purge(*which),
            Act::Rename(which, name) => self.rename(*which, NAMES[*name]),
            Act::Move(which, folder) => self.move_to(which, FOLDERS[*folder]),
            Act::Revert(which, version) => self.revert(*which, *version),
            Act::Merge(name, value) => self.merge(*name, *value),
            Act::Set(value) => self.set(*value),
            Act::Settle(how) => self.settle(*how),
            Act::Empty => self.empty(),
            Act::EmptyTrash => self.empty_trash(),
            Act::TrashBucket => self.trash_bucket(),
            Act::OtherBucket => self.other_bucket(),
            Act::PurgeBucket(which) => self.purge_bucket(*which),
            Act::EraseBucket => self.erase_bucket(),
            Act::Sign(which) => self.sign(*which),
            Act::RevokeLink(which) => self.revoke_link(*which),
            Act::RotateKeys(revoke) => self.rotate_keys(*revoke),
            Act::Admit => self.admit(),
            Act::Dismiss(which) => self.dismiss(*which),
            Act::Hook => self.hook(),
            Act::Unhook(which) => self.unhook(*which),
            Act::Pass(lapse) => self.pass(*lapse),
            Act::Sweep => assert_eq!(self.engine.sweep().unwrap().orphans, 0),
            Act::Verify => self.verify(),
            Act::Restart => self.reopen(),
            Act::Crash => self.crash(),
            Act::Backup => self.back_up(),
            Act::Archive => self.archive(),
        }
    }
}
