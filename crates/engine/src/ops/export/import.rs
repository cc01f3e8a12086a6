//! Import: the way back. All of an archive comes in, or nothing of it.
//!
//! Everything is looked at, copied and hashed first; then one commit makes all buckets with their files. Whoever imports
//! becomes the owner: an archive cannot say who somebody is.

use super::archive::{Archive, invalid};
use super::examine::{Expected, File, Part, Plans, examine};
use super::{Meter, Progress};
use crate::blob::{Address, Durability, Ticket};
use crate::db::table::{self, folder::Counts};
use crate::model::{Bucket, Data, EventKind, Limits, Privilege, id};
use crate::ops::bucket::{check_free, describe};
use crate::ops::object::{self, Checks, Copied, OnMeeting, Row, Source};
use crate::ops::{Teller, workspace};
use crate::{Caller, Code, Engine, Error, NewBucket, Result, rules};
use rusqlite::Connection;
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

/// How an archive is taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Keep ids and slugs; refused if something here has one of them, in the trash or not. Otherwise ids are new, and slugs
    /// get a number where they are taken.
    pub keep_ids: bool,
}

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The buckets that were made.
    pub buckets: Vec<Bucket>,
    /// Files in them.
    pub files: u64,
    /// Bytes of those files.
    pub bytes: u64,
}

/// What was copied in and waits for the commit.
#[derive(Default)]
struct Staged {
    /// Documents by bucket.
    data: HashMap<usize, String>,
    /// Contents by bucket and file.
    contents: HashMap<(usize, usize), Copied>,
}

/// A bucket about to be made.
struct Coming {
    bucket: Bucket,
    uuid: Option<String>,
    text: String,
    rows: Vec<Row>,
}

