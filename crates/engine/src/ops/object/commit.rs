//! Steps 4 to 6 of the write path (DESIGN section 4): contents in place and durable, then one transaction with object
//! rows, version rows, counters and events, and only then the answer.

use super::{Copied, signed};
use crate::blob::{Address, Sealed, Ticket};
use crate::db::table::folder::Counts;
use crate::db::{is_unsure, table};
use crate::model::{Act, Bucket, EventKind, Limits, Object, Tier, Version, Visibility, id};
use crate::ops::access::{self, What};
use crate::ops::{Teller, limits_of, open_bucket};
use crate::rules::cel::Budget;
use crate::{Caller, Code, Engine, Error, Result, rules};
use rusqlite::Connection;

/// What to do when the name is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnMeeting {
    /// Become a new version; the permalink stays.
    Replace,
    /// Take the next free `name-2.ext`.
    KeepBoth,
}

/// Content on its way into a bucket.
pub(crate) struct Arrival {
    pub copied: Copied,
    /// Normalised folder.
    pub folder: String,
    /// What the person's folders are called, as deep as `folder`.
    pub original_folder: String,
    /// Normalised name.
    pub name: String,
    pub original_name: String,
    pub on_meeting: OnMeeting,
    pub facts: Facts,
    /// New content for this object wherever it lies now, instead of for whatever has the name.
    pub object: Option<i64>,
}

/// What a caller says of content besides its name; `None` leaves what is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// A JSON object that was checked.
    pub metadata: Option<String>,
    /// Who may read it; `Some(None)`: as the bucket says.
    pub visibility: Option<Option<Visibility>>,
}

/// What became of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// The object with its new content.
    pub object: Object,
    /// Whether it was there before and this is a new version of it.
    pub replaced: bool,
}

/// An arrival without its sealed file: what the transaction needs.
pub(crate) struct Row {
    pub content: String,
    pub folder: String,
    pub original_folder: String,
    pub name: String,
    pub original_name: String,
    pub on_meeting: OnMeeting,
    pub facts: Facts,
    pub object: Option<i64>,
    pub size: u64,
    pub media_type: String,
    pub hash: [u8; 32],
    /// Id and token for the case that it becomes a new object; an id that is set here is kept.
    pub fresh_id: String,
    pub fresh_token: String,
    /// Whether they were an object's when the tag was written.
    pub known: bool,
}

impl Engine {
    /// Places the contents and commits them together. Each is answered for itself: a limit may refuse one of them, and
    /// then its content is removed again.
    ///
    /// # Errors
    /// If nothing could be placed or committed; then nothing of the batch stays.
    pub(crate) fn commit(
        &self,
        caller: &Caller,
        bucket: &Bucket,
        arrivals: Vec<Arrival>,
    ) -> Result<Vec<Result<Put>>> {
        self.commit_with(caller, bucket, arrivals, Refusal::OfOne)
    }

    /// The same, with what a refusal of one means for the others.
    pub(crate) fn commit_with(
        &self,
        caller: &Caller,
        bucket: &Bucket,
        mut arrivals: Vec<Arrival>,
        refusal: Refusal,
    ) -> Result<Vec<Result<Put>>> {
        let now = self.now();
        let mut placing: Vec<(Ticket, Address)> = Vec::with_capacity(arrivals.len());
        let mut rows = Vec::with_capacity(arrivals.len());
        for arrival in &arrivals {
            let content = id::new('c', now);
            let address =
                Address { bucket: bucket.id.clone(), content: content.clone(), name: arrival.name.clone() };
            let ticket = arrival.copied.sealed.ticket();
            placing.push((ticket.expect("an arrival is placed once").clone(), address));
            rows.push(row(arrival, content));
        }
        self.tag(bucket, &placing, &mut rows)?;
        let (caller, reference) = (caller.clone(), bucket.id.clone());
        let mut sealed: Vec<_> = arrivals.iter_mut().map(|arrival| &mut arrival.copied.sealed).collect();
        let answers =
            self.place_with_rows(&placing, &mut sealed, std::slice::from_ref(bucket), move |connection| {
                let bucket = open_bucket(connection, &caller, &reference)?;
                let teller = Teller { connection, now, by: caller.name() };
                insert_all(&teller, &caller, &bucket, rows, refusal)
            })?;
        let refused = answers.iter().zip(placing).filter(|(answer, _)| answer.is_err());
        self.remove_contents(&refused.map(|(_, (_, address))| address).collect::<Vec<_>>());
        Ok(answers)
    }

