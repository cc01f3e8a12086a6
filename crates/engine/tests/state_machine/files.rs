//! What is done with files.

use super::act::Meeting;
use super::common::source;
use super::model::Expected;
use super::world::{World, joined, normalised, place};
use engine::clock::Clock as _;
use engine::model::ObjectRef;
use engine::transfer::{Decision, Ingest, Source};
use engine::{Code, Incoming, ObjectChanges};
use proptest::sample::Index;
use std::collections::BTreeMap;

fn id(expected: &Expected) -> ObjectRef {
    ObjectRef::Id(expected.id.clone())
}

impl World {
    pub fn put(&mut self, key: usize, size: usize) {
        let (folder, name) = place(key);
        let (bucket, bytes, path) = (self.bucket(), self.bytes(size), joined(&folder, &name));
        let put = self.engine.object_put(&self.me, &bucket, &path, &mut &bytes[..], None).unwrap();
        let key = normalised(&folder, &name);
        assert_eq!(put.replaced, self.now.live.contains_key(&key));
        self.came(&key, &put.object, bytes);
    }

    /// Several streams in one commit, as an upload over HTTP. Twice the same key is one version after the other.
    pub fn upload(&mut self, keys: &[usize], size: usize) {
        let bucket = self.bucket();
        let (mut staged, mut expected) = (Vec::new(), Vec::new());
        for key in keys {
            let (folder, name) = place(*key);
            let bytes = self.bytes(size);
            let incoming = Incoming { key: joined(&folder, &name), ..Incoming::default() };
            let one = self.engine.object_stage(&self.me, &bucket, incoming, &mut &bytes[..], None).unwrap();
            assert_eq!(one.size(), bytes.len() as u64);
            staged.push(one);
            expected.push((normalised(&folder, &name), bytes));
        }
        let put = self.engine.object_commit(&self.me, staged).unwrap();
        assert_eq!(put.len(), expected.len());
        for (put, (key, bytes)) in put.iter().zip(expected) {
            self.came(&key, &put.object, bytes);
        }
    }