impl Engine {
    /// Takes an archive in that [`Engine::export`] wrote. Its buckets appear together, complete and durable, or not at all.
    /// Limits of the workspace hold for every file; a bucket's own hold for what comes later, as they do when they are set.
    ///
    /// # Errors
    /// `sign_in_needed`, `forbidden` without the privilege to make buckets; `invalid_archive` for anything that an export
    /// does not write: entries beside the manifest, links, paths, wrong sizes and hashes, doubles; `id_taken`, `name_taken`
    /// where ids are kept; `too_large`, `too_many_files`, `type_not_allowed` by the workspace's limits; `no_space` for what
    /// says that it is larger than the free disk; `cancelled`; `source_missing`, `source_unreadable`, `source_not_a_file`;
    /// `io`, `database`. Then nothing of it stays.
    pub fn import(
        &self,
        caller: &Caller,
        from: &Path,
        options: ImportOptions,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Imported> {
        caller.need(Privilege::CreateBuckets)?;
        let mut archive = Archive::open(from)?;
        let plans = examine(archive.manifest()?)?;
        if archive.len() != plans.parts.len() as u64 + 1 {
            return Err(invalid("It holds more or less than its manifest says"));
        }
        archive.check(&plans.sizes())?;
        self.check_space(plans.bytes)?;
        let mut meter = Meter::new(plans.files, plans.bytes, progress)?;
        let staged = self.stage_all(&mut archive, &plans, &mut meter)?;
        let (files, bytes) = (plans.files, plans.bytes);
        let buckets = self.make_all(caller, plans, staged, options)?;
        Ok(Imported { buckets, files, bytes })
    }

    /// Copies and hashes everything that the archive holds.
    fn stage_all(&self, archive: &mut Archive, plans: &Plans, meter: &mut Meter<'_>) -> Result<Staged> {
        let workspace = self.read(workspace::get)?.limits;
        let checks = Checks {
            limits: rules::limits::effective(&Limits::default(), &workspace),
            accept: workspace.accepted_file_types,
        };
        let mut staged = Staged::default();
        archive.each(&mut |name, body| {
            match plans.parts.get(name) {
                Some(Part::Data(bucket)) => {
                    let text = read_data(body, &plans.buckets[*bucket].data, name)?;
                    staged.data.insert(*bucket, text);
                }
                Some(Part::File(bucket, number)) => {
                    let file = &plans.buckets[*bucket].files[*number];
                    let copied = self
                        .stage_one(file, name, body, &checks, meter)
                        .map_err(|error| told(error, name))?;
                    staged.contents.insert((*bucket, *number), copied);
                    meter.file()?;
                }
                None => return Err(invalid("It changed while it was read")),
            }
            Ok(())
        })?;
        Ok(staged)
    }

    fn stage_one(
        &self,
        file: &File,
        entry: &str,
        body: &mut dyn Read,
        checks: &Checks,
        meter: &mut Meter<'_>,
    ) -> Result<Copied> {
        let expected = &file.content;
        let mut left = expected.size;
        let mut progress = |bytes: u64| {
            // Counted by what came, whatever the archive said of it.
            left = left.checked_sub(bytes).ok_or_else(|| longer(entry))?;
            meter.bytes(bytes)
        };
        let source =
            Source { reader: body, name: &file.name, size: Some(expected.size), progress: &mut progress };
        let copied = self.copy_in(source, checks, Durability::Together)?;
        if copied.size != expected.size || copied.hash != expected.hash {
            return Err(other(entry));
        }
        Ok(copied)
    }

    /// Places every content and makes every bucket, in one commit.
    fn make_all(
        &self,
        caller: &Caller,
        plans: Plans,
        mut staged: Staged,
        options: ImportOptions,
    ) -> Result<Vec<Bucket>> {
        let now = self.now();
        let mut coming = Vec::with_capacity(plans.buckets.len());
        let mut placing = Vec::new();
        for (number, plan) in plans.buckets.into_iter().enumerate() {
            let text = staged.data.remove(&number).ok_or_else(|| invalid("Data of a bucket is missing"))?;
            let mut one = begin(plan.new, options.keep_ids.then_some(plan.uuid), text, now, caller.name())?;
            let first = placing.len();
            for (at, file) in plan.files.into_iter().enumerate() {
                let copied =
                    staged.contents.get(&(number, at)).ok_or_else(|| invalid("A file of it is missing"))?;
                let (row, place) = row(file, copied, &one.bucket, now, options.keep_ids);
                one.rows.push(row);
                placing.push(place);
            }
            self.tag(&one.bucket, &placing[first..], &mut one.rows)?;
            coming.push(one);
        }
        let buckets: Vec<Bucket> = coming.iter().map(|one| one.bucket.clone()).collect();
        let mut sealed: Vec<_> = staged.contents.values_mut().map(|copied| &mut copied.sealed).collect();
        let caller = caller.clone();
        self.place_with_rows(&placing, &mut sealed, &buckets, move |connection| {
            let teller = Teller { connection, now, by: caller.name() };
            coming.into_iter().map(|one| make(&teller, one, options)).collect()
        })
    }
}

impl Plans {
    /// Sizes of all entries by name.
    fn sizes(&self) -> HashMap<String, u64> {
        let size = |part: &Part| match *part {
            Part::Data(bucket) => self.buckets[bucket].data.size,
            Part::File(bucket, number) => self.buckets[bucket].files[number].content.size,
        };
        self.parts.iter().map(|(name, part)| (name.clone(), size(part))).collect()
    }
}

/// The bucket as it is to be, without its files.
fn begin(mut new: NewBucket, uuid: Option<String>, text: String, now: i64, by: &str) -> Result<Coming> {
    if uuid.is_none() {
        new.id = None;
    }
    new.data = Some(text);
    let (bucket, text) = describe(new, now, by)?;
    Ok(Coming { bucket, uuid, text, rows: Vec::new() })
}

/// The row of a file, and where its content goes.
fn row(file: File, copied: &Copied, bucket: &Bucket, now: i64, keep_id: bool) -> (Row, (Ticket, Address)) {
    let content = id::new('c', now);
    let address = Address { bucket: bucket.id.clone(), content: content.clone(), name: file.name.clone() };
    let ticket = copied.sealed.ticket().expect("it is placed once").clone();
    let row = Row {
        content,
        folder: file.folder,
        original_folder: file.original_folder,
        name: file.name,
        original_name: file.original_name,
        on_meeting: OnMeeting::KeepBoth,
        facts: file.facts,
        object: None,
        size: copied.size,
        media_type: copied.media_type.clone(),
        hash: copied.hash,
        fresh_id: if keep_id { file.id } else { String::new() },
        fresh_token: String::new(),
        known: false,
    };
    (row, (ticket, address))
}

/// Makes one bucket with all its files.
fn make(teller: &Teller<'_>, coming: Coming, options: ImportOptions) -> Result<Bucket> {
    let Coming { mut bucket, uuid, text, rows } = coming;
    let connection = teller.connection;
    if let Some(uuid) = uuid {
        if table::bucket::uuid_taken(connection, &uuid)? {
            return Err(taken(&uuid));
        }
        bucket.uuid = uuid;
    } else {
        bucket.slug = rules::slug::unique(&bucket.slug, |slug| table::bucket::slug_taken(connection, slug))?;
    }
    check_free(connection, &bucket)?;
    check_count(connection, rows.len() as u64)?;
    bucket.seq = table::bucket::insert(connection, &bucket)?;
    let data = Data { text, revision: 0, modified: teller.now, by: teller.by.to_owned() };
    table::data::put(connection, bucket.seq, &data)?;
    teller.bucket(EventKind::BucketCreated, &bucket, 1)?;
    let mut counts = Counts::default();
    for row in rows {
        if options.keep_ids && table::object::id_taken(connection, &row.fresh_id)? {
            return Err(taken(&row.fresh_id));
        }
        let stored = row.name.clone();
        object::create(teller, &bucket, &mut counts, &row, stored)?;
    }
    counts.apply(connection, bucket.seq, teller.now)?;
    Ok(table::bucket::by_seq(connection, bucket.seq)?.unwrap_or(bucket))
}

/// Holds the workspace's limit on the number of files.
fn check_count(connection: &Connection, files: u64) -> Result<()> {
    let limits = rules::limits::effective(&Limits::default(), &workspace::get(connection)?.limits);
    match files.checked_sub(1) {
        Some(others) => rules::limits::check_count(&limits, others),
        None => Ok(()),
    }
}

fn taken(id: &str) -> Error {
    Error::refusal(
        Code::IdTaken,
        format!("Something here has the id “{id}” already, maybe in the trash"),
        "Import it with new ids.",
    )
    .with("id", id)
}

/// The document of a bucket, as long and as it is to be.
fn read_data(body: &mut dyn Read, expected: &Expected, name: &str) -> Result<String> {
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes).map_err(|error| invalid(format!("“{name}” cannot be read: {error}")))?;
    if bytes.len() as u64 != expected.size || *blake3::hash(&bytes).as_bytes() != expected.hash {
        return Err(other(name));
    }
    let text = String::from_utf8(bytes).map_err(|_| invalid(format!("“{name}” is not UTF-8")))?;
    rules::json::check(&text).map_err(|error| invalid(format!("“{name}”: {}", error.message())))?;
    Ok(text)
}

fn longer(entry: &str) -> Error {
    invalid(format!("“{entry}” is longer than its manifest says"))
}

fn other(entry: &str) -> Error {
    invalid(format!("“{entry}” is not what its manifest says"))
}

/// A refusal of one file, with its name. What cannot be read of it is the archive's fault.
fn told(error: Error, name: &str) -> Error {
    let reason = error.detail("reason").unwrap_or(error.message()).to_owned();
    match error.code() {
        Code::SourceUnreadable => invalid(format!("“{name}” cannot be read: {reason}")),
        Code::TooLarge | Code::TypeNotAllowed => {
            let advice = error.detail("advice").unwrap_or_default().to_owned();
            Error::refusal(error.code(), format!("“{name}” cannot come in: {reason}"), advice)
        }
        _ => error,
    }
}