    /// Puts contents in place and then runs the transaction that gives them rows. Unless it commits, none of them stays.
    ///
    /// # Errors
    /// Of the placing, and what `write` refuses.
    pub(crate) fn place_with_rows<T: Send + 'static>(
        &self,
        placing: &[(Ticket, Address)],
        sealed: &mut [&mut Sealed],
        buckets: &[Bucket],
        write: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _hold = self.inner.blobs.hold_sweeps()?;
        self.inner
            .blobs
            .place(placing)
            .map_err(|error| Error::storage(error, "put the file in its place"))?;
        for bucket in buckets {
            self.tag_bucket(bucket);
        }
        for sealed in sealed {
            sealed.placed();
        }
        let answer = self.write(write);
        match &answer {
            // A later sweep finds out whether a row came of it after all.
            Err(error) if is_unsure(error) => {}
            Err(_) => {
                let addresses: Vec<Address> = placing.iter().map(|(_, address)| address.clone()).collect();
                self.remove_contents(&addresses);
            }
            Ok(_) => {}
        }
        answer
    }

    /// Removes contents that no row knows. What cannot be removed now, as while a backup runs, is an orphan for the sweep.
    pub(crate) fn remove_contents(&self, addresses: &[Address]) {
        if addresses.is_empty() {
            return;
        }
        let Some(_hold) = self.inner.blobs.may_remove() else { return };
        for address in addresses {
            let _ = self.inner.blobs.remove(address);
            self.forget_thumbnails(&address.content);
        }
    }
}

fn row(arrival: &Arrival, content: String) -> Row {
    Row {
        content,
        folder: arrival.folder.clone(),
        original_folder: arrival.original_folder.clone(),
        name: arrival.name.clone(),
        original_name: arrival.original_name.clone(),
        on_meeting: arrival.on_meeting,
        facts: arrival.facts.clone(),
        object: arrival.object,
        size: arrival.copied.size,
        media_type: arrival.copied.media_type.clone(),
        hash: arrival.copied.hash,
        fresh_id: String::new(),
        fresh_token: String::new(),
        known: false,
    }
}

/// What the refusal of one file means for the others that came with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Nothing.
    OfOne,
    /// None of them comes in.
    OfAll,
}

fn insert_all(
    teller: &Teller<'_>,
    caller: &Caller,
    bucket: &Bucket,
    rows: Vec<Row>,
    refusal: Refusal,
) -> Result<Vec<Result<Put>>> {
    let (limits, _) = limits_of(teller.connection, bucket)?;
    let (mut counts, budget) = (Counts::default(), Budget::default());
    let mut answers = Vec::with_capacity(rows.len());
    for row in rows {
        let answer = insert(teller, caller, bucket, &limits, &mut counts, &budget, row);
        match answer {
            // Only a refusal concerns one file; a fault of the database undoes all.
            Err(error)
                if refusal == Refusal::OfAll
                    || error.code() == Code::Database
                    || error.code() == Code::NoSpace
                    || error.code() == Code::Io =>
            {
                return Err(error);
            }
            answer => answers.push(answer),
        }
    }
    counts.apply(teller.connection, bucket.seq, teller.now)?;
    Ok(answers)
}

fn insert(
    teller: &Teller<'_>,
    caller: &Caller,
    bucket: &Bucket,
    limits: &Limits,
    counts: &mut Counts,
    budget: &Budget,
    mut row: Row,
) -> Result<Put> {
    // The tag names an object that was there when it was written and is not any more.
    if row.known && table::object::id_taken(teller.connection, &row.fresh_id)? {
        (row.fresh_id, row.fresh_token) = (id::new('f', teller.now), id::token());
    }
    make_room(teller, counts, bucket, &row.folder, &row.name)?;
    let mut present = match row.object {
        Some(seq) => Some(still_live(teller.connection, seq, &row.original_name)?),
        None => table::object::by_name(teller.connection, bucket.seq, &row.folder, &row.name)?,
    };
    let stored = row.name.clone();
    if present.is_some() && row.on_meeting == OnMeeting::KeepBoth {
        let number = next_free(teller.connection, bucket.seq, &row.folder, &row.name)?;
        row.original_name = rules::name::numbered_original(&row.original_name, number);
        row.name = rules::name::numbered(&row.name, number);
        present = None;
    }
    let what = match &present {
        Some(object) => What::There(object),
        None => What::ToCome(row.facts.metadata.as_deref().unwrap_or("{}")),
    };
    access::may_within(teller.connection, caller, bucket, Act::Write, what, budget)?;
    let held = bucket.byte_count.saturating_add_signed(counts.bytes());
    let put = match present {
        Some(object) => {
            rules::limits::check_quota(limits, held.saturating_sub(object.size), row.size)?;
            replace(teller, bucket, counts, object, &row, stored)?
        }
        None => {
            rules::limits::check_count(limits, bucket.file_count.saturating_add_signed(counts.files()))?;
            rules::limits::check_quota(limits, held, row.size)?;
            create(teller, bucket, counts, &row, stored)?
        }
    };
    Ok(put)
}

