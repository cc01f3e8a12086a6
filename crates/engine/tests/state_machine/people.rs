//! Links, people with their keys, and webhooks.

use super::model::{End, Link, Person};
use super::world::World;
use engine::model::{ObjectRef, Role};
use engine::{NewKey, SignRequest};
use proptest::sample::Index;

impl World {
    pub fn sign(&mut self, which: Index) {
        let Some((_, expected)) = self.nth_live(which) else { return };
        let request = SignRequest { seconds: 3600, download: None };
        let object = ObjectRef::Id(expected.id.clone());
        let made = self.engine.link_sign(&self.me, &self.bucket(), &object, request).unwrap();
        let (path, query) = made.path.split_once('?').unwrap();
        let (path, query) = (path.to_owned(), query.to_owned());
        self.links.push(Link { id: made.id, object: expected.id, path, query, end: End::Open });
    }

    pub fn revoke_link(&mut self, which: Index) {
        let open: Vec<usize> = (0..self.links.len()).filter(|at| self.links[*at].end == End::Open).collect();
        if open.is_empty() {
            return;
        }
        let link = &mut self.links[*which.get(&open)];
        // With its object for good goes the link.
        if self.engine.link_revoke(&self.me, &link.id).is_ok() {
            link.end = End::Revoked;
        }
    }

    pub fn rotate_keys(&mut self, revoke: bool) {
        self.engine.link_rotate(&self.me, revoke).unwrap();
        for link in self.links.iter_mut().filter(|link| revoke && link.end == End::Open) {
            link.end = End::Revoked;
        }
    }

    pub fn admit(&mut self) {
        let name = format!("person {}", self.number());
        self.engine.user_create(&self.me, &name, Role::Member, Vec::new()).unwrap();
        let new = NewKey { name: "key".to_owned(), user: Some(name.clone()), ..NewKey::default() };
        let (_, secret) = self.engine.key_create(&self.me, new).unwrap();
        self.people.push(Person { name, secret, dismissed: false });
    }

    pub fn dismiss(&mut self, which: Index) {
        let there: Vec<usize> = (0..self.people.len()).filter(|at| !self.people[*at].dismissed).collect();
        if there.is_empty() {
            return;
        }
        let person = &mut self.people[*which.get(&there)];
        self.engine.user_remove(&self.me, &person.name).unwrap();
        person.dismissed = true;
    }

    pub fn hook(&mut self) {
        let url = format!("https://hooks.example.org/{}", self.number());
        let (hook, _) = self.engine.webhook_create(&self.me, &self.bucket(), &url, Vec::new()).unwrap();
        self.now.hooks.push(hook.id);
    }

    pub fn unhook(&mut self, which: Index) {
        if self.now.hooks.is_empty() {
            return;
        }
        let hook = self.now.hooks.remove(which.index(self.now.hooks.len()));
        self.engine.webhook_delete(&self.me, &hook).unwrap();
    }
}
