//! Everything people do in a home, at random, in two threads at once.

use crate::Done;
use crate::known::{self, Known, SHARED};
use crate::random::Random;
use crate::tell::{Changes, tell};
use engine::model::{Bucket, ObjectRef};
use engine::transfer::{Ingest, Source};
use engine::{Caller, Engine, NewBucket};
use serde_json::json;
use std::collections::HashSet;
use std::path::Path;
use tempfile::TempDir;

const SIZES: [usize; 12] = [0, 10, 10, 700, 5_000, 5_000, 5_000, 5_000, 20_000, 70_000, 70_000, 300_000];

const BATCH: usize = 20;

/// Half of the acts, then the home is closed and opened again, then the other half.
pub fn work(home: &Path, seed: u64, acts: usize) -> Done {
    let engine = Engine::open(home)?;
    let shared = engine
        .bucket_create(&Caller::cli(), NewBucket { title: SHARED.to_owned(), ..NewBucket::default() })?;
    tell(0, &said_of(&shared, true))?;
    let mut people = [0, 1].map(|thread| Person {
        thread,
        random: Random::of(seed ^ (thread as u64 + 1) << 32),
        shared: shared.id.clone(),
        buckets: Vec::new(),
        objects: Vec::new(),
        names: 0,
        merges: 0,
    });
    half(&engine, &mut people, acts / 2)?;
    drop(engine);
    half(&Engine::open(home)?, &mut people, acts - acts / 2)
}

fn half(engine: &Engine, people: &mut [Person], acts: usize) -> Done {
    std::thread::scope(|scope| {
        let threads: Vec<_> = people
            .iter_mut()
            .map(|person| {
                scope.spawn(move || {
                    (0..acts).try_for_each(|_| {
                        let changes = person.act(engine)?;
                        tell(person.thread, &changes)
                    })
                })
            })
            .collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("no act panics"))
    })
}

/// One thread, with what it made: nobody else touches that.
struct Person {
    thread: usize,
    random: Random,
    shared: String,
    buckets: Vec<Own>,
    objects: Vec<Known>,
    names: usize,
    merges: u64,
}

struct Own {
    bucket: Bucket,
    live: bool,
    /// Keys of its data.
    keys: Vec<String>,
}

fn said_of(bucket: &Bucket, live: bool) -> Changes {
    Changes::from([(format!("bucket {}", bucket.id), Some(known::bucket(&bucket.title, live)))])
}

impl Person {
    /// Does one thing, in one commit; what is so since.
    fn act(&mut self, engine: &Engine) -> Done<Changes> {
        let caller = Caller::cli();
        let dice = self.random.below(100);
        match dice {
            0..4 if self.buckets.len() < 4 => self.create_bucket(engine, &caller),
            4..8 if !self.buckets.is_empty() => self.turn_bucket(engine, &caller),
            8..22 => self.merge(engine, &caller),
            22..28 if self.buckets.iter().any(|own| own.live) => self.set_data(engine, &caller),
            28..31 => self.bring_in(engine, &caller),
            31..70 => match self.an_object(dice.is_multiple_of(2)) {
                Some(at) => self.change(engine, &caller, at),
                None => self.put(engine, &caller),
            },
            _ => self.put(engine, &caller),
        }
    }

    fn create_bucket(&mut self, engine: &Engine, caller: &Caller) -> Done<Changes> {
        let title = format!("Bucket {}", self.next_name());
        let bucket = engine.bucket_create(caller, NewBucket { title, ..NewBucket::default() })?;
        let changes = said_of(&bucket, true);
        self.buckets.push(Own { bucket, live: true, keys: Vec::new() });
        Ok(changes)
    }

    /// Into the trash, and from there back or away.
    fn turn_bucket(&mut self, engine: &Engine, caller: &Caller) -> Done<Changes> {
        let at = self.random.below(self.buckets.len());
        let id = self.buckets[at].bucket.id.clone();
        let own = &mut self.buckets[at];
        if own.live {
            engine.bucket_delete(caller, &id)?;
            own.live = false;
            return Ok(said_of(&own.bucket, false));
        }
        if self.random.once_in(2) {
            engine.bucket_restore(caller, &id)?;
            own.live = true;
            return Ok(said_of(&own.bucket, true));
        }
        engine.bucket_purge(caller, &id)?;
        let own = self.buckets.swap_remove(at);
        let (gone, stay) =
            std::mem::take(&mut self.objects).into_iter().partition(|object| object.bucket == id);
        self.objects = stay;
        let gone: Vec<Known> = gone;
        let objects = gone.iter().map(Known::fact);
        let data = own.keys.iter().map(|key| format!("data {id} {key}"));
        let bucket = std::iter::once(format!("bucket {id}"));
        Ok(bucket.chain(objects).chain(data).map(|fact| (fact, None)).collect())
    }

    /// The number of its merges under the thread's key, so that a lost one shows.
    fn merge(&mut self, engine: &Engine, caller: &Caller) -> Done<Changes> {
        self.merges += 1;
        let key = format!("t{}", self.thread);
        let patch = json!({ &key: self.merges }).to_string();
        engine.data_merge(caller, &self.shared, &patch)?;
        Ok(Changes::from([(format!("data {} {key}", self.shared), Some(self.merges.to_string()))]))
    }

    fn set_data(&mut self, engine: &Engine, caller: &Caller) -> Done<Changes> {
        let length = self.random.below(6_000);
        let (key, text) = (format!("k{}", self.random.below(3)), "x".repeat(length));
        let live: Vec<_> = (0..self.buckets.len()).filter(|at| self.buckets[*at].live).collect();
        let own = &mut self.buckets[live[self.random.below(live.len())]];
        let value = json!(text).to_string();
        engine.data_set(caller, &own.bucket.id, &format!("{{\"{key}\": {value}}}"), None)?;
        let fact = |key: &str| format!("data {} {key}", own.bucket.id);
        let mut changes: Changes = own.keys.iter().map(|key| (fact(key), None)).collect();
        changes.insert(fact(&key), Some(value));
        own.keys = vec![key];
        Ok(changes)
    }