/// Takes away what still holds a name although its end has come. The sweep purges it.
pub(super) fn make_room(
    teller: &Teller<'_>,
    counts: &mut Counts,
    bucket: &Bucket,
    folder: &str,
    name: &str,
) -> Result<()> {
    if bucket.tier == Tier::Persistent {
        return Ok(());
    }
    let Some(seq) = table::object::ended_by_name(teller.connection, bucket.seq, folder, name)? else {
        return Ok(());
    };
    let Some(mut object) = table::object::by_seq(teller.connection, seq)? else { return Ok(()) };
    counts.add(&object.folder, -1, -signed(object.size));
    object.deleted = Some(teller.now);
    table::object::update(teller.connection, &object)
}

/// The object that new content is meant for, unless it was deleted meanwhile.
fn still_live(connection: &Connection, seq: i64, name: &str) -> Result<Object> {
    table::object::by_seq(connection, seq)?.filter(|object| object.deleted.is_none()).ok_or_else(|| {
        Error::refusal(Code::InTrash, format!("“{name}” was deleted"), "Restore it and save again.")
    })
}

/// The first number that gives a free name.
pub(crate) fn next_free(connection: &Connection, bucket: i64, folder: &str, name: &str) -> Result<u64> {
    let mut number = 2;
    while table::object::by_name(connection, bucket, folder, &rules::name::numbered(name, number))?.is_some()
    {
        number += 1;
    }
    Ok(number)
}

/// A new object.
pub(crate) fn create(
    teller: &Teller<'_>,
    bucket: &Bucket,
    counts: &mut Counts,
    row: &Row,
    stored: String,
) -> Result<Put> {
    let mut object = Object {
        seq: 0,
        id: row.fresh_id.clone(),
        bucket_seq: bucket.seq,
        bucket: bucket.id.clone(),
        folder: row.folder.clone(),
        name: row.name.clone(),
        original_name: row.original_name.clone(),
        token: row.fresh_token.clone(),
        size: row.size,
        media_type: row.media_type.clone(),
        hash: table::version::hex(&row.hash),
        version: 1,
        versions: 1,
        created: teller.now,
        modified: teller.now,
        by: teller.by.to_owned(),
        uploader: teller.by.to_owned(),
        visibility: row.facts.visibility.flatten(),
        metadata: row.facts.metadata.clone().unwrap_or_else(|| "{}".to_owned()),
        expires: end(teller, bucket),
        deleted: None,
        editing: false,
    };
    object.seq = table::object::insert(teller.connection, &object)?;
    table::version::insert(teller.connection, object.seq, &version(teller, row, 1, stored), &row.hash)?;
    counts.add(&row.folder, 1, signed(row.size));
    counts.call(&row.folder, &row.original_folder);
    teller.object(EventKind::ObjectCreated, &object, 1)?;
    Ok(Put { object, replaced: false })
}

/// When what comes now ends.
fn end(teller: &Teller<'_>, bucket: &Bucket) -> Option<i64> {
    bucket.tier.lifetime().map(|lifetime| teller.now + lifetime)
}

fn replace(
    teller: &Teller<'_>,
    bucket: &Bucket,
    counts: &mut Counts,
    mut object: Object,
    row: &Row,
    stored: String,
) -> Result<Put> {
    let number = table::version::highest(teller.connection, object.seq)? + 1;
    table::version::insert(teller.connection, object.seq, &version(teller, row, number, stored), &row.hash)?;
    counts.add(&object.folder, 0, signed(row.size) - signed(object.size));
    object.version = number;
    object.versions += 1;
    object.original_name.clone_from(&row.original_name);
    object.size = row.size;
    object.media_type.clone_from(&row.media_type);
    object.hash = table::version::hex(&row.hash);
    object.modified = teller.now;
    teller.by.clone_into(&mut object.by);
    if let Some(metadata) = &row.facts.metadata {
        object.metadata.clone_from(metadata);
    }
    object.visibility = row.facts.visibility.unwrap_or(object.visibility);
    object.expires = end(teller, bucket);
    table::object::update(teller.connection, &object)?;
    teller.object(EventKind::ObjectReplaced, &object, number)?;
    Ok(Put { object, replaced: true })
}

fn version(teller: &Teller<'_>, row: &Row, number: u64, stored: String) -> Version {
    Version {
        number,
        content: row.content.clone(),
        name: stored,
        original_name: row.original_name.clone(),
        size: row.size,
        media_type: row.media_type.clone(),
        hash: String::new(),
        created: teller.now,
        by: teller.by.to_owned(),
        current: true,
        damaged: false,
    }
}
