//! When the database is lost: the index is made anew from the files and what stands beside them.
//!
//! Buckets, files, versions and links come back. What only the database knew does not: the buckets' data, limits and
//! notes, and what was in the trash, which comes back as live.

use super::{BucketTag, ContentTag};
use crate::blob::{Address, Blobs, Local};
use crate::db::table;
use crate::db::table::folder::Counts;
use crate::home::Home;
use crate::model::{
    Bucket, Category, Data, EventKind, Limits, Object, Permalink, Policy, Rules, Tier, Version, id,
};
use crate::ops::Teller;
use crate::sweep::verify::hash_of;
use crate::{Caller, Code, Engine, Error, Result, rules};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Buckets.
    pub buckets: u64,
    /// Objects.
    pub objects: u64,
    /// Versions.
    pub versions: u64,
    /// Versions that had nothing beside them, so that they have a new link.
    pub untagged: u64,
    /// Where the former database was put, if there was one.
    pub former: Option<String>,
}

/// A content on the disk.
struct Found {
    address: Address,
    tag: Option<ContentTag>,
    size: u64,
    hash: [u8; 32],
    media_type: String,
    modified: i64,
}

/// Makes the database of a home anew. A former one is put aside, not deleted.
///
/// # Errors
/// `home_unusable` if there are no files to go by; `io`, `read_only`, `no_space`, `database`.
pub fn rebuild(home: &Path) -> Result<Rebuilt> {
    let places = Home::at(std::path::absolute(home).map_err(|error| Error::storage(error, "find the home"))?);
    if !places.files().is_dir() {
        let message =
            format!("{} holds no files to rebuild a home from. Name another.", places.root().display());
        return Err(Error::new(Code::HomeUnusable, message));
    }
    let former = put_aside(&places)?;
    let engine = Engine::open(places.root())?;
    let files = Local::open(&places.files())?;
    let mut by_bucket: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    let mut addresses = Vec::new();
    files
        .list(&mut |address| {
            addresses.push(address);
            true
        })
        .map_err(|error| Error::storage(error, "look through the files"))?;
    for address in addresses.into_iter().filter(|address| !address.name.is_empty()) {
        if let Some(found) = look(&files, address) {
            by_bucket.entry(found.address.bucket.clone()).or_default().push(found);
        }
    }
    let mut rebuilt = Rebuilt { former, ..Rebuilt::default() };
    for (bucket, found) in by_bucket {
        let tag = files.tag_of_bucket(&bucket).and_then(|tag| BucketTag::read(&tag));
        let now = engine.now();
        let of_bucket =
            engine.write(move |connection| insert_bucket(connection, now, &bucket, tag, found))?;
        rebuilt.buckets += 1;
        rebuilt.objects += of_bucket.objects;
        rebuilt.versions += of_bucket.versions;
        rebuilt.untagged += of_bucket.untagged;
    }
    Ok(rebuilt)
}

/// The database and its log get another name.
fn put_aside(home: &Home) -> Result<Option<String>> {
    let database = home.database();
    if !database.exists() {
        return Ok(None);
    }
    let aside = home.root().join(format!("pail.db.former-{}", id::token()));
    for tail in ["-wal", "-shm", ""] {
        let from = home.root().join(format!("pail.db{tail}"));
        if from.exists() {
            let mut to = aside.clone().into_os_string();
            to.push(tail);
            fs::rename(from, to).map_err(|error| Error::storage(error, "put the former database aside"))?;
        }
    }
    Ok(Some(aside.to_string_lossy().into_owned()))
}

/// Reads a content; one that cannot be read stays where it is and has no row. Nor has one a row that is not whole: it was
/// on its way when the power went.
fn look(files: &Local, address: Address) -> Option<Found> {
    let content = files.open(&address).ok()?;
    let tag = files.tag_of(&address).and_then(|tag| ContentTag::read(&tag));
    if tag.as_ref().and_then(|tag| tag.size).is_some_and(|size| size != content.size()) {
        return None;
    }
    let mut head = vec![0; rules::media_type::HEAD];
    let length = content.read_at(&mut head, 0).ok()?;
    let hash = hash_of(content.as_ref()).ok()?;
    let shown = tag.as_ref().map(|tag| tag.original_name.as_str()).filter(|name| !name.is_empty());
    let media_type = rules::media_type::decide(shown.unwrap_or(&address.name), &head[..length]);
    let modified = time_of(&address.content);
    Some(Found { size: content.size(), address, tag, hash, media_type, modified })
}

/// The milliseconds in an id.
fn time_of(id: &str) -> i64 {
    id.get(1..9).and_then(|digits| i64::from_str_radix(digits, 36).ok()).unwrap_or(0)
}