    pub fn drop_in(&mut self, keys: &[usize], size: usize, meeting: Meeting) {
        let mut expected: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let number = self.number();
        let root = self.dir.path().join(format!("drop{number}"));
        for key in keys {
            let (folder, name) = place(*key);
            if expected.contains_key(&normalised(&folder, &name)) {
                continue;
            }
            let bytes = self.bytes(size);
            std::fs::create_dir_all(root.join(&folder)).unwrap();
            std::fs::write(root.join(&folder).join(&name), &bytes).unwrap();
            expected.insert(normalised(&folder, &name), bytes);
        }
        let decision = match meeting {
            Meeting::Replace => None,
            Meeting::KeepBoth => Some(Decision::KeepBoth),
            Meeting::Skip => Some(Decision::Skip),
        };
        let paths = std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path());
        let sources: Vec<Source> = paths.map(|path| Source { decision, ..source(&path) }).collect();
        let ingest = Ingest {
            bucket: self.bucket(),
            folder: String::new(),
            sources,
            except: Default::default(),
            transfer: None,
        };
        let ended = self.engine.ingest(&self.me, &ingest, &|_| ()).unwrap();
        assert!(ended.failures.is_empty(), "{:?}", ended.failures);
        if meeting == Meeting::Skip {
            // A decision to skip is about whatever it stands at, taken or not.
            assert!(ended.objects.is_empty(), "{:?}", ended.objects);
            return;
        }
        assert_eq!(ended.objects.len(), expected.len());
        for object in &ended.objects {
            let key = object.key();
            let bytes = self.read(&object.id);
            let dropped = expected.iter().find(|(_, content)| **content == bytes);
            let from = dropped.map(|(key, _)| key.clone()).expect("only what was dropped came in");
            expected.remove(&from);
            if meeting == Meeting::Replace {
                assert_eq!(key, from);
            } else {
                assert!(!self.now.live.contains_key(&key), "{key} was taken");
                assert!(key == from || self.now.live.contains_key(&from), "{from} was free");
            }
            self.came(&key, object, bytes);
        }
    }

    /// What an object shows now.
    pub fn read(&self, object: &str) -> Vec<u8> {
        let which = ObjectRef::Id(object.to_owned());
        let (_, content) = self.engine.object_open(&self.me, &self.now.bucket.id, &which).unwrap();
        let mut bytes = vec![0; content.size() as usize];
        assert_eq!(content.read_at(&mut bytes, 0).unwrap(), bytes.len());
        bytes
    }

    /// A working copy is made, saved and finished.
    pub fn edit(&mut self, which: Index, size: usize) {
        let Some((key, expected)) = self.nth_live(which) else { return };
        let (bucket, bytes) = (self.bucket(), self.bytes(size));
        let checkout = self.engine.checkout_start(&self.me, &bucket, &id(&expected)).unwrap();
        assert_eq!(std::fs::read(&checkout.path).unwrap(), expected.content());
        std::fs::write(&checkout.path, &bytes).unwrap();
        self.engine.checkout_finish(&self.me, &bucket, &id(&expected)).unwrap();
        let object = self.engine.object_show(&self.me, &bucket, &id(&expected)).unwrap();
        self.came(&key, &object, bytes);
    }

    pub fn annotate(&mut self, which: Index, value: i32) {
        let Some((key, expected)) = self.nth_live(which) else { return };
        let metadata = format!("{{\"value\":{value}}}");
        let changes = ObjectChanges { metadata: Some(metadata.clone()), ..ObjectChanges::default() };
        self.engine.object_update(&self.me, &self.now.bucket.id, &id(&expected), changes).unwrap();
        self.now.live.get_mut(&key).unwrap().metadata = metadata;
    }

    pub fn delete(&mut self, which: &[Index]) {
        let some = self.some_live(which);
        let keys: Vec<ObjectRef> = some.iter().map(|(key, _)| ObjectRef::Key(key.clone())).collect();
        if keys.is_empty() {
            return;
        }
        let bucket = self.bucket();
        // One that is not there refuses the whole.
        let more = [keys.clone(), vec![ObjectRef::Key("not/there".to_owned())]].concat();
        let refused = self.engine.object_delete(&self.me, &bucket, &more, &[]).unwrap_err();
        assert_eq!(refused.code(), Code::ObjectNotFound);
        self.engine.object_delete(&self.me, &bucket, &keys, &[]).unwrap();
        for (key, expected) in some {
            self.now.live.remove(&key);
            self.now.trash.push((key, expected));
        }
    }

    pub fn delete_folder(&mut self, folder: &str) {
        let below = format!("{folder}/");
        let (gone, live) =
            std::mem::take(&mut self.now.live).into_iter().partition(|(key, _)| key.starts_with(&below));
        self.now.live = live;
        let gone: BTreeMap<String, Expected> = gone;
        let deleted = self.engine.object_delete(&self.me, &self.bucket(), &[], &[folder.to_owned()]).unwrap();
        assert_eq!(deleted.len(), gone.len());
        self.now.trash.extend(gone);
    }

    pub fn restore(&mut self, which: Index) {
        if self.now.trash.is_empty() {
            return;
        }
        let (key, expected) = self.now.trash.remove(which.index(self.now.trash.len()));
        let back = self.engine.object_restore(&self.me, &self.bucket(), &[id(&expected)]).unwrap();
        let back = back[0].key();
        assert_eq!(back == key, !self.now.live.contains_key(&key));
        assert!(self.now.live.insert(back, expected).is_none());
    }

    pub fn purge(&mut self, which: Index) {
        if self.now.trash.is_empty() {
            return;
        }
        let (_, expected) = self.now.trash.remove(which.index(self.now.trash.len()));
        let purged = self.engine.object_purge(&self.me, &self.bucket(), &[id(&expected)]).unwrap();
        assert_eq!(purged.bytes, expected.bytes());
    }

    pub fn rename(&mut self, which: Index, name: &str) {
        let Some((key, expected)) = self.nth_live(which) else { return };
        let folder = key.rsplit_once('/').map_or("", |(folder, _)| folder);
        let to = normalised(folder, name);
        let done = self.engine.object_rename(&self.me, &self.now.bucket.id, &id(&expected), name);
        if to != key && self.now.live.contains_key(&to) {
            assert_eq!(done.unwrap_err().code(), Code::NameTaken);
        } else {
            assert_eq!(done.unwrap().key(), to);
            self.now.live.remove(&key);
            self.now.live.insert(to, expected);
        }
    }

    /// Moves some into a folder, all or none.
    pub fn move_to(&mut self, which: &[Index], folder: &str) {
        let some = self.some_live(which);
        if some.is_empty() {
            return;
        }
        let ids: Vec<ObjectRef> = some.iter().map(|(_, expected)| id(expected)).collect();
        let to = |key: &str| joined(folder, key.rsplit('/').next().unwrap());
        let mut after = self.now.live.clone();
        let mut fits = true;
        for (key, expected) in &some {
            after.remove(key);
            fits &= after.insert(to(key), expected.clone()).is_none();
        }
        match self.engine.object_move(&self.me, &self.bucket(), &ids, folder) {
            Ok(_) => {
                assert!(fits, "two have one name");
                self.now.live = after;
            }
            Err(error) => {
                assert_eq!(error.code(), Code::NameTaken);
                let taken =
                    |(key, _): &(String, Expected)| to(key) != *key && self.now.live.contains_key(&to(key));
                assert!(!fits || some.iter().any(taken), "nothing was in the way");
            }
        }
    }

    pub fn revert(&mut self, which: Index, version: Index) {
        let Some((key, expected)) = self.nth_live(which) else { return };
        let numbers: Vec<u64> = expected.versions.keys().copied().collect();
        let number = *version.get(&numbers);
        self.engine.object_revert(&self.me, &self.bucket(), &id(&expected), number).unwrap();
        let (now, expected) = (self.clock.now(), self.now.live.get_mut(&key).unwrap());
        (expected.current, expected.came) = (number, now);
    }
}
