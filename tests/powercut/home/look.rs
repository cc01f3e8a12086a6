//! Looking at a home after a power cut: what it says, and what is wrong with it.
//!
//! First as everybody does, through the engine: it opens, each link shows its own object whole, the sweep runs. Then
//! past the engine: every row has its file and every file its row, and the counters equal what they count.

use crate::Done;
use crate::known::{self, Known, SHARED};
use engine::model::BucketOrder;
use engine::{Caller, Engine, ListRequest};
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// What a home says, by what it says it of.
type Facts = BTreeMap<String, String>;

/// Looks, and prints what there is to say as JSON.
pub fn look(home: &Path) -> Done {
    let mut broken = Vec::new();
    let mut facts = Facts::new();
    let begun = Instant::now();
    let opened = Engine::open(home);
    let milliseconds = u64::try_from(begun.elapsed().as_millis())?;
    match opened {
        Ok(engine) => {
            links(&engine, &mut broken)?;
            engine.sweep()?;
            drop(engine);
            rows(home, &mut facts, &mut broken)?;
        }
        Err(error) => broken.push(format!("the home does not open: {error}")),
    }
    let said = json!({ "opened": milliseconds, "facts": facts, "broken": broken });
    std::io::Write::write_all(&mut std::io::stdout(), said.to_string().as_bytes())?;
    Ok(())
}

/// Every live object through its permalink.
fn links(engine: &Engine, broken: &mut Vec<String>) -> Done {
    for bucket in engine.bucket_list(&engine::Caller::cli(), "", BucketOrder::Created, false)? {
        let mut request = ListRequest { limit: 1000, ..ListRequest::default() };
        loop {
            let page = engine.object_list(&Caller::window(), &bucket.id, &request)?;
            for listed in page.objects {
                let shown = engine.link_open(&bucket.id, &listed.token).map(|(object, content)| {
                    let mut bytes = vec![0; usize::try_from(content.size()).unwrap_or(0)];
                    let read = content.read_at(&mut bytes, 0);
                    (object, read.map(|read| blake3::hash(&bytes[..read]).to_hex().to_string()))
                });
                match shown {
                    Ok((object, Ok(hash))) if *object == listed && hash == object.hash => {}
                    Ok((object, hash)) => broken.push(format!(
                        "the link of {} {} shows {} {}, content {hash:?} instead of {}",
                        listed.id, listed.name, object.id, object.name, object.hash
                    )),
                    Err(error) => broken.push(format!("the link of {} {}: {error}", listed.id, listed.name)),
                }
            }
            request.after = page.next;
            if request.after.is_none() {
                break;
            }
        }
    }
    Ok(())
}

fn rows(home: &Path, facts: &mut Facts, broken: &mut Vec<String>) -> Done {
    let database = Connection::open(home.join("pail.db"))?;
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if sound != "ok" {
        broken.push(format!("the database is not sound: {sound}"));
    }
    buckets(&database, facts, broken)?;
    let objects = objects(&database, broken)?;
    contents(&database, home, broken)?;
    counters(&database, broken)?;
    facts.extend(objects.iter().map(|object| (object.fact(), object.to_string())));
    Ok(())
}

fn buckets(database: &Connection, facts: &mut Facts, broken: &mut Vec<String>) -> Done {
    let mut statement = database.prepare(
        "SELECT b.id, b.title, b.deleted IS NULL, d.text, d.revision FROM bucket b LEFT JOIN data d ON d.bucket = b.seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, title): (String, String) = (row.get(0)?, row.get(1)?);
        facts.insert(format!("bucket {id}"), known::bucket(&title, row.get(2)?));
        let (Some(text), Some(revision)) = (row.get::<_, Option<String>>(3)?, row.get::<_, Option<u64>>(4)?)
        else {
            broken.push(format!("bucket {id} has no data"));
            continue;
        };
        let data: Map<String, Value> = serde_json::from_str(&text)?;
        let merges: u64 = data.values().filter_map(Value::as_u64).sum();
        if title == SHARED && merges != revision {
            broken.push(format!("{merges} merges are there of {revision}"));
        }
        facts.extend(data.iter().map(|(key, value)| (format!("data {id} {key}"), value.to_string())));
    }
    Ok(())
}