fn insert_bucket(
    connection: &Connection,
    now: i64,
    bucket_id: &str,
    tag: Option<BucketTag>,
    found: Vec<Found>,
) -> Result<Rebuilt> {
    let by = Caller::window();
    let title = tag.as_ref().map_or_else(|| format!("Recovered {bucket_id}"), |tag| tag.title.clone());
    let wish = tag.as_ref().map_or_else(|| rules::slug::slug(&title), |tag| tag.slug.clone());
    let mut bucket = Bucket {
        category: Category::Attachments,
        // Who might do what is lost with the index: the owner opens the bucket to others anew.
        policy: Policy::Private,
        rules: Rules::default(),
        permalink: Permalink::Open,
        tier: Tier::Persistent,
        modified_by: None,
        seq: 0,
        id: bucket_id.to_owned(),
        uuid: uuid::Uuid::new_v4().to_string(),
        slug: rules::slug::unique(&wish, |slug| table::bucket::slug_taken(connection, slug))?,
        title,
        icon: tag.map_or_else(|| "package".to_owned(), |tag| tag.icon),
        notes: String::new(),
        enabled: true,
        limits: Limits::default(),
        file_count: 0,
        byte_count: 0,
        revision: 1,
        data_revision: 0,
        created: time_of(bucket_id),
        modified: now,
        created_by: by.name().to_owned(),
        deleted: None,
    };
    bucket.seq = table::bucket::insert(connection, &bucket)?;
    let data = Data { text: "{}".to_owned(), revision: 0, modified: now, by: by.name().to_owned() };
    table::data::put(connection, bucket.seq, &data)?;
    let teller = Teller { connection, now, by: by.name() };
    teller.bucket(EventKind::BucketCreated, &bucket, 1)?;
    let mut rebuilt = Rebuilt::default();
    let mut counts = Counts::default();
    for versions in by_object(found).into_values() {
        rebuilt.objects += 1;
        rebuilt.versions += versions.len() as u64;
        rebuilt.untagged += versions.iter().filter(|found| found.tag.is_none()).count() as u64;
        insert_object(&teller, &bucket, &mut counts, versions)?;
    }
    counts.apply(connection, bucket.seq, now)?;
    Ok(rebuilt)
}

/// Contents with their object, in the order of their versions. What has nothing beside it is an object of its own.
fn by_object(found: Vec<Found>) -> BTreeMap<String, Vec<Found>> {
    let mut objects: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    for found in found {
        let object =
            found.tag.as_ref().map_or_else(|| found.address.content.clone(), |tag| tag.object.clone());
        objects.entry(object).or_default().push(found);
    }
    for versions in objects.values_mut() {
        versions.sort_by_key(|found| (found.tag.as_ref().map_or(0, |tag| tag.number), found.modified));
    }
    objects
}

fn insert_object(
    teller: &Teller<'_>,
    bucket: &Bucket,
    counts: &mut Counts,
    versions: Vec<Found>,
) -> Result<()> {
    let Some(last) = versions.last() else { return Ok(()) };
    let folder = last.tag.as_ref().map(|tag| tag.folder.clone()).unwrap_or_default();
    let mut name = rules::name::normalise(&last.address.name)?;
    if table::object::by_name(teller.connection, bucket.seq, &folder, &name)?.is_some() {
        let number = crate::ops::object::next_free(teller.connection, bucket.seq, &folder, &name)?;
        name = rules::name::numbered(&name, number);
    }
    let numbered: Vec<(u64, &Found)> = (1..).zip(&versions).collect();
    let current = numbered.len() as u64;
    let object = Object {
        seq: 0,
        id: last.tag.as_ref().map_or_else(|| id::new('f', last.modified), |tag| tag.object.clone()),
        bucket_seq: bucket.seq,
        bucket: bucket.id.clone(),
        folder,
        name,
        original_name: original_name(last),
        token: last.tag.as_ref().map_or_else(id::token, |tag| tag.token.clone()),
        size: last.size,
        media_type: last.media_type.clone(),
        hash: table::version::hex(&last.hash),
        version: current,
        versions: current,
        created: versions.first().map_or(0, |first| first.modified),
        modified: last.modified,
        by: teller.by.to_owned(),
        uploader: teller.by.to_owned(),
        visibility: None,
        metadata: "{}".to_owned(),
        expires: None,
        deleted: None,
        editing: false,
    };
    let seq = table::object::insert(teller.connection, &object)?;
    for (number, found) in numbered {
        let version = Version {
            number,
            content: found.address.content.clone(),
            name: found.address.name.clone(),
            original_name: original_name(found),
            size: found.size,
            media_type: found.media_type.clone(),
            hash: String::new(),
            created: found.modified,
            by: teller.by.to_owned(),
            current: number == current,
            damaged: false,
        };
        table::version::insert(teller.connection, seq, &version, &found.hash)?;
    }
    table::object::update(teller.connection, &Object { seq, ..object.clone() })?;
    counts.add(&object.folder, 1, crate::ops::object::signed(object.size));
    teller.object(EventKind::ObjectCreated, &object, current)
}

fn original_name(found: &Found) -> String {
    let known = found.tag.as_ref().map(|tag| tag.original_name.clone()).filter(|name| !name.is_empty());
    known.unwrap_or_else(|| found.address.name.clone())
}
