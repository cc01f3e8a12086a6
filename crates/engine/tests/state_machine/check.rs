//! Whether all is as it must be.

use super::model::{End, Model};
use super::world::World;
use engine::model::Object;
use engine::{Caller, Code, ListRequest};
use std::collections::BTreeMap;

impl World {
    /// What anybody sees after an act.
    pub fn check(&self) {
        self.check_objects();
        self.check_data();
        self.check_links();
        self.check_people();
    }

    fn check_objects(&self) {
        let bucket = &self.now.bucket.id;
        let request = ListRequest { limit: 1000, ..ListRequest::default() };
        let page = self.engine.object_list(&self.me, bucket, &request).unwrap();
        let keys: Vec<String> = page.objects.iter().map(Object::key).collect();
        let mut expected: Vec<&String> = self.now.live.keys().collect();
        expected.sort_by_key(|key| {
            key.rsplit_once('/').map_or(("", key.as_str()), |(folder, name)| (folder, name))
        });
        assert_eq!(keys.iter().collect::<Vec<_>>(), expected);
        let shown = self.engine.bucket_show(&Caller::cli(), bucket).unwrap();
        let bytes: usize = self.now.live.values().map(|object| object.content().len()).sum();
        assert_eq!((shown.file_count, shown.byte_count), (keys.len() as u64, bytes as u64));
        assert_eq!((&shown.title, shown.tier), (&self.now.bucket.title, self.now.bucket.tier));
        for object in &page.objects {
            let expected = &self.now.live[&object.key()];
            assert_eq!((&object.id, object.version), (&expected.id, expected.current));
            assert_eq!(
                (object.versions, &object.metadata),
                (expected.versions.len() as u64, &expected.metadata)
            );
            let (linked, content) = self.engine.link_open(bucket, &expected.token).unwrap();
            assert_eq!(linked.id, expected.id, "a permalink shows its own object");
            let mut bytes = vec![0; content.size() as usize];
            assert_eq!(content.read_at(&mut bytes, 0).unwrap(), bytes.len());
            assert_eq!(bytes, expected.content());
            assert_eq!(object.hash, blake3::hash(&bytes).to_hex().to_string());
            assert_eq!(object.size, bytes.len() as u64);
        }
        for (_, expected) in &self.now.trash {
            assert!(
                self.engine.link_open(bucket, &expected.token).is_err(),
                "what is in the trash has no link"
            );
        }
    }

    fn check_data(&self) {
        let data = self.engine.data_show(&self.me, &self.now.bucket.id).unwrap();
        let value: BTreeMap<String, i32> = serde_json::from_str(&data.text).unwrap();
        assert_eq!((value, data.revision), (self.now.data.clone(), self.now.revision));
    }

    /// A signed link answers with its object's present content, or with why it does not.
    fn check_links(&self) {
        for link in &self.links {
            let live = self.now.live.values().find(|expected| expected.id == link.object);
            let bucket = link.path.split('/').nth(2).unwrap();
            let answer = self.engine.link_open_signed(bucket, &link.object, &link.path, &link.query);
            match (link.end, live, answer) {
                (End::Open, Some(expected), Ok((object, _, content))) => {
                    assert_eq!((&object.id, content.size()), (&expected.id, expected.content().len() as u64));
                }
                (End::Open, None, Err(error)) => assert_eq!(error.code(), Code::ObjectNotFound),
                // Which of two reasons is told is no matter.
                (End::Revoked | End::Past, _, Err(error)) => {
                    let reasons =
                        [Code::LinkRevoked, Code::LinkExpired, Code::InvalidSignature, Code::ObjectNotFound];
                    assert!(reasons.contains(&error.code()), "{error}");
                }
                (end, live, answer) => {
                    panic!("{end:?}, there: {}, answered: {}", live.is_some(), answer.is_ok());
                }
            }
        }
    }

    fn check_people(&self) {
        for person in &self.people {
            let known = self.engine.authenticate(&person.secret);
            assert_eq!(known.is_err(), person.dismissed, "{}", person.name);
        }
        let hooks = self.engine.webhook_list(&self.me, &self.now.bucket.id).unwrap();
        assert!(hooks.iter().map(|hook| &hook.id).eq(&self.now.hooks));
    }

    /// On the disk lies the content of every version, live, trashed or in a trashed bucket, and nothing else.
    pub fn check_disk(&self) {
        let expected = self.now.contents() + self.gone.iter().map(Model::contents).sum::<usize>();
        let mut found = 0;
        for bucket in std::fs::read_dir(self.home.join("files")).unwrap().flatten() {
            if bucket.file_name().to_string_lossy().starts_with('b') {
                found += std::fs::read_dir(bucket.path()).unwrap().count();
            }
        }
        assert_eq!(found, expected);
    }
}
