//! Work for the negative controls: plain puts, one by one and many at a time, and the two orders of the write path that
//! would be wrong.

use crate::Done;
use crate::known::{self, Known};
use crate::mixed::{hash, noise};
use crate::neighbour;
use crate::odd::Odd;
use crate::random::Random;
use crate::tell::{Changes, tell};
use engine::blob::{Address, Blobs as _, Local};
use engine::clock::SystemClock;
use engine::model::{Bucket, ObjectRef};
use engine::transfer::{Ingest, Source};
use engine::{Caller, Engine, NewBucket};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// How much later.
const GAP: Duration = Duration::from_millis(30);

/// Small files, one by one.
pub fn puts(home: &Path, seed: u64, acts: usize) -> Done {
    put_all(&Engine::open(home)?, seed, acts)
}

/// The same while another program makes the whole file system durable, each time at the worst moment: when the bytes of a
/// file are durable and its name is not.
pub fn disturbed_puts(home: &Path, seed: u64, acts: usize) -> Done {
    let (local, files) = (local(home)?, home.join("files"));
    let odd = Odd::new(Arc::clone(&local), move |batch| {
        neighbour::sync(&files)?;
        local.place(batch)
    });
    put_all(&Engine::open_on(home, Arc::new(odd), Arc::new(SystemClock))?, seed, acts)
}

/// Small files, many at a time.
pub fn batches(home: &Path, seed: u64, acts: usize) -> Done {
    let engine = Engine::open(home)?;
    let bucket = begin(&engine)?;
    let mut random = Random::of(seed);
    for act in 0..acts {
        let from = TempDir::new()?;
        for number in 0..20 {
            std::fs::write(from.path().join(format!("{act}-{number}.bin")), noise(&mut random, 3_000))?;
        }
        let sources = vec![Source { path: from.path().to_owned(), into: String::new(), decision: None }];
        let ingest = Ingest {
            bucket: bucket.id.clone(),
            folder: String::new(),
            sources,
            except: HashSet::new(),
            transfer: None,
        };
        let ended = engine.ingest(&Caller::cli(), &ingest, &|_| {})?;
        let objects = ended.objects.into_iter().map(|object| {
            let hash = object.hash.clone();
            Known::new(object, hash)
        });
        tell(0, &objects.map(|known| (known.fact(), Some(known.to_string()))).collect())?;
    }
    Ok(())
}

/// The commit comes before the rename: content is said to be in its place, and is put there a moment later.
pub fn late(home: &Path, seed: u64, acts: usize) -> Done {
    let local = local(home)?;
    let odd = Odd::new(Arc::clone(&local), move |batch| {
        let (local, batch) = (Arc::clone(&local), batch.to_vec());
        std::thread::spawn(move || {
            std::thread::sleep(GAP);
            // At the end of the work there may be no time left for it.
            let _ = local.place(&batch);
        });
        Ok(())
    });
    put_all(&Engine::open_on(home, Arc::new(odd), Arc::new(SystemClock))?, seed, acts)
}

/// The bytes go before the commit that forgets them.
pub fn early(home: &Path, acts: usize) -> Done {
    let blobs = local(home)?;
    let engine = Engine::open_on(home, blobs.clone(), Arc::new(SystemClock))?;
    let caller = Caller::cli();
    let bucket = begin(&engine)?;
    for act in 0..acts {
        let mut known = put(&engine, &bucket, &format!("{act}.bin"), &act.to_le_bytes().repeat(600))?;
        let id = ObjectRef::Id(known.id.clone());
        let version = engine.object_versions(&caller, &bucket.id, &id)?.remove(0);
        engine.object_delete(&caller, &bucket.id, std::slice::from_ref(&id), &[])?;
        known.live = false;
        tell(0, &Changes::from([(known.fact(), Some(known.to_string()))]))?;
        blobs.remove(&Address { bucket: bucket.id.clone(), content: version.content, name: version.name })?;
        // Others write meanwhile.
        put(&engine, &bucket, &format!("{act}-other.bin"), b"other")?;
        engine.object_purge(&caller, &bucket.id, &[id])?;
        tell(0, &Changes::from([(known.fact(), None)]))?;
    }
    Ok(())
}

fn local(home: &Path) -> Done<Arc<Local>> {
    std::fs::create_dir_all(home)?;
    Ok(Arc::new(Local::open(&home.join("files"))?))
}

fn begin(engine: &Engine) -> Done<Bucket> {
    let new = NewBucket { title: "Work".to_owned(), ..NewBucket::default() };
    let bucket = engine.bucket_create(&Caller::cli(), new)?;
    let said = known::bucket(&bucket.title, true);
    tell(0, &Changes::from([(format!("bucket {}", bucket.id), Some(said))]))?;
    Ok(bucket)
}

fn put_all(engine: &Engine, seed: u64, acts: usize) -> Done {
    let bucket = begin(engine)?;
    let mut random = Random::of(seed);
    for act in 0..acts {
        let length = [10, 5_000, 40_000][random.below(3)];
        put(engine, &bucket, &format!("{act}.bin"), &noise(&mut random, length))?;
    }
    Ok(())
}

fn put(engine: &Engine, bucket: &Bucket, key: &str, mut content: &[u8]) -> Done<Known> {
    let hash = hash(content);
    let put = engine.object_put(&Caller::cli(), &bucket.id, key, &mut content, None)?;
    let known = Known::new(put.object, hash);
    tell(0, &Changes::from([(known.fact(), Some(known.to_string()))]))?;
    Ok(known)
}