    fn put(&mut self, engine: &Engine, caller: &Caller) -> Done<Changes> {
        let (bucket, name) = (self.a_bucket(), format!("t{}.bin", self.next_name()));
        let key = if self.random.once_in(3) { format!("folder/below/{name}") } else { name };
        let content = self.content();
        let size = Some(content.len() as u64);
        let put = engine.object_put(caller, &bucket, &key, &mut content.as_slice(), size)?;
        Ok(self.take_in(put.object, &content))
    }

    fn bring_in(&mut self, engine: &Engine, caller: &Caller) -> Done<Changes> {
        let from = TempDir::new()?;
        let mut contents = std::collections::HashMap::new();
        for _ in 0..BATCH {
            let name = format!("t{}.dat", self.next_name());
            let length = [0, 10, 900, 5_000][self.random.below(4)];
            let content = noise(&mut self.random, length);
            std::fs::write(from.path().join(&name), &content)?;
            contents.insert(name, content);
        }
        let folder = if self.random.once_in(2) { "many" } else { "" };
        let sources = contents
            .keys()
            .map(|name| Source { path: from.path().join(name), into: String::new(), decision: None })
            .collect();
        let ingest = Ingest {
            bucket: self.a_bucket(),
            folder: folder.to_owned(),
            sources,
            except: HashSet::new(),
            transfer: None,
        };
        let ended = engine.ingest(caller, &ingest, &|_| {})?;
        if ended.objects.len() != BATCH {
            return Err(
                format!("of a batch only {} came in: {:?}", ended.objects.len(), ended.failures).into()
            );
        }
        let mut changes = Changes::new();
        for object in ended.objects {
            let content = &contents[&object.name];
            changes.append(&mut self.take_in(object, content));
        }
        Ok(changes)
    }

    /// Something with an object: a live one is replaced, renamed, moved, reverted or deleted; one in the trash comes
    /// back or goes for good.
    fn change(&mut self, engine: &Engine, caller: &Caller, at: usize) -> Done<Changes> {
        let (name, content) = (format!("r{}.bin", self.next_name()), self.content());
        let dice = self.random.below(10);
        let object = &mut self.objects[at];
        let (bucket, id) = (object.bucket.clone(), ObjectRef::Id(object.id.clone()));
        match (object.live, dice) {
            (true, 0..4) => {
                let size = Some(content.len() as u64);
                let put = engine.object_put(caller, &bucket, &object.key(), &mut content.as_slice(), size)?;
                object.current = put.object.version;
                object.versions.insert(object.current, hash(&content));
            }
            (true, 4) => {
                engine.object_rename(caller, &bucket, &id, &name)?;
                object.name = name;
            }
            (true, 5) => {
                object.folder = if object.folder.is_empty() { "moved".to_owned() } else { String::new() };
                engine.object_move(caller, &bucket, &[id], &object.folder)?;
            }
            (true, 6) => {
                object.current = *object.versions.keys().next().expect("an object has a version");
                engine.object_revert(caller, &bucket, &id, object.current)?;
            }
            (true, _) => {
                engine.object_delete(caller, &bucket, &[id], &[])?;
                object.live = false;
            }
            (false, 0..4) => {
                engine.object_restore(caller, &bucket, &[id])?;
                object.live = true;
            }
            (false, _) => {
                engine.object_purge(caller, &bucket, &[id])?;
                return Ok(Changes::from([(self.objects.swap_remove(at).fact(), None)]));
            }
        }
        Ok(Changes::from([(object.fact(), Some(object.to_string()))]))
    }

    fn take_in(&mut self, object: engine::model::Object, content: &[u8]) -> Changes {
        let known = Known::new(object, hash(content));
        let changes = Changes::from([(known.fact(), Some(known.to_string()))]);
        self.objects.push(known);
        changes
    }

    /// The shared bucket or a live one of its own.
    fn a_bucket(&mut self) -> String {
        let live: Vec<_> =
            self.buckets.iter().filter(|own| own.live).map(|own| own.bucket.id.clone()).collect();
        match self.random.below(live.len() + 1) {
            0 => self.shared.clone(),
            at => live[at - 1].clone(),
        }
    }

    /// An object in a live bucket, live itself or not as wished.
    fn an_object(&mut self, live: bool) -> Option<usize> {
        let reachable = |object: &Known| {
            let own = self.buckets.iter().find(|own| own.bucket.id == object.bucket);
            object.live == live && own.is_none_or(|own| own.live)
        };
        let fitting: Vec<_> = (0..self.objects.len()).filter(|at| reachable(&self.objects[*at])).collect();
        (!fitting.is_empty()).then(|| fitting[self.random.below(fitting.len())])
    }

    fn content(&mut self) -> Vec<u8> {
        let length = SIZES[self.random.below(SIZES.len())];
        noise(&mut self.random, length)
    }

    /// A name that nobody has: the thread and a number.
    fn next_name(&mut self) -> String {
        self.names += 1;
        format!("{}-{}", self.thread, self.names)
    }
}

/// Bytes that repeat nowhere.
pub fn noise(random: &mut Random, length: usize) -> Vec<u8> {
    let words = std::iter::repeat_with(|| random.next().to_le_bytes());
    words.take(length.div_ceil(8)).flatten().take(length).collect()
}

/// BLAKE3 in hex.
pub fn hash(content: &[u8]) -> String {
    blake3::hash(content).to_hex().to_string()
}