fn objects(database: &Connection, broken: &mut Vec<String>) -> Done<Vec<Known>> {
    let mut objects = database.prepare(
        "SELECT o.id, b.id, o.folder, o.name, o.token, o.deleted IS NULL, o.version, o.versions, o.size, o.seq
         FROM object o JOIN bucket b ON b.seq = o.bucket",
    )?;
    let mut versions = database.prepare("SELECT number, hash, size FROM version WHERE object = ?1")?;
    let mut all = Vec::new();
    let mut rows = objects.query([])?;
    while let Some(row) = rows.next()? {
        let mut object = Known {
            id: row.get(0)?,
            bucket: row.get(1)?,
            folder: row.get(2)?,
            name: row.get(3)?,
            token: row.get(4)?,
            live: row.get(5)?,
            current: row.get(6)?,
            versions: BTreeMap::new(),
        };
        let mut size: Option<u64> = None;
        let mut of_object = versions.query([row.get::<_, i64>(9)?])?;
        while let Some(version) = of_object.next()? {
            let (number, hash): (u64, Vec<u8>) = (version.get(0)?, version.get(1)?);
            if number == object.current {
                size = Some(version.get(2)?);
            }
            object.versions.insert(number, hex(&hash));
        }
        let counted = object.versions.len() as u64;
        if counted != row.get::<_, u64>(7)? || size != Some(row.get(8)?) {
            broken.push(format!("{object}: its row says other versions or another size"));
        }
        all.push(object);
    }
    Ok(all)
}

/// Every row has its whole file, and every file has its row.
fn contents(database: &Connection, home: &Path, broken: &mut Vec<String>) -> Done {
    let files = home.join("files");
    let mut orphans = on_disk(&files)?;
    let mut statement = database.prepare(
        "SELECT b.id, v.content, v.name, v.size, v.hash FROM version v
         JOIN object o ON o.seq = v.object JOIN bucket b ON b.seq = o.bucket",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (bucket, content, name): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (size, hash): (u64, Vec<u8>) = (row.get(3)?, row.get(4)?);
        let path = format!("{bucket}/{content}/{name}");
        match fs::read(files.join(&path)) {
            Ok(bytes) if bytes.len() as u64 == size && blake3::hash(&bytes).as_bytes() == hash.as_slice() => {
            }
            Ok(bytes) => broken.push(format!("{path} has other bytes: {} of {size}", bytes.len())),
            Err(error) => broken.push(format!("{path} has a row and no file: {error}")),
        }
        orphans.remove(&path);
    }
    broken.extend(orphans.iter().map(|path| format!("{path} is there after the sweep and has no row")));
    Ok(())
}

/// Every content, and every directory made for one, as `bucket/content/name`; and stagings that the sweep could know
/// as left behind.
fn on_disk(files: &Path) -> Done<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for bucket in names(files)? {
        if bucket == ".staging" {
            let left = names(&files.join(&bucket))?;
            let left =
                left.into_iter().filter(|process| files.join(&bucket).join(process).join(".alive").exists());
            found.extend(left.map(|process| format!("{bucket}/{process}")));
        }
        if bucket.starts_with('.') {
            continue;
        }
        for content in names(&files.join(&bucket))? {
            let within = names(&files.join(&bucket).join(&content))?;
            let path = format!("{bucket}/{content}");
            if within.is_empty() {
                found.insert(path.clone());
            }
            found.extend(within.iter().map(|name| format!("{path}/{name}")));
        }
    }
    Ok(found)
}

fn names(directory: &Path) -> Done<Vec<String>> {
    let entries = fs::read_dir(directory)?.collect::<Result<Vec<_>, _>>()?;
    Ok(entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

/// A folder's files and bytes, with all below, and its own.
type Counts = (i64, i64, i64, i64);

fn counters(database: &Connection, broken: &mut Vec<String>) -> Done {
    let wrong: i64 = database.query_row(
        "SELECT count(*) FROM bucket b WHERE
           file_count != (SELECT count(*) FROM object o WHERE o.bucket = b.seq AND o.deleted IS NULL) OR
           byte_count != (SELECT coalesce(sum(size), 0) FROM object o WHERE o.bucket = b.seq AND o.deleted IS NULL)",
        [],
        |row| row.get(0),
    )?;
    if wrong > 0 {
        broken.push(format!("{wrong} buckets count other files than they have"));
    }
    let mut counted: BTreeMap<(i64, String), Counts> = BTreeMap::new();
    let mut objects = database.prepare("SELECT bucket, folder, size FROM object WHERE deleted IS NULL")?;
    let mut rows = objects.query([])?;
    while let Some(row) = rows.next()? {
        let (bucket, folder, size): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let mut path = folder.as_str();
        loop {
            let count = counted.entry((bucket, path.to_owned())).or_default();
            count.0 += 1;
            count.1 += size;
            if path == folder {
                count.2 += 1;
                count.3 += size;
            }
            if path.is_empty() {
                break;
            }
            path = path.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    let mut folders = database
        .prepare("SELECT bucket, path, files, bytes, own_files, own_bytes FROM folder WHERE files != 0")?;
    let said = folders.query_map([], |row| {
        Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)))
    })?;
    let said: BTreeMap<(i64, String), Counts> = said.collect::<Result<_, _>>()?;
    if said != counted {
        broken.push(format!("folders count {said:?}, and there is {counted:?}"));
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
