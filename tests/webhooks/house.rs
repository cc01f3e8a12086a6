//! A home in this process, whose clock a test sets, with a bucket, a webhook, and a worker that delivers.

use crate::receiver::Receiver;
use acceptance::wait_until;
use engine::clock::SetClock;
use engine::model::{Bucket, Delivery, Webhook};
use engine::{Caller, Engine, NewBucket, WorkspaceChanges};
use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use webhooks::{Deliverer, Settings};

/// A home with one bucket.
pub struct House {
    _dir: TempDir,
    pub engine: Engine,
    pub clock: Arc<SetClock>,
    pub me: Caller,
    pub bucket: Bucket,
}

impl House {
    /// Webhooks may call `hosts`, wherever they are.
    pub fn new(hosts: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(SetClock::at(1_790_000_000_000));
        let engine = Engine::open_with(dir.path(), clock.clone()).unwrap();
        let me = Caller::window().named("Mara");
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        let changes = WorkspaceChanges { webhook_hosts: Some(hosts), ..WorkspaceChanges::default() };
        engine.workspace_update(&me, changes).unwrap();
        let new = NewBucket { title: "Kit".into(), ..NewBucket::default() };
        let bucket = engine.bucket_create(&me, new).unwrap();
        Self { _dir: dir, engine, clock, me, bucket }
    }

    /// A webhook that is told of everything; its id and its secret.
    pub fn hook(&self, url: &str) -> (String, String) {
        let (hook, secret) = self.engine.webhook_create(&self.me, &self.bucket.id, url, Vec::new()).unwrap();
        (hook.id, secret)
    }

    /// A worker that looks often.
    pub fn deliver(&self) -> Deliverer {
        self.deliver_with(Settings::default())
    }

    pub fn deliver_with(&self, settings: Settings) -> Deliverer {
        let settings = Settings { look_every: Duration::from_millis(5), ..settings };
        Deliverer::start(self.engine.clone(), settings).unwrap()
    }

    pub fn put(&self, key: &str) {
        self.engine.object_put(&self.me, &self.bucket.id, key, &mut Cursor::new(b"x"), Some(1)).unwrap();
    }

    /// The log of a webhook, the newest first.
    pub fn log(&self, hook: &str) -> Vec<Delivery> {
        self.engine.delivery_list(&self.me, hook, None, 1000).unwrap()
    }

    pub fn show(&self, hook: &str) -> Webhook {
        let all = self.engine.webhook_list(&self.me, &self.bucket.id).unwrap();
        all.into_iter().find(|one| one.id == hook).unwrap()
    }

    /// The newest message, once it was tried so often and that is written down.
    pub fn tried(&self, hook: &str, attempts: u32) -> Delivery {
        let newest = || self.log(hook).into_iter().next();
        wait_until("an attempt is in the log", || newest().is_some_and(|one| one.attempts == attempts));
        newest().unwrap()
    }
}

/// A house whose webhook may call a receiver on this machine, and does.
pub fn with_receiver() -> (House, Receiver, String, String) {
    let (house, receiver) = (House::new(&["127.0.0.1"]), Receiver::new());
    let (hook, secret) = house.hook(&receiver.url());
    (house, receiver, hook, secret)
}
