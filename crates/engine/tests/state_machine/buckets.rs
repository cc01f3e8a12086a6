//! What is done with buckets and their data.

use super::model::Model;
use super::world::World;
use engine::model::{Limits, Tier};
use engine::{Access, BucketChanges, Code, WorkspaceChanges};
use proptest::sample::Index;
use std::collections::BTreeMap;

impl World {
    pub fn merge(&mut self, name: u8, value: i32) {
        let patch = format!("{{\"k{name}\": {value}}}");
        self.engine.data_merge(&self.me, &self.bucket(), &patch).unwrap();
        self.now.data.insert(format!("k{name}"), value);
        self.now.revision += 1;
    }

    pub fn set(&mut self, value: i32) {
        let (bucket, revision) = (self.bucket(), self.now.revision);
        let text = format!("{{ \"only\" : {value} }}");
        let stale = self.engine.data_set(&self.me, &bucket, &text, Some(revision + 1)).unwrap_err();
        assert_eq!(stale.code(), Code::StaleRevision);
        self.engine.data_set(&self.me, &bucket, &text, Some(revision)).unwrap();
        self.now.data = BTreeMap::from([("only".to_owned(), value)]);
        self.now.revision += 1;
    }

    /// Changes settings, of the bucket and of the workspace; a change that is refused changes nothing.
    pub fn settle(&mut self, how: u8) {
        let title = format!("bucket {}", self.number());
        let tier =
            [Tier::Persistent, Tier::Persistent, Tier::OneHour, Tier::ThirtyDays][usize::from(how % 4)];
        let limits = Limits { file_size_limit: Some(10_000 + u64::from(how)), ..Limits::default() };
        let access = Access { tier: Some(tier), ..Access::default() };
        let right = BucketChanges {
            title: Some(title.clone()),
            notes: Some(format!("notes {how}")),
            limits: Some(limits.clone()),
            access,
            ..BucketChanges::default()
        };
        let wrong = BucketChanges { title: Some(String::new()), ..right.clone() };
        let refused = self.engine.bucket_update(&self.me, &self.now.bucket.id, wrong).unwrap_err();
        assert_eq!(refused.code(), Code::InvalidTitle);
        let changed = self.engine.bucket_update(&self.me, &self.now.bucket.id, right).unwrap();
        assert_eq!((&changed.title, changed.tier, &changed.limits), (&title, tier, &limits));
        self.now.bucket = changed;
        self.expire();
        let changes = WorkspaceChanges { title: Some(title.clone()), ..WorkspaceChanges::default() };
        assert_eq!(self.engine.workspace_update(&self.me, changes).unwrap().title, title);
    }

    pub fn empty(&mut self) {
        self.engine.bucket_empty(&self.me, &self.bucket(), true, false).unwrap();
        self.now.trash.extend(std::mem::take(&mut self.now.live));
    }

    pub fn empty_trash(&mut self) {
        self.engine.trash_empty(&self.me).unwrap();
        self.now.trash.clear();
        self.gone.clear();
    }

    /// Another bucket takes the place of the one that is there.
    fn next(&mut self) -> Model {
        let number = self.number();
        let next = Self::found(&self.engine, &self.me, number);
        std::mem::replace(&mut self.now, next)
    }

    pub fn trash_bucket(&mut self) {
        self.engine.bucket_delete(&self.me, &self.bucket()).unwrap();
        let gone = self.next();
        self.gone.push(gone);
    }

    pub fn other_bucket(&mut self) {
        let Some(back) = self.gone.pop() else { return };
        self.engine.bucket_restore(&self.me, &back.bucket.id).unwrap();
        self.engine.bucket_delete(&self.me, &self.bucket()).unwrap();
        let gone = std::mem::replace(&mut self.now, back);
        self.gone.push(gone);
    }

    pub fn purge_bucket(&mut self, which: Index) {
        if self.gone.is_empty() {
            return;
        }
        let gone = self.gone.remove(which.index(self.gone.len()));
        self.engine.bucket_purge(&self.me, &gone.bucket.id).unwrap();
    }

    pub fn erase_bucket(&mut self) {
        self.engine.bucket_erase(&self.me, &self.bucket()).unwrap();
        self.next();
    }
}
